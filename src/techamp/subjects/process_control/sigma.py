"""Estimators of the process standard deviation, each with its name: limits differ because these differ.

*Within* estimators see only the spread inside subgroups or between neighbors. *Overall* estimators see everything,
shifts included, and so hide them when they set control limits.

With subgroups of unequal size, ``r_bar`` and ``s_bar`` average R/d2 and S/c4 with equal weight (R package qcc:
UWAVE-R, UWAVE-SD); ``r_bar_mvue`` and ``s_bar_mvue`` weigh each by its precision (qcc: MVUE-R, MVUE-SD; Minitab's
default for unequal sizes). For equal sizes the two agree.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.constants import c4, d2, d4, of_sizes
from techamp.subjects.process_control.readings import (
    Array,
    as_readings,
    constant_to_the_last_digit,
    deviations,
    without_missing,
)
from techamp.subjects.process_control.subgrouping import Integers, Subgroups


@dataclass(frozen=True)
class Sigma:
    """An estimate of the process standard deviation.

    ``name`` identifies the estimator, ``formula`` is its text, ``n`` how many statistics it used (ranges, standard
    deviations, or readings), ``degrees_of_freedom`` the chi-square degrees that match its variance (not a number where
    none is known), ``within`` whether shifts between subgroups are left out, ``numbers`` the formula with its numbers.
    """

    value: float
    name: str
    formula: str
    n: int
    degrees_of_freedom: float = math.nan
    within: bool = True
    numbers: str = ""


def given_sigma(value: float) -> Sigma:
    """Return a standard deviation that is known or set, not estimated. Raises InvalidInput unless above zero."""
    if not (math.isfinite(value) and value > 0):
        raise InvalidInput("sigma", "must be a finite number greater than 0", value, "Leave it empty to estimate it.")
    return Sigma(float(value), "given", "σ given", 0)


def r_bar(groups: Subgroups) -> Sigma:
    """Mean of R/d2(n), each subgroup with equal weight. For equal sizes this is R̄/d2."""
    n, ranges = _with_spread(groups, groups.range)
    expected, sd = of_sizes("d2", n), of_sizes("d3", n)
    return _average("r_bar", "R̄/d2", ranges / expected, sd / expected, np.ones(len(n)), expected)


def r_bar_rounded_d2(groups: Subgroups) -> Sigma:
    """As ``r_bar`` with d2 to three decimals, as in printed tables and R's qcc: to reproduce their numbers."""
    n, ranges = _with_spread(groups, groups.range)
    expected, sd = np.round(of_sizes("d2", n), 3), of_sizes("d3", n)
    name = "r_bar_rounded_d2"
    return _average(name, "R̄/d2, d2 to 3 decimals", ranges / expected, sd / expected, np.ones(len(n)), expected)


def r_bar_mvue(groups: Subgroups) -> Sigma:
    """Mean of R/d2(n) weighted by (d2/d3)²: the least variable unbiased mix of the ranges."""
    n, ranges = _with_spread(groups, groups.range)
    expected, sd = of_sizes("d2", n), of_sizes("d3", n)
    return _average("r_bar_mvue", "Σ(w·R/d2)/Σw, w = (d2/d3)²", ranges / expected, sd / expected, (expected / sd) ** 2)


def s_bar(groups: Subgroups) -> Sigma:
    """Mean of S/c4(n), each subgroup with equal weight. For equal sizes this is S̄/c4."""
    n, sds = _with_spread(groups, groups.sd)
    expected = of_sizes("c4", n)
    error = np.sqrt(1 - expected**2) / expected
    return _average("s_bar", "S̄/c4", sds / expected, error, np.ones(len(n)), expected)


def s_bar_mvue(groups: Subgroups) -> Sigma:
    """Mean of S/c4(n) weighted by c4²/(1 - c4²): the least variable unbiased mix of the standard deviations."""
    n, sds = _with_spread(groups, groups.sd)
    expected = of_sizes("c4", n)
    error = np.sqrt(1 - expected**2) / expected
    return _average("s_bar_mvue", "Σ(w·S/c4)/Σw, w = c4²/(1−c4²)", sds / expected, error, error**-2.0)


