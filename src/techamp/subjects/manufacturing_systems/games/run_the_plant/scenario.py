"""What the instructor sets: how demand goes, and what happens that nobody was told of."""

from __future__ import annotations

from techamp.contract import Inputs, choice, flag, quantity
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import DEMAND

DAYS = 300
FIRST_DAY = 31
"""Days before it are run with the plant's own settings, so that the players find a plant at work."""
LATHE_DOWN, SUPPLIER_LATE, SCRAP_UP = 90, 130, 190
"""The days on which the disturbances begin."""
LATHE_DOWN_DAYS, SUPPLIER_LATE_DAYS, SCRAP_UP_DAYS = 3, 25, 15


class Scenario(Inputs):
    """A game's setting; the same for every team."""

    demand: str = choice(
        "rise_and_fall",
        {"rise_and_fall": "Grows, holds, then falls", "steady": "Stays", "grow": "Grows to the end"},
        label="Demand",
    )
    growth: int = quantity(
        35, "%", range=(0, 80), step=5, label="Growth of demand", help="From its beginning to its highest."
    )
    cash: int = quantity(250_000, "USD", range=(0, 2_000_000), step=50_000, label="Cash at the beginning")
    lathe_down: bool = flag(
        False, label="A lathe stops for three days", help=f"On day {LATHE_DOWN}. Players are not told beforehand."
    )
    supplier_late: bool = flag(
        False,
        label="The motor supplier is late",
        help=f"Orders placed from day {SUPPLIER_LATE} for {SUPPLIER_LATE_DAYS} days take ten days longer.",
    )
    scrap_up: bool = flag(
        False,
        label="A bad lot of bar stock",
        help=f"Scrap at the lathe is 8 % from day {SCRAP_UP} for {SCRAP_UP_DAYS} days.",
    )


def demand(scenario: Scenario, day: int) -> float:
    """Actuators a day that customers order on average on that day.

    Demand stays until day 50; "rise_and_fall" reaches its highest on day 150, holds to day 200 and ends at 80 % of its
    beginning; "grow" reaches its highest on the last day.
    """
    top = DEMAND * (1.0 + scenario.growth / 100.0)
    if scenario.demand == "steady" or day <= 50:
        return DEMAND
    if scenario.demand == "grow":
        return DEMAND + (top - DEMAND) * (day - 50) / (DAYS - 50)
    if day <= 150:
        return DEMAND + (top - DEMAND) * (day - 50) / 100
    if day <= 200:
        return top
    return top + (0.8 * DEMAND - top) * (day - 200) / (DAYS - 200)
