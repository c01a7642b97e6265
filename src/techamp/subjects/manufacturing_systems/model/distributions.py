"""How long things take: distributions of times, none of which can be negative.

A ``Distribution`` is a kind and its parameters, as plain numbers in the model's unit of time:

=============  ====================  =====================================================================
kind           parameters            draw (u, v uniform on (0, 1), z standard normal)
=============  ====================  =====================================================================
constant       value                 value
exponential    mean                  −mean · log u
uniform        low, high             low + (high − low) · u
triangular     low, mode, high       by inversion
normal         mean, sd              mean + sd · z **given that it is ≥ 0** (cut at 0 and scaled, not clipped)
lognormal      mean, sd              mean and sd of the time itself; exp(μ + σz) with σ² = log(1 + sd²/mean²),
                                     μ = log(mean) − σ²/2
gamma          mean, sd              shape (mean/sd)², scale sd²/mean
weibull        shape, scale          scale · (−log u)^(1/shape)
erlang         mean, phases          sum of ``phases`` exponentials, each with mean/phases
empirical      value, value, …       one of the values, each as likely as the others
=============  ====================  =====================================================================

References: Law (2015), Simulation Modeling and Analysis, chapter 6; moments: Johnson, Kotz & Balakrishnan (1994).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.model.time_units import duration

PARAMETERS: dict[str, tuple[str, ...]] = {
    "constant": ("value",),
    "exponential": ("mean",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sd"),
    "gamma": ("mean", "sd"),
    "weibull": ("shape", "scale"),
    "erlang": ("mean", "phases"),
    "empirical": (),
}
KINDS = tuple(PARAMETERS)
"""The kinds, in the order of the codes that kernels know them by. New kinds go to the end."""
COUNTS = frozenset({("weibull", "shape"), ("erlang", "phases")})
"""Parameters that are pure numbers; all others are times."""


@dataclass(frozen=True)
class Distribution:
    """A kind of ``KINDS`` and its parameters in the order of ``PARAMETERS`` (for "empirical": the values)."""

    kind: str
    parameters: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean, in the model's unit of time (of the cut distribution for "normal")."""
        return _moments(self)[0]

    @property
    def variance(self) -> float:
        """The variance, in squared units of time."""
        return _moments(self)[1]

    @property
    def scv(self) -> float:
        """Squared coefficient of variation, variance/mean²; 0 where the mean is 0.

        >>> exponential(4).scv, erlang(4, 4).scv, constant(4).scv
        (1.0, 0.25, 0.0)
        """
        mean, variance = _moments(self)
        return variance / mean**2 if mean else 0.0

    @property
    def cut_away(self) -> float:
        """The share of an uncut normal that lies below 0; 0 for every other kind."""
        if self.kind != "normal" or self.parameters[1] == 0:
            return 0.0
        return _phi_below(-self.parameters[0] / self.parameters[1])

    def times(self, factor: float) -> Distribution:
        """The same distribution with all times multiplied (another unit, a machine twice as fast)."""
        names = PARAMETERS[self.kind] or ("value",) * len(self.parameters)
        scaled = (p if (self.kind, n) in COUNTS else p * factor for n, p in zip(names, self.parameters, strict=True))
        return Distribution(self.kind, tuple(scaled))


