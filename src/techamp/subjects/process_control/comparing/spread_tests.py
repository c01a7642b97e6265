"""Comparing spreads: F, Levene and Brown-Forsythe, Bartlett, and one spread with a number."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.comparing.comparison import Comparison, check_alternative, level, one_or_both
from techamp.subjects.process_control.comparing.t_tests import Sample, sample
from techamp.subjects.process_control.readings import Array, as_readings, finite, without_missing
from techamp.subjects.process_control.tail_areas import (
    chi_square_quantile,
    chi_square_upper,
    confidence_level,
    f_quantile,
    f_upper,
)

CENTERS = ("median", "mean")
_NORMAL_ONLY = "This test takes the readings as normal; with long tails it gives false alarms. Levene's does not."


def one_sample_sd(
    values: ArrayLike, null: float, *, alternative: str = "two-sided", confidence: float = 0.95
) -> Comparison:
    """Return the comparison of a standard deviation with a number: χ² = (n - 1)s²/σ₀².

    The interval is s√((n - 1)/χ²). Example: s 0.2120 of fifteen readings against 0.2: χ² 15.7.
    Raises InvalidInput for fewer than two readings, a null not above zero, or readings that do not vary.
    """
    target = finite(null, "null", "Enter a standard deviation.", above=0.0)
    one = _varying(values, "values")
    df = one.n - 1.0
    statistic = df * (one.sd / target) ** 2
    above = chi_square_upper(statistic, df)
    p = one_or_both(1.0 - above, above, check_alternative(alternative))
    at = level(confidence_level(confidence), alternative)
    low = 0.0 if alternative == "less" else one.sd * math.sqrt(df / chi_square_quantile(at, df))
    high = math.inf if alternative == "greater" else one.sd * math.sqrt(df / chi_square_quantile(1.0 - at, df))
    what = "standard deviation"
    name = "chi-square of one standard deviation"
    return Comparison(
        name, what, one.sd, low, high, target, statistic, df, p, alternative, confidence, (one.n,), (_NORMAL_ONLY,)
    )


def f_test(
    first: ArrayLike, second: ArrayLike, *, alternative: str = "two-sided", confidence: float = 0.95
) -> Comparison:
    """Return the ratio of two standard deviations, first/second, by F = s₁²/s₂² (Fisher 1924).

    ``estimate`` and its interval are of the ratio of standard deviations; ``statistic`` is F. Example: s 2 and 1 from
    11 readings each: F 4, p 0.0393. Raises InvalidInput for fewer than two readings or readings that do not vary.
    """
    one, two = _varying(first, "first"), _varying(second, "second")
    df1, df2 = one.n - 1, two.n - 1
    f = (one.sd / two.sd) ** 2
    p = one_or_both(f_upper(1.0 / f, df2, df1), f_upper(f, df1, df2), check_alternative(alternative))
    at = level(confidence_level(confidence), alternative)
    low = 0.0 if alternative == "less" else math.sqrt(f / f_quantile(at, df1, df2))
    high = math.inf if alternative == "greater" else math.sqrt(f * f_quantile(at, df2, df1))
    return Comparison(
        "F of two variances",
        "ratio of standard deviations",
        one.sd / two.sd,
        low,
        high,
        1.0,
        f,
        df1,
        p,
        alternative,
        confidence,
        (one.n, two.n),
        (_NORMAL_ONLY,),
    )


def levene_test(groups: Sequence[ArrayLike], *, center: str = "median", confidence: float = 0.95) -> Comparison:
    """Return the test of equal spreads by a one-way ANOVA of |x - center of its group|.

    ``center``: "median" is Brown & Forsythe (1974), good for most distributions; "mean" is Levene (1960). ``estimate``
    is the largest standard deviation over the smallest. Raises InvalidInput for fewer than two groups of two readings.
    """
    from techamp.subjects.process_control.comparing.one_way_anova import one_way_anova

    if center not in CENTERS:
        raise InvalidInput("center", "must be median or mean", center, "Use median.")
    samples = [without_missing(as_readings(group, f"group {i + 1}")) for i, group in enumerate(groups)]
    for i, held in enumerate(samples):
        if len(held) < 2:
            remedy = "Measure more, or leave the group out: one reading has no spread."
            raise InvalidInput(f"group {i + 1}", "must hold two readings at least", len(held), remedy)
    found = one_way_anova([_distances(x - x[0], center) for x in samples])
    name = "Brown-Forsythe" if center == "median" else "Levene"
    sds = [float(np.std(x - x[0], ddof=1)) for x in samples]
    return _of_groups(name, sds, found.f, found.df_between, found.p, confidence, [len(x) for x in samples], ())


def bartlett_test(groups: Sequence[ArrayLike], *, confidence: float = 0.95) -> Comparison:
    """Return Bartlett's (1937) test of equal spreads: the log of the pooled variance against those of the groups.

    Sharper than Levene's when readings are normal, misleading when not. ``estimate`` as ``levene_test``.
    Raises InvalidInput for fewer than two groups, or a group that does not vary.
    """
    samples = [_varying(group, f"group {i + 1}") for i, group in enumerate(groups)]
    if len(samples) < 2:
        raise InvalidInput("groups", "must be two at least", len(samples), "Give the readings of each group.")
    df = np.array([one.n - 1.0 for one in samples])
    logs = np.array([2.0 * math.log(one.sd) for one in samples])
    total = float(df.sum())
    largest = float(logs.max())
    pooled = largest + math.log(float(df @ np.exp(logs - largest)) / total)
    shrink = 1.0 + (float(np.sum(1.0 / df)) - 1.0 / total) / (3.0 * (len(samples) - 1))
    statistic = (total * pooled - float(df @ logs)) / shrink
    p = chi_square_upper(statistic, len(samples) - 1)
    sds = [one.sd for one in samples]
    sizes = [one.n for one in samples]
    return _of_groups("Bartlett", sds, statistic, len(samples) - 1, p, confidence, sizes, (_NORMAL_ONLY,))


def _of_groups(
    test: str,
    sds: list[float],
    statistic: float,
    df: float,
    p: float,
    confidence: float,
    sizes: list[int],
    notes: tuple[str, ...],
) -> Comparison:
    ratio = max(sds) / min(sds) if min(sds) > 0.0 else math.inf
    nan = math.nan
    what = "largest over smallest standard deviation"
    sides, level_ = "two-sided", confidence_level(confidence)
    return Comparison(test, what, ratio, nan, nan, 1.0, statistic, df, p, sides, level_, tuple(sizes), notes)


def _distances(x: Array, center: str) -> Array:
    return np.asarray(np.abs(x - (np.median(x) if center == "median" else np.mean(x))))


def _varying(values: ArrayLike, field: str) -> Sample:
    from techamp.subjects.process_control.readings import constant_to_the_last_digit

    one = sample(values, field)
    if constant_to_the_last_digit(one.sd, one.mean):
        raise InvalidInput(field, "must vary", one.sd, "Check that the gauge shows enough digits.")
    return one