def pooled(groups: Subgroups) -> Sigma:
    """Square root of the mean within-subgroup variance, unbiased: s_p/c4(ν + 1), ν = Σ(n - 1)."""
    plain = pooled_without_c4(groups)
    freedom = plain.degrees_of_freedom
    return Sigma(plain.value / c4(freedom + 1), "pooled", "√(Σ(n−1)s²/Σ(n−1))/c4(ν+1)", plain.n, freedom)


def pooled_without_c4(groups: Subgroups) -> Sigma:
    """Square root of the mean within-subgroup variance, as it is (biased a little low)."""
    n, squares = _with_spread(groups, groups.sum_of_squares)
    freedom = float(np.sum(n - 1))
    value = math.sqrt(float(np.sum(squares)) / freedom)
    return Sigma(value, "pooled_without_c4", "√(Σ(n−1)s²/Σ(n−1))", len(n), freedom)


def moving_range(values: Array, usable: Array | None = None, span: int = 2) -> Sigma:
    """Mean moving range of ``span`` neighbors over d2(span). ``usable`` overrides the ranges themselves."""
    ranges = _usable_ranges(values, usable, span)
    mean = float(np.mean(ranges))
    freedom = _moving_range_freedom(len(ranges)) if span == 2 else math.nan
    numbers = f"{mean:.5g}/{d2(span):.4f}"
    return Sigma(mean / d2(span), "moving_range", f"MR̄/d2({span})", len(ranges), freedom, numbers=numbers)


def moving_range_rounded_d2(values: Array, usable: Array | None = None, span: int = 2) -> Sigma:
    """As ``moving_range`` with d2 to three decimals (1.128), as in printed tables and R's qcc."""
    exact = moving_range(values, usable, span)
    rounded = round(d2(span), 3)
    mean = exact.value * d2(span)
    formula = f"MR̄/d2({span}), d2 to 3 decimals"
    numbers = f"{mean:.5g}/{rounded:.3f}"
    return Sigma(mean / rounded, "moving_range_rounded_d2", formula, exact.n, exact.degrees_of_freedom, numbers=numbers)


def median_moving_range(values: Array, usable: Array | None = None, span: int = 2) -> Sigma:
    """Median moving range over d4(span): a few large jumps do not move it."""
    ranges = _usable_ranges(values, usable, span)
    median = float(np.median(ranges))
    numbers = f"{median:.5g}/{d4(span):.4f}"
    return Sigma(median / d4(span), "median_moving_range", f"median MR/d4({span})", len(ranges), numbers=numbers)


def overall(values: Array) -> Sigma:
    """Standard deviation (n - 1) of all readings, shifts and drifts included. Not for control limits."""
    present = _present(values)
    n = len(present)
    return Sigma(float(np.std(present, ddof=1)), "overall", "√(Σ(x−x̄)²/(n−1))", n, n - 1.0, within=False)


def overall_c4(values: Array) -> Sigma:
    """Overall standard deviation made unbiased: s/c4(n)."""
    plain = overall(values)
    value = plain.value / c4(plain.n)
    return Sigma(value, "overall_c4", "s/c4(n)", plain.n, plain.degrees_of_freedom, within=False)


SUBGROUP_ESTIMATORS: dict[str, Callable[[Subgroups], Sigma]] = {
    "r_bar": r_bar,
    "r_bar_rounded_d2": r_bar_rounded_d2,
    "r_bar_mvue": r_bar_mvue,
    "s_bar": s_bar,
    "s_bar_mvue": s_bar_mvue,
    "pooled": pooled,
    "pooled_without_c4": pooled_without_c4,
    "overall": lambda groups: overall(groups.deviation),
    "overall_c4": lambda groups: overall_c4(groups.deviation),
}

INDIVIDUAL_ESTIMATORS: dict[str, Callable[[Array, Array, int], Sigma]] = {
    "moving_range": moving_range,
    "moving_range_rounded_d2": moving_range_rounded_d2,
    "median_moving_range": median_moving_range,
    "overall": lambda values, usable, span: overall(values),
    "overall_c4": lambda values, usable, span: overall_c4(values),
}


