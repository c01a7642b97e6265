"""Comparing proportions: one with a number, two with each other."""

from __future__ import annotations

import math

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.comparing.comparison import Comparison, check_alternative, level, one_or_both
from techamp.subjects.process_control.tail_areas import (
    binomial_interval,
    confidence_level,
    normal_quantile,
    normal_upper,
)

INTERVALS = ("wilson", "exact")


def wilson_interval(count: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a proportion (Wilson 1927): (p̂ + z²/2n ± z√(p̂q̂/n + z²/4n²))/(1 + z²/n).

    Example (Newcombe 1998): 81 of 263: 0.2553 to 0.3662. Raises InvalidInput for a count that cannot be.
    """
    _check(count, n, "count")
    return _wilson(count / n, n, normal_quantile(0.5 * (1.0 + confidence_level(confidence))))


def one_proportion(
    count: int,
    n: int,
    null: float,
    *,
    interval: str = "wilson",
    alternative: str = "two-sided",
    confidence: float = 0.95,
) -> Comparison:
    """Return the comparison of a proportion with a number by the exact binomial test.

    Two-sided p: the sum of all counts no likelier than this one. ``interval``: "wilson", or "exact" (Clopper-Pearson),
    which is never too short and often too wide; for one side the same at 2·confidence - 1.
    Example: 682 of 925 against 0.75: p 0.3825.
    Raises InvalidInput for a count that cannot be, or a null not between 0 and 1.
    """
    from scipy.special import bdtr, bdtrc

    _check(count, n, "count")
    if not 0.0 < null < 1.0:
        raise InvalidInput("null", "must be between 0 and 1", null, "Enter a share, such as 0.02.")
    if interval not in INTERVALS:
        raise InvalidInput("interval", "must be wilson or exact", interval, "Use wilson.")
    check_alternative(alternative)
    below = float(bdtr(count, n, null))
    above = float(bdtrc(count - 1, n, null)) if count > 0 else 1.0
    p = _exact_p(count, n, null) if alternative == "two-sided" else one_or_both(below, above, alternative)
    wide = 2.0 * level(confidence_level(confidence), alternative) - 1.0
    low, high = (
        _wilson(count / n, n, normal_quantile(0.5 + 0.5 * wide))
        if interval == "wilson"
        else (binomial_interval(count, n, wide))
    )
    low, high = (0.0 if alternative == "less" else low), (1.0 if alternative == "greater" else high)
    return Comparison(
        "exact binomial", "proportion", count / n, low, high, null, count, math.nan, p, alternative, confidence, (n,)
    )


def two_proportions(
    first: int, n1: int, second: int, n2: int, *, alternative: str = "two-sided", confidence: float = 0.95
) -> Comparison:
    """Return the difference of two proportions, first - second, with Newcombe's interval and Fisher's exact p.

    Newcombe (1998), method 10: from Wilson's limits l, u of each: p₁ - p₂ - √((p₁ - l₁)² + (u₂ - p₂)²) to
    p₁ - p₂ + √((u₁ - p₁)² + (p₂ - l₂)²). ``statistic`` is z with the pooled proportion.
    Example: 56 of 70 and 48 of 80: 0.20, from 0.0524 to 0.3339.
    Raises InvalidInput for counts that cannot be.
    """
    _check(first, n1, "first")
    _check(second, n2, "second")
    check_alternative(alternative)
    z = normal_quantile(level(confidence_level(confidence), alternative))
    one, two = first / n1, second / n2
    low1, high1 = _wilson(one, n1, z)
    low2, high2 = _wilson(two, n2, z)
    difference = one - two
    low = difference - math.hypot(one - low1, high2 - two)
    high = difference + math.hypot(high1 - one, two - low2)
    pooled = (first + second) / (n1 + n2)
    error = math.sqrt(pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2))
    return Comparison(
        "Fisher's exact",
        "difference of proportions",
        difference,
        -1.0 if alternative == "less" else low,
        1.0 if alternative == "greater" else high,
        0.0,
        difference / error if error > 0.0 else 0.0,
        math.nan,
        fisher_p(first, n1, second, n2, alternative),
        alternative,
        confidence,
        (n1, n2),
    )


def pooled_z_p(comparison: Comparison) -> float:
    """The large-sample p of two proportions from its z: what most programs print first."""
    z = comparison.statistic
    return one_or_both(normal_upper(-z), normal_upper(z), comparison.alternative)


def fisher_p(first: int, n1: int, second: int, n2: int, alternative: str = "two-sided") -> float:
    """Return Fisher's exact p: the chance of tables no likelier than this one, its sums held fixed."""
    from scipy.special import gammaln

    total = first + second
    lowest, highest = max(0, total - n2), min(n1, total)

    def log_chance(k: int) -> float:
        pick = [(n1, k), (n2, total - k)]
        return sum(float(gammaln(n + 1) - gammaln(j + 1) - gammaln(n - j + 1)) for n, j in pick)

    logs = [log_chance(k) for k in range(lowest, highest + 1)]
    top = max(logs)
    chances = [math.exp(value - top) for value in logs]
    own = chances[first - lowest]
    if alternative == "less":
        kept = chances[: first - lowest + 1]
    elif alternative == "greater":
        kept = chances[first - lowest :]
    else:
        kept = [chance for chance in chances if chance <= own * (1.0 + 1e-7)]
    return min(1.0, math.fsum(kept) / math.fsum(chances))


def _wilson(share: float, n: int, z: float) -> tuple[float, float]:
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4.0 * n * n))
    return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def _exact_p(count: int, n: int, null: float) -> float:
    import numpy as np
    from scipy.special import gammaln

    k = np.arange(n + 1)
    logs = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * math.log(null) + (n - k) * math.log1p(-null)
    chance = np.exp(logs)
    return min(1.0, float(chance[chance <= chance[count] * (1.0 + 1e-7)].sum()))


def _check(count: int, n: int, field: str) -> None:
    if n != int(n) or n < 1 or count != int(count) or not 0 <= count <= n:
        raise InvalidInput(field, f"must be a whole number from 0 to {n}", count, "Enter how many of how many.")
