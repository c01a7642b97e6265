"""Stations: machines, their times, setups, batches, failures and people. What each field means in time stands in
the package's docstring."""

# ruff: noqa: RUF009 - kept() is dataclasses.field() with a form and a help text
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from techamp.subjects.manufacturing_systems.model.distributions import Distribution, constant
from techamp.subjects.manufacturing_systems.model.fields import (
    Listed,
    Mapped,
    Name,
    Number,
    OneOf,
    Reading,
    Record,
    Time,
    Times,
    kept,
)

MOST_MACHINES = 1000
MOST_PLACES = 1_000_000
CLOCKS = ("running", "calendar")
RULES = ("fifo", "lifo", "spt", "edd", "cr", "setup", "priority")
ATTENDED = ("setup", "process")
ALIKE = ("product", "family", "any")


@dataclass(frozen=True)
class Failure:
    """One way in which each machine of a station stops, repaired by a crew or by itself."""

    uptime: Distribution = kept(Times(), "time on the clock from one repair's end to the next stop")
    repair: Distribution = kept(Times(), "time that the repair takes once it has begun")
    clock: str = kept(OneOf(CLOCKS), "which time uptime counts: running (processing only) or calendar", "running")
    crew: str | None = kept(Name(none=True), "crew that repairs; null: repair begins at once", None)
    people: int = kept(Number(1, MOST_MACHINES, whole=True), "how many of the crew it takes", 1)


@dataclass(frozen=True)
class FailureForm:
    """Reads a failure; ``mttf`` and ``mttr`` as bare times stand for exponential uptime and repair."""

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if isinstance(raw, Mapping) and {"mttf", "mttr"} & set(raw):
            renamed = {"mttf": "uptime", "mttr": "repair"}
            raw = {renamed.get(key, key): _mean(value) if key in renamed else value for key, value in raw.items()}
        return Record(Failure).read(raw, path, reading)

    def write(self, value: Any, unit: str) -> Any:
        return Record(Failure).write(value, unit)


def _mean(raw: Any) -> Any:
    """A bare mean as an exponential; a distribution stays what it is."""
    return {"kind": "exponential", "mean": raw} if not isinstance(raw, (dict, str)) or "(" not in str(raw) else raw


@dataclass(frozen=True)
class Setup:
    """What a change from one family to another takes."""

    time: Distribution = kept(Times(), "setup time where nothing below says otherwise", constant(0.0))
    to: Mapping[str, Distribution] = kept(Mapped(Times()), "setup time by the family changed to", {})
    matrix: Mapping[str, Mapping[str, Distribution]] = kept(
        Mapped(Mapped(Times())), "setup time by family changed from, then family changed to", {}
    )
    first: str | None = kept(Name(none=True), "family set up at time 0; null: whatever comes first is set up", None)

    def between(self, before: str, after: str) -> Distribution | None:
        """The setup time from one family to another; None where none is needed (the same family, unless in matrix)."""
        if after in self.matrix.get(before, {}):
            return self.matrix[before][after]
        return None if before == after else self.to.get(after, self.time)


@dataclass(frozen=True)
class Batch:
    """Parts worked on together in one run of a machine: a furnace, a wash basket, a pallet."""

    size: int = kept(Number(1, 10_000, whole=True), "most parts in one run")
    least: int | None = kept(Number(1, 10_000, whole=True, none=True), "fewest parts to start; null: size", None)
    wait: float | None = kept(
        Time(none=True), "longest wait of the first part before a run starts with fewer; null: without end", None
    )
    alike: str = kept(OneOf(ALIKE), "which parts may share a run: same product, same family, any", "any")

    @property
    def fewest(self) -> int:
        """``least``, or the size where it is not given."""
        return self.size if self.least is None else self.least


@dataclass(frozen=True)
class Staffing:
    """People that a machine needs while it is set up or while it processes."""

    crew: str = kept(Name(), "the crew they come from")
    people: int = kept(Number(1, MOST_MACHINES, whole=True), "how many one machine needs", 1)
    attend: tuple[str, ...] = kept(Listed(OneOf(ATTENDED)), "what they stay for: setup, process", ATTENDED)


@dataclass(frozen=True)
class Station:
    """Equal machines that share one queue."""

    name: str = kept(Name(), "name of the station")
    time: Distribution | None = kept(Times(none=True), "processing time of one part (or one batch run)", None)
    times: Mapping[str, Distribution] = kept(Mapped(Times()), "processing time by product", {})
    machines: int = kept(Number(1, MOST_MACHINES, whole=True), "equal machines in parallel", 1)
    buffer: int | None = kept(
        Number(0, MOST_PLACES, whole=True, none=True), "places before the station, machines not counted", None
    )
    buffer_after: int = kept(Number(0, MOST_PLACES, whole=True), "places for finished parts after the machines", 0)
    setup: Setup | None = kept(Record(Setup, short="time", none=True), "changeovers between families", None)
    batch: Batch | None = kept(Record(Batch, short="size", none=True), "parts processed together", None)
    move_batch: int = kept(Number(1, 10_000, whole=True), "parts that leave together", 1)
    scrap: float = kept(Number(0, 0.99), "share of processed parts that is thrown away", 0.0)
    rework: float = kept(Number(0, 0.99), "share of processed parts that must be done again", 0.0)
    failures: tuple[Failure, ...] = kept(Listed(FailureForm(), 20), "ways in which a machine stops", ())
    staffing: Staffing | None = kept(Record(Staffing, short="crew", none=True), "operators it needs", None)
    calendar: str | None = kept(Name(none=True), "when it works; null: always", None)
    dispatch: str | None = kept(Name(none=True), "which part is next; null: the model's rule", None)
    cards: int | None = kept(
        Number(1, MOST_PLACES, whole=True, none=True), "kanban cards of this station; null: none", None
    )
