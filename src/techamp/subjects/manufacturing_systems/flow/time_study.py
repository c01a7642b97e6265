"""Time study: from a stopwatch to a standard time, and how many cycles to time.

Reference: Niebel & Freivalds (2013), Niebel's Methods, Standards, and Work Design, 13th edition; Groover (2007), Work
Systems and the Methods, Measurement, and Management of Work.
"""

from __future__ import annotations

import math

from techamp.subjects.manufacturing_systems.faults import Faults


def standard_time(observed: float, rating: float = 1.0, allowance: float = 0.0) -> float:
    """Return the standard time: observed mean × rating × (1 + allowance), in the unit of ``observed``.

    ``rating`` is the pace seen against a normal one (1.1: ten percent faster). ``allowance``, for rest and small
    delays, is a share of the normal time. Example: 0.50 min seen at a pace of 110 %, with 15 % allowance.

    >>> round(standard_time(0.50, 1.1, 0.15), 4)
    0.6325
    """
    faults = Faults()
    faults.positive("observed", observed, "Enter the mean of the timed cycles.")
    faults.positive("rating", rating, "Enter the pace as a number near 1: 1.1 for 110 %.")
    faults.require(0 <= allowance < 10, "allowance", "must be a share from 0", allowance, "Enter 0.15 for 15 %.")
    faults.stop()
    return observed * rating * (1.0 + allowance)


def cycles_to_time(cv: float, error: float, z: float = 1.96) -> int:
    """Return how many cycles to time for a mean within ``error``, a share of it: (z · cv / error)², rounded up.

    ``cv`` from a first handful of cycles; ``z`` 1.96 for 95 % confidence. Example: CV 0.20, within 5 %.

    >>> cycles_to_time(0.20, 0.05)
    62
    """
    faults = Faults()
    faults.positive("cv", cv, "Enter standard deviation over mean.")
    faults.positive("error", error, "Enter the share that the mean may be off, such as 0.05.")
    faults.positive("z", z, "Enter 1.96 for 95 % confidence.")
    faults.stop()
    return math.ceil((z * cv / error) ** 2 * (1 - 1e-12))
