"""Do the means of several groups differ? One-way ANOVA, Welch's form, and which pairs differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import AnovaRow, row
from techamp.subjects.process_control.readings import as_readings, constant_to_the_last_digit, without_missing
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import confidence_level, f_upper


@dataclass(frozen=True)
class OneWayAnova(Shown):
    """The table, and for each group its size, mean and standard deviation."""

    anova: tuple[AnovaRow, AnovaRow, AnovaRow]
    n: tuple[int, ...]
    means: tuple[float, ...]
    sds: tuple[float, ...]

    @property
    def f(self) -> float:
        return self.anova[0].f

    @property
    def p(self) -> float:
        return self.anova[0].p

    @property
    def df_between(self) -> int:
        return self.anova[0].df

    @property
    def df_within(self) -> int:
        return self.anova[1].df

    @property
    def residual_sd(self) -> float:
        return math.sqrt(self.anova[1].ms)

    @property
    def r_squared(self) -> float:
        return self.anova[0].ss / self.anova[2].ss


def one_way_anova(groups: Sequence[ArrayLike]) -> OneWayAnova:
    """Return the analysis of variance of groups of readings: F = MS_between/MS_within.

    Readings are centered on one of them before any square is taken, sums are exact, and each group on its own mean:
    NIST's StRD sets SmLs07-09 (differences in the 13th digit) give the 4 digits that float64 leaves in the readings.
    Example (NIST/SEMATECH e-Handbook 7.4.3.3): F 9.59 with 2 and 12 degrees of freedom.
    Raises InvalidInput for fewer than two groups, no repeats, or readings that do not vary.
    """
    samples = [without_missing(as_readings(group, f"group {i + 1}")) for i, group in enumerate(groups)]
    if len(samples) < 2:
        raise InvalidInput("groups", "must be two at least", len(samples), "Give the readings of each group.")
    sizes = np.array([len(x) for x in samples], dtype=np.float64)
    total = int(sizes.sum())
    if total == len(samples):
        raise InvalidInput("groups", "must hold repeats", total, "Measure more than once in some group.")
    origin = float(samples[0][0])
    shifted = [x - origin for x in samples]
    means = np.array([math.fsum(x.tolist()) / len(x) for x in shifted])
    inside = [math.fsum(((x - mean) ** 2).tolist()) for x, mean in zip(shifted, means, strict=True)]
    grand = float(sizes @ means) / total
    within = row("within", total - len(samples), math.fsum(inside))
    between = row("between", len(samples) - 1, float(sizes @ (means - grand) ** 2), within)
    whole = row("total", total - 1, between.ss + within.ss)
    if constant_to_the_last_digit(math.sqrt(whole.ss), origin + grand):
        raise InvalidInput("groups", "must vary", 0.0, "Check that the gauge shows enough digits.")
    if within.ss == 0.0:
        between = AnovaRow("between", between.df, between.ss, between.ms, math.inf, 0.0, "within")
    sds = [math.sqrt(ss / (n - 1)) if n > 1 else math.nan for ss, n in zip(inside, sizes, strict=True)]
    return OneWayAnova(
        (between, within, whole),
        tuple(int(n) for n in sizes),
        tuple(float(origin + mean) for mean in means),
        tuple(sds),
    )


def welch_anova(groups: Sequence[ArrayLike]) -> AnovaRow:
    """Return Welch's (1951) test of equal means, which does not take the spreads as equal.

    Weights w = n/s²; F = Σw(x̄ - x̃)²/(k - 1)/(1 + 2(k - 2)/(k² - 1)·Λ), Λ = Σ(1 - w/Σw)²/(n - 1), df2 = (k² - 1)/(3Λ).
    ``ms`` is not a number; the second degrees of freedom stand in ``against``.
    Raises InvalidInput as ``one_way_anova``, and for a group that does not vary.
    """
    plain = one_way_anova(groups)
    n, sds = np.array(plain.n, dtype=np.float64), np.array(plain.sds)
    if not (sds > 0.0).all():
        raise InvalidInput("groups", "must each vary and hold two readings", plain.n, "Use one_way_anova.")
    w, k = n / sds**2, len(n)
    share = w / w.sum()
    samples = [without_missing(as_readings(group)) for group in groups]
    origin = samples[0][0]  # means far from zero would lose the digits in which they differ
    moved = np.array([math.fsum(sample - origin) / len(sample) for sample in samples])
    spread = float(np.sum((1.0 - share) ** 2 / (n - 1)))
    f = float(w @ (moved - share @ moved) ** 2) / (k - 1) / (1.0 + 2.0 * (k - 2) / (k**2 - 1) * spread)
    df2 = (k**2 - 1) / (3.0 * spread)
    return AnovaRow("between (Welch)", k - 1, math.nan, math.nan, f, f_upper(f, k - 1, df2), f"df {df2:.4g}")


@dataclass(frozen=True)
class PairDifference:
    """Mean of group ``first`` minus that of ``second`` with simultaneous limits and an adjusted p."""

    first: int
    second: int
    difference: float
    low: float
    high: float
    p: float


def tukey_pairs(groups: Sequence[ArrayLike], *, confidence: float = 0.95) -> tuple[PairDifference, ...]:
    """Return all pairs of means with limits that hold together (Tukey 1949; Kramer 1956 for unequal sizes).

    Half width q·s·√((1/nᵢ + 1/nⱼ)/2), q of the studentized range with k groups and the error's degrees of freedom.
    Raises InvalidInput as ``one_way_anova``, and without any spread within groups.
    """
    from scipy.stats import studentized_range

    found = _with_error(groups)
    k, df = len(found.n), found.df_within
    q = float(studentized_range.ppf(confidence_level(confidence), k, df))
    pairs = []
    for i in range(k):
        for j in range(i + 1, k):
            error = found.residual_sd * math.sqrt(0.5 * (1.0 / found.n[i] + 1.0 / found.n[j]))
            gap = found.means[i] - found.means[j]
            p = float(studentized_range.sf(abs(gap) / error, k, df))
            pairs.append(PairDifference(i, j, gap, gap - q * error, gap + q * error, p))
    return tuple(pairs)


def dunnett_pairs(
    groups: Sequence[ArrayLike], control: int = 0, *, confidence: float = 0.95
) -> tuple[PairDifference, ...]:
    """Return every group minus the control, with limits that hold together (Dunnett 1955), two-sided.

    The correlation of two differences is √(nᵢ/(nᵢ + n₀))·√(nⱼ/(nⱼ + n₀)); the joint chance of all |t| is an integral
    over the control and the spread, done by quadrature, so that no random number is needed.
    Raises InvalidInput as ``one_way_anova``, and for a control that is no group.
    """
    found = _with_error(groups)
    if control not in range(len(found.n)):
        rule = f"must be from 0 to {len(found.n) - 1}"
        raise InvalidInput("control", rule, control, "Give the number of the control group, counted from 0.")
    others = [i for i in range(len(found.n)) if i != control]
    share = np.array([found.n[i] / (found.n[i] + found.n[control]) for i in others])
    critical = _dunnett_quantile(confidence_level(confidence), share, found.df_within)
    pairs = []
    for i in others:
        error = found.residual_sd * math.sqrt(1.0 / found.n[i] + 1.0 / found.n[control])
        gap = found.means[i] - found.means[control]
        p = max(0.0, 1.0 - _all_within(abs(gap) / error, share, found.df_within))
        pairs.append(PairDifference(i, control, gap, gap - critical * error, gap + critical * error, p))
    return tuple(pairs)


def _with_error(groups: Sequence[ArrayLike]) -> OneWayAnova:
    found = one_way_anova(groups)
    if found.residual_sd == 0.0:
        raise InvalidInput("groups", "must vary within", 0.0, "Without spread every difference is certain.")
    return found


def _all_within(t: float, share: np.ndarray, df: float) -> float:
    """P(all |Tᵢ| ≤ t), Tᵢ = (√(1 - λᵢ)·Zᵢ - √λᵢ·Z₀)/S; λᵢ the ``share`` of the correlation."""
    from scipy.special import ndtr

    z, weight = np.polynomial.hermite_e.hermegauss(80)
    weight = weight / weight.sum()
    spread, mass = _spread_nodes(df)
    pull, rest = np.sqrt(share)[:, None, None], np.sqrt(1.0 - share)[:, None, None]
    reach = t * spread[None, None, :]
    inside = ndtr((reach + pull * z[None, :, None]) / rest) - ndtr((-reach + pull * z[None, :, None]) / rest)
    return float(weight @ np.prod(inside, axis=0) @ mass)


def _spread_nodes(df: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights of S = √(χ²/df)."""
    from scipy.special import chdtri

    node, weight = np.polynomial.legendre.leggauss(64)
    low, high = (math.sqrt(float(chdtri(df, tail)) / df) for tail in (1.0 - 1e-12, 1e-12))
    s = low + 0.5 * (high - low) * (node + 1.0)
    log = (df - 1.0) * np.log(s) - 0.5 * df * s * s
    mass = weight * np.exp(log - log.max())
    return s, mass / mass.sum()


def _dunnett_quantile(confidence: float, share: np.ndarray, df: float) -> float:
    low, high = 0.0, 1.0
    while _all_within(high, share, df) < confidence:
        high *= 2.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _all_within(middle, share, df) < confidence else (low, middle)
    return high
