"""Which of two is better: paired differences under common random numbers.

Both processes get the same seeds, so that what luck does to both cancels. Reference: Law (2015), sections 10.2 and
11.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.output_analysis.intervals import LEVEL, Interval, mean_interval
from techamp.subjects.manufacturing_systems.output_analysis.replications import Replications


@dataclass(frozen=True)
class Difference:
    """Second minus first. ``saved``: variance of the difference under separate luck ÷ that under common luck, which is
    how many times more replications separate luck would take."""

    measure: str
    first: Interval
    second: Interval
    difference: Interval
    saved: float

    @property
    def certain(self) -> bool:
        """Whether the interval of the difference leaves out 0."""
        return self.difference.excludes(0.0)


def compare(first: Replications, second: Replications, level: float = LEVEL) -> tuple[Difference, ...]:
    """Every measure that both have, paired by replication; the longer one is cut to the shorter.

    Raises ValueError if they did not run under common seeds.
    """
    pairs = min(len(first), len(second))
    if first.seeds[:pairs] != second.seeds[:pairs]:
        raise ValueError("a paired comparison needs the same seeds on both sides")
    shared = [name for name in first.columns if name in second.columns]
    return tuple(difference(name, first.columns, second.columns, pairs, level) for name in shared)


def difference(
    measure: str,
    first: Mapping[str, NDArray[np.float64]],
    second: Mapping[str, NDArray[np.float64]],
    pairs: int,
    level: float = LEVEL,
) -> Difference:
    """One measure's paired difference."""
    a, b = first[measure][:pairs], second[measure][:pairs]
    return Difference(
        measure, mean_interval(a, level), mean_interval(b, level), mean_interval(b - a, level), _saved(a, b)
    )


def _saved(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    both = ~(np.isnan(a) | np.isnan(b))
    a, b = a[both], b[both]
    if len(a) < 2:
        return 1.0
    paired = float(np.var(b - a, ddof=1))
    apart = float(np.var(a, ddof=1) + np.var(b, ddof=1))
    if paired == 0.0:
        return float("inf") if apart else 1.0
    return apart / paired
