"""Means with confidence intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.output_analysis.student_t import t_quantile

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean over ``count`` independent values and the half width of its t interval (infinite for one value)."""

    mean: float
    half_width: float
    count: int
    level: float = LEVEL

    @property
    def low(self) -> float:
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        return self.mean + self.half_width

    @property
    def relative(self) -> float:
        """Half width as a share of the mean; infinite where the mean is 0 and the half width is not."""
        if self.half_width == 0.0:
            return 0.0
        return self.half_width / abs(self.mean) if self.mean else math.inf

    def excludes(self, value: float) -> bool:
        """Whether a value lies outside."""
        return not self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.mean:.4g} ± {self.half_width:.2g}"


def mean_interval(values: Sequence[float] | NDArray[np.float64], level: float = LEVEL) -> Interval:
    """The t interval of the mean of independent values; values that are NaN (nothing to measure) are left out.

    Example (Law 2015, section 4.5: ten values of a mean of 1.34 with s² = 0.17 give 1.34 ± 0.24 at 90 %):

    >>> found = mean_interval([1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09], 0.90)
    >>> round(found.mean, 2), round(found.half_width, 2)
    (1.34, 0.24)
    """
    kept = np.asarray(values, dtype=np.float64)
    kept = kept[~np.isnan(kept)]
    n = len(kept)
    if n == 0:
        return Interval(math.nan, math.inf, 0, level)
    mean = float(np.mean(kept))
    if n == 1:
        return Interval(mean, math.inf, 1, level)
    error = float(np.std(kept, ddof=1)) / math.sqrt(n)
    return Interval(mean, t_quantile(level, n - 1) * error, n, level)
