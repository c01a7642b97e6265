"""Straight lines, polynomials and several predictors, with what to doubt about them in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.comparing.least_squares import (
    LeastSquares,
    exact_powers,
    least_squares,
    r_squared,
    total_squares,
)
from techamp.subjects.process_control.readings import Array, as_readings
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import confidence_level, f_upper, t_quantile, t_upper


@dataclass(frozen=True)
class Coefficient:
    """An estimate with its standard error, t, p and interval. A perfect fit has errors of zero and no t."""

    name: str
    value: float
    error: float
    t: float
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class Regression(Shown):
    """A fitted model. ``r_squared`` is uncentered without an intercept; ``f`` and ``p`` test all terms at once."""

    coefficients: tuple[Coefficient, ...]
    residual_sd: float
    df: int
    r_squared: float
    r_squared_adjusted: float
    f: float
    p: float
    fit: LeastSquares
    intercept: bool
    confidence: float
    degree: int | None = None

    def predict(self, *at: float) -> tuple[float, float, float, float, float]:
        """Return the fitted value at a point, the interval of the mean there, and that of one new reading.

        (value, mean low, mean high, reading low, reading high); half widths t·s·√h and t·s·√(1 + h), h = x(X'X)⁻¹x'.
        """
        row = self._row(at)
        value = float(row @ self.fit.coefficients)
        share = self.fit.direction_variance(row)
        reach = t_quantile(0.5 * (1.0 + self.confidence), self.df) * self.residual_sd
        mean, reading = reach * math.sqrt(share), reach * math.sqrt(1.0 + share)
        return value, value - mean, value + mean, value - reading, value + reading

    def _row(self, at: Sequence[float]) -> Array:
        first = 1.0 if self.intercept else None
        if self.degree is not None:
            powers = [at[0] ** k for k in range(0 if self.intercept else 1, self.degree + 1)]
            return np.array(powers, dtype=np.float64)
        row = [*([] if first is None else [first]), *at]
        if len(row) != len(self.coefficients):
            expected = len(self.coefficients) - (first is not None)
            raise InvalidInput("at", f"must be {expected} numbers", len(at), "Give one number for each predictor.")
        return np.array(row, dtype=np.float64)

    @property
    def variance_inflation(self) -> tuple[float, ...]:
        """For each predictor 1/(1 - R²) of it on the others: above 10 its coefficient hangs on the others."""
        x = self.fit.x[:, 1:] if self.intercept else self.fit.x
        if x.shape[1] < 2:
            return (1.0,) * int(x.shape[1])
        centered = x - x.mean(axis=0) if self.intercept else x
        scaled = centered / np.sqrt(np.sum(centered**2, axis=0))
        r = np.linalg.qr(scaled, mode="r")
        inverse = np.linalg.solve(r, np.eye(len(r)))
        return tuple(float(value) for value in np.sum(inverse**2, axis=1))


def polynomial_fit(
    x: ArrayLike, y: ArrayLike, degree: int = 1, *, intercept: bool = True, confidence: float = 0.95
) -> Regression:
    """Return y = b₀ + b₁x + … + bₙxⁿ by least squares. ``x``, ``y``: (n,); a row with a gap is left out.

    Powers are carried in twice the precision, so that NIST's Filip (degree 10) comes out with all its digits.
    Example (NIST StRD Norris): intercept -0.262323073774029, slope 1.00211681802045.
    Raises InvalidInput for columns of unequal length, too few readings, or an x that does not vary enough.
    """
    if degree != int(degree) or degree < 1:
        raise InvalidInput("degree", "must be a whole number of at least 1", degree, "Use 1 for a straight line.")
    one, two = as_readings(x, "x").ravel(), as_readings(y, "y").ravel()
    if len(one) != len(two):
        raise InvalidInput("y", f"must be as long as x ({len(one)})", len(two), "Give both of each pair.")
    kept = ~(np.isnan(one) | np.isnan(two))
    columns, lost = exact_powers(one[kept], int(degree), intercept=intercept)
    names = ["intercept", "x", *[f"x^{k}" for k in range(2, degree + 1)]][0 if intercept else 1 :]
    fit = least_squares(columns, two[kept], x_low=lost)
    return _regression(fit, names, intercept, confidence, int(degree))


def linear_fit(
    predictors: ArrayLike,
    y: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    intercept: bool = True,
    confidence: float = 0.95,
) -> Regression:
    """Return y on several predictors. ``predictors``: (n, k); ``y``: (n,); a row with a gap is left out.

    Example (NIST StRD Longley): all seven coefficients to eleven digits or more.
    Raises InvalidInput for mismatched shapes, too few rows, or a predictor that is a mix of others.
    """
    table, response = as_readings(predictors, "predictors"), as_readings(y, "y").ravel()
    table = table[:, None] if table.ndim == 1 else table
    if table.ndim != 2 or len(table) != len(response):
        rule = f"must be a table of {len(response)} rows, as many as y has"
        raise InvalidInput("predictors", rule, table.shape, "Give one row for each reading.")
    labels = list(names) if names is not None else [f"x{j + 1}" for j in range(table.shape[1])]
    if len(labels) != table.shape[1]:
        raise InvalidInput("names", f"must be {table.shape[1]} names", len(labels), "Name every predictor.")
    kept = ~(np.isnan(table).any(axis=1) | np.isnan(response))
    x = table[kept]
    if intercept:
        x = np.column_stack([np.ones(len(x)), x])
        labels = ["intercept", *labels]
    return _regression(least_squares(x, response[kept], what="predictors"), labels, intercept, confidence, None)


def refit(regression: Regression, kept: NDArray[np.int64]) -> Regression:
    """Return the same model on some of its readings: ``kept`` are their positions."""
    fit, names = regression.fit, [one.name for one in regression.coefficients]
    smaller = least_squares(fit.x[kept], fit.y[kept])
    return _regression(smaller, names, regression.intercept, regression.confidence, regression.degree)


def _regression(
    fit: LeastSquares, names: Sequence[str], intercept: bool, confidence: float, degree: int | None
) -> Regression:
    confidence_level(confidence)
    if fit.df < 1:
        rule = f"must have more readings than the {len(names)} terms"
        raise InvalidInput("y", rule, len(fit.y), "Measure more, or take out terms.")
    residual = fit.ss_residual
    total = total_squares(fit.y, centered=intercept)
    if residual <= (64 * np.finfo(np.float64).eps) ** 2 * max(total, float(fit.y @ fit.y)):
        residual = 0.0  # a perfect fit: what is left is rounding
    variance = residual / fit.df
    errors = np.sqrt(variance * np.diag(fit.unscaled_covariance))
    reach = t_quantile(0.5 * (1.0 + confidence), fit.df)
    found = []
    for name, value, error in zip(names, fit.coefficients.tolist(), errors.tolist(), strict=True):
        t = value / error if error > 0.0 else math.nan
        p = 2.0 * t_upper(abs(t), fit.df) if error > 0.0 else math.nan
        found.append(Coefficient(name, value, error, t, p, value - reach * error, value + reach * error))
    share = r_squared(residual, total)
    terms = len(names) - intercept
    adjusted = 1.0 - (1.0 - share) * (len(fit.y) - intercept) / fit.df
    f = (total - residual) / terms / variance if terms and variance > 0.0 else math.nan
    p = f_upper(f, terms, fit.df) if not math.isnan(f) else math.nan
    return Regression(
        tuple(found), math.sqrt(variance), fit.df, share, adjusted, f, p, fit, intercept, confidence, degree
    )
