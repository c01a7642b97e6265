"""How much work a model asks of each station, and which station has too much of it.

Flows are long-run averages: each step gets what its predecessors pass on, less scrap, plus what comes back as rework.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.products import OUT, Product
from techamp.subjects.manufacturing_systems.model.stations import Station
from techamp.subjects.manufacturing_systems.model.time_units import SECONDS

MOST_ROUNDS = 2000


@dataclass(frozen=True)
class StationRate:
    """What one station is asked for: ``visits`` per unit of time that must be processed, ``work`` in machine time per
    unit of time, ``capacity`` in machines that are there (availability and calendar counted)."""

    station: str
    visits: float
    work: float
    capacity: float

    @property
    def utilization(self) -> float:
        """Work over capacity. At 1 or more the queue grows without end."""
        return self.work / self.capacity if self.capacity else math.inf


@dataclass(frozen=True)
class Overload:
    """A station that gets work faster than it can do it: a warning, not a fault."""

    station: str
    arrives: float
    can_do: float
    time_unit: str

    def __str__(self) -> str:
        return (
            f"{self.station} is overloaded: {_rate(self.arrives, self.time_unit)} come and it can do "
            f"{_rate(self.can_do, self.time_unit)}. Its queue grows as long as you run it, so no long-run average "
            "exists. Add a machine, shorten its time, or let in less work."
        )


def _rate(rate: float, unit: str) -> str:
    """A rate in parts per hour, or per day where that is less than one."""
    per_hour = rate * SECONDS["h"] / SECONDS[unit]
    return f"{per_hour:.4g} parts per hour" if per_hour >= 1 else f"{24 * per_hour:.4g} parts per day"


def visits(model: Model, product: Product) -> list[float]:
    """Mean number of times that one part of a product is processed at each step of its route."""
    route = product.route
    place = {step.name: i for i, step in enumerate(route)}
    entering, forward = [0.0] * len(route), [0.0] * len(route)
    if route:
        entering[0] = 1.0
    ways = [_ways(model, product, i, place) for i in range(len(route))]
    repeats = [1.0 if s.rework_to else 1.0 / (1.0 - (1.0 - model.scrap(s)) * model.rework(s)) for s in route]
    for _round in range(MOST_ROUNDS):
        new, moved = list(entering), 0.0
        for i in range(len(route)):
            moved = max(moved, abs(new[i] - forward[i]))
            forward[i] = new[i]
            for to, share in ways[i]:
                if to > i:
                    new[to] += forward[i] * repeats[i] * share
        back = [0.0] * len(route)
        for i in range(len(route)):
            for to, share in ways[i]:
                if to <= i:
                    back[to] += forward[i] * repeats[i] * share
        entering = [(1.0 if i == 0 else 0.0) + back[i] for i in range(len(route))]
        if moved < 1e-12:
            break
    return [f * r for f, r in zip(forward, repeats, strict=True)]


def _ways(model: Model, product: Product, index: int, place: dict[str, int]) -> list[tuple[int, float]]:
    """Where a part goes after being processed once at a step, with shares; what leaves or is scrapped is not in it."""
    step = product.route[index]
    scrap, rework = model.scrap(step), model.rework(step)
    good = (1.0 - scrap) * (1.0 - rework)
    ways = [(place[b.to], good * b.chance) for b in model.branches(product, index) if b.to != OUT and b.to in place]
    if step.rework_to in place:
        ways.append((place[step.rework_to], (1.0 - scrap) * rework))
    return ways


def finished_share(model: Model, product: Product) -> float:
    """Good parts that come out for one that goes in."""
    times = visits(model, product)
    return sum(
        times[i] * (1.0 - model.scrap(s)) * (1.0 - model.rework(s)) * b.chance
        for i, s in enumerate(product.route)
        for b in model.branches(product, i)
        if b.to == OUT
    )


def release_rates(model: Model) -> dict[str, float]:
    """Parts per unit of time that come in from arrivals (0 for a product with endless supply)."""
    rates = {}
    for product in model.products:
        arrivals = product.arrivals
        mean = arrivals.between.mean if arrivals else 0.0
        rates[product.name] = arrivals.batch / mean if arrivals and mean > 0 and arrivals.count is None else 0.0
    return rates


def station_rates(model: Model, rates: dict[str, float] | None = None) -> tuple[StationRate, ...]:
    """The work that these rates of release (default: the arrivals) bring to each station. Setups are not counted."""
    rates = release_rates(model) if rates is None else rates
    visited = {station.name: 0.0 for station in model.stations}
    work = dict(visited)
    for product in model.products:
        if not rates.get(product.name):
            continue
        for step, times in zip(product.route, visits(model, product), strict=True):
            if step.station not in visited:
                continue
            batch = model.station(step.station).batch
            runs = times * rates[product.name]
            visited[step.station] += runs
            work[step.station] += runs * model.process_time(product, step).mean / (batch.size if batch else 1)
    return tuple(StationRate(s.name, visited[s.name], work[s.name], capacity(model, s)) for s in model.stations)


def capacity(model: Model, station: Station) -> float:
    """Machines that work in the long run: parallel machines × availability × share of time open."""
    lost = 0.0
    shut = 1.0
    for failure in station.failures:
        up, down = failure.uptime.mean, failure.repair.mean
        if failure.clock == "running":
            lost += down / up if up > 0 else math.inf
        else:
            shut *= up / (up + down) if up + down > 0 else 1.0
    calendars = {calendar.name: calendar for calendar in model.calendars}
    share = calendars[station.calendar].share_open if station.calendar in calendars else 1.0
    return station.machines * shut * share / (1.0 + lost)


def overloads(model: Model) -> Iterator[Overload]:
    """Stations that arrivals overload, and stations behind a faster one that an endless supply floods."""
    for rate in station_rates(model):
        if rate.work > 0 and rate.utilization >= 1.0 - 1e-9:
            yield Overload(rate.station, rate.visits, rate.visits / rate.utilization, model.time_unit)
    if model.release.policy == "push" and model.release.wip is None:
        yield from _flooded(model)


def _flooded(model: Model) -> Iterator[Overload]:
    """Endless supply fills every queue without limit before the first station that is slower than those before it."""
    supplied = [p for p in model.products if model.has_endless_supply(p) and p.wip_limit is p.base_stock is None]
    if len(supplied) != 1 or not supplied[0].route:
        return
    shares = {r.station: r for r in station_rates(model, {supplied[0].name: 1.0})}
    fastest = math.inf
    seen: set[str] = set()
    for step in supplied[0].route:
        rate = shares.get(step.station)
        if rate is None or step.station in seen or rate.work <= 0:
            continue
        seen.add(step.station)
        pace = rate.capacity / rate.work
        station = model.station(step.station)
        if pace < fastest * (1 - 1e-9):
            if station.buffer is None and math.isfinite(fastest):
                yield Overload(station.name, fastest * rate.visits, pace * rate.visits, model.time_unit)
            fastest = pace
