"""The plant as it is at one moment: machines, lots, orders, stock, and the book of what was earned and spent."""

from __future__ import annotations

from dataclasses import dataclass, field

from techamp.subjects.manufacturing_systems.games.run_the_plant import luck
from techamp.subjects.manufacturing_systems.games.run_the_plant.decisions import (
    Floor,
    Hours,
    Maintenance,
    Motors,
    Promise,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.luck import Draws
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import FAMILIES, KINDS, MOTORS_AT_FIRST
from techamp.subjects.manufacturing_systems.games.run_the_plant.scenario import Scenario


@dataclass
class Machine:
    """One machine. ``left`` is what its next breakdown still wants, as a multiple of its fresh mean running time."""

    station: int
    number: int
    breakdowns: Draws
    repairs: Draws
    left: float
    busy: bool = False
    family: int = -1
    owed: float = 0.0  # minutes of service or repair before the next lot
    leaves: bool = False
    bought: bool = False


@dataclass
class Order:
    """A customer's order. ``placed`` in days; ``left`` actuators not shipped yet."""

    number: int
    placed: float
    family: int
    promise: int
    price: float
    left: int

    @property
    def due(self) -> float:
        """The day and share of a day by which it was promised."""
        return self.placed + self.promise


@dataclass
class Lot:
    """Actuators of one length that go together. ``takes``: (order, how many)."""

    number: int
    family: int
    takes: list[tuple[Order, int]]
    size: int
    due: float
    parts_missing: int = 2  # shaft and housing, until both are at the wash

    @property
    def order(self) -> tuple[float, int]:
        """Earliest promise first."""
        return self.due, self.number


@dataclass
class Day:
    """What was written down at the end of a day."""

    day: int
    minutes: float
    ordered: int
    shipped: int
    late: int
    lead_sum: float  # of shipped actuators, days
    cash: float
    floor: int
    waiting: int  # at the gate or for others of their length
    motors: int
    motors_coming: int
    busy: list[float]  # per station, minutes of all machines: working, changing length, standing
    setup: list[float]
    down: list[float]
    machines: list[int]
    queue: list[int]  # actuators waiting at each station at the end of the day


@dataclass
class World:
    """One team's plant. Times on the clock are minutes of production; ``day`` is the day about to begin."""

    scenario: Scenario
    seed: int
    cash: float
    day: int = 1
    clock: float = 0.0
    began: float = 0.0  # of the running day
    minutes: float = 900.0  # of the running day
    promise: Promise = field(default_factory=Promise)
    floor_rules: Floor = field(default_factory=Floor)
    hours: Hours = field(default_factory=Hours)
    maintenance: Maintenance = field(default_factory=Maintenance)
    motor_rules: Motors = field(default_factory=Motors)
    serviced: int = 0
    machines: list[list[Machine]] = field(default_factory=list)
    ordered_machines: list[tuple[int, int]] = field(default_factory=list)  # (day of arrival, station)
    made_machines: list[int] = field(default_factory=lambda: [0] * len(KINDS))
    queues: list[list[Lot]] = field(default_factory=lambda: [[] for _ in KINDS])
    gate: list[Lot] = field(default_factory=list)
    unlotted: list[list[tuple[Order, int]]] = field(default_factory=lambda: [[] for _ in FAMILIES])
    open_orders: dict[int, Order] = field(default_factory=dict)
    floor: int = 0
    lots: int = 0
    orders: int = 0
    motors: int = MOTORS_AT_FIRST
    motor_orders: list[tuple[int, int]] = field(default_factory=list)  # (day of arrival, motors)
    supply: Draws | None = None
    noise: list[Draws] = field(default_factory=list)
    events: list[tuple[float, int, int, int, Lot]] = field(default_factory=list)  # end of work: time, tie, where, lot
    ties: int = 0
    book: dict[str, float] = field(default_factory=dict)
    books: list[dict[str, float]] = field(default_factory=list)  # the book at the end of each day
    days: list[Day] = field(default_factory=list)
    today: dict[str, float] = field(default_factory=dict)
    spent: list[list[float]] = field(default_factory=lambda: [[0.0] * len(KINDS) for _ in range(3)])
    news: list[tuple[int, str]] = field(default_factory=list)
    said: list[tuple[int, str]] = field(default_factory=list)  # what the players did

    def pay(self, what: str, amount: float) -> None:
        """Write into the book: what comes in is positive."""
        self.book[what] = self.book.get(what, 0.0) + amount
        self.cash += amount

    def today_at(self, clock: float) -> float:
        """The day and share of a day at a time of the running day."""
        return self.day + (clock - self.began) / self.minutes

    def new_machine(self, station: int, *, bought: bool = False) -> Machine:
        """A machine with its own luck, at its station."""
        number = self.made_machines[station]
        self.made_machines[station] += 1
        thing = 1000 * station + number
        breakdowns = Draws(self.seed, luck.BREAKDOWN, thing, "exponential")
        repairs = Draws(self.seed, luck.REPAIR, thing, "exponential")
        machine = Machine(station, number, breakdowns, repairs, breakdowns.next(), bought=bought)
        self.machines[station].append(machine)
        return machine
