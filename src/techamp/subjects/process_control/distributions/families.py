"""Families of distributions fitted by maximum likelihood: for capability of readings that are not normal."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import (
    Array,
    as_readings,
    constant_to_the_last_digit,
    deviations,
    without_missing,
)
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import normal_quantile


@dataclass(frozen=True)
class Fit(Shown):
    """A fitted distribution. ``parameters`` by name; ``origin`` is the known lower end that was taken off first."""

    family: str
    parameters: dict[str, float]
    origin: float
    n: int
    log_likelihood: float

    @property
    def aic(self) -> float:
        """Akaike's criterion, 2k - 2 ln L: of families fitted to the same readings the smallest fits best."""
        return 2.0 * len(self.parameters) - 2.0 * self.log_likelihood

    def below(self, x: float) -> float:
        """P(X ≤ x)."""
        return float(self.cumulative(np.array([x]))[0][0])

    def above(self, x: float) -> float:
        """P(X > x), accurate far out."""
        return float(self.cumulative(np.array([x]))[1][0])

    def cumulative(self, x: Array) -> tuple[Array, Array]:
        """P(X ≤ x) and P(X > x) of an array."""
        return _FAMILIES[self.family].areas(x - self.origin, self.parameters)

    def quantile(self, probability: float) -> float:
        """The x with P(X ≤ x) = ``probability``. Raises InvalidInput unless it is between 0 and 1."""
        if not 0.0 < probability < 1.0:
            raise InvalidInput("probability", "must be between 0 and 1", probability, "Use 0.5 for the median.")
        return self.origin + _FAMILIES[self.family].quantile(probability, self.parameters)


def fit_family(values: ArrayLike, family: str, *, origin: float = 0.0) -> Fit:
    """Return a family fitted to readings. ``family``: one of FAMILIES; ``origin``: a known lower end, taken off first.

    normal (s with n - 1), lognormal (the same of logarithms), weibull, gamma, exponential, largest extreme (Gumbel).
    All but normal and lognormal by maximum likelihood, the shape from one equation in one unknown.
    Example: readings whose logarithms have mean 1 and s 0.5: lognormal, median e.
    Raises InvalidInput for an unknown family, fewer than five readings, equal ones, or ones not above the origin where
    the family needs it.
    """
    if family not in _FAMILIES:
        raise InvalidInput("family", f"must be one of {', '.join(FAMILIES)}", family, "Use lognormal.")
    x = without_missing(as_readings(values))
    if len(x) < 5:
        raise InvalidInput("values", "must hold five readings at least", len(x), "Measure more parts.")
    if constant_to_the_last_digit(float(np.std(deviations(x)[0])), float(np.max(np.abs(x)))):
        raise InvalidInput("values", "must vary", 0.0, "Check that the gauge shows enough digits.")
    chosen = _FAMILIES[family]
    x = x - origin
    if chosen.positive and float(x.min()) <= 0.0:
        rule = f"must be above the origin ({origin:g}) for a {family} distribution"
        remedy = "Choose a lower origin, or a family that takes any number."
        raise InvalidInput("values", rule, float(x.min()) + origin, remedy)
    parameters = chosen.fit(x)
    return Fit(family, parameters, origin, len(x), float(np.sum(chosen.log_density(x, parameters))))


@dataclass(frozen=True)
class _Family:
    fit: Callable[[Array], dict[str, float]]
    areas: Callable[[Array, dict[str, float]], tuple[Array, Array]]
    quantile: Callable[[float, dict[str, float]], float]
    log_density: Callable[[Array, dict[str, float]], Array]
    positive: bool


def _fit_normal(x: Array) -> dict[str, float]:
    shifted, origin = deviations(x)
    return {"mean": origin + float(np.mean(shifted)), "sd": float(np.std(shifted, ddof=1))}


def _normal_areas(x: Array, p: dict[str, float]) -> tuple[Array, Array]:
    from scipy.special import ndtr

    z = (x - p["mean"]) / p["sd"]
    return np.asarray(ndtr(z)), np.asarray(ndtr(-z))


def _normal_log_density(x: Array, p: dict[str, float]) -> Array:
    z = (x - p["mean"]) / p["sd"]
    return -0.5 * z * z - math.log(p["sd"] * math.sqrt(2.0 * math.pi))


def _log(x: Array) -> Array:
    return np.log(np.maximum(x, 1e-300))


def _fit_weibull(x: Array) -> dict[str, float]:
    """Shape k from Σxᵏ ln x/Σxᵏ - 1/k = mean ln x; scale (Σxᵏ/n)^(1/k). Scaled by the largest, so nothing overflows."""
    largest = float(x.max())
    u = np.log(x / largest)

    def gap(shape: float) -> float:
        weight = np.exp(shape * u)
        return float(weight @ u / weight.sum() - u.mean()) - 1.0 / shape

    shape = _root(gap, 1.0 / max(1e-12, float(np.std(u))))
    return {"shape": shape, "scale": largest * float(np.mean(np.exp(shape * u))) ** (1.0 / shape)}


