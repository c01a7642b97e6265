"""The changeover sheet of the lathe: its steps with minutes, what can be done about each, and what that costs.

Eight steps that make 18 minutes, as the model plant has them; minutes and costs are our choice. Improvements are bought
in the order of what a saved minute costs, and one that is begun is paid for in full.
"""

from __future__ import annotations

from dataclasses import dataclass

TODAY = 18.0
"""Minutes of the changeover as it is."""


@dataclass(frozen=True)
class ChangeoverStep:
    """One step: minutes at the standing lathe today and after its improvement."""

    name: str
    today: float
    after: float
    improvement: int


@dataclass(frozen=True)
class Improvement:
    """What can be bought, for how many dollars."""

    name: str
    cost: float


IMPROVEMENTS = (
    Improvement("Checklist and cart: fetch and clear away while the lathe runs", 900.0),
    Improvement("Gauge at the lathe, program by bar code, offsets kept with it", 2600.0),
    Improvement("Length stop with a pin for each length", 2900.0),
    Improvement("Quick-change collet", 7800.0),
)
STEPS = (
    ChangeoverStep("Get work order and bar", 2.0, 0.0, 0),
    ChangeoverStep("Fetch collet, stop and gauge from the crib", 2.5, 0.0, 0),
    ChangeoverStep("Take out the collet", 1.5, 0.5, 3),
    ChangeoverStep("Put in the other collet", 2.5, 1.0, 3),
    ChangeoverStep("Set the length stop by trial", 3.0, 0.5, 2),
    ChangeoverStep("Type in the program number and offsets", 1.0, 0.2, 1),
    ChangeoverStep("Cut the first shaft, carry it to the gauge, correct", 4.0, 0.8, 1),
    ChangeoverStep("Clear away the old bar and collet", 1.5, 0.0, 0),
)
SAVED = tuple(sum(s.today - s.after for s in STEPS if s.improvement == i) for i in range(len(IMPROVEMENTS)))


def bought(minutes: float) -> tuple[float, ...]:
    """The share of each improvement that a changeover of ``minutes`` makes use of, from 0 to 1.

    >>> bought(18.0), bought(10.0)
    ((0.0, 0.0, 0.0, 0.0), (1.0, 0.5, 0.0, 0.0))
    """
    left, shares = max(0.0, TODAY - minutes), []
    for saved in SAVED:
        used = min(saved, left)
        shares.append(round(used / saved, 9))
        left -= used
    return tuple(shares)


def cost_of(minutes: float) -> float:
    """Dollars for a changeover of ``minutes``; nothing for 18 or more.

    >>> [cost_of(minutes) for minutes in (20, 18, 17.5, 12, 8, 5.5, 3)]
    [0.0, 0.0, 900.0, 900.0, 3500.0, 6400.0, 14200.0]
    """
    return sum((one.cost for one, share in zip(IMPROVEMENTS, bought(minutes), strict=True) if share > 0.0), 0.0)


def minutes_after(minutes: float) -> tuple[float, ...]:
    """Minutes of each step in a changeover of ``minutes``; of one longer than today's, all in proportion.

    >>> minutes_after(12.0)
    (0.0, 0.0, 1.5, 2.5, 3.0, 1.0, 4.0, 0.0)
    """
    longer = max(1.0, minutes / TODAY)
    shares = bought(minutes)
    return tuple(
        round(longer * (step.today - shares[step.improvement] * (step.today - step.after)), 2) for step in STEPS
    )
