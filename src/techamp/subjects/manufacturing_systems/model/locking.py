"""Models that must stop for good (deadlock), as far as that can be proven before a run.

Refused is what cannot end well under any luck, or under endless supply certainly will not. A loop of finite queues that
only *can* lock is a warning; the engine detects a deadlock when it happens and names the cycle.
"""

from __future__ import annotations

from collections.abc import Iterator

from techamp.contract.errors import Fault
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.products import OUT
from techamp.subjects.manufacturing_systems.model.stations import Station

LARGEST_SEARCH = 2000  # stations; above it a loop of finite queues is left to the engine


def lock_faults(model: Model) -> Iterator[Fault]:
    """Deadlocks that are certain."""
    limit = model.release.wip
    for station in model.stations:
        yield from _gathering_faults(model, station, limit)
    for loop in finite_loops(model):
        room = loop_room(model, loop)
        if (limit is None or limit >= room) and _fed_without_end(model, loop):
            remedy = (
                f"Limit the parts in the system to {room - 1} (release: conwip), or give one of these stations a "
                "queue without limit (buffer: null)."
            )
            rule = "must not be a loop of full queues under an endless supply: all wait for each other"
            yield Fault("stations", rule, shown_loop(loop), remedy)


def lock_warnings(model: Model) -> Iterator[str]:
    """Loops that can lock."""
    limit = model.release.wip
    for loop in finite_loops(model):
        room = loop_room(model, loop)
        if limit is None or limit >= room:
            yield (
                f"{shown_loop(loop)} is a loop of limited queues with room for {room} parts. If it ever fills up, all "
                f"wait for each other for good. Limit the parts in the system to {room - 1}, or give one a queue "
                "without limit."
            )


def _gathering_faults(model: Model, station: Station, limit: int | None) -> Iterator[Fault]:
    path = f"stations[{station.name}]"
    batch = station.batch
    gathers = []
    if batch and batch.wait is None:
        gathers.append((f"{path}.batch", batch.fewest, "start"))
        if station.buffer is not None and station.buffer < batch.fewest and batch.fewest > 1:
            remedy = f"Raise the buffer to {batch.fewest}, or let a run start with fewer parts (least)."
            rule = f"must have a place for each of the {batch.fewest} parts that a run starts with"
            yield Fault(f"{path}.buffer", rule, station.buffer, remedy)
    if station.move_batch > 1:
        gathers.append((f"{path}.move_batch", station.move_batch, "leave"))
        yield from _landing_faults(model, station, path)
    for where, count, what in gathers:
        for kind, most in (("release.wip", limit), ("cards", station.cards)):
            if most is not None and most < count:
                rule = f"must not wait for more parts than {kind} lets in ({most})"
                yield Fault(
                    where, rule, count, f"{count} parts must gather to {what}, and never do. Change one of them."
                )


def _landing_faults(model: Model, station: Station, path: str) -> Iterator[Fault]:
    for name in sorted(successors(model).get(station.name, ())):
        after = model.station(name)
        if after.buffer is not None and after.buffer < station.move_batch:
            remedy = f"Move fewer at a time, or give {name} a buffer of {station.move_batch}."
            rule = f"must fit the buffer of {name} ({after.buffer})"
            yield Fault(f"{path}.move_batch", rule, station.move_batch, remedy)


def successors(model: Model) -> dict[str, set[str]]:
    """Stations that parts go to from each station, over all routes, rework included."""
    found: dict[str, set[str]] = {station.name: set() for station in model.stations}
    for product in model.products:
        at = {step.name: step.station for step in product.route}
        for i, step in enumerate(product.route):
            ways = {at[b.to] for b in model.branches(product, i) if b.to != OUT and b.chance > 0}
            if step.rework_to and model.rework(step) > 0:
                ways.add(at[step.rework_to])
            found[step.station] |= ways
    return found


def finite_loops(model: Model) -> list[tuple[str, ...]]:
    """One shortest loop of stations with limited queues through each group of stations that can wait for each other."""
    finite = {s.name for s in model.stations if s.buffer is not None}
    ways = {name: ends & finite for name, ends in successors(model).items() if name in finite}
    if not 0 < len(finite) <= LARGEST_SEARCH:
        return []
    loops, covered = [], set[str]()
    order = [s.name for s in model.stations if s.name in finite]
    for start in order:
        if start not in covered and (loop := _shortest_loop(start, ways)):
            loops.append(loop)
            covered |= set(loop)
    return loops


def _shortest_loop(start: str, ways: dict[str, set[str]]) -> tuple[str, ...] | None:
    came: dict[str, str] = {}
    level = [start]
    while level:
        below = []
        for name in level:
            for end in sorted(ways[name]):
                if end == start:
                    return _walk_back(start, name, came)
                if end not in came:
                    came[end] = name
                    below.append(end)
        level = below
    return None


def _walk_back(start: str, last: str, came: dict[str, str]) -> tuple[str, ...]:
    walk = [last]
    while walk[-1] != start:
        walk.append(came[walk[-1]])
    return tuple(reversed(walk))


def loop_room(model: Model, loop: tuple[str, ...]) -> int:
    """Parts that a loop of stations can hold: queues, machines, places after."""
    stations = [model.station(name) for name in loop]
    return sum((s.buffer or 0) + s.machines * (s.batch.size if s.batch else 1) + s.buffer_after for s in stations)


def shown_loop(loop: tuple[str, ...]) -> str:
    return " → ".join((*loop, loop[0]))


def _fed_without_end(model: Model, loop: tuple[str, ...]) -> bool:
    """Whether a station outside the loop, with endless supply, pushes into it."""
    if model.release.policy != "push" or any(s.cards for s in model.stations):
        return False
    inside = set(loop)
    for product in model.products:
        bounded = product.wip_limit is not None or product.base_stock is not None
        if bounded or not model.has_endless_supply(product) or not product.route:
            continue
        stations = [step.station for step in product.route]
        straight = not any(step.next for step in product.route)
        loops_itself = straight and inside <= set(stations) and len([s for s in stations if s in inside]) > len(inside)
        if stations[0] not in inside and loops_itself:
            return True
    return False
