"""The plant that the game runs. Numbers are those of the model plant where it has them; "our choice" otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of station. Times in minutes of production; money in USD.

    ``cycle`` and ``cv`` belong to one part on one machine; ``setup`` to a change of length. ``mttf`` is the mean
    running time to a breakdown just after a service, ``people`` what one machine needs on each of two shifts.
    """

    name: str
    label: str
    machines: int
    cycle: float
    cv: float
    setup: float
    mttf: float
    mttr: float
    scrap: float
    people: float
    price: float
    spent: float  # material that is lost with a part scrapped here


# Cycle times, spread, setups, repairs, scrap and people: curriculum/plant.yaml. Prices of machines: our choice.
# The plant's mttf holds on average between services; a machine just serviced does better by a fifth (our choice).
FRESH = 1.2
KINDS = (
    Kind("saw", "Saw", 1, 2.4, 0.10, 6.0, 1200 * FRESH, 20.0, 0.005, 1.0, 45_000.0, 8.30),
    Kind("lathe", "CNC lathe", 1, 3.2, 0.05, 18.0, 600 * FRESH, 30.0, 0.015, 1.0, 140_000.0, 1.90),
    Kind("mill", "CNC mill", 2, 6.0, 0.05, 30.0, 700 * FRESH, 35.0, 0.012, 0.5, 110_000.0, 6.40),
    Kind("wash", "Deburr and wash", 1, 28.0 / 12, 0.05, 0.0, 2000 * FRESH, 25.0, 0.002, 1.0, 30_000.0, 8.30),
    Kind("press", "Bearing press", 1, 2.2, 0.10, 0.0, 900 * FRESH, 15.0, 0.008, 1.0, 60_000.0, 13.90),
    Kind("cell", "Robot cell", 1, 3.3, 0.03, 0.0, 450 * FRESH, 12.0, 0.005, 1.0, 190_000.0, 45.10),
    Kind("motor", "Motor and board", 3, 9.6, 0.20, 0.0, 5000 * FRESH, 10.0, 0.003, 1.0, 12_000.0, 109.60),
    Kind("test", "End-of-line test", 2, 6.0, 0.10, 0.0, 1500 * FRESH, 20.0, 0.010, 0.5, 55_000.0, 109.60),
    Kind("pack", "Pack", 1, 2.6, 0.20, 0.0, 4000 * FRESH, 10.0, 0.001, 1.0, 8_000.0, 111.70),
)  # fmt: skip
NAMES = tuple(kind.name for kind in KINDS)
SAW, LATHE, MILL, WASH, PRESS, CELL, MOTOR, TEST, PACK = range(len(KINDS))
NEXT = ((LATHE, MILL), (WASH,), (WASH,), (PRESS,), (CELL,), (MOTOR,), (TEST,), (PACK,), ())  # shaft and housing part

REWORK = 0.03  # tested a second time (model plant)
FAMILIES = ("100 mm", "200 mm", "300 mm")
SHARES = (0.25, 0.50, 0.25)
ORDER = 25  # actuators in a customer's order; our choice
DEMAND = 225.0  # actuators a day (model plant)
DAY = 900.0  # minutes of production a day: two shifts (model plant)
MOST_OVERTIME = 180.0
DAYS_A_YEAR = 250

WEAR = 0.04  # growth of the rate of breakdowns for each day since the last service; our choice
MOST_WEAR = 3.0
SERVICE_TIME = 45.0  # min for each machine; our choice
SERVICE_COST = 120.0  # USD for each machine; our choice

PRICE = 229.0
PROMISE = 10  # days (model plant)
PRICE_PER_DAY = 0.015  # of the price, for each day sooner or later than PROMISE; our choice
LATE_PER_DAY = 0.10  # of the price, for each day late; our choice
MATERIAL = 111.70 - 41.00  # without the motor
MOTOR_PRICE = 41.00
MOTOR_ORDER_COST = 85.0
MOTOR_LEAD, MOTOR_LEAD_SD, SHORTEST_LEAD = 20, 3.0, 10  # days
MOTOR_QUANTITY, MOTOR_POINT = 1030, 5629
MOTORS_AT_FIRST = 1600
MOTOR_RESALE = 0.5

OPERATOR_HOUR, INDIRECT_HOUR, INDIRECT = 32.40, 40.00, 4
SHIPPERS = 1  # people at the dock
PAID_HOURS = 16.0  # two shifts of eight
OVERTIME_FACTOR = 1.5
OVERHEAD_DAY = 1_350_000.0 / DAYS_A_YEAR
OVERDRAFT = 0.12  # a year, on cash below zero; our choice
RESALE = 0.5  # of a machine's price; our choice
INSTALL_DAYS = 10  # from buying to the first part; our choice
LONGEST_WAIT = 1.0  # days that an order waits for others of its length before its lot starts; our choice


def price(promise: int) -> float:
    """USD for an actuator promised in so many days and shipped in time."""
    return PRICE * (1.0 + PRICE_PER_DAY * (PROMISE - promise))
