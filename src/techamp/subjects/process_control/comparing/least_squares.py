"""Least squares by orthogonal factors (QR): the digits that the readings hold, also when columns are nearly alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Array


@dataclass(frozen=True)
class LeastSquares:
    """y = X·b + e. ``q`` (n, k) and ``r`` (k, k) factor X; ``sequential`` holds the share of y along each column of q.

    ``sequential``[j]² is the sum of squares that column j adds to the columns before it.
    """

    x: Array
    y: Array
    coefficients: Array
    fitted: Array
    residuals: Array
    q: Array
    r: Array
    sequential: Array

    @property
    def df(self) -> int:
        return len(self.y) - len(self.coefficients)

    @property
    def ss_residual(self) -> float:
        return float(self.residuals @ self.residuals)

    @property
    def unscaled_covariance(self) -> Array:
        """(X'X)⁻¹ from R."""
        inverse = np.linalg.solve(self.r, np.eye(len(self.r)))
        return np.asarray(inverse @ inverse.T)

    @property
    def leverage(self) -> Array:
        """The diagonal of X(X'X)⁻¹X': how much each reading pulls its own fitted value."""
        return np.asarray(np.sum(self.q * self.q, axis=1))

    def direction_variance(self, row: Array) -> float:
        """x(X'X)⁻¹x' for a row x: the variance of the fitted value there, in units of σ²."""
        solved = np.linalg.solve(self.r.T, row)
        return float(solved @ solved)


def least_squares(x: Array, y: Array, *, x_low: Array | None = None, what: str = "x") -> LeastSquares:
    """Return the least squares fit of ``y`` (n,) on the columns of ``x`` (n, k).

    Householder QR of columns scaled to length 1; then coefficients and residuals are refined together with exact
    products (Björck 1967), so that NIST's StRD sets come out with 9 digits or more. ``x_low``: what rounding took from
    ``x``, where that is known, as for powers. Very large tables are not refined.
    Raises InvalidInput when there are fewer rows than columns, or a column is a mix of those before it.
    """
    n, k = x.shape
    if n < k or k == 0:
        raise InvalidInput(
            what, f"must have at least {k} readings for {k} terms", n, "Take out terms, or measure more."
        )
    scale = np.exp2(np.round(np.log2(np.maximum(np.sqrt(np.sum(x * x, axis=0)), 1e-300))))  # powers of 2: no rounding
    scaled, low = x / scale, None if x_low is None else x_low / scale
    q, r = np.linalg.qr(scaled)
    worst = int(np.argmin(np.abs(np.diag(r))))
    if abs(r[worst, worst]) < 4.0 * np.finfo(np.float64).eps:
        remedy = "Two terms say the same. Take one out, or run the missing combinations."
        raise InvalidInput(what, "must have columns that are no mix of each other", f"column {worst + 1}", remedy)
    along = q.T @ y
    b = np.linalg.solve(r, along)
    residuals = exact_residuals(scaled, b, y, low)
    for _ in range(REFINEMENTS if n * k <= REFINED_SIZE else 0):
        left = exact_residuals(scaled, b, y, low, residuals)
        slant = -exact_dots(scaled, residuals, low)
        step = np.linalg.solve(r, q.T @ left - np.linalg.solve(r.T, slant))
        b, residuals = b + step, residuals + left - scaled @ step
    return LeastSquares(x, y, b / scale, y - residuals, residuals, q, r * scale, along)


REFINEMENTS = 3
REFINED_SIZE = 200_000


def exact_residuals(x: Array, b: Array, y: Array, low: Array | None = None, minus: Array | None = None) -> Array:
    """Return y - minus - X·b with products split exactly and sums compensated, as if in twice the precision."""
    total, lost = y.copy(), np.zeros_like(y)
    if minus is not None:
        total, lost = _sum(total, -minus)
    for j in range(x.shape[1]):
        product, error = _exact_product(x[:, j], -float(b[j]))
        total, rounding = _sum(total, product)
        lost = lost + rounding + error
        if low is not None:
            lost = lost - low[:, j] * b[j]
    return np.asarray(total + lost)


def exact_dots(x: Array, v: Array, low: Array | None = None) -> Array:
    """Return X'v, each product split exactly and all summed without rounding."""
    dots = []
    for j in range(x.shape[1]):
        product, error = _exact_product(x[:, j], v)
        extra = 0.0 if low is None else float(low[:, j] @ v)
        dots.append(math.fsum([*product.tolist(), *error.tolist(), extra]))
    return np.array(dots)


def _sum(a: Array, b: Array) -> tuple[Array, Array]:
    """a + b and its rounding error (Knuth)."""
    total = a + b
    back = total - a
    return total, (a - (total - back)) + (b - back)


def exact_powers(x: Array, degree: int, *, intercept: bool = True) -> tuple[Array, Array]:
    """Return columns 1, x … x^degree (without 1 if there is no intercept), and what rounding took from each."""
    columns, lost = [np.ones_like(x)], [np.zeros_like(x)]
    for _ in range(degree):
        product, error = _exact_product(columns[-1], x)
        high, rest = _sum(product, error + lost[-1] * x)
        columns.append(high)
        lost.append(rest)
    first = 0 if intercept else 1
    return np.column_stack(columns[first:]), np.column_stack(lost[first:])


def _exact_product(a: Array, b: Array | float) -> tuple[Array, Array]:
    """a·b and its rounding error (Dekker 1971)."""
    other = np.asarray(b, dtype=np.float64)
    product = a * other
    high_a, high_b = _high(a), _high(other)
    low_a, low_b = a - high_a, other - high_b
    return product, ((high_a * high_b - product) + high_a * low_b + low_a * high_b) + low_a * low_b


def _high(a: Array) -> Array:
    """The upper half of the digits (Veltkamp)."""
    wide = 134217729.0 * a
    return np.asarray(wide - (wide - a))


def total_squares(y: Array, *, centered: bool = True) -> float:
    """Σ(y - ȳ)², or Σy² for a model without intercept."""
    if not centered:
        return float(y @ y)
    shifted = y - y[0]
    shifted = shifted - shifted.mean()
    return float(shifted @ shifted)


def r_squared(ss_residual: float, ss_total: float) -> float:
    """1 - SS_residual/SS_total; not a number when y does not vary."""
    return 1.0 - ss_residual / ss_total if ss_total > 0.0 else math.nan
