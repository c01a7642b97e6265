"""How many parts must we measure? Power and sample size of the usual comparisons."""

from __future__ import annotations

import math
from collections.abc import Callable

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.comparing.comparison import check_alternative, level
from techamp.subjects.process_control.readings import finite
from techamp.subjects.process_control.tail_areas import (
    confidence_level,
    f_quantile,
    normal_quantile,
    normal_upper,
    t_quantile,
)

KINDS = ("one", "two", "paired")
MOST = 10_000_000


def t_power(
    difference: float, sd: float, n: int, *, kind: str = "two", alternative: str = "two-sided", confidence: float = 0.95
) -> float:
    """Return the chance that a t test shows a true ``difference`` with ``n`` readings, pairs, or readings per group.

    Noncentral t with δ/σ·√n, or δ/σ·√(n/2) for two groups; for pairs ``sd`` is that of the differences.
    Example: two groups of 20, a difference of 1 with sd 1: 0.869 (R's power.t.test).
    Raises InvalidInput for a sd not above zero or n below 2.
    """
    effect = _effect(difference, sd, alternative)
    groups = _groups(kind)
    if n != int(n) or n < 2:
        raise InvalidInput("n", "must be a whole number of at least 2", n, "Use two readings or more per group.")
    df = float(groups * (n - 1))
    critical = t_quantile(level(confidence_level(confidence), alternative), df)
    shift = effect * math.sqrt(n / groups)
    power = _above(critical, df, shift)
    return power + _above(critical, df, -shift) if alternative == "two-sided" else power


def t_sample_size(
    difference: float,
    sd: float,
    *,
    power: float = 0.9,
    kind: str = "two",
    alternative: str = "two-sided",
    confidence: float = 0.95,
) -> int:
    """Return the smallest n (per group) with which a t test shows ``difference`` with chance ``power``.

    Example: two groups, a difference of one sd, power 0.9: 23 per group (R's power.t.test: 22.02).
    Raises InvalidInput for a difference of zero or a power outside 0 to 1.
    """
    if difference == 0.0:
        raise InvalidInput("difference", "must not be zero", difference, "Enter the smallest one that matters.")
    return _smallest(
        lambda n: t_power(difference, sd, n, kind=kind, alternative=alternative, confidence=confidence), power, 2
    )


def proportion_power(first: float, second: float, n: int, *, confidence: float = 0.95) -> float:
    """Return the chance that two groups of ``n`` show proportions ``first`` and ``second`` as different, by z.

    Fleiss, Levin & Paik (2003), without continuity correction: pooled error under no difference, separate ones under
    this.
    Example: 0.5 and 0.75 with 50 per group: 0.740 (R's power.prop.test). Raises InvalidInput for impossible
    proportions.
    """
    _share(first, "first")
    _share(second, "second")
    if n != int(n) or n < 1:
        raise InvalidInput("n", "must be a whole number of at least 1", n, "Enter the parts per group.")
    middle = 0.5 * (first + second)
    z = normal_quantile(level(confidence_level(confidence), "two-sided"))
    pooled = z * math.sqrt(2.0 * middle * (1.0 - middle))
    apart = math.sqrt(first * (1 - first) + second * (1 - second))
    return normal_upper((pooled - math.sqrt(n) * abs(first - second)) / apart)


def proportion_sample_size(first: float, second: float, *, power: float = 0.9, confidence: float = 0.95) -> int:
    """Return the smallest n per group with which two proportions are shown to differ with chance ``power``.

    Example: 0.5 and 0.75, power 0.9: 77 per group (R's power.prop.test: 76.65).
    Raises InvalidInput for equal proportions.
    """
    if first == second:
        raise InvalidInput("second", "must differ from the first", second, "Enter the smallest change that matters.")
    return _smallest(lambda n: proportion_power(first, second, n, confidence=confidence), power, 1)


