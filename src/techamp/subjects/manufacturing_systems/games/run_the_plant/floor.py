"""One day on the floor: orders become lots, lots go from station to station, machines break down and change over."""

from __future__ import annotations

from heapq import heappop, heappush
from math import sqrt

from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import (
    FAMILIES,
    KINDS,
    LATE_PER_DAY,
    LATHE,
    LONGEST_WAIT,
    MATERIAL,
    MILL,
    MOST_WEAR,
    MOTOR,
    NEXT,
    ORDER,
    PACK,
    REWORK,
    SAW,
    SHARES,
    TEST,
    WASH,
    WEAR,
    price,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.scenario import SCRAP_UP, SCRAP_UP_DAYS
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import Lot, Machine, Order, World

BUSY, SETUP, DOWN = range(3)
BAD_BAR = 0.08  # scrap at the lathe from the bad lot of bar stock


def run_day(world: World, customers: list[tuple[float, float]]) -> None:
    """Carry out the running day: ``customers`` are (when, as a share of the day; uniform that picks the length)."""
    end = world.began + world.minutes
    form_lots(world)
    for station in range(len(KINDS)):
        _start_all(world, station)
    for share, u in customers:
        at = world.began + share * world.minutes
        _work_until(world, at)
        world.clock = at
        _take_order(world, u)
    _work_until(world, end)
    world.clock = end


def _work_until(world: World, until: float) -> None:
    events = world.events
    while events and events[0][0] <= until:
        world.clock, _, station, number, lot = heappop(events)
        _finish(world, station, number, lot)


def _take_order(world: World, u: float) -> None:
    family = next((f for f, edge in enumerate(_edges()) if u < edge), len(FAMILIES) - 1)
    days = world.promise.days
    world.orders += 1
    order = Order(world.orders, world.today_at(world.clock), family, days, price(days), ORDER)
    world.open_orders[order.number] = order
    world.unlotted[family].append((order, ORDER))
    world.today["ordered"] += ORDER
    form_lots(world)


def _edges() -> tuple[float, ...]:
    return SHARES[0], SHARES[0] + SHARES[1], 1.0


def form_lots(world: World) -> None:
    """Cut waiting orders of one length into lots; a lot that waits too long for others starts as it is."""
    size, now = world.floor_rules.lot, world.today_at(world.clock)
    for family, line in enumerate(world.unlotted):
        while line:
            enough = sum(n for _, n in line) >= size
            if not enough and now - line[0][0].placed < LONGEST_WAIT:
                break
            world.gate.append(_cut(world, family, line, size))
    _open_gate(world)


def _cut(world: World, family: int, line: list[tuple[Order, int]], size: int) -> Lot:
    """Take up to ``size`` actuators from the head of the line."""
    takes: list[tuple[Order, int]] = []
    room = size
    while line and room:
        order, n = line.pop(0)
        taken = min(n, room)
        takes.append((order, taken))
        room -= taken
        if taken < n:
            line.insert(0, (order, n - taken))
    world.lots += 1
    return Lot(world.lots, family, takes, size - room, min(order.due for order, _ in takes))


def _open_gate(world: World) -> None:
    """Let lots onto the floor while the limit allows; at least one is always there."""
    if world.floor_rules.rule == "edd":
        world.gate.sort(key=lambda lot: lot.order)
    cap = world.floor_rules.cap
    while world.gate and (cap is None or world.floor == 0 or world.floor + world.gate[0].size <= cap):
        lot = world.gate.pop(0)
        world.floor += lot.size
        world.pay("Material", -lot.size * MATERIAL)
        _arrive(world, SAW, lot)


def _arrive(world: World, station: int, lot: Lot) -> None:
    world.queues[station].append(lot)
    _start_all(world, station)


def _start_all(world: World, station: int) -> None:
    """Start work on every free machine for which there is a lot."""
    queue = world.queues[station]
    if not queue:
        return
    for machine in world.machines[station]:
        if machine.busy or machine.leaves:
            continue
        place = _choose(world, station, machine)
        if place < 0:
            return
        _start(world, machine, queue.pop(place))
        if not queue:
            return


def _choose(world: World, station: int, machine: Machine) -> int:
    """Which waiting lot is next on that machine; -1 where none can start."""
    queue = world.queues[station]
    able = range(len(queue))
    if station == MOTOR:
        able = [i for i in able if queue[i].size <= world.motors]  # type: ignore[assignment]
        if not able:
            return -1
    rule = world.floor_rules.rule
    if rule == "edd":
        return min(able, key=lambda i: queue[i].order)
    if rule == "same" and KINDS[station].setup:
        return next((i for i in able if queue[i].family == machine.family), able[0])
    return able[0]


def _start(world: World, machine: Machine, lot: Lot) -> None:
    """Begin the lot: what is owed, change of length, work and the breakdowns within it."""
    station = machine.station
    kind, spent = KINDS[station], world.spent
    setup = kind.setup if kind.setup and machine.family not in (lot.family, -1) else 0.0
    machine.family = lot.family
    scrap = _scrap(world, station)
    parts = lot.size / (1.0 - scrap)
    work = parts * kind.cycle * (1.0 + REWORK if station == TEST else 1.0)
    noise = world.noise[station].next()
    work = max(0.2 * work, work + noise * kind.cv * kind.cycle * sqrt(parts))
    down = machine.owed + _breakdowns(world, machine, work)
    machine.owed = 0.0
    machine.busy = True
    spent[BUSY][station] += work
    spent[SETUP][station] += setup
    spent[DOWN][station] += down
    world.pay("Scrap", -(parts - lot.size) * kind.spent)
    if station == MOTOR:
        world.motors -= lot.size
    world.ties += 1
    heappush(world.events, (world.clock + down + setup + work, world.ties, station, machine.number, lot))


def _scrap(world: World, station: int) -> float:
    bad = world.scenario.scrap_up and SCRAP_UP <= world.day < SCRAP_UP + SCRAP_UP_DAYS
    return BAD_BAR if bad and station == LATHE else KINDS[station].scrap


def _breakdowns(world: World, machine: Machine, work: float) -> float:
    """Minutes of repair within so many minutes of work."""
    kind = KINDS[machine.station]
    age = world.day - world.serviced
    rate = min(MOST_WEAR, 1.0 + WEAR * age) / kind.mttf
    wants, down = work * rate, 0.0
    while wants >= machine.left:
        wants -= machine.left
        machine.left = machine.breakdowns.next()
        down += machine.repairs.next() * kind.mttr
    machine.left -= wants
    return down


def _finish(world: World, station: int, number: int, lot: Lot) -> None:
    """The lot goes on; the machine takes the next one, or leaves if it was sold."""
    machines = world.machines[station]
    machine = next(m for m in machines if m.number == number)
    machine.busy = False
    if machine.leaves:
        machines.remove(machine)
    for following in NEXT[station]:
        if following == WASH and station in (LATHE, MILL):
            lot.parts_missing -= 1
            if lot.parts_missing:
                continue
        _arrive(world, following, lot)
    if station == PACK:
        _ship(world, lot)
    _start_all(world, station)


def _ship(world: World, lot: Lot) -> None:
    """Ship the lot. An order is paid when its last actuator is shipped; a late one for less."""
    world.floor -= lot.size
    now = world.today_at(world.clock)
    for order, n in lot.takes:
        order.left -= n
        world.today["shipped"] += n
        world.today["lead"] += n * (now - order.placed)
        if now > order.due:
            world.today["late"] += n
        if order.left == 0:
            full = ORDER * order.price
            lost = min(1.0, max(0.0, now - order.due) * LATE_PER_DAY)
            world.pay("Sales at the promised price", full)
            if lost:
                world.pay("Lost to late orders", -full * lost)
            del world.open_orders[order.number]
    _open_gate(world)
