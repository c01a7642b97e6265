"""Products: how they come, which way they go, what they are made of. What each field means in time stands in the
package's docstring."""

# ruff: noqa: RUF009 - kept() is dataclasses.field() with a form and a help text
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from techamp.subjects.manufacturing_systems.model.distributions import Distribution
from techamp.subjects.manufacturing_systems.model.fields import (
    Listed,
    Name,
    Number,
    OneOf,
    Reading,
    Record,
    Time,
    Times,
    kept,
)

OUT = "out"
"""Where a branch goes that leaves the route."""
MOST_STEPS = 10_000
MOST_PARTS = 1_000_000_000
WHEN_FULL = ("wait", "lost")
WHEN_EMPTY = ("backorder", "lost")
PICK = ("chance", "shortest")


@dataclass(frozen=True)
class Branch:
    """One way on from a step."""

    to: str = kept(Name(), "the step that follows, or “out”")
    chance: float = kept(Number(0, 1), "share of parts that go this way", 1.0)


@dataclass(frozen=True)
class Component:
    """Parts of another product that a step takes or gives."""

    product: str = kept(Name(), "the other product")
    count: int = kept(Number(1, 10_000, whole=True), "how many for one part", 1)


@dataclass(frozen=True)
class Step:
    """One visit to a station."""

    station: str = kept(Name(), "where it is done")
    name: str = kept(Name(), "name of the step, unique in the route; the station's name where it is not given", "")
    time: Distribution | None = kept(Times(none=True), "processing time here; null: the station's", None)
    family: str | None = kept(Name(none=True), "setup family of this step; null: the product's", None)
    scrap: float | None = kept(Number(0, 0.99, none=True), "share thrown away here; null: the station's", None)
    rework: float | None = kept(Number(0, 0.99, none=True), "share done again; null: the station's", None)
    rework_to: str | None = kept(
        Name(none=True), "step that a part for rework goes to; null: again at once on the same machine", None
    )
    next: tuple[Branch, ...] = kept(
        Listed(Record(Branch, short="to"), 100), "ways on; empty: the next step in the list", ()
    )
    pick: str = kept(OneOf(PICK), "how a way on is picked: by chance, or the shortest queue", "chance")
    takes: tuple[Component, ...] = kept(
        Listed(Record(Component, short="product"), 100), "components taken from stock to begin (assembly)", ()
    )
    gives: tuple[Component, ...] = kept(
        Listed(Record(Component, short="product"), 100), "parts that come out besides (disassembly)", ()
    )


@dataclass(frozen=True)
class Arrivals:
    """Orders that come from outside."""

    between: Distribution = kept(Times(), "time from one arrival to the next")
    batch: int = kept(Number(1, 100_000, whole=True), "parts that arrive together", 1)
    first: float | None = kept(Time(none=True), "time of the first arrival; null: drawn like the others", None)
    count: int | None = kept(Number(1, MOST_PARTS, whole=True, none=True), "arrivals in all; null: no end", None)
    when_full: str = kept(
        OneOf(WHEN_FULL), "what becomes of an arrival that finds no place: it waits outside, or it is lost", "wait"
    )
    due: Distribution | None = kept(Times(none=True), "time from arrival to due date; null: none", None)


@dataclass(frozen=True)
class ArrivalsForm:
    """Reads arrivals; ``rate: 15 per h`` stands for exponential times between them."""

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if isinstance(raw, Mapping) and "rate" in raw and "between" not in raw:
            mean = _mean_between(raw["rate"])
            if mean is None:
                remedy = "Write, for example, “15 per h”."
                return reading.fault(f"{path}.rate", "must be a number above 0 per unit of time", raw["rate"], remedy)
            raw = {**{key: value for key, value in raw.items() if key != "rate"}, "between": mean}
        return Record(Arrivals, short="between", none=True).read(raw, path, reading)

    def write(self, value: Any, unit: str) -> Any:
        return Record(Arrivals, short="between", none=True).write(value, unit)


def _mean_between(raw: Any) -> str | None:
    number, _per, unit = str(raw).replace("/", " per ").partition(" per ")
    try:
        rate = float(number)
    except ValueError:
        return None
    return f"exponential({1 / rate!r} {unit.strip()})" if 0 < rate < 1e12 and unit.strip() else None


@dataclass(frozen=True)
class Demand:
    """Customers who take finished parts from stock."""

    between: Distribution = kept(Times(), "time from one customer to the next")
    size: int = kept(Number(1, 100_000, whole=True), "parts that one customer takes", 1)
    when_empty: str = kept(OneOf(WHEN_EMPTY), "a customer who finds too few: backorder or lost", "backorder")
    due: Distribution | None = kept(Times(none=True), "time from the order to its due date; null: at once", None)


@dataclass(frozen=True)
class Product:
    """What is made."""

    name: str = kept(Name(), "name of the product")
    route: tuple[Step, ...] = kept(
        Listed(Record(Step, short="station"), MOST_STEPS), "steps in order; empty: every station in order", ()
    )
    family: str | None = kept(Name(none=True), "setup family; null: the product itself", None)
    priority: float = kept(Number(-1e9, 1e9), "lower goes first where the rule is priority", 0.0)
    arrivals: Arrivals | None = kept(ArrivalsForm(), "how orders come; null: endless supply", None)
    share: float = kept(Number(0, 1e9), "weight of this product in the endless supply", 1.0)
    stock: int | None = kept(
        Number(0, 1_000_000, whole=True, none=True), "places for finished parts that others take; null: no limit", None
    )
    opening_stock: int = kept(Number(0, 1_000_000, whole=True), "finished parts at time 0", 0)
    base_stock: int | None = kept(
        Number(0, 1_000_000, whole=True, none=True), "release only while parts made or under way are below it", None
    )
    demand: Demand | None = kept(Record(Demand, short="between", none=True), "customers who take from stock", None)
    wip_limit: int | None = kept(
        Number(1, 1_000_000, whole=True, none=True), "most parts of this product under way; null: no limit", None
    )

    @property
    def setup_family(self) -> str:
        """The family it belongs to."""
        return self.name if self.family is None else self.family


def named_steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Each step with a name: its station's, and "wash 2" for the second visit."""
    taken = {step.name for step in steps if step.name}
    named = []
    for step in steps:
        name, visit = step.name or step.station, 1
        while not step.name and name in taken:
            visit += 1
            name = f"{step.station} {visit}"
        taken.add(name)
        named.append(step if step.name else replace(step, name=name))
    return tuple(named)
