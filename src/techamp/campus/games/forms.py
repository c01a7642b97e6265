"""Forms of decisions and scenarios, from their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from techamp.campus.games.actions import fresh_key
from techamp.campus.play.bench import Control
from techamp.contract import Game, Inputs, InvalidInput, MoveKind


@dataclass(frozen=True)
class DecisionForm:
    """One kind of decision as a page shows it: what holds now, or what was typed and is wrong."""

    move: MoveKind
    controls: tuple[Control, ...]
    key: UUID
    faults: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """So that two forms of a page do not share an id."""
        return f"{self.move.name}-"

    @property
    def now(self) -> str:
        """What holds now, on the line that opens the form: "50 actuators · First come, first served"."""
        return " · ".join(shown for c in self.controls if (shown := _shown(c)))


def controls(model: type[Inputs], values: Mapping[str, Any], faults: tuple[Any, ...] = ()) -> tuple[Control, ...]:
    """A control for each input, with its value and what was wrong with it."""
    said = {fault.field: str(fault) for fault in faults}
    return tuple(Control(f, values.get(f.name, f.default), said.get(f.label, "")) for f in model.fields())


def decision_forms(
    game: Game[Any, Any], world: Any, wrong: str = "", typed: Mapping[str, str] | None = None,
    error: InvalidInput | None = None,
) -> list[DecisionForm]:  # fmt: skip
    """A form for every kind of decision; the ``wrong`` one keeps what was typed and says why it did not go."""
    found = []
    for move in game.moves:
        values: Mapping[str, Any] = game.standing(world, move.name)
        faults: tuple[Any, ...] = ()
        if move.name == wrong and error is not None:
            values, faults = {**values, **(typed or {})}, error.faults
        made = controls(move.Inputs, values, faults)
        labels = {c.field.label for c in made}
        loose = tuple(str(f) for f in faults if f.field not in labels)
        found.append(DecisionForm(move, made, fresh_key(), loose))
    return found


def described(game: Game[Any, Any], kind: str, values: Mapping[str, Any]) -> str:
    """The values of a decision in a line."""
    return " · ".join(shown for c in controls(game.move(kind).Inputs, values) if (shown := _shown(c)))


def _shown(control: Control) -> str:
    f, value = control.field, control.value
    if f.kind == "choice":
        return dict(f.options).get(str(value), "")
    if value is None or value == "":
        return ""
    return f"{f.label}: {control.text} {f.unit}".strip()
