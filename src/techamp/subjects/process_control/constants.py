"""Control chart constants, exact for any sample size, for samples from a normal distribution.

Tables print three decimals and stop at 25. These come from quadrature and agree with the definitions to
about 1e-12, so that a limit never carries the rounding of a printed table.

Notation as in Montgomery, *Introduction to Statistical Quality Control*, appendix VI, and ASTM E2587.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from techamp.contract.errors import InvalidInput

Array = NDArray[np.float64]

_REACH = 12.0  # standard deviations; beyond it even the largest of 1e30 readings adds less than one part in 1e16
_STEP = 0.04  # the trapezoid rule on a smooth integrand that dies out at both ends is exact to rounding here
_WIDEST = 28.0  # the widest range that is looked at
_SQRT_HALF = math.sqrt(0.5)


@dataclass(frozen=True)
class ChartConstants:
    """All constants for subgroups of one size ``n``, each a pure number (times sigma or a mean statistic)."""

    n: int
    d2: float
    d3: float
    c4: float
    A: float
    A2: float
    A3: float
    B3: float
    B4: float
    B5: float
    B6: float
    D1: float
    D2: float
    D3: float
    D4: float


@cache
def d2(n: int) -> float:
    """Return the expected range of ``n`` standard normal readings, E[R]/sigma.

    Formula: integral of 1 - F(x)^n - (1 - F(x))^n over the real line (Tippett 1925).
    Example: ``round(d2(5), 3)`` is 2.326. Raises InvalidInput for n below 2.
    """
    size = _sample_size(n)
    lower, upper = _tails()
    not_all_below = -np.expm1(size * _log_one_minus(upper))
    all_above = np.exp(size * _log_one_minus(lower))
    return float(_STEP * np.sum(not_all_below - all_above))


@cache
def d3(n: int) -> float:
    """Return the standard deviation of the range of ``n`` standard normal readings, sd[R]/sigma.

    Formula: E[R^2] is twice the integral of w (1 - G(w)), G the distribution of the range; then
    sqrt(E[R^2] - d2^2). Example: ``round(d3(5), 3)`` is 0.864. Raises InvalidInput for n below 2.
    """
    size = _sample_size(n)
    widths, weights = _width_nodes()
    second_moment = 2.0 * float(np.sum(weights * widths * _range_exceeds(widths, size)))
    return math.sqrt(second_moment - d2(size) ** 2)


@cache
def d4(n: int) -> float:
    """Return the median range of ``n`` standard normal readings, in sigmas (0.954 for n = 2).

    Used with the median moving range and the median range. Found by bisection on the distribution of the
    range. Raises InvalidInput for n below 2.
    """
    size = _sample_size(n)
    low, high = 0.0, _WIDEST
    for _ in range(60):
        middle = 0.5 * (low + high)
        if float(_range_exceeds(np.array([middle]), size)[0]) > 0.5:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@cache
def c4(n: float) -> float:
    """Return the expected standard deviation (n - 1 form) of ``n`` normal readings, E[S]/sigma.

    Formula: sqrt(2/(n-1)) Gamma(n/2)/Gamma((n-1)/2). ``n`` need not be whole: pooled estimates use degrees of
    freedom plus one. Example: ``round(c4(5), 4)`` is 0.94. Raises InvalidInput for n below 2.
    """
    if not (math.isfinite(n) and n >= 2):
        raise InvalidInput("n", "must be at least 2", n, "Use samples of two or more readings.")
    half = 0.5 * (n - 1.0)
    if half < 50.0:
        return math.gamma(half + 0.5) / (math.gamma(half) * math.sqrt(half))
    x = 1.0 / half  # the asymptotic series; the next term is below 1e-14 here
    return 1.0 + x * (-1 / 8 + x * (1 / 128 + x * (5 / 1024 + x * (-21 / 32768 + x * (-399 / 262144)))))


@cache
def chart_constants(n: int) -> ChartConstants:
    """Return every constant for subgroups of size ``n`` (three-sigma limits; those below zero become zero).

    Raises InvalidInput for n below 2.
    """
    size = _sample_size(n)
    mean_range, sd_range, mean_sd = d2(size), d3(size), c4(size)
    sd_sd = math.sqrt(1.0 - mean_sd**2)
    root = math.sqrt(size)
    return ChartConstants(
        n=size,
        d2=mean_range,
        d3=sd_range,
        c4=mean_sd,
        A=3.0 / root,
        A2=3.0 / (mean_range * root),
        A3=3.0 / (mean_sd * root),
        B3=max(0.0, 1.0 - 3.0 * sd_sd / mean_sd),
        B4=1.0 + 3.0 * sd_sd / mean_sd,
        B5=max(0.0, mean_sd - 3.0 * sd_sd),
        B6=mean_sd + 3.0 * sd_sd,
        D1=max(0.0, mean_range - 3.0 * sd_range),
        D2=mean_range + 3.0 * sd_range,
        D3=max(0.0, 1.0 - 3.0 * sd_range / mean_range),
        D4=1.0 + 3.0 * sd_range / mean_range,
    )


def of_sizes(constant: str, sizes: NDArray[np.int64]) -> Array:
    """Return ``d2``, ``d3`` or ``c4`` for an array of sizes; not a number where the size is below 2."""
    function = {"d2": d2, "d3": d3, "c4": c4}[constant]
    if sizes.size and sizes.min() == sizes.max() >= 2:  # the usual case: no sorting
        return np.full(sizes.shape, function(int(sizes.flat[0])))
    distinct, position = np.unique(sizes, return_inverse=True)
    values = np.array([function(int(n)) if n >= 2 else math.nan for n in distinct], dtype=np.float64)
    return values[position]


def _sample_size(n: int) -> int:
    if n != int(n) or n < 2:
        raise InvalidInput("n", "must be a whole number of at least 2", n, "Use samples of two or more readings.")
    return int(n)


def _normal_upper_tail(x: Array) -> Array:
    """P(Z > x), accurate in both tails. The math module spares an import of SciPy for a few thousand values."""
    flat = [0.5 * math.erfc(value * _SQRT_HALF) for value in x.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(x.shape)


def _log_one_minus(p: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.log1p(-p)


@cache
def _grid() -> Array:
    return np.arange(-_REACH, _REACH + 0.5 * _STEP, _STEP)


@cache
def _tails() -> tuple[Array, Array]:
    """Lower and upper tail of the normal distribution on the grid."""
    return _normal_upper_tail(-_grid()), _normal_upper_tail(_grid())


@cache
def _width_nodes() -> tuple[Array, Array]:
    """Gauss-Legendre nodes and weights in panels of width 1 over the possible ranges."""
    node, weight = np.polynomial.legendre.leggauss(10)
    left = np.arange(0.0, _WIDEST, 1.0)[:, None]
    return (left + 0.5 * (node + 1.0)).ravel(), np.tile(0.5 * weight, left.size)


@cache
def _tails_beyond_nodes() -> Array:
    """P(Z > x + w) for every grid point x (columns) and width node w (rows); the same for every n."""
    return _normal_upper_tail(_grid()[None, :] + _width_nodes()[0][:, None])


def _range_exceeds(widths: Array, n: int) -> Array:
    """P(range of n > w) = 1 - n * integral of f(x) (F(x + w) - F(x))^(n-1)."""
    nodes = _width_nodes()[0]
    beyond = _tails_beyond_nodes() if widths is nodes else _normal_upper_tail(_grid()[None, :] + widths[:, None])
    density = np.exp(-0.5 * _grid() ** 2) / math.sqrt(2.0 * math.pi)
    inside = np.exp((n - 1) * _log_one_minus(np.minimum(beyond + _tails()[0][None, :], 1.0)))
    return np.asarray(1.0 - n * _STEP * (inside @ density), dtype=np.float64)
