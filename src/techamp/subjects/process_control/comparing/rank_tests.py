"""Comparing without a bell shape: ranks instead of readings."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.comparing.comparison import Comparison, check_alternative, level
from techamp.subjects.process_control.readings import Array, as_readings, without_missing
from techamp.subjects.process_control.tail_areas import confidence_level, normal_quantile

LARGE = 4_000_000  # pairs of readings that are looked at for the shift


def mann_whitney(
    first: ArrayLike, second: ArrayLike, *, alternative: str = "two-sided", confidence: float = 0.95
) -> Comparison:
    """Return whether readings of the first group tend to be larger (Mann & Whitney 1947; Wilcoxon's rank sum).

    p is exact for small groups without ties, else normal with corrections for ties and continuity. ``estimate`` is the
    shift: the median of all differences (Hodges & Lehmann 1963), with limits at the matching ordered differences.
    Example: R's wilcox.test for permeability at term and at 12-26 weeks: W 35, p 0.254, shift 0.305.
    Raises InvalidInput for an empty group, or when all readings are equal.
    """
    from scipy.stats import mannwhitneyu

    one, two = _group(first, "first"), _group(second, "second")
    check_alternative(alternative)
    _not_all_equal(np.concatenate([one, two]))
    if len(one) * len(two) > LARGE:
        raise InvalidInput("first and second", f"must make {LARGE} pairs at most", len(one) * len(two), "Use t.")
    exact = len(np.unique(np.concatenate([one, two]))) == len(one) + len(two) and len(one) * len(two) <= 2500
    result = mannwhitneyu(one, two, alternative=alternative, method="exact" if exact else "asymptotic")
    differences = np.sort(np.subtract.outer(one, two).ravel())
    middle = 0.5 * len(differences)
    spread = math.sqrt(len(differences) * (len(one) + len(two) + 1) / 12.0)
    low, high = _ordered_limits(differences, middle, spread, alternative, confidence)
    return Comparison(
        "Mann-Whitney",
        "shift of location",
        float(np.median(differences)),
        low,
        high,
        0.0,
        float(result.statistic),
        math.nan,
        float(result.pvalue),
        alternative,
        confidence,
        (len(one), len(two)),
    )


def signed_rank(
    values: ArrayLike, null: float = 0.0, *, alternative: str = "two-sided", confidence: float = 0.95
) -> Comparison:
    """Return whether readings, or differences of pairs, center on ``null`` (Wilcoxon 1945).

    Zeros are dropped. p is exact for up to 50 readings without ties, else normal. ``estimate`` is the median of all
    averages of two (Hodges & Lehmann). It takes the distribution as symmetric.
    Example: Wilcoxon's depression scores of nine patients, before less after: W 40, p 0.039, shift 0.46.
    Raises InvalidInput when nothing but zeros is left.
    """
    from scipy.stats import wilcoxon

    x = _group(values, "values")
    check_alternative(alternative)
    moved = x - null
    if not moved.any():
        raise InvalidInput("values", "must differ from the null somewhere", null, "Check the columns.")
    kept = moved[moved != 0.0]
    exact = len(np.unique(np.abs(kept))) == len(kept) <= 50
    method = "exact" if exact else "asymptotic"
    result = wilcoxon(kept, alternative=alternative, method=method, correction=not exact)
    ranks = np.argsort(np.argsort(np.abs(kept))) + 1.0 if exact else _mean_ranks(np.abs(kept))
    above = np.triu_indices(len(x))
    averages = np.sort((0.5 * np.add.outer(x, x))[above])
    n = len(x)
    spread = math.sqrt(n * (n + 1) * (2 * n + 1) / 24.0)
    low, high = _ordered_limits(averages, 0.5 * len(averages), spread, alternative, confidence)
    return Comparison(
        "Wilcoxon signed rank",
        "center of the readings",
        float(np.median(averages)),
        low,
        high,
        null,
        float(ranks[kept > 0].sum()),
        math.nan,
        float(result.pvalue),
        alternative,
        confidence,
        (n,),
    )


def kruskal_wallis(groups: Sequence[ArrayLike], *, confidence: float = 0.95) -> Comparison:
    """Return whether some group tends to larger readings than others: a one-way ANOVA of ranks (Kruskal & Wallis 1952).

    ``estimate`` is the largest difference of group medians. Raises InvalidInput for fewer than two groups or all
    readings equal.
    """
    from scipy.stats import kruskal

    samples = [_group(group, f"group {i + 1}") for i, group in enumerate(groups)]
    if len(samples) < 2:
        raise InvalidInput("groups", "must be two at least", len(samples), "Give the readings of each group.")
    _not_all_equal(np.concatenate(samples))
    result = kruskal(*samples)
    medians = [float(np.median(x)) for x in samples]
    return Comparison(
        "Kruskal-Wallis",
        "largest difference of medians",
        max(medians) - min(medians),
        math.nan,
        math.nan,
        0.0,
        float(result.statistic),
        len(samples) - 1,
        float(result.pvalue),
        "two-sided",
        confidence_level(confidence),
        tuple(len(x) for x in samples),
    )


def _ordered_limits(
    ordered: Array, middle: float, spread: float, alternative: str, confidence: float
) -> tuple[float, float]:
    """Limits at the ordered differences that a rank test would just not reject, by the normal approximation."""
    reach = normal_quantile(level(confidence_level(confidence), alternative)) * spread
    rank = max(0, math.floor(middle - reach))
    low = -math.inf if alternative == "less" else float(ordered[min(rank, len(ordered) - 1)])
    high = math.inf if alternative == "greater" else float(ordered[max(0, len(ordered) - 1 - rank)])
    return low, high


def _mean_ranks(x: Array) -> Array:
    from scipy.stats import rankdata

    return np.asarray(rankdata(x), dtype=np.float64)


def _group(values: ArrayLike, field: str) -> Array:
    return without_missing(as_readings(values, field))


def _not_all_equal(x: Array) -> None:
    if float(np.ptp(x)) == 0.0:
        raise InvalidInput("values", "must vary", 0.0, "Check that the gauge shows enough digits.")
