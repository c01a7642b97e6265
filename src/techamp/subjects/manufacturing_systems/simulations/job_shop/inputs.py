"""What the player of the job shop sets, and the shop itself: its stations and the kinds of orders that come."""

from __future__ import annotations

from dataclasses import dataclass

from techamp.contract import Inputs, choice, quantity

RULES = {
    "fifo": "First come, first served (FIFO)",
    "red": "Red tags first, then first come",
    "spt": "Shortest work here first (SPT)",
    "edd": "Earliest due date first (EDD)",
    "cr": "Least time left for the work left (critical ratio, CR)",
    "setup": "Same setup first, then first come",
}
SHORT = {"fifo": "FIFO", "red": "Tags", "spt": "SPT", "edd": "EDD", "cr": "CR", "setup": "Setup"}
SPOKEN = {
    "fifo": "first come",
    "red": "red tags",
    "spt": "shortest",
    "edd": "due date",
    "cr": "critical ratio",
    "setup": "same setup",
}
QUOTING = {
    "same": "The same number of days for every order",
    "work": "In proportion to the work in the order",
}
DAY = 900.0
"""Minutes of production time in a day of the model plant: two shifts of 450."""


@dataclass(frozen=True)
class Kind:
    """Orders of one kind: their share, and their route as (station, mean minutes of work)."""

    name: str
    share: float
    route: tuple[tuple[str, float], ...]

    @property
    def work(self) -> float:
        """Mean minutes of work in an order, at all its stations."""
        return sum(minutes for _, minutes in self.route)

    def at(self, station: str) -> float:
        """Mean minutes of work at one station, all visits counted."""
        return sum(minutes for name, minutes in self.route if name == station)


STATIONS = ("saw", "lathe", "mill", "press", "test")
CHANGED_OVER = ("lathe", "mill")
"""Stations that need another fixture for another kind of order."""
KINDS = (
    Kind("Spare shafts", 0.30, (("saw", 30.0), ("lathe", 60.0), ("test", 20.0))),
    Kind("Spare housings", 0.20, (("saw", 35.0), ("mill", 95.0), ("test", 25.0))),
    Kind("Repair", 0.20, (("test", 30.0), ("press", 40.0), ("lathe", 50.0), ("press", 45.0), ("test", 35.0))),
    Kind("Special", 0.20, (("saw", 50.0), ("lathe", 110.0), ("mill", 125.0), ("press", 70.0), ("test", 60.0))),
    Kind(
        "Prototype",
        0.10,
        (("saw", 60.0), ("lathe", 180.0), ("mill", 240.0), ("lathe", 120.0), ("press", 100.0), ("test", 100.0)),
    ),
)
MEAN_WORK = sum(kind.share * kind.work for kind in KINDS)
AT_LATHE = sum(kind.share * kind.at("lathe") for kind in KINDS)
"""Mean minutes that an order needs: anywhere, and at the lathe, which has most to do."""


class JobShopInputs(Inputs):
    """Which order is next, what is promised, and how much comes in."""

    rule: str = choice("fifo", RULES, label="Which order is next")
    quote: float = quantity(
        3.0,
        "days",
        range=(0.5, 12.0),
        step=0.25,
        label="Quoted to customers",
        help="Working days from order to due date, on average. A day has 15 h of production.",
    )
    quoting: str = choice("same", QUOTING, label="How days are quoted")
    load: float = quantity(
        80.0,
        "%",
        range=(40.0, 98.0),
        step=1.0,
        label="Load",
        help="Share of its time that the lathe needs for work alone. Changeovers come on top.",
    )
    changeover: float = quantity(
        15.0,
        "min",
        range=(0.0, 60.0),
        step=1.0,
        label="Changeover",
        help="At the lathe and the mill, where the next order is of another kind.",
    )
    rush: float = quantity(10.0, "%", range=(0.0, 60.0), step=5.0, label="Rush orders", help="Share of all orders.")
    rush_days: float = quantity(
        1.0, "days", range=(0.25, 5.0), step=0.25, label="Quoted for a rush order", help="Working days."
    )
    cv: float = quantity(
        0.6,
        "",
        range=(0.0, 1.5),
        step=0.1,
        label="Spread of work times",
        help="Standard deviation over mean (CV), from order to order of one kind.",
    )
    days: int = quantity(120, "days", range=(40, 400), step=20, label="Days counted", help="After 20 to settle.")

    @property
    def rate(self) -> float:
        """Orders per minute, of all kinds."""
        return self.load / 100.0 / AT_LATHE

    def quoted(self, kind: int, rush: bool) -> float:
        """Minutes from order to due date that are promised for an order of this kind."""
        if rush:
            return DAY * self.rush_days
        return DAY * self.quote * (KINDS[kind].work / MEAN_WORK if self.quoting == "work" else 1.0)
