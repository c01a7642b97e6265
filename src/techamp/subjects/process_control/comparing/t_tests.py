"""Comparing means: one sample, two samples (Welch or pooled), pairs, and equivalence."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.comparing.comparison import (
    Comparison,
    check_alternative,
    level,
    one_or_both,
    span,
)
from techamp.subjects.process_control.readings import as_readings, constant_to_the_last_digit, finite, without_missing
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import confidence_level, t_quantile, t_upper


@dataclass(frozen=True)
class Sample:
    """Size, mean and standard deviation of readings."""

    n: int
    mean: float
    sd: float

    @property
    def variance_of_mean(self) -> float:
        return self.sd**2 / self.n


def sample(values: ArrayLike, field: str = "values") -> Sample:
    """Return n, mean and s, computed from differences. Raises InvalidInput for fewer than two readings."""
    x = without_missing(as_readings(values, field))
    if len(x) < 2:
        raise InvalidInput(field, "must hold two readings at least", len(x), "Measure more parts.")
    shifted = x - x[0]
    return Sample(len(x), float(x[0]) + float(np.mean(shifted)), float(np.std(shifted, ddof=1)))


def one_sample_t(
    values: ArrayLike, null: float = 0.0, *, alternative: str = "two-sided", confidence: float = 0.95
) -> Comparison:
    """Return the comparison of a mean with a number: t = (x̄ - μ₀)/(s/√n), n - 1 degrees of freedom (Student 1908).

    Example: Student's sleep data (extra hours 0.7 -1.6 -0.2 -1.2 -0.1 3.4 3.7 0.8 0 2): mean 0.75, t 1.326, p 0.218.
    Raises InvalidInput for fewer than two readings, or readings that do not vary.
    """
    target = finite(null, "null", "Enter the number to compare with.")
    one = sample(values)
    estimate = float(np.mean(without_missing(as_readings(values)) - target)) + target
    return _t("one-sample t", "mean", replace(one, mean=estimate), target, alternative, confidence)


def paired_t(
    first: ArrayLike,
    second: ArrayLike,
    null: float = 0.0,
    *,
    alternative: str = "two-sided",
    confidence: float = 0.95,
) -> Comparison:
    """Return the comparison of pairs: a one-sample t of the differences first - second. A pair with a gap is left out.

    Example: Student's two soporifics on ten patients: difference -1.58, t -4.062, p 0.0028.
    Raises InvalidInput for columns of unequal length, fewer than two pairs, or differences that are all equal.
    """
    one, two = as_readings(first, "first").ravel(), as_readings(second, "second").ravel()
    if len(one) != len(two):
        raise InvalidInput("second", f"must be as long as the first ({len(one)})", len(two), "Give both of each pair.")
    found = one_sample_t(one - two, null, alternative=alternative, confidence=confidence)
    return replace(found, test="paired t", what="mean difference")


def two_sample_t(
    first: ArrayLike,
    second: ArrayLike,
    null: float = 0.0,
    *,
    pooled: bool = False,
    alternative: str = "two-sided",
    confidence: float = 0.95,
) -> Comparison:
    """Return the comparison of two means, first - second.

    Welch (1947): standard error √(s₁²/n₁ + s₂²/n₂), degrees of freedom (a + b)²/(a²/(n₁-1) + b²/(n₂-1)) with a, b the
    two terms. ``pooled``: Student's, which takes both spreads as equal, n₁ + n₂ - 2 degrees of freedom; when they are
    not and the sizes differ, its p is wrong. Example: Student's sleep data as two groups: t -1.861; df 17.78, p 0.0794
    (Welch).
    Raises InvalidInput for fewer than two readings in a group, or two groups that do not vary.
    """
    origin = float(without_missing(as_readings(first, "first"))[0])
    one = sample(as_readings(first, "first") - origin, "first")
    two = sample(as_readings(second, "second") - origin, "second")
    difference = one.mean - two.mean
    a, b = one.variance_of_mean, two.variance_of_mean
    df = (a + b) ** 2 / (a * a / (one.n - 1) + b * b / (two.n - 1)) if a + b > 0.0 else math.nan
    if pooled:
        df = float(one.n + two.n - 2)
        common = ((one.n - 1) * one.sd**2 + (two.n - 1) * two.sd**2) / df
        a, b = common / one.n, common / two.n
    if constant_to_the_last_digit(math.sqrt(a + b), origin):
        raise InvalidInput("first and second", "must vary", 0.0, "Check that the gauge shows enough digits.")
    name = "two-sample t, pooled" if pooled else "two-sample t, Welch"
    found = _from_error(name, "difference of means", difference, null, math.sqrt(a + b), df, alternative, confidence)
    return replace(found, n=(one.n, two.n), notes=_pooling_note(pooled, one, two))


@dataclass(frozen=True)
class Equivalence(Shown):
    """Two one-sided tests: ``p`` is the larger; ``low`` to ``high``, at 1 - 2α, must lie inside the margins."""

    estimate: float
    low: float
    high: float
    lower: float
    upper: float
    p: float
    p_lower: float
    p_upper: float
    equivalent: bool
    confidence: float

    def sentence(self) -> str:
        inside = f"{self.low:.4g} to {self.high:.4g} lies within {self.lower:g} to {self.upper:g}"
        if self.equivalent:
            return f"Shown to be equivalent: the interval {inside}."
        return f"Not shown to be equivalent: the interval does not hold that {inside}. They may still be; measure more."


def equivalence(comparison: Comparison, lower: float, upper: float, confidence: float = 0.95) -> Equivalence:
    """Return whether the estimate of a two-sided t comparison is shown to lie between ``lower`` and ``upper`` (TOST).

    Schuirmann (1987): both H: ≤ lower and H: ≥ upper are rejected at α = 1 - confidence; the same as that the interval
    at 1 - 2α lies inside. The margins are what makes no difference in use: set them before measuring.
    Example: ``equivalence(two_sample_t(a, b), -0.5, 0.5)``.
    Raises InvalidInput for reversed margins or a comparison without a standard error.
    """
    if not lower < upper:
        raise InvalidInput("lower", f"must be less than the upper margin ({upper:g})", lower, "Exchange the margins.")
    if comparison.alternative != "two-sided" or not comparison.df > 0.0:
        remedy = "Give the result of one_sample_t, paired_t or two_sample_t."
        raise InvalidInput("comparison", "must be a two-sided t test", comparison.test, remedy)
    half = 0.5 * (comparison.high - comparison.low)
    error = half / t_quantile(level(comparison.confidence, "two-sided"), comparison.df)
    p_lower = t_upper((comparison.estimate - lower) / error, comparison.df)
    p_upper = t_upper((upper - comparison.estimate) / error, comparison.df)
    reach = t_quantile(confidence_level(confidence), comparison.df) * error
    p = max(p_lower, p_upper)
    return Equivalence(
        comparison.estimate,
        comparison.estimate - reach,
        comparison.estimate + reach,
        lower,
        upper,
        p,
        p_lower,
        p_upper,
        p < 1.0 - confidence,
        confidence,
    )


def _t(test: str, what: str, one: Sample, null: float, alternative: str, confidence: float) -> Comparison:
    if constant_to_the_last_digit(one.sd, one.mean):
        raise InvalidInput("values", "must vary", one.sd, "Check that the gauge shows enough digits.")
    error = one.sd / math.sqrt(one.n)
    found = _from_error(test, what, one.mean, null, error, one.n - 1.0, alternative, confidence)
    return replace(found, n=(one.n,))


def _from_error(
    test: str, what: str, estimate: float, null: float, error: float, df: float, alternative: str, confidence: float
) -> Comparison:
    check_alternative(alternative)
    t = (estimate - null) / error
    half = t_quantile(level(confidence_level(confidence), alternative), df) * error
    low, high = span(estimate, half, alternative)
    p = one_or_both(t_upper(-t, df), t_upper(t, df), alternative)
    return Comparison(test, what, estimate, low, high, null, t, df, p, alternative, confidence, ())


def _pooling_note(pooled: bool, one: Sample, two: Sample) -> tuple[str, ...]:
    small, large = sorted((one.sd, two.sd))
    if pooled and large > 2.0 * small:
        return ("One spread is more than twice the other: use Welch's test instead.",)
    return ()
