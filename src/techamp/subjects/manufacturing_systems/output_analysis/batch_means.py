"""An interval from one long run: batch means.

Reference: Schmeiser (1982), Operations Research 30(3), 556-568 (10 to 30 batches are enough); von Neumann (1941) for
the test of serial correlation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.subjects.manufacturing_systems.output_analysis.intervals import LEVEL, Interval, mean_interval

MOST_BATCHES, FEWEST_BATCHES = 30, 10


@dataclass(frozen=True)
class BatchMeans:
    """``interval`` from ``batches`` batches of ``size`` values. ``independent`` says whether the batch means pass a
    test of serial correlation; if they do not, the run is too short and the interval too narrow."""

    interval: Interval
    batches: int
    size: int
    independent: bool


def batch_means(series: ArrayLike, level: float = LEVEL) -> BatchMeans:
    """The interval of a stationary series' mean: as many batches, from 30 down to 10, as pass the test.

    Raises ValueError with fewer than 20 values.
    """
    values = np.asarray(series, dtype=np.float64)
    if len(values) < 2 * FEWEST_BATCHES:
        raise ValueError(f"batch means need at least {2 * FEWEST_BATCHES} values, and there are {len(values)}")
    found = BatchMeans(Interval(math.nan, math.inf, 0), 0, 0, False)
    for batches in range(min(MOST_BATCHES, len(values) // 2), FEWEST_BATCHES - 1, -5):
        size = len(values) // batches
        means = values[len(values) - batches * size :].reshape(batches, size).mean(axis=1)
        found = BatchMeans(mean_interval(means, level), batches, size, uncorrelated(means))
        if found.independent:
            break
    return found


def uncorrelated(values: NDArray[np.float64], z: float = 1.645) -> bool:
    """Von Neumann's ratio Σ(y[i+1] − y[i])²/Σ(y − ȳ)² not below what chance gives one time in twenty.

    For independent normal values the ratio has mean 2 and variance 4(n − 2)/(n² − 1).
    """
    n = len(values)
    spread = float(np.sum((values - values.mean()) ** 2))
    if spread == 0.0:
        return True
    ratio = float(np.sum(np.diff(values) ** 2)) / spread
    return bool(ratio >= 2.0 - z * math.sqrt(4.0 * (n - 2) / (n * n - 1.0)))