def _weibull_areas(x: Array, p: dict[str, float]) -> tuple[Array, Array]:
    hazard = (np.maximum(x, 0.0) / p["scale"]) ** p["shape"]
    return -np.expm1(-hazard), np.exp(-hazard)


def _weibull_log_density(x: Array, p: dict[str, float]) -> Array:
    u = _log(x) - math.log(p["scale"])
    return math.log(p["shape"] / p["scale"]) + (p["shape"] - 1.0) * u - np.exp(p["shape"] * u)


def _fit_gamma(x: Array) -> dict[str, float]:
    """Shape a from ln a - ψ(a) = ln x̄ - mean ln x; scale x̄/a."""
    from scipy.special import digamma

    mean = float(x.mean())
    right = math.log(mean) - float(np.log(x).mean())
    shape = _root(lambda a: right - (math.log(a) - float(digamma(a))), 0.5 / max(1e-12, right))
    return {"shape": shape, "scale": mean / shape}


def _gamma_areas(x: Array, p: dict[str, float]) -> tuple[Array, Array]:
    from scipy.special import gammainc, gammaincc

    u = np.maximum(x, 0.0) / p["scale"]
    return np.asarray(gammainc(p["shape"], u)), np.asarray(gammaincc(p["shape"], u))


def _gamma_quantile(probability: float, p: dict[str, float]) -> float:
    from scipy.special import gammaincinv

    return p["scale"] * float(gammaincinv(p["shape"], probability))


def _gamma_log_density(x: Array, p: dict[str, float]) -> Array:
    u = x / p["scale"]
    return (p["shape"] - 1.0) * _log(u) - u - math.lgamma(p["shape"]) - math.log(p["scale"])


def _fit_gumbel(x: Array) -> dict[str, float]:
    """Scale b from x̄ - Σx e^(-x/b)/Σe^(-x/b) - b = 0; location -b ln(mean e^(-x/b)). Counted from the smallest."""
    smallest = float(x.min())
    u = x - smallest

    def gap(scale: float) -> float:
        weight = np.exp(-u / scale)
        return scale - float(u.mean()) + float(weight @ u / weight.sum())

    scale = _root(gap, float(np.std(u)) * math.sqrt(6.0) / math.pi)
    return {"location": smallest - scale * math.log(float(np.mean(np.exp(-u / scale)))), "scale": scale}


def _gumbel_areas(x: Array, p: dict[str, float]) -> tuple[Array, Array]:
    rate = np.exp(-(x - p["location"]) / p["scale"])
    return np.exp(-rate), -np.expm1(-rate)


def _gumbel_log_density(x: Array, p: dict[str, float]) -> Array:
    z = (x - p["location"]) / p["scale"]
    return -z - np.exp(-z) - math.log(p["scale"])


def _root(rising: Callable[[float], float], start: float) -> float:
    """The zero of a rising function of a positive number, bracketed from ``start`` and bisected on its logarithm."""
    low = high = start
    while rising(low) > 0.0 and low > 1e-12:
        low /= 4.0
    while rising(high) < 0.0 and high < 1e12:
        high *= 4.0
    for _ in range(70):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if rising(middle) < 0.0 else (low, middle)
    return math.sqrt(low * high)


_FAMILIES: dict[str, _Family] = {
    "normal": _Family(
        _fit_normal, _normal_areas, lambda q, p: p["mean"] + p["sd"] * normal_quantile(q), _normal_log_density, False
    ),
    "lognormal": _Family(
        lambda x: _fit_normal(np.log(x)),
        lambda x, p: _normal_areas(_log(x), p),
        lambda q, p: math.exp(p["mean"] + p["sd"] * normal_quantile(q)),
        lambda x, p: _normal_log_density(_log(x), p) - _log(x),
        True,
    ),
    "weibull": _Family(
        _fit_weibull,
        _weibull_areas,
        lambda q, p: p["scale"] * (-math.log1p(-q)) ** (1.0 / p["shape"]),
        _weibull_log_density,
        True,
    ),
    "gamma": _Family(_fit_gamma, _gamma_areas, _gamma_quantile, _gamma_log_density, True),
    "exponential": _Family(
        lambda x: {"scale": float(x.mean())},
        lambda x, p: _weibull_areas(x, {"shape": 1.0, **p}),
        lambda q, p: -p["scale"] * math.log1p(-q),
        lambda x, p: -x / p["scale"] - math.log(p["scale"]),
        True,
    ),
    "largest_extreme": _Family(
        _fit_gumbel,
        _gumbel_areas,
        lambda q, p: p["location"] - p["scale"] * math.log(-math.log(q)),
        _gumbel_log_density,
        False,
    ),
}

FAMILIES = tuple(_FAMILIES)
