"""What the planner of a cell sets: the floor, a spot for each machine, people, and how many parts go in a box."""

from __future__ import annotations

from dataclasses import dataclass

from techamp.contract import Inputs, choice, quantity

SPOTS = 6
DRAIN = 4
"""The spot with a drain in the floor."""
FLOORS: dict[str, tuple[tuple[float, float], ...]] = {
    "u": ((0, 0), (3, 0), (6, 0), (6, 3), (3, 3), (0, 3)),
    "line": ((0, 0), (3, 0), (6, 0), (9, 0), (12, 0), (15, 0)),
    "shop": ((0, 0), (12, 0), (24, 0), (24, 10), (12, 10), (0, 10)),
}
"""Where the spots are, in meters to the right and down. Machines stand at a spot's middle."""
DOORS: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "u": ((-3, 0), (-3, 3)),
    "line": ((-3, 0), (18, 0)),
    "shop": ((-6, 0), (-6, 10)),
}
"""Where material comes in and where it goes out."""


@dataclass(frozen=True)
class Machine:
    """``hands``: seconds of a person for each set; ``alone``: seconds that it then runs by itself for a shaft."""

    key: str
    name: str
    hands: int
    alone: int


MACHINES = (
    Machine("saw", "Saw", 24, 48),
    Machine("lathe", "Lathe", 20, 172),
    Machine("mill", "Mill", 25, 155),
    Machine("gauge", "Gauge", 48, 0),
    Machine("wash", "Wash", 15, 125),
    Machine("press", "Press", 32, 100),
)
IN, OUT = -1, -2
FLOWS: tuple[tuple[int, int, int], ...] = (
    (IN, 0, 480), (0, 1, 225), (1, 3, 225), (3, 4, 225), (0, 2, 255), (2, 4, 225), (2, 1, 30), (1, 4, 30),
    (4, 5, 450), (4, OUT, 30), (5, OUT, 450),
)  # fmt: skip
"""Parts a day from one machine to another: 225 shafts, 225 housings, 30 brackets."""
SHAFT = (0, 1, 3, 4, 5)
"""The machines of a shaft, in their order."""
ROUND = (0, 1, 3, 2, 4, 5)
"""The order in which a person visits machines."""

_SPOTS = {str(n): f"Spot {n}" for n in range(1, SPOTS + 1)}


class CellLayoutInputs(Inputs):
    """A floor, six machines on six spots, people and boxes."""

    floor: str = choice(
        "shop",
        {"shop": "Departments, 10 to 12 m apart", "line": "A straight line", "u": "A U around one aisle"},
        label="Floor",
    )
    saw: str = choice("2", _SPOTS, label="Saw")
    lathe: str = choice("5", _SPOTS, label="Lathe")
    mill: str = choice("6", _SPOTS, label="Mill")
    gauge: str = choice("1", _SPOTS, label="Gauge")
    press: str = choice("4", _SPOTS, label="Bearing press")
    drain: str = choice(
        "anywhere",
        {"anywhere": "Anywhere", "drain": f"Only at spot {DRAIN}, over the drain"},
        label="Where the wash may stand",
    )
    wash: str = choice("3", _SPOTS, label="Wash", when=("drain", ("anywhere",)))
    people: int = quantity(1, "", range=(1, 3), label="People in the cell")
    box: int = quantity(
        30, "parts", range=(1, 60), label="Parts in a box (move batch)", help="So many go to the next machine together."
    )
    lot: int = quantity(60, "shafts", range=(12, 240), step=12, label="Shafts in the lot that you follow")
    cv: float = quantity(
        10.0,
        "%",
        range=(0.0, 30.0),
        step=5.0,
        label="How much machine times vary",
        help="Standard deviation as a share of the average.",
    )

    @property
    def asked(self) -> tuple[int, ...]:
        """The spot that each machine was given, from 0, in the order of MACHINES."""
        return tuple(int(getattr(self, machine.key)) - 1 for machine in MACHINES)
