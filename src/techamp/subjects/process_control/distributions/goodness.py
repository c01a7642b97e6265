"""How well does a distribution fit? Anderson-Darling, with parameters estimated from the same readings."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.distributions.families import FAMILIES, Fit, fit_family
from techamp.subjects.process_control.readings import Array, as_readings, without_missing
from techamp.subjects.process_control.shown import Shown

# Upper tail points of the adjusted statistic: D'Agostino & Stephens (1986), tables 4.7, 4.11, 4.17, 4.21.
_TAILS = (0.25, 0.10, 0.05, 0.025, 0.01)
_POINTS: dict[str, tuple[float, ...]] = {
    "weibull": (0.474, 0.637, 0.757, 0.877, 1.038),
    "exponential": (0.736, 1.062, 1.321, 1.591, 1.959),
}
_GAMMA_OF_SHAPE_1 = (0.486, 0.657, 0.786, 0.917, 1.092)
_GAMMA_OF_LARGE_SHAPE = (0.470, 0.631, 0.752, 0.873, 1.035)
FEW = 20
MANY = 1000


@dataclass(frozen=True)
class Goodness(Shown):
    """Anderson-Darling statistic of a fit, adjusted for n, and its p. ``bound`` is "above" or "below" where the table
    ends, so that p is 0.25 or more, or 0.01 or less."""

    fit: Fit
    statistic: float
    adjusted: float
    p: float
    bound: str
    word: str


def goodness_of_fit(values: ArrayLike, fit: Fit) -> Goodness:
    """Return the Anderson-Darling test of readings against a distribution that was fitted to them.

    A² = -n - Σ(2i - 1)(ln F(x₍ᵢ₎) + ln(1 - F(x₍ₙ₊₁₋ᵢ₎)))/n. Normal and lognormal: p by the formulas of D'Agostino &
    Stephens (1986), section 4.8; the others from their tables, between which ln p is interpolated (a Weibull is a
    largest extreme of -ln x; gamma between shape 1 and infinity in 1/shape).
    Raises InvalidInput for fewer than five readings.
    """
    x = np.sort(without_missing(as_readings(values)))
    n = len(x)
    if n < 5:
        raise InvalidInput("values", "must hold five readings at least", n, "Measure more parts.")
    below, above = fit.cumulative(x)
    tiny = np.finfo(np.float64).tiny
    logs = np.log(np.maximum(below, tiny)) + np.log(np.maximum(above[::-1], tiny))
    statistic = -n - float((2.0 * np.arange(1, n + 1) - 1.0) @ logs) / n
    adjusted, p, bound = _tail(statistic, n, fit)
    return Goodness(fit, statistic, adjusted, p, bound, _word(fit.family, p, n))


def normality_test(values: ArrayLike) -> Goodness:
    """Return the Anderson-Darling test of a normal distribution with its mean and s estimated.

    Example: twenty normal scores: p near 1; twenty exponential ones: p below 0.01.
    Raises InvalidInput for fewer than five readings, or equal ones.
    """
    return goodness_of_fit(values, fit_family(values, "normal"))


def fit_families(values: ArrayLike, *, origin: float = 0.0) -> tuple[Goodness, ...]:
    """Return every family that the readings allow with its test, the best (smallest AIC) first.

    Choose a family because physics suggests it: with few readings several fit, and they differ far out in the tails.
    Raises InvalidInput as ``fit_family`` with the normal distribution.
    """
    x = without_missing(as_readings(values))
    positive = len(x) > 0 and float(x.min()) > origin
    usable = FAMILIES if positive else ("normal", "largest_extreme")
    fits = [fit_family(x, name, origin=origin) for name in usable]
    return tuple(goodness_of_fit(x, fit) for fit in sorted(fits, key=lambda fit: fit.aic))


def _tail(statistic: float, n: int, fit: Fit) -> tuple[float, float, str]:
    if fit.family in ("normal", "lognormal"):
        adjusted = statistic * (1.0 + 0.75 / n + 2.25 / n**2)
        return adjusted, _normal_p(adjusted), ""
    if fit.family == "exponential":
        adjusted, points = statistic * (1.0 + 0.6 / n), _POINTS["exponential"]
    elif fit.family == "gamma":
        weight = min(1.0, 1.0 / fit.parameters["shape"])
        ends = zip(_GAMMA_OF_SHAPE_1, _GAMMA_OF_LARGE_SHAPE, strict=True)
        adjusted, points = statistic, tuple(weight * one + (1.0 - weight) * large for one, large in ends)
    else:
        adjusted, points = statistic * (1.0 + 0.2 / math.sqrt(n)), _POINTS["weibull"]
    if adjusted <= points[0]:
        return adjusted, _TAILS[0], "above"
    if adjusted >= points[-1]:
        return adjusted, _TAILS[-1], "below"
    return adjusted, math.exp(float(np.interp(adjusted, points, np.log(np.array(_TAILS))))), ""


def _normal_p(a: float) -> float:
    if a >= 0.6:
        return math.exp(1.2937 - 5.709 * a + 0.0186 * a * a) if a < 13.0 else 0.0
    if a >= 0.34:
        return math.exp(0.9177 - 4.279 * a - 1.38 * a * a)
    if a >= 0.2:
        return 1.0 - math.exp(-8.318 + 42.796 * a - 59.938 * a * a)
    return 1.0 - math.exp(-13.436 + 101.14 * a - 223.73 * a * a)


def _word(family: str, p: float, n: int) -> str:
    name = f"{'an' if family[0] in 'aeiou' else 'a'} {family.replace('_', ' ')}"
    if p < 0.05 and n > MANY:
        return (
            f"Some departure from {name} distribution: with {n} readings even a harmless one shows. Look at the plot."
        )
    if p < 0.05:
        return f"These readings do not come from {name} distribution."
    if n < FEW:
        return f"Nothing speaks against {name} distribution, but {n} readings could hardly show it."
    return f"Nothing speaks against {name} distribution."


def sample_quantile(values: ArrayLike, probability: float, definition: int = 7) -> float:
    """Return a quantile of readings by one of Hyndman & Fan's (1996) nine definitions.

    7: numpy, R, spreadsheets; 6: Minitab, SPSS; 8: advised by the authors. Example: 0.25 of 1, 2, 3, 4: 1.75 by 7, 1.25
    by 6. Raises InvalidInput for a probability outside 0 to 1 or another definition.
    """
    if definition not in _METHODS:
        raise InvalidInput("definition", "must be a whole number from 1 to 9", definition, "Use 7 as numpy, or 6.")
    if not 0.0 <= probability <= 1.0:
        raise InvalidInput("probability", "must be from 0 to 1", probability, "Use 0.5 for the median.")
    x: Array = without_missing(as_readings(values))
    return float(np.quantile(x, probability, method=_METHODS[definition]))


_METHODS: dict[int, Any] = {
    1: "inverted_cdf",
    2: "averaged_inverted_cdf",
    3: "closest_observation",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}
