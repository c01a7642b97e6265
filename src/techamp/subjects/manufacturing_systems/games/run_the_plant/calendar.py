"""Day after day: what arrives in the morning, what the day costs, what is written down at night."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.games.run_the_plant import floor, luck
from techamp.subjects.manufacturing_systems.games.run_the_plant.floor import BUSY, DOWN, SETUP
from techamp.subjects.manufacturing_systems.games.run_the_plant.luck import Draws
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import (
    DAY,
    DAYS_A_YEAR,
    INDIRECT,
    INDIRECT_HOUR,
    KINDS,
    LATHE,
    MOTOR_LEAD,
    MOTOR_LEAD_SD,
    MOTOR_ORDER_COST,
    MOTOR_PRICE,
    MOTOR_QUANTITY,
    OPERATOR_HOUR,
    ORDER,
    OVERDRAFT,
    OVERHEAD_DAY,
    OVERTIME_FACTOR,
    PAID_HOURS,
    SERVICE_COST,
    SERVICE_TIME,
    SHIPPERS,
    SHORTEST_LEAD,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.scenario import (
    DAYS,
    LATHE_DOWN,
    LATHE_DOWN_DAYS,
    SUPPLIER_LATE,
    SUPPLIER_LATE_DAYS,
    Scenario,
    demand,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import Day, World

LATER = 10  # days that a late supplier adds


def new_world(scenario: Scenario, seed: int) -> World:
    """The plant on the morning of day 1, with motors on the shelf and on their way."""
    world = World(scenario, seed, float(scenario.cash))
    for station, kind in enumerate(KINDS):
        world.machines.append([])
        for _ in range(kind.machines):
            world.new_machine(station)
    world.supply = Draws(seed, luck.SUPPLY, 0, "normal")
    world.noise = [Draws(seed, luck.PROCESS, station, "normal") for station in range(len(KINDS))]
    world.motor_orders = [(4 + 5 * i, MOTOR_QUANTITY) for i in range(4)]
    return world


def go_on(world: World, to: int) -> None:
    """Run days until the morning of day ``to``."""
    while world.day < min(to, DAYS + 1):
        _morning(world)
        floor.run_day(world, luck.customers(world.seed, world.day, demand(world.scenario, world.day) / ORDER))
        _night(world)


def _morning(world: World) -> None:
    world.began = world.clock
    world.minutes = DAY + world.hours.overtime
    world.today = dict.fromkeys(("ordered", "shipped", "late", "lead"), 0)
    world.spent = [[0.0] * len(KINDS) for _ in range(3)]
    _deliver_motors(world)
    _order_motors(world)
    for day, station in [one for one in world.ordered_machines if one[0] <= world.day]:
        world.ordered_machines.remove((day, station))
        world.new_machine(station, bought=True)
        world.news.append((world.day, f"The new machine at {KINDS[station].label} is ready."))
    if world.day - world.serviced >= world.maintenance.every:
        _service(world)
    if world.scenario.lathe_down and world.day == LATHE_DOWN:
        world.machines[LATHE][0].owed += LATHE_DOWN_DAYS * DAY
        world.news.append(
            (world.day, f"The spindle of a lathe has failed. It stands for {LATHE_DOWN_DAYS} days of production.")
        )


def _deliver_motors(world: World) -> None:
    for day, n in sorted(one for one in world.motor_orders if one[0] <= world.day):
        world.motor_orders.remove((day, n))
        world.motors += n
        world.pay("Motors", -n * MOTOR_PRICE - MOTOR_ORDER_COST)


def _order_motors(world: World) -> None:
    """Order until shelf and orders on the way stand above the reorder point."""
    rules = world.motor_rules
    while world.motors + sum(n for _, n in world.motor_orders) <= rules.point:
        assert world.supply is not None
        lead = max(SHORTEST_LEAD, round(MOTOR_LEAD + MOTOR_LEAD_SD * world.supply.next()))
        late = world.scenario.supplier_late and SUPPLIER_LATE <= world.day < SUPPLIER_LATE + SUPPLIER_LATE_DAYS
        world.motor_orders.append((world.day + lead + (LATER if late else 0), rules.quantity))


def _service(world: World) -> None:
    world.serviced = world.day
    for machines in world.machines:
        for machine in machines:
            machine.owed += SERVICE_TIME
            world.pay("Service", -SERVICE_COST)


def _night(world: World) -> None:
    people = SHIPPERS + sum(kind.people * len(machines) for kind, machines in zip(KINDS, world.machines, strict=True))
    over = OVERTIME_FACTOR * world.hours.overtime / 60.0
    world.pay("Wages", -(people * OPERATOR_HOUR + INDIRECT * INDIRECT_HOUR) * PAID_HOURS)
    if over:
        world.pay("Overtime", -(people * OPERATOR_HOUR + INDIRECT * INDIRECT_HOUR) * over)
    world.pay("Overhead", -OVERHEAD_DAY)
    if world.cash < 0.0:
        world.pay("Interest on the overdraft", world.cash * OVERDRAFT / DAYS_A_YEAR)
    world.days.append(_written_down(world))
    world.books.append(dict(world.book))
    world.day += 1


def _written_down(world: World) -> Day:
    waiting = sum(lot.size for lot in world.gate) + sum(n for line in world.unlotted for _, n in line)
    return Day(
        world.day,
        world.minutes,
        int(world.today["ordered"]),
        int(world.today["shipped"]),
        int(world.today["late"]),
        world.today["lead"],
        world.cash,
        world.floor,
        waiting,
        world.motors,
        sum(n for _, n in world.motor_orders),
        world.spent[BUSY],
        world.spent[SETUP],
        world.spent[DOWN],
        [len(machines) for machines in world.machines],
        [sum(lot.size for lot in queue) for queue in world.queues],
    )
