"""The whole model of a factory."""

# ruff: noqa: RUF009 - kept() is dataclasses.field() with a form and a help text
from __future__ import annotations

from dataclasses import dataclass, field, replace

from techamp.subjects.manufacturing_systems.model.distributions import Distribution, constant
from techamp.subjects.manufacturing_systems.model.fields import Listed, Name, Number, OneOf, Record, kept
from techamp.subjects.manufacturing_systems.model.products import OUT, Branch, Product, Step, named_steps
from techamp.subjects.manufacturing_systems.model.resources import (
    ANYWHERE,
    LEGS,
    Calendar,
    Crew,
    Leg,
    Plan,
    Release,
)
from techamp.subjects.manufacturing_systems.model.stations import RULES, Station
from techamp.subjects.manufacturing_systems.model.time_units import SECONDS

VERSION = 1
"""The form of the file. It rises when an old file would be read with another meaning."""
MOST_STATIONS = 10_000


@dataclass(frozen=True)
class Model:
    """A factory as data. Every time in it is a number of ``time_unit``."""

    name: str = kept(Name(), "name of the model", "line")
    version: int = kept(Number(VERSION, VERSION, whole=True), "form of the file", VERSION)
    time_unit: str = kept(OneOf(tuple(SECONDS)), "unit in which the model counts its time", "min")
    stations: tuple[Station, ...] = kept(Listed(Record(Station), MOST_STATIONS), "the stations", ())
    products: tuple[Product, ...] = kept(Listed(Record(Product, short="name"), 1000), "the products", ())
    crews: tuple[Crew, ...] = kept(Listed(Record(Crew, short="name"), 1000), "operators, repair crews, carriers", ())
    calendars: tuple[Calendar, ...] = kept(Listed(Record(Calendar), 1000), "shifts", ())
    transport: tuple[Leg, ...] = kept(LEGS, "ways that take time; none: parts move in no time", ())
    release: Release = kept(Record(Release, short="policy"), "what lets work in", Release())
    dispatch: str = kept(OneOf(RULES), "which waiting part is next", "fifo")
    plan: Plan = kept(Record(Plan, short="until"), "how long to simulate", Plan())
    _places: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._places.update({station.name: i for i, station in enumerate(self.stations)})

    def station(self, name: str) -> Station:
        """The station of that name; KeyError if there is none."""
        return self.stations[self._places[name]]

    def has_station(self, name: str) -> bool:
        return name in self._places

    def product(self, name: str) -> Product:
        """The product of that name; KeyError if there is none."""
        return next((p for p in self.products if p.name == name), None) or _missing(name)

    def with_station(self, name: str, **changes: object) -> Model:
        """The same model with fields of one station replaced: ``model.with_station("mill", machines=3)``."""
        changed = replace(self.station(name), **changes)  # type: ignore[arg-type]
        return replace(self, stations=tuple(changed if s.name == name else s for s in self.stations))

    # What a kernel asks: every default resolved.

    def process_time(self, product: Product, step: Step) -> Distribution:
        """The step's own time, else the station's for this product, else the station's, else 0."""
        station = self.station(step.station)
        return step.time or station.times.get(product.name) or station.time or constant(0.0)

    def scrap(self, step: Step) -> float:
        return self.station(step.station).scrap if step.scrap is None else step.scrap

    def rework(self, step: Step) -> float:
        return self.station(step.station).rework if step.rework is None else step.rework

    def rule(self, station: Station) -> str:
        return station.dispatch or self.dispatch

    def family(self, product: Product, step: Step) -> str:
        return step.family or product.setup_family

    def branches(self, product: Product, index: int) -> tuple[Branch, ...]:
        """Ways on from a step: as given, or the next in the list, or out after the last."""
        steps = product.route
        if steps[index].next:
            return steps[index].next
        return (Branch(steps[index + 1].name if index + 1 < len(steps) else OUT),)

    def leg(self, start: str, end: str) -> Leg | None:
        """The most exact way from one station to another: both ends named, start named, end named, any."""
        for a, b in ((start, end), (start, ANYWHERE), (ANYWHERE, end), (ANYWHERE, ANYWHERE)):
            for leg in self.transport:
                if leg.start == a and leg.end == b:
                    return leg
        return None

    def is_taken(self, product: str) -> bool:
        """Whether some step takes parts of this product as components, or gives them: then it has no endless supply."""
        return any(c.product == product for p in self.products for s in p.route for c in (*s.takes, *s.gives))

    def is_given(self, product: str) -> bool:
        """Whether some step gives parts of this product: then it has no endless supply of its own."""
        return any(c.product == product for p in self.products for s in p.route for c in s.gives)

    def has_endless_supply(self, product: Product) -> bool:
        """No arrivals of its own, and nothing that gives it."""
        return product.arrivals is None and not self.is_given(product.name)


def completed(model: Model) -> Model:
    """The model with what may be left out written in: a product "part", routes through all stations, step names."""
    products = model.products or (Product("part"),)
    through = tuple(Step(station.name) for station in model.stations)
    routed = tuple(replace(p, route=named_steps(p.route or through)) for p in products)
    return replace(model, products=routed)


def _missing(name: str) -> Product:
    raise KeyError(name)
