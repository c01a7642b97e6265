"""A game is a world that goes on in periods while its players decide: replayed from its list of decisions.

A **session** is a scenario, a seed and, for each team, the list of dated decisions. Nothing else is kept: the same
list gives the same world on every machine, so that a session survives a restart, can be looked at again by an
instructor, and can be set beside what a rival would have done under the same luck.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from techamp.contract.errors import InvalidInput
from techamp.contract.inputs import Inputs
from techamp.contract.outcome import Measure, Outcome

S = TypeVar("S", bound=Inputs)
W = TypeVar("W")


@dataclass(frozen=True)
class MoveKind:
    """One kind of decision: its form, and whether it says how things go on (``standing``) or is done once.

    A standing one shows in its form what holds now; a single one ("buy a machine") shows its defaults.
    """

    name: str
    title: str
    help: str
    Inputs: type[Inputs]
    standing: bool = True


@dataclass(frozen=True)
class Decision:
    """What was decided, and at the beginning of which period."""

    period: int
    kind: str
    values: Mapping[str, Any]


class Game(ABC, Generic[S, W]):
    """Base of all games. A subclass lives in ``subjects/<subject>/games/<name>/game.py``; ``model.md`` beside it.

    ``W`` is the world of one team: any object that can be pickled. ``decide`` and ``advance`` change it in place.
    Raise ``version`` when the same scenario, seed and decisions give another world.
    """

    id: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[str]
    summary: ClassVar[str]
    period: ClassVar[str] = "day"
    strides: ClassVar[tuple[int, ...]] = (1, 5, 20)  # periods to go on at a time
    Scenario: ClassVar[type[Inputs]]
    moves: ClassVar[tuple[MoveKind, ...]]
    rivals: ClassVar[Mapping[str, str]]  # policies to be measured against: name → what it does, in words

    @abstractmethod
    def start(self, scenario: S, seed: int) -> W:
        """The world before the first decision. What happened before the players came has happened by then."""

    @abstractmethod
    def now(self, world: W) -> int:
        """The period that is about to begin."""

    @abstractmethod
    def last(self, world: W) -> int:
        """The period in which the game is over."""

    @abstractmethod
    def standing(self, world: W, kind: str) -> dict[str, Any]:
        """What holds now, for the form of that kind of decision; {} for a decision that is done once."""

    @abstractmethod
    def decide(self, world: W, kind: str, inputs: Inputs) -> str:
        """Carry out a decision; the sentence says what was done. Raises InvalidInput where it cannot be done."""

    @abstractmethod
    def advance(self, world: W, to: int) -> None:
        """Go on until that period is about to begin."""

    @abstractmethod
    def view(self, world: W) -> Outcome:
        """What the players may know now."""

    @abstractmethod
    def score(self, world: W) -> Measure:
        """What standings compare; at the end it is the result."""

    @abstractmethod
    def rival(self, name: str, world: W) -> list[tuple[str, dict[str, Any]]]:
        """What that policy decides now, from what a player may know: (kind, values)."""

    @abstractmethod
    def debrief(self, world: W, rivals: Mapping[str, W]) -> Outcome:
        """The team's own log beside what the rivals made of the same luck."""

    def move(self, kind: str) -> MoveKind:
        """The kind of decision of that name; LookupError if the game has no such decision."""
        for move in self.moves:
            if move.name == kind:
                return move
        raise LookupError(f"{self.title} has no decision {kind!r}; there are: {', '.join(m.name for m in self.moves)}.")

    @classmethod
    def folder(cls) -> Path:
        """Where the game's own files lie."""
        return Path(inspect.getfile(cls)).parent


def replay(
    game: Game[Any, W],
    world: W,
    decisions: Iterable[Decision],
    to: int,
    missed: list[tuple[Decision, InvalidInput]] | None = None,
) -> W:
    """Carry out decisions, each at its period and in their order there, and go on to period ``to`` (at most the last).

    ``world`` is changed and returned. A decision that is dated before the world's period is carried out at once:
    two players may have decided in the same moment. One that was planned ahead may turn out impossible (no cash for the
    machine): it goes to ``missed`` with the reason, or is raised where no such list is given.
    """
    end = min(to, game.last(world))
    for decision in sorted(decisions, key=lambda one: one.period):
        if decision.period > end:
            break
        if decision.period > game.now(world):
            game.advance(world, decision.period)
        try:
            game.decide(world, decision.kind, game.move(decision.kind).Inputs.read(decision.values))
        except InvalidInput as error:
            if missed is None:
                raise
            missed.append((decision, error))
    if end > game.now(world):
        game.advance(world, end)
    return world


def play_rival(game: Game[Any, W], world: W, name: str, to: int, every: int = 5) -> W:
    """Let a rival play from the world's period to ``to``, deciding every so many periods."""
    end = min(to, game.last(world))
    while game.now(world) < end:
        for kind, values in game.rival(name, world):
            game.decide(world, kind, game.move(kind).Inputs.read(values))
        game.advance(world, min(end, game.now(world) + every))
    return world
