"""What stations share: people, shifts, ways between them, the rule that lets work in, and how long to run."""

# ruff: noqa: RUF009 - kept() is dataclasses.field() with a form and a help text
from __future__ import annotations

from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.model.distributions import Distribution
from techamp.subjects.manufacturing_systems.model.fields import (
    Listed,
    Name,
    Number,
    OneOf,
    Pair,
    Record,
    Time,
    Times,
    kept,
)

POLICIES = ("push", "kanban", "conwip")
ANYWHERE = "*"


@dataclass(frozen=True)
class Calendar:
    """A pattern of open hours that repeats."""

    name: str = kept(Name(), "name of the calendar")
    cycle: float = kept(Time(positive=True), "length of the pattern, such as 24 h or 1 week")
    open: tuple[tuple[float, float], ...] = kept(
        Listed(Pair(Time()), 200), "times within the cycle at which work begins and ends"
    )

    @property
    def share_open(self) -> float:
        """The share of time that is open."""
        return sum(end - start for start, end in self.open) / self.cycle


@dataclass(frozen=True)
class Crew:
    """People (or carriers) who can each do one thing at a time."""

    name: str = kept(Name(), "name of the crew")
    size: int = kept(Number(1, 10_000, whole=True), "how many there are", 1)
    calendar: str | None = kept(Name(none=True), "when they work; null: always", None)


@dataclass(frozen=True)
class Leg:
    """A way between two stations. "*" stands for any station; the most exact leg counts."""

    time: Distribution = kept(Times(), "time under way")
    start: str = kept(Name(), "station that a part leaves, or *", ANYWHERE)
    end: str = kept(Name(), "station that it goes to, or *", ANYWHERE)
    crew: str | None = kept(Name(none=True), "crew that carries; null: no limit", None)


@dataclass(frozen=True)
class Release:
    """What lets a part into the system."""

    policy: str = kept(OneOf(POLICIES), "push, kanban or conwip", "push")
    wip: int | None = kept(
        Number(1, 1_000_000, whole=True, none=True), "conwip: most parts in the system; null: no limit", None
    )
    sequence: tuple[str, ...] = kept(
        Listed(Name(), 10_000), "order in which the endless supply gives products, repeated; empty: by share", ()
    )


@dataclass(frozen=True)
class Plan:
    """How long to simulate. Not part of what the factory is."""

    until: float | None = kept(Time(positive=True, none=True), "length of one run, warm-up included", None)
    parts: int | None = kept(
        Number(1, 1_000_000_000, whole=True, none=True), "or: run until this many parts are finished", None
    )
    warm_up: float | None = kept(Time(none=True), "time at the start that is not counted; null: found out", None)
    replications: int | None = kept(Number(1, 10_000, whole=True, none=True), "runs; null: as precision asks", None)
    precision: float = kept(Number(0.0001, 0.5), "half width of the throughput's interval, relative", 0.01)
    seed: int = kept(Number(0, 2**53 - 1, whole=True), "where luck begins", 1)


LEGS = Listed(Record(Leg, short="time"), 10_000)
