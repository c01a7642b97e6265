"""Confidence limits of a sum of mean squares, such as a variance component of a gauge study."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.tail_areas import chi_square_quantile, confidence_level, f_quantile

METHODS = ("mls", "satterthwaite")


@dataclass(frozen=True)
class Part:
    """``coefficient`` times a mean square with ``df`` degrees of freedom."""

    coefficient: float
    mean_square: float
    df: float

    @property
    def value(self) -> float:
        return self.coefficient * self.mean_square


def interval(parts: Sequence[Part], confidence: float = 0.95, method: str = "mls") -> tuple[float, float]:
    """Return confidence limits of Σ cᵢE[MSᵢ] from independent mean squares.

    "mls": modified large sample (Graybill & Wang 1980 for positive coefficients; Ting, Burdick, Graybill, Jeyaratnam &
    Lu 1990 for mixed signs). "satterthwaite": χ² with ν = (Σ cᵢMSᵢ)²/Σ (cᵢMSᵢ)²/νᵢ (1946): only for
    positive coefficients, and too short when one part has few degrees of freedom (three operators). One mean square
    alone gives ν·MS/χ², exactly, by both. Limits below zero are returned as they are.
    Example: a mean square of 4 with 10 degrees of freedom: 1.953 to 12.319 at 95 %.
    Raises InvalidInput for an unknown method.
    """
    tail = 0.5 * (1.0 - confidence_level(confidence))
    used = [part for part in parts if part.coefficient != 0.0 and part.df > 0]
    if method not in METHODS:
        raise InvalidInput("interval", "must be mls or satterthwaite", method, "Use mls.")
    if not used:
        return math.nan, math.nan
    return (_modified_large_sample if method == "mls" else _satterthwaite)(used, tail)


def effective_df(parts: Sequence[Part]) -> float:
    """Satterthwaite's degrees of freedom of Σ cᵢMSᵢ."""
    spread = sum(part.value**2 / part.df for part in parts)
    return sum(part.value for part in parts) ** 2 / spread if spread > 0.0 else math.nan


def _satterthwaite(parts: Sequence[Part], tail: float) -> tuple[float, float]:
    estimate, df = sum(part.value for part in parts), effective_df(parts)
    if not (estimate > 0.0 and df > 0.0):
        return math.nan, math.nan
    low, high = chi_square_quantile(1.0 - tail, df), chi_square_quantile(tail, df)
    return df * estimate / low, df * estimate / high if high > 0.0 else math.inf


def _modified_large_sample(parts: Sequence[Part], tail: float) -> tuple[float, float]:
    estimate = sum(part.value for part in parts)
    plus = [_Spread.of(part, tail) for part in parts if part.coefficient > 0.0]
    minus = [_Spread.of(part, tail) for part in parts if part.coefficient < 0.0]
    below = sum((one.low * one.size) ** 2 for one in plus) + sum((one.high * one.size) ** 2 for one in minus)
    above = sum((one.high * one.size) ** 2 for one in plus) + sum((one.low * one.size) ** 2 for one in minus)
    for one in plus:
        for other in minus:
            product = one.size * other.size
            below += _cross(one, other, 1.0 - tail, one.low, other.high) * product
            above += _cross(one, other, tail, one.high, other.low) * product
    if plus and minus:
        below += _same_side(plus, tail)
        above += _same_side(minus, tail)
    return estimate - math.sqrt(max(0.0, below)), estimate + math.sqrt(max(0.0, above))


@dataclass(frozen=True)
class _Spread:
    size: float
    df: float
    low: float  # 1 - ν/χ²(upper tail): how far below, relative
    high: float  # ν/χ²(lower tail) - 1: how far above, relative

    @classmethod
    def of(cls, part: Part, tail: float) -> _Spread:
        low = 1.0 - part.df / chi_square_quantile(1.0 - tail, part.df)
        high = part.df / chi_square_quantile(tail, part.df) - 1.0
        return cls(abs(part.value), part.df, low, high)


def _cross(plus: _Spread, minus: _Spread, probability: float, own: float, other: float) -> float:
    """The term for a difference of two mean squares: it makes the interval exact when the other is nearly zero."""
    f = f_quantile(probability, plus.df, minus.df)
    return ((f - 1.0) ** 2 - (own * f) ** 2 - other**2) / f


def _same_side(spreads: Sequence[_Spread], tail: float) -> float:
    """The term for two mean squares of one sign beside others of the other sign."""
    total = 0.0
    for i, one in enumerate(spreads):
        for two in spreads[i + 1 :]:
            df = one.df + two.df
            joint = (1.0 - df / chi_square_quantile(1.0 - tail, df)) ** 2 * df**2 / (one.df * two.df)
            star = joint - one.low**2 * one.df / two.df - two.low**2 * two.df / one.df
            total += star / (len(spreads) - 1) * one.size * two.size
    return total
