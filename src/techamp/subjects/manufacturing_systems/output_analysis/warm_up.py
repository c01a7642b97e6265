"""How much of the start to leave out: MSER-5.

Reference: White (1997), Simulation 69(6), 323-334; White, Cobb & Spratt (2000), WSC, 755-765.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

BATCH = 5


@dataclass(frozen=True)
class WarmUp:
    """``cut``: values to leave out at the start. ``settled``: whether the best cut lies in the first half; if not, the
    series is too short to say. ``score[d]``: MSER after leaving out d batches."""

    cut: int
    settled: bool
    score: tuple[float, ...]


def mser5(series: ArrayLike, batch: int = BATCH) -> WarmUp:
    """The cut that makes the standard error of the rest's mean least: min over d of Σ(y − ȳ)²/(n − d)².

    ``series`` are observations in order (one dimension), or one row for each replication, which are averaged first.
    They are averaged in batches of five. Cuts in the last quarter are not looked at, as few values there vary little by
    chance. Raises ValueError with fewer than 20 values. Example: a step after 20 of 120 values is cut there.

    >>> mser5([9.0] * 20 + [1.0, 2.0] * 50).cut
    20
    """
    values = np.asarray(series, dtype=np.float64)
    values = values.mean(axis=0) if values.ndim == 2 else values
    count = len(values) // batch
    if count < 4:
        raise ValueError(f"MSER needs at least {4 * batch} values, and there are {len(values)}")
    means = values[: count * batch].reshape(count, batch).mean(axis=1)
    score = _scores(means)
    looked = score[: max(1, (3 * count) // 4)]
    best = int(np.argmin(looked))
    return WarmUp(best * batch, best <= count // 2, tuple(float(s) for s in score))


def _scores(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Σ(y − ȳ)²/(n − d)² of y[d:], for every d, in one pass from the end."""
    centered = means - means.mean()  # against cancellation
    left = np.arange(len(means), 0, -1, dtype=np.float64)
    total = np.cumsum(centered[::-1])[::-1]
    squares = np.cumsum((centered**2)[::-1])[::-1]
    return np.asarray(np.maximum(0.0, squares - total**2 / left) / left**2)