def anova_power(means: list[float], sd: float, n: int, *, confidence: float = 0.95) -> float:
    """Return the chance that a one-way ANOVA with ``n`` per group shows these true means as different.

    Noncentral F with λ = n·Σ(μ - μ̄)²/σ². Example: means 120, 130, 140, 150, sd about 22.36, 5 per group: 0.35.
    Raises InvalidInput for fewer than two means, n below 2 or a sd not above zero.
    """
    from scipy.special import ncfdtr

    spread = finite(sd, "sd", "Enter the standard deviation within groups.", above=0.0)
    if len(means) < 2 or n != int(n) or n < 2:
        raise InvalidInput("means", "must be two at least, with two readings per group", len(means), "Add groups.")
    k, middle = len(means), math.fsum(means) / len(means)
    noncentrality = n * math.fsum((mean - middle) ** 2 for mean in means) / spread**2
    df2 = k * (n - 1)
    critical = f_quantile(confidence_level(confidence), k - 1, df2)
    return 1.0 - float(ncfdtr(k - 1, df2, noncentrality, critical))


def equivalence_power(
    margin: float, sd: float, n: int, *, difference: float = 0.0, kind: str = "two", confidence: float = 0.95
) -> float:
    """Return the chance that TOST shows a true ``difference`` to lie within ± ``margin``, exactly.

    The integral over the seen spread s of the chance that the mean lies within margin less t·s (Phillips 1990).
    Raises InvalidInput for a margin or sd not above zero, or n below 2.
    """
    import numpy as np
    from scipy.special import chdtri, ndtr

    edge = finite(margin, "margin", "Enter the largest difference that does not matter.", above=0.0)
    spread = finite(sd, "sd", "Enter the standard deviation.", above=0.0)
    groups = _groups(kind)
    if n != int(n) or n < 2:
        raise InvalidInput("n", "must be a whole number of at least 2", n, "Use two readings or more per group.")
    df = float(groups * (n - 1))
    error = spread * math.sqrt(groups / n)
    t = t_quantile(confidence_level(confidence), df)
    low, high = math.sqrt(float(chdtri(df, 1.0 - 1e-13)) / df), edge / (t * error)
    high = min(high, math.sqrt(float(chdtri(df, 1e-13)) / df))
    if high <= low:
        return 0.0
    node, weight = np.polynomial.legendre.leggauss(200)
    s = low + 0.5 * (high - low) * (node + 1.0)
    log = (
        0.5 * df * math.log(0.5 * df) - math.lgamma(0.5 * df) + math.log(2.0) + (df - 1.0) * np.log(s) - df * s * s / 2
    )
    room = (edge - t * error * s) / error
    inside = ndtr(room - difference / error) - ndtr(-room - difference / error)
    return float(np.sum(0.5 * (high - low) * weight * np.exp(log) * np.maximum(inside, 0.0)))


def _smallest(power_of: Callable[[int], float], wanted: float, least: int) -> int:
    if not 0.0 < wanted < 1.0:
        raise InvalidInput("power", "must be between 0 and 1", wanted, "Use 0.8 or 0.9.")
    high = least
    while power_of(high) < wanted:
        high *= 2
        if high > MOST:
            raise InvalidInput("power", "must be within reach", wanted, "Look for a larger difference.")
    low = max(least - 1, high // 2)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if power_of(middle) < wanted else (low, middle)
    return high


def _effect(difference: float, sd: float, alternative: str) -> float:
    check_alternative(alternative)
    effect = finite(difference, "difference", "Enter the smallest one that matters.") / finite(
        sd, "sd", "Enter the standard deviation.", above=0.0
    )
    return -effect if alternative == "less" else effect


def _groups(kind: str) -> int:
    if kind not in KINDS:
        raise InvalidInput("kind", "must be one, two or paired", kind, "Use two for two groups.")
    return 2 if kind == "two" else 1


def _above(critical: float, df: float, shift: float) -> float:
    from scipy.special import nctdtr

    if shift > 37.0:  # beyond it the library loses the tail, which is all there is
        return 1.0
    return float(1.0 - nctdtr(df, shift, critical))


def _share(value: float, field: str) -> None:
    if not 0.0 < value < 1.0:
        raise InvalidInput(field, "must be between 0 and 1", value, "Enter a share, such as 0.02.")
