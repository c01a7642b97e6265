"""Operating characteristic: the chance that one point of a chart misses a change."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import finite


def x_bar_miss(shift: float, n: int = 1, *, k: float = 3.0, scale: float = 1.0) -> float:
    """Return the chance that a mean of ``n`` lies within k-sigma limits when the process moved by ``shift`` sigma.

    ``scale``: how many times the process spread has grown. β = Φ((k - δ√n)/scale) - Φ((-k - δ√n)/scale).
    Example: a shift of 2 sigma, n = 5: β is 0.070, so that 93 of 100 such shifts show at the next point.
    """
    if n < 1 or n != int(n):
        raise InvalidInput("n", "must be a whole number of at least 1", n, "Give the readings per subgroup.")
    finite(scale, "scale", "Use 1 for an unchanged spread.", above=0.0)
    moved = finite(shift, "shift", "Use a shift of 0 to 4.") * math.sqrt(n)
    return _below((k - moved) / scale) - _below((-k - moved) / scale)


def count_miss(lower: float, upper: float, mean: float, size: int | None = None) -> float:
    """Return the chance that a count lies on or within its limits: binomial of ``size`` parts, or Poisson if None.

    ``mean`` is the mean count of the changed process (np for defective parts, c for defects). Example: a c chart with
    limits 6.48 and 33.22 misses a mean of 25 with chance 0.950.
    Raises InvalidInput for a mean that cannot be.
    """
    from scipy.special import bdtr, pdtr

    if not (math.isfinite(mean) and 0.0 <= mean <= (math.inf if size is None else size)):
        raise InvalidInput("mean", "must be a count that can be", mean, "Give the mean count of the changed process.")
    highest, lowest = math.floor(upper + 1e-9), math.ceil(lower - 1e-9) - 1

    def at_most(count: int) -> float:
        if count < 0:
            return 0.0
        if size is None:
            return float(pdtr(count, mean))
        return 1.0 if count >= size else float(bdtr(count, size, mean / size))

    return float(np.clip(at_most(highest) - at_most(lowest), 0.0, 1.0))


def _below(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2.0))
