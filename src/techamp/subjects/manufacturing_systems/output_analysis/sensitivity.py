"""What one more of something is worth: central differences under common random numbers, with intervals.

Reference: Glasserman & Yao (1992), Management Science 38(6), 884-908; L'Ecuyer (1991), WSC, 95-105.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from techamp.subjects.manufacturing_systems.output_analysis.intervals import LEVEL, Interval, mean_interval
from techamp.subjects.manufacturing_systems.output_analysis.replications import Replication, replication_seed


@dataclass(frozen=True)
class Sensitivity:
    """``slope`` of a measure per unit of the parameter, from ``low`` to ``high``; ``elasticity``: per cent of the
    measure per per cent of the parameter."""

    measure: str
    low: float
    high: float
    slope: Interval
    elasticity: float

    @property
    def certain(self) -> bool:
        """Whether the sign of the slope is."""
        return self.slope.excludes(0.0)


def sensitivity(
    process: Callable[[float], Replication],
    at: float,
    step: float,
    measure: str,
    seed: int,
    *,
    replications: int = 20,
    low: float | None = None,
    level: float = LEVEL,
) -> Sensitivity:
    """The slope of a measure at a parameter's value: (f(x + h) − f(x − h))/2h, paired by seed.

    ``process(x)`` is the process with the parameter at x; ``low`` replaces x − h where that is not allowed (a buffer of
    −1). Raises ValueError unless the two ends differ.
    """
    left = at - step if low is None else low
    right = at + step
    if not right > left:
        raise ValueError(f"a slope needs two values, not {left} and {right}")
    seeds = [replication_seed(seed, number) for number in range(replications)]
    below, above = process(left), process(right)
    ends = np.array([(below(one)[measure], above(one)[measure]) for one in seeds], dtype=np.float64)
    slope = mean_interval((ends[:, 1] - ends[:, 0]) / (right - left), level)
    middle = float(np.nanmean(ends))
    return Sensitivity(measure, left, right, slope, slope.mean * at / middle if middle else 0.0)
