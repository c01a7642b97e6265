"""What the player of the dice game sets."""

from __future__ import annotations

from typing import Any

from techamp.contract import Inputs, choice, quantity

FACES: dict[str, tuple[int, ...]] = {"3-4": (3, 4), "2-5": (2, 3, 4, 5), "1-6": (1, 2, 3, 4, 5, 6), "1or6": (1, 6)}
"""Faces of each die, all equally likely, all with a mean of 3.5."""

DICE = {
    "1-6": "1 to 6, a common die",
    "2-5": "2 to 5, steadier",
    "3-4": "3 or 4, very steady",
    "1or6": "1 or 6, wild",
}
ORDERS = {
    "at_once": "All at once, with what waited before the round",
    "in_turn": "One after the other, from the first to the last",
}
LIMITS = {
    "push": "No limit: everybody moves what they roll",
    "kanban": "A limit before each station (kanban)",
    "conwip": "A limit for the whole line (CONWIP)",
}
PLACES = {
    "none": "Nowhere: all stations are equal",
    "first": "At the first",
    "second": "At the second",
    "middle": "In the middle",
    "next_to_last": "At the last but one",
    "last": "At the last",
}
MEAN_ROLL = 3.5


class DiceGameInputs(Inputs):
    """Stations, dice, pennies between them, limits, and one stronger station."""

    rounds: int = quantity(
        20, "rounds", range=(10, 200), step=10, label="Rounds", help="One round is one day at the line."
    )
    stations: int = quantity(
        5, "stations", range=(1, 10), label="Stations", help="People in the row. Each has one die."
    )
    dice: str = choice("1-6", DICE, label="Dice", help="All four dice have a mean of 3.5. They differ in their spread.")
    start_wip: int = quantity(
        4,
        "pennies",
        range=(0, 20),
        label="Pennies waiting at the start",
        help="Before each station but the first, which takes from a box that never runs out.",
    )
    order: str = choice("at_once", ORDERS, label="Who moves when")
    limit: str = choice(
        "push",
        LIMITS,
        label="Limit on the pennies between stations",
        help="Who has no room ahead may not move, whatever the die says.",
    )
    cap: int = quantity(
        8,
        "pennies",
        range=(1, 40),
        label="Room before each station",
        help="No more pennies may wait there.",
        when=("limit", ("kanban",)),
    )
    total: int = quantity(
        24,
        "pennies",
        range=(1, 150),
        label="Room in the whole line",
        help="The first station brings in no more than this allows, counted before it moves.",
        when=("limit", ("conwip",)),
    )
    strong: str = choice("none", PLACES, label="One stronger station")
    extra: int = quantity(
        1,
        "pennies/round",
        range=(1, 3),
        label="How much stronger",
        help="Added to each roll of that station.",
        when=("strong", tuple(name for name in PLACES if name != "none")),
    )


def strong_station(inputs: DiceGameInputs) -> int:
    """Index of the stronger station from 0, or -1 where all are equal. Of four stations, the middle is the third."""
    n = inputs.stations
    places: dict[str, Any] = {
        "none": -1,
        "first": 0,
        "second": 1,
        "middle": n // 2,
        "next_to_last": n - 2,
        "last": n - 1,
    }
    return -1 if inputs.strong == "none" else max(0, min(n - 1, int(places[inputs.strong])))
