"""Where the values on the bench come from, so that the page can say it: her plant, her last run, or the activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from techamp.campus.learning.plant import FromPlant
from techamp.campus.play.bench import SEED, Bench, Control


@dataclass(frozen=True)
class PlantStart:
    """An input that her plant sets: what it is there, what it is on the bench, and which challenge of hers set it."""

    label: str
    value: str
    here: str
    challenge: str

    @property
    def is_used(self) -> bool:
        """Whether the bench has the plant's value."""
        return self.value == self.here


@dataclass(frozen=True)
class Origin:
    """What the page says above a run: her plant's values, and whether this is the run that she left."""

    plant: tuple[PlantStart, ...]
    is_last_run: bool
    start: str
    before: str

    @property
    def overruled(self) -> list[PlantStart]:
        """Values of her plant that the run she left does not have."""
        return [p for p in self.plant if not p.is_used]


def plant_starts(bench: Bench, came: Iterable[FromPlant]) -> tuple[PlantStart, ...]:
    """Each input of a run that came from the plant, in words."""
    controls = {c.field.name: c for c in (*bench.controls, *bench.fixed)}
    found = ((c, controls[c.input]) for c in came if c.input in controls)
    return tuple(PlantStart(at.field.label, words_of(at, c.value), words_of(at), c.challenge) for c, at in found)


def words_of(control: Control, value: Any = None) -> str:
    """An input's value, or another one for it, as people read it: with its unit, or as the choice's label."""
    shown = control if value is None else Control(control.field, value)
    label = dict(control.field.options).get(shown.value) if control.field.kind == "choice" else None
    return str(label or f"{shown.text} {control.field.unit}").strip()


def origin_of(
    bench: Bench, start: Mapping[str, Any], came: Iterable[FromPlant], *, restored: bool, before: str = ""
) -> Origin:
    """Where this run comes from. ``restored``: she left it so; ``before``: the address of the run before."""
    changed = any(words_of(c) != words_of(c, start.get(c.field.name, c.field.default)) for c in bench.controls)
    mine = tuple(p for p in plant_starts(bench, came) if p.challenge)
    query = urlencode({"seed": SEED, "was": bench.query})
    return Origin(mine, restored and (changed or bench.seed != SEED), query, before)
