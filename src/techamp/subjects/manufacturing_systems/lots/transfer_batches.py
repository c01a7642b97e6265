"""A lot on its way through several stations, carried in boxes. Reference: Hopp & Spearman (2011), Factory Physics."""

from __future__ import annotations

from collections.abc import Sequence

from techamp.subjects.manufacturing_systems.faults import Faults


def lot_lead_time(times: Sequence[float], lot: int, box: int, carry: float = 0.0) -> float:
    """Return the time from the first part's start until the last box of a lot is done, alone in the cell.

    ``times`` a part at each station; ``lot`` parts go from station to station in boxes of ``box`` (the last may hold
    fewer), each taking ``carry`` between two stations. A part begins when its box is there and the part before is
    done. With whole boxes: one box through all stations, and the others behind it at the slowest one. Example: 60
    parts at 2, 3 and 1 min in boxes of 10.

    >>> lot_lead_time([2, 3, 1], 60, 10), lot_lead_time([2, 3, 1], 60, 60), lot_lead_time([2, 3, 1], 60, 1)
    (210.0, 360.0, 183.0)
    """
    faults = Faults()
    faults.require(len(times) > 0, "times", "must have a station or more", list(times), "Give each station's time.")
    faults.every_positive("time of station", times, "Enter the time of a part.")
    faults.whole("lot", lot, 1, 100_000, "Enter how many parts the lot has.")
    faults.whole("box", box, 1, 100_000, "Enter how many parts go in a box.")
    faults.require(carry >= 0, "carry", "must not be below 0", carry, "Enter the time to carry a box.")
    faults.stop()
    sizes = [min(box, lot - first) for first in range(0, lot, box)]
    there = [0.0] * len(sizes)
    for i, time in enumerate(times):
        free = 0.0
        for k, size in enumerate(sizes):
            free = max(free, there[k] + (carry if i else 0.0)) + size * time
            there[k] = free
    return there[-1]
