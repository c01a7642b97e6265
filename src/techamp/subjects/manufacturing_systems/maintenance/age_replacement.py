"""Replace a part at a set age, or run it to failure: how often it fails, and what that costs.

Reference: Barlow & Proschan (1965), Mathematical Theory of Reliability, chapter 4: age replacement.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults


@dataclass(frozen=True)
class Replacement:
    """One part after another. ``running`` is the mean running time from one replacement to the next, ``fails`` the
    share of replacements that come by failure and not by plan."""

    running: float
    fails: float

    @property
    def time_between_failures(self) -> float:
        """Mean running time from failure to failure; infinite where none fails."""
        return self.running / self.fails if self.fails > 0 else math.inf

    def cost_rate(self, planned: float, failure: float) -> float:
        """Cost per unit of running time, where a planned replacement costs ``planned`` and a failure ``failure``."""
        return ((1.0 - self.fails) * planned + self.fails * failure) / self.running

    def availability(self, planned: float, failure: float) -> float:
        """Share of time that the machine runs, where a planned replacement stops it for ``planned`` and a failure for
        ``failure``, in the unit of ``running``."""
        stopped = (1.0 - self.fails) * planned + self.fails * failure
        return self.running / (self.running + stopped)


def weibull_mean(shape: float, scale: float) -> float:
    """Return the mean life of a part with a Weibull life: scale·Γ(1 + 1/shape).

    >>> round(weibull_mean(2.0, 1000.0), 1)
    886.2
    """
    _check(shape, scale)
    return scale * math.gamma(1.0 + 1.0 / shape)


def age_replacement(shape: float, scale: float, age: float = math.inf) -> Replacement:
    """Return what becomes of parts with a Weibull life that are replaced at ``age`` at the latest.

    ``scale`` and ``age`` in running time; an infinite age is run to failure. ``shape`` above 1: it wears out; 1: it
    fails by chance, however old it is; below 1: it fails mostly when new. Running time is ∫₀^age R(t) dt with
    R(t) = exp(−(t/scale)^shape). Example (shape 1: the chance to fail within the mean life is 1 − 1/e):

    >>> found = age_replacement(1.0, 100.0, 100.0)
    >>> round(found.fails, 4), round(found.running, 2), round(found.time_between_failures, 6)
    (0.6321, 63.21, 100.0)
    """
    _check(shape, scale)
    faults = Faults()
    faults.require(age > 0, "age", "must be more than 0", age, "Enter the running time at which it is replaced.")
    faults.stop()
    if math.isinf(age):
        return Replacement(weibull_mean(shape, scale), 1.0)
    from scipy.special import gammainc

    x = (age / scale) ** shape
    running = weibull_mean(shape, scale) * float(gammainc(1.0 / shape, x))
    return Replacement(running, -math.expm1(-x))


def best_age(shape: float, scale: float, planned: float, failure: float) -> float:
    """Return the age at which replacing costs least in the long run; infinite where running to failure is best.

    ``planned`` and ``failure`` are what a replacement of each kind costs (or stops). With a shape of 1 or less, or
    where a failure costs no more, no plan pays. The best age solves h(t)·∫₀^t R = F(t) + planned/(failure − planned),
    h the failure rate. Example (shape 2, scale 1000, a failure five times as dear):

    >>> age = best_age(2.0, 1000.0, 1.0, 5.0)
    >>> round(age), round(1000 * age_replacement(2.0, 1000.0, age).cost_rate(1.0, 5.0), 2)
    (511, 4.09)
    """
    _check(shape, scale)
    faults = Faults()
    faults.positive("planned", planned, "Enter what a planned replacement costs.")
    faults.positive("failure", failure, "Enter what a failure costs, its repair included.")
    faults.stop()
    if shape <= 1.0 or failure <= planned:
        return math.inf
    from scipy.optimize import brentq

    ratio = planned / (failure - planned)

    def gap(age: float) -> float:
        """Below 0 while a later replacement would cost less."""
        found = age_replacement(shape, scale, age)
        rate = shape / scale * math.pow(age / scale, shape - 1.0)
        return rate * found.running - found.fails - ratio

    high = scale
    while gap(high) < 0.0 and high < 1e6 * scale:
        high *= 2.0
    return float(brentq(gap, 1e-9 * scale, high, xtol=1e-9 * scale))


def _check(shape: float, scale: float) -> None:
    faults = Faults()
    faults.positive("shape", shape, "Enter the Weibull shape; 1 for failures by chance.")
    faults.positive("scale", scale, "Enter the Weibull scale, a running time.")
    faults.stop()
