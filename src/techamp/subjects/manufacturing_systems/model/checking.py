"""What is wrong with a model as a whole: names that point nowhere, chances that do not add up, routes without end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from techamp.contract.errors import Fault, InvalidInput
from techamp.subjects.manufacturing_systems.model.distribution_text import distribution_faults
from techamp.subjects.manufacturing_systems.model.distributions import Distribution
from techamp.subjects.manufacturing_systems.model.factory_model import MOST_STATIONS, Model
from techamp.subjects.manufacturing_systems.model.locking import lock_faults, lock_warnings
from techamp.subjects.manufacturing_systems.model.products import OUT, Product
from techamp.subjects.manufacturing_systems.model.rates import overloads
from techamp.subjects.manufacturing_systems.model.resources import ANYWHERE
from techamp.subjects.manufacturing_systems.model.stations import RULES, Station

MOST_STEPS_IN_ALL = 100_000


def checked(model: Model) -> Model:
    """The model itself, if nothing is wrong with it. Raises InvalidInput with every fault."""
    faults = model_faults(model)
    if faults:
        raise InvalidInput.many(faults)
    return model


def model_faults(model: Model) -> list[Fault]:
    """Everything that makes it impossible to simulate a model. Empty if it can be simulated."""
    if not model.stations:
        remedy = "Write at least one, such as “- {name: saw, time: 2 min}”."
        return [Fault("stations", "must have at least one station", 0, remedy)]
    if len(model.stations) > MOST_STATIONS:
        remedy = "Model a part of the factory, or join what is alike."
        return [Fault("stations", f"must be at most {MOST_STATIONS:,}", f"{len(model.stations):,}", remedy)]
    faults = [*_name_faults(model), *_calendar_faults(model)]
    families = {p.setup_family for p in model.products}
    families |= {s.family for p in model.products for s in p.route if s.family}
    for station in model.stations:
        faults += _station_faults(model, station, families)
    if sum(len(product.route) for product in model.products) > MOST_STEPS_IN_ALL:
        rule = f"must have at most {MOST_STEPS_IN_ALL:,} steps in all their routes"
        return [*faults, Fault("products", rule, "more", "Shorten routes, or model fewer products.")]
    for product in model.products:
        faults += _product_faults(model, product)
    faults += _shared_faults(model)
    return faults or list(lock_faults(model))


def model_warnings(model: Model) -> list[str]:
    """What a run would show but nobody wants: overload, a queue that can lock, a normal that loses a tail."""
    return [*map(str, overloads(model)), *lock_warnings(model), *_cut_warnings(model)]


def _one_of(known: Iterable[str], kind: str) -> str:
    names = list(known)
    if not names:
        return f"There is no {kind} yet: add one, or leave this out."
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"Take one of: {shown}."


def _name_faults(model: Model) -> Iterator[Fault]:
    groups = (
        ("stations", [s.name for s in model.stations]),
        ("products", [p.name for p in model.products]),
        ("crews", [c.name for c in model.crews]),
        ("calendars", [c.name for c in model.calendars]),
    )
    for group, names in groups:
        for name, count in Counter(names).items():
            if count > 1:
                yield Fault(group, "must have different names", name, f"It stands {count} times. Rename all but one.")
            if name in (OUT, ANYWHERE):
                yield Fault(group, f"must not be named “{name}”, which has a meaning of its own", name, "Rename it.")


def _calendar_faults(model: Model) -> Iterator[Fault]:
    for calendar in model.calendars:
        path, last = f"calendars[{calendar.name}].open", 0.0
        if not calendar.open:
            yield Fault(path, "must have at least one open time", 0, "Write, for example, [[6 h, 14 h]].")
        for start, end in calendar.open:
            if not last <= start < end <= calendar.cycle:
                rule = f"must run forward within the cycle of {calendar.cycle:g} {model.time_unit}, without overlap"
                yield Fault(
                    path, rule, f"{start:g} to {end:g} {model.time_unit}", "Split a shift over midnight in two."
                )
            last = max(last, end)


def _points_to(value: str | None, known: Collection[str], path: str, kind: str) -> Iterator[Fault]:
    if value is not None and value not in known:
        yield Fault(path, f"must name a {kind}", value, _one_of(known, kind))


def _station_faults(model: Model, station: Station, families: set[str]) -> Iterator[Fault]:
    path = f"stations[{station.name}]"
    crews, calendars = {c.name: c.size for c in model.crews}, [c.name for c in model.calendars]
    products = {p.name for p in model.products}
    yield from _points_to(station.calendar, calendars, f"{path}.calendar", "calendar")
    if station.dispatch is not None and station.dispatch not in RULES:
        yield Fault(f"{path}.dispatch", "must be a dispatch rule", station.dispatch, _one_of(RULES, "rule"))
    for name in station.times:
        yield from _points_to(name, products, f"{path}.times", "product")
    if station.setup:
        named = {*station.setup.to, *station.setup.matrix, *(f for row in station.setup.matrix.values() for f in row)}
        for name in sorted(named | ({station.setup.first} if station.setup.first else set())):
            yield from _points_to(name, families, f"{path}.setup", "family")
    if station.staffing:
        yield from _crew_faults(station.staffing.crew, station.staffing.people, crews, f"{path}.staffing")
    for i, failure in enumerate(station.failures, 1):
        if failure.crew is not None:
            yield from _crew_faults(failure.crew, failure.people, crews, f"{path}.failures[{i}]")
        if failure.uptime.mean == 0:
            remedy = "Enter the time from a repair to the next stop."
            yield Fault(f"{path}.failures[{i}].uptime", "must have a mean above 0", 0, remedy)
    batch = station.batch
    if batch and batch.fewest > batch.size:
        yield Fault(f"{path}.batch.least", f"must be at most the size, {batch.size}", batch.least, "Lower it.")
    for where, d in _distributions(station, path):
        yield from distribution_faults(d, where)


def _distributions(station: Station, path: str) -> Iterator[tuple[str, Distribution]]:
    if station.time:
        yield f"{path}.time", station.time
    yield from ((f"{path}.times.{name}", d) for name, d in station.times.items())
    if station.setup:
        yield f"{path}.setup.time", station.setup.time
        yield from ((f"{path}.setup.to.{name}", d) for name, d in station.setup.to.items())
        for before, row in station.setup.matrix.items():
            yield from ((f"{path}.setup.matrix.{before}.{after}", d) for after, d in row.items())
    for i, failure in enumerate(station.failures, 1):
        yield f"{path}.failures[{i}].uptime", failure.uptime
        yield f"{path}.failures[{i}].repair", failure.repair


def _crew_faults(crew: str, people: int, sizes: dict[str, int], path: str) -> Iterator[Fault]:
    yield from _points_to(crew, sizes, f"{path}.crew", "crew")
    if people > sizes.get(crew, people):
        remedy = "Ask for fewer people, or make the crew larger; this work could never begin."
        yield Fault(f"{path}.people", f"must be at most the crew's size, {sizes[crew]}", people, remedy)


def _product_faults(model: Model, product: Product) -> Iterator[Fault]:
    path = f"products[{product.name}]"
    if not product.route:
        yield Fault(f"{path}.route", "must have at least one step", 0, "Name the stations that it visits, in order.")
        return
    names = [step.name for step in product.route]
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(f"{path}.route", "must have steps of different names", name, "Give each visit its own name.")
    broken = False
    targets = set(names)
    for i, step in enumerate(product.route):
        where = f"{path}.route[{step.name}]"
        found = [*_step_faults(model, product, i, targets, where)]
        broken = broken or bool(found)
        yield from found
    if not broken:
        yield from _endless_route_faults(model, product, path)
    yield from _supply_faults(model, product, path)


def _step_faults(model: Model, product: Product, index: int, targets: set[str], where: str) -> Iterator[Fault]:
    step = product.route[index]
    if not model.has_station(step.station):
        yield Fault(where, "must go to a station", step.station, _one_of([s.name for s in model.stations], "station"))
    elif not (step.time or product.name in model.station(step.station).times or model.station(step.station).time):
        remedy = f"Give {step.station} a time, or this step one of its own."
        yield Fault(f"{where}.time", "must be given", None, remedy)
    for branch in step.next:
        if branch.to != OUT:
            yield from _points_to(branch.to, targets | {OUT}, f"{where}.next", "step of this route")
    total = sum(branch.chance for branch in step.next)
    if step.next and step.pick == "chance" and abs(total - 1) > 1e-9:
        remedy = "Chances of the ways on must add up to 1; write “out” for those that leave."
        yield Fault(f"{where}.next", "must have chances that add up to 1", f"{total:.12g}", remedy)
    yield from _points_to(step.rework_to, targets, f"{where}.rework_to", "step of this route")
    for part in (*step.takes, *step.gives):
        yield from _points_to(part.product, [p.name for p in model.products], where, "product that it takes or gives")
        if part.product == product.name:
            yield Fault(where, "must not take or give its own product", part.product, "Name another product.")
    if step.time:
        yield from distribution_faults(step.time, f"{where}.time")


def _endless_route_faults(model: Model, product: Product, path: str) -> Iterator[Fault]:
    """Every step that a part can reach must have a way out (scrap is not one)."""
    route = product.route
    place = {step.name: i for i, step in enumerate(route)}
    onward: list[set[int]] = []
    leaves: set[int] = set()
    for i, step in enumerate(route):
        ways = [b for b in model.branches(product, i) if b.chance > 0 or step.pick == "shortest"]
        onward.append({place[b.to] for b in ways if b.to != OUT})
        if any(b.to == OUT for b in ways):
            leaves.add(i)
        if step.rework_to and model.rework(step) > 0:
            onward[i].add(place[step.rework_to])
    reached = _closure({0}, onward)
    backward: list[set[int]] = [set() for _ in route]
    for i, ends in enumerate(onward):
        for end in ends:
            backward[end].add(i)
    lost = sorted(reached - _closure(leaves, backward))
    if lost:
        shown = " → ".join(route[i].name for i in lost[:8])
        yield Fault(f"{path}.route", "must lead out from every step", shown, "Give the last of them a way to “out”.")


def _closure(start: set[int], ways: list[set[int]]) -> set[int]:
    found, fresh = set(start), list(start)
    while fresh:
        for end in ways[fresh.pop()]:
            if end not in found:
                found.add(end)
                fresh.append(end)
    return found


def _supply_faults(model: Model, product: Product, path: str) -> Iterator[Fault]:
    arrivals, demand = product.arrivals, product.demand
    if arrivals:
        yield from distribution_faults(arrivals.between, f"{path}.arrivals.between")
        if arrivals.count is None and arrivals.between.mean == 0:
            remedy = "Enter the time between arrivals, or leave arrivals out for an endless supply."
            yield Fault(f"{path}.arrivals.between", "must have a mean above 0", 0, remedy)
        if arrivals.due:
            yield from distribution_faults(arrivals.due, f"{path}.arrivals.due")
    if demand:
        yield from distribution_faults(demand.between, f"{path}.demand.between")
        if demand.between.mean == 0:
            yield Fault(f"{path}.demand.between", "must have a mean above 0", 0, "Enter the time between customers.")
    if model.has_endless_supply(product) and _takes_no_time(model, product):
        remedy = "Give a step a time above 0, or let parts arrive: an endless supply would pass in no time without end."
        yield Fault(f"{path}.route", "must take time under an endless supply", "0", remedy)


def _takes_no_time(model: Model, product: Product) -> bool:
    """Whether every step has a time and all of them are 0."""
    times = []
    for step in product.route:
        if not model.has_station(step.station):
            return False
        station = model.station(step.station)
        times.append(step.time or station.times.get(product.name) or station.time)
    return all(time is not None and time.mean == 0 for time in times)


def _shared_faults(model: Model) -> Iterator[Fault]:
    stations = [s.name for s in model.stations]
    crews, calendars = [c.name for c in model.crews], [c.name for c in model.calendars]
    products = [p.name for p in model.products]
    for crew in model.crews:
        yield from _points_to(crew.calendar, calendars, f"crews[{crew.name}].calendar", "calendar")
    for i, leg in enumerate(model.transport, 1):
        for end, name in (("start", leg.start), ("end", leg.end)):
            if name != ANYWHERE:
                yield from _points_to(name, stations, f"transport[{i}].{end}", "station, or *")
        yield from _points_to(leg.crew, crews, f"transport[{i}].crew", "crew")
        yield from distribution_faults(leg.time, f"transport[{i}].time")
    for name in model.release.sequence:
        yield from _points_to(name, products, "release.sequence", "product")
    if model.release.policy == "conwip" and model.release.wip is None:
        remedy = "Enter how many parts may be in the system, such as “wip: 20”."
        yield Fault("release.wip", "must be given for conwip", None, remedy)
    if model.release.policy == "kanban" and all(s.cards is None for s in model.stations):
        remedy = "Give stations their number of cards, such as “cards: 4”."
        yield Fault("release.policy", "kanban needs cards", "no station has cards", remedy)
    endless = [p for p in model.products if model.has_endless_supply(p)]
    if endless and not model.release.sequence and not any(p.share > 0 for p in endless):
        yield Fault("products", "must have a share above 0 for one of the endless supply", 0, "Set a share.")


def _cut_warnings(model: Model) -> Iterator[str]:
    for station in model.stations:
        for path, d in _distributions(station, f"stations[{station.name}]"):
            if d.cut_away > 0.01:
                yield (
                    f"{path}: {100 * d.cut_away:.0f} % of this normal would lie below 0 and is cut away, so that its "
                    f"mean is {d.mean:.4g} and not {d.parameters[0]:.4g} {model.time_unit}. A gamma has no such tail."
                )
