"""Do neighboring residuals of a fit resemble each other?"""

from __future__ import annotations

import math

import numpy as np

from techamp.subjects.process_control.readings import Array


def durbin_watson(residuals: Array, q: Array) -> tuple[float, float]:
    """Return the ratio d = Σ(e[t] - e[t-1])²/Σe² and its two-sided p.

    ``q`` (n, k): orthonormal directions that the fit took; d of independent errors lies near 2, below it where
    neighbors resemble each other. The p is that of a beta distribution on 0 to 4 with the exact mean and variance of d
    for this fit (Durbin and Watson 1951 and 1971, section 4).
    Not-a-number for fewer than three readings beyond the terms, or residuals of zero.
    """
    n, k = q.shape
    size = float(residuals @ residuals)
    if n - k < 3 or size <= 0.0:
        return math.nan, math.nan
    step = np.diff(residuals)
    d = float(step @ step) / size
    mean, variance = moments(q)
    total = mean * (4.0 - mean) / variance - 1.0
    from scipy.special import betainc

    lower = float(betainc(0.25 * mean * total, (1.0 - 0.25 * mean) * total, 0.25 * d))
    return d, min(1.0, 2.0 * min(lower, 1.0 - lower))


def moments(q: Array) -> tuple[float, float]:
    """Mean and variance of d for independent normal errors: E = P/ν, 2(R - P·E)/(ν(ν + 2)), P = tr MA, R = tr (MA)².

    A has -1 beside its diagonal of 1, 2, …, 2, 1; M = I - QQ' takes off what the fit explains; ν = n - k.
    """
    n, k = q.shape
    taken = _times_a(q)
    inner = q.T @ taken
    first = 2.0 * (n - 1) - float(np.trace(inner))
    second = (6.0 * n - 8.0) - 2.0 * float(np.sum(taken * taken)) + float(np.sum(inner * inner.T))
    free = float(n - k)
    mean = first / free
    return mean, 2.0 * (second - first * mean) / (free * (free + 2.0))


def _times_a(q: Array) -> Array:
    """A·Q: of each column the second differences, with free ends."""
    step = np.diff(q, axis=0)
    zero = np.zeros((1, q.shape[1]))
    return np.asarray(np.concatenate([zero, step]) - np.concatenate([step, zero]))