def _phi_below(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def _moments(d: Distribution) -> tuple[float, float]:
    """Mean and variance."""
    p = d.parameters
    match d.kind:
        case "constant":
            return p[0], 0.0
        case "exponential":
            return p[0], p[0] ** 2
        case "uniform":
            return (p[0] + p[1]) / 2, (p[1] - p[0]) ** 2 / 12
        case "triangular":
            a, m, b = p
            return (a + m + b) / 3, (a * a + m * m + b * b - a * m - a * b - m * b) / 18
        case "normal":
            return _cut_normal(*p)
        case "weibull":
            shape, scale = p
            first = math.gamma(1 + 1 / shape)
            return scale * first, scale**2 * max(0.0, math.gamma(1 + 2 / shape) - first**2)
        case "erlang":
            return p[0], p[0] ** 2 / p[1]
        case "empirical":
            mean = math.fsum(p) / len(p)
            return mean, math.fsum((x - mean) ** 2 for x in p) / len(p)
        case _:  # lognormal, gamma
            return p[0], p[1] ** 2


def _cut_normal(mean: float, sd: float) -> tuple[float, float]:
    """Mean and variance of a normal given that it is ≥ 0: h = φ(a)/(1 − Φ(a)), a = −mean/sd."""
    if sd == 0:
        return mean, 0.0
    a = -mean / sd
    h = math.exp(-a * a / 2) / math.sqrt(2 * math.pi) / (1 - _phi_below(a))
    return mean + sd * h, sd**2 * (1 + a * h - h * h)


# In a notebook: gamma(4.2, cv=0.5), exponential("90 s", unit="min"). Bare numbers are in the model's unit of time.


def constant(value: float | str, *, unit: str = "min") -> Distribution:
    """Always the same time."""
    return Distribution("constant", (duration(value, unit),))


def exponential(mean: float | str, *, unit: str = "min") -> Distribution:
    """Exponential with that mean; cv 1."""
    return Distribution("exponential", (duration(mean, unit),))


def uniform(low: float | str, high: float | str, *, unit: str = "min") -> Distribution:
    """Equally likely anywhere from low to high."""
    return Distribution("uniform", (duration(low, unit), duration(high, unit)))


def triangular(low: float | str, mode: float | str, high: float | str, *, unit: str = "min") -> Distribution:
    """Least, most likely and longest time."""
    return Distribution("triangular", (duration(low, unit), duration(mode, unit), duration(high, unit)))


def normal(
    mean: float | str, sd: float | str | None = None, *, cv: float | None = None, unit: str = "min"
) -> Distribution:
    """Normal with this mean and sd before the part below 0 is cut away."""
    return by_mean_and_sd("normal", mean, sd, cv, unit)


def lognormal(
    mean: float | str, sd: float | str | None = None, *, cv: float | None = None, unit: str = "min"
) -> Distribution:
    """Lognormal by mean and sd (or cv) of the time itself."""
    return by_mean_and_sd("lognormal", mean, sd, cv, unit)


def gamma(
    mean: float | str, sd: float | str | None = None, *, cv: float | None = None, unit: str = "min"
) -> Distribution:
    """Gamma by mean and sd (or cv).

    >>> gamma(4.0, cv=0.5)
    Distribution(kind='gamma', parameters=(4.0, 2.0))
    """
    return by_mean_and_sd("gamma", mean, sd, cv, unit)


def weibull(shape: float, scale: float | str, *, unit: str = "min") -> Distribution:
    """Weibull: shape below 1 fails early, above 1 wears out; 63.2 % lie below ``scale``."""
    return Distribution("weibull", (float(shape), duration(scale, unit)))


def erlang(mean: float | str, phases: int, *, unit: str = "min") -> Distribution:
    """Sum of ``phases`` equal exponentials; cv 1/√phases."""
    return Distribution("erlang", (duration(mean, unit), float(phases)))


def empirical(values: Iterable[float | str], *, unit: str = "min") -> Distribution:
    """One of these measured times, each as likely."""
    return Distribution("empirical", tuple(duration(value, unit) for value in values))


def by_mean_and_sd(kind: str, mean: float | str, sd: float | str | None, cv: float | None, unit: str) -> Distribution:
    """From a mean and either sd or cv (ValueError unless exactly one is given). Without spread it is a constant."""
    if (sd is None) == (cv is None):
        raise ValueError("give either sd or cv")
    center = duration(mean, unit)
    spread = duration(sd, unit) if sd is not None else center * float(cv or 0.0)
    return Distribution(kind, (center, spread)) if spread != 0 else Distribution("constant", (center,))