def moving_ranges(values: Array, span: int = 2) -> Array:
    """Return for each reading the range of it and the ``span`` - 1 before it; not a number where one is missing."""
    if span != int(span) or span < 2:
        raise InvalidInput("span", "must be a whole number of at least 2", span, "Use 2, the usual choice.")
    if span == 2:
        neighbors = np.empty_like(values)
        neighbors[:1] = np.nan
        np.subtract(values[1:], values[:-1], out=neighbors[1:])
        np.abs(neighbors, out=neighbors)
        return neighbors
    high, low = values.copy(), values.copy()
    for back in range(1, span):
        high[back:] = np.maximum(high[back:], values[: len(values) - back])
        low[back:] = np.minimum(low[back:], values[: len(values) - back])
    ranges = high - low
    ranges[: span - 1] = np.nan
    return ranges


def require_variation(sigma: Sigma, scale: float, field: str = "values") -> Sigma:
    """Return ``sigma`` unless it is zero to the last digit of the readings: then no chart can be drawn."""
    if math.isinf(sigma.value) or math.isnan(sigma.value):
        raise InvalidInput(field, "must have a spread that a computer can hold", sigma.value, "Use a larger unit.")
    if not constant_to_the_last_digit(sigma.value, scale):
        return sigma
    if sigma.name == "median_moving_range":
        remedy = "More than half of neighboring readings are equal: use the mean moving range, or a finer gauge."
    else:
        remedy = (
            "The readings it compares are equal: check that the gauge shows enough digits and that the column is right."
        )
    raise InvalidInput(field, f"must vary ({sigma.formula} must be greater than 0)", sigma.value, remedy)


def _average(
    name: str, formula: str, estimates: Array, errors: Array, weights: Array, expected: Array | None = None
) -> Sigma:
    """Weighted mean of single estimates; with numbers in its text if all ``expected`` (d2 or c4) are equal."""
    value = float(np.sum(weights * estimates) / np.sum(weights))
    relative_variance = float(np.sum((weights * errors) ** 2) / np.sum(weights) ** 2)
    numbers = ""
    if expected is not None and np.all(expected == expected[0]):
        numbers = f"{value * expected[0]:.5g}/{expected[0]:.4f}"
    return Sigma(value, name, formula, len(estimates), _freedom(relative_variance), numbers=numbers)


def _freedom(relative_variance: float) -> float:
    """Chi-square degrees ν at which S/c4 varies as much: 1/c4(ν+1)² - 1 equals the relative variance."""
    low, high = 1.0, 2.0 / relative_variance + 2.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if c4.__wrapped__(middle + 1.0) ** -2.0 - 1.0 > relative_variance:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _moving_range_freedom(count: int) -> float:
    """The variance of MR̄/d2 from m ranges of two is (0.8264 m - 0.2556)/m² sigma² (Cryer & Ryan 1990)."""
    return _freedom(0.8264 / count - 0.2556 / count**2)


def _with_spread(groups: Subgroups, statistic: Array) -> tuple[Integers, Array]:
    used = groups.n >= 2
    if not used.any():
        raise InvalidInput(
            "subgroups",
            "must have at least one with two readings or more",
            int(groups.n.max()),
            "For single readings use an individuals chart.",
        )
    if used.all():
        return groups.n, statistic
    return groups.n[used], statistic[used]


def _usable_ranges(values: Array, usable: Array | None, span: int) -> Array:
    ranges = moving_ranges(as_readings(values), span) if usable is None else usable
    ranges = without_missing(ranges)
    if len(ranges) == 0:
        raise InvalidInput(
            "values", f"must have at least {span} neighboring readings", len(ranges), "Measure more parts in a row."
        )
    return ranges


def _present(values: Array) -> Array:
    shifted, _ = deviations(as_readings(values))
    present = without_missing(shifted)
    if len(present) < 2:
        raise InvalidInput("values", "must hold at least two readings", len(present), "Measure more parts.")
    return present
