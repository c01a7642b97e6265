"""Capability: does the spread of the process fit between the specification limits?

Cp and Cpk use the *within* sigma: what the process could do if it never shifted. Pp and Ppk use the *overall*
sigma: what it did. A program that prints "Cpk" from the overall standard deviation prints Ppk.

All of it assumes a stable process and readings from a normal distribution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import as_readings, constant_to_the_last_digit, deviations
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.sigma import Sigma, overall

ENOUGH_READINGS = 100


@dataclass(frozen=True)
class Index:
    """A capability index with its confidence limits (not a number where none are known)."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Capability(Shown):
    """Indices by name, the two sigmas, and what to expect.

    ``indices`` holds Cp, CPL, CPU, Cpk, Cpm (within) and Pp, PPL, PPU, Ppk, Ppm (overall), as far as the
    specification allows. ``ppm_within`` and ``ppm_overall`` are expected parts per million outside,
    ``observed_outside`` the readings that were outside. ``cautions`` are sentences to read first.
    """

    lower: float | None
    upper: float | None
    target: float | None
    mean: float
    n: int
    within: Sigma
    overall: Sigma
    confidence: float
    indices: dict[str, Index]
    ppm_within: float
    ppm_overall: float
    observed_outside: int
    cautions: tuple[str, ...]


def capability(
    values: ArrayLike,
    *,
    within: Sigma,
    lower: float | None = None,
    upper: float | None = None,
    target: float | None = None,
    confidence: float = 0.95,
    interval_basis: str = "estimator",
    signals: int | None = None,
) -> Capability:
    """Return capability and performance of readings against specification limits.

    ``values``: all readings (missing ones as not-a-number); ``within``: the sigma of their control chart;
    ``lower``, ``upper``, ``target``: in the unit of the readings, one limit at least; ``signals``: how many signals the
    chart shows, for the warning.
    ``interval_basis``: where the intervals get their degrees of freedom. "estimator": those of the within sigma, and
    for Cpm n(1 + ξ²)²/(1 + 2ξ²), ξ = (x̄ - T)/σ. "qcc", as that R package: n - 1, though the within sigma has fewer,
    and for Cpm n(1 + ξ²)/(1 + 2ξ²).

    Formulas: Cp = (USL - LSL)/6σ; CPU = (USL - x̄)/3σ; CPL = (x̄ - LSL)/3σ; Cpk = min; Cpm = Cp/√(1 + ((x̄ - T)/σ)²).
    Source: Kotz & Johnson (1993); Bissell (1990) for the interval of Cpk; Boyles (1991) for that of Cpm.
    Example (piston rings, 73.95 to 74.05, R̄/d2): Cp 1.703, Cpk 1.663; overall Pp 1.655, Ppk 1.616.
    Raises InvalidInput for reversed or missing limits, or readings that do not vary.
    """
    low, high = _specification(lower, upper)
    if not 0.5 <= confidence < 1.0:
        raise InvalidInput("confidence", "must be from 0.5 to below 1", confidence, "Use 0.95.")
    if interval_basis not in ("estimator", "qcc"):
        raise InvalidInput("interval_basis", "must be estimator or qcc", interval_basis, "Use estimator.")
    readings = as_readings(values)
    readings = readings[~np.isnan(readings)]
    total = overall(readings)
    shifted, origin = deviations(readings)
    mean = origin + float(np.mean(shifted))
    if constant_to_the_last_digit(total.value, mean):
        raise InvalidInput("values", "must vary", total.value, "Check that the gauge shows enough digits.")
    n = len(readings)
    freedom = float(n - 1) if interval_basis == "qcc" else within.degrees_of_freedom
    power = 1 if interval_basis == "qcc" else 2
    limits = _Limits(low, high, target, n, confidence, power)
    indices = _indices(mean, within.value, freedom, limits, _WITHIN)
    indices |= _indices(mean, total.value, float(n - 1), limits, _OVERALL)
    return Capability(
        lower=low,
        upper=high,
        target=target,
        mean=mean,
        n=n,
        within=within,
        overall=total,
        confidence=confidence,
        indices=indices,
        ppm_within=expected_ppm(mean, within.value, low, high),
        ppm_overall=expected_ppm(mean, total.value, low, high),
        observed_outside=int(np.sum(readings < _or(low, -math.inf)) + np.sum(readings > _or(high, math.inf))),
        cautions=tuple(_cautions(n, signals, within, total)),
    )


@dataclass(frozen=True)
class Ratios:
    """Capability indices of a known center and sigma, as far as there are limits: no sample, so no interval."""

    cp: float | None
    cpl: float | None
    cpu: float | None
    cpk: float


def capability_ratios(mean: float, sigma: float, lower: float | None = None, upper: float | None = None) -> Ratios:
    """Return the indices of a center and a sigma: Cp and Cpk with the within sigma, Pp and Ppk with the overall one.

    All in one unit. Formulas as in ``capability``. Raises InvalidInput for reversed or missing limits, or a sigma that
    is not above zero. Example (piston rings, as in ``capability``, rounded): mean 74.0012, sigma 0.0098, limits
    73.95 and 74.05 give Cp 1.70 and Cpk 1.66.

    >>> found = capability_ratios(74.0012, 0.0098, 73.95, 74.05)
    >>> round(found.cp, 2), round(found.cpk, 2)
    (1.7, 1.66)
    """
    low, high = _specification(lower, upper)
    if not (math.isfinite(sigma) and sigma > 0.0):
        raise InvalidInput("sigma", "must be a finite number greater than 0", sigma, "Enter the standard deviation.")
    below = None if low is None else (mean - low) / (3.0 * sigma)
    above = None if high is None else (high - mean) / (3.0 * sigma)
    width = None if low is None or high is None else (high - low) / (6.0 * sigma)
    return Ratios(width, below, above, min(side for side in (below, above) if side is not None))


def expected_ppm(mean: float, sigma: float, lower: float | None, upper: float | None) -> float:
    """Return the expected parts per million outside the limits for a normal distribution."""
    below = 0.0 if lower is None else _upper_tail((mean - lower) / sigma)
    above = 0.0 if upper is None else _upper_tail((upper - mean) / sigma)
    return 1e6 * (below + above)


def cp_interval(cp: float, degrees_of_freedom: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return confidence limits of Cp (or Pp): Cp·√(χ²/ν) at both tails.

    Example (Montgomery, example 8.4: Cp 2.29 from 20 readings): 1.57 to 3.01 with 19 degrees of freedom.
    """
    tail = 0.5 * (1.0 - confidence)
    return (
        cp * math.sqrt(_chi_square(tail, degrees_of_freedom) / degrees_of_freedom),
        cp * math.sqrt(_chi_square(1.0 - tail, degrees_of_freedom) / degrees_of_freedom),
    )


def cpk_interval(
    cpk: float, n: int, degrees_of_freedom: float, confidence: float = 0.95, *, one_sided: bool = False
) -> tuple[float, float]:
    """Return confidence limits of Cpk: Cpk ± z·√(1/(9n) + Cpk²/(2ν)) (Bissell 1990).

    With ``one_sided`` each limit alone holds with ``confidence``: the usual form for CPU and CPL.
    """
    z = NormalDist().inv_cdf(confidence if one_sided else 0.5 * (1.0 + confidence))
    half = z * math.sqrt(1.0 / (9.0 * n) + cpk * cpk / (2.0 * degrees_of_freedom))
    return cpk - half, cpk + half


_WITHIN = ("Cp", "CPL", "CPU", "Cpk", "Cpm")
_OVERALL = ("Pp", "PPL", "PPU", "Ppk", "Ppm")


@dataclass(frozen=True)
class _Limits:
    lower: float | None
    upper: float | None
    target: float | None
    n: int
    confidence: float
    boyles_power: int


def _indices(mean: float, sigma: float, freedom: float, limits: _Limits, names: Sequence[str]) -> dict[str, Index]:
    """The five indices with one sigma, named ``names``, as far as the specification allows."""
    ratios = capability_ratios(mean, sigma, limits.lower, limits.upper)
    found = _side_indices(ratios, freedom, limits, names)
    width = ratios.cp
    if width is None:
        return found
    found = {names[0]: Index(names[0], width, *_width_interval(width, freedom, limits))} | found
    if limits.target is not None:
        off = ((mean - limits.target) / sigma) ** 2
        cpm = width / math.sqrt(1.0 + off)
        effective = limits.n * (1.0 + off) ** limits.boyles_power / (1.0 + 2.0 * off)
        found[names[4]] = Index(names[4], cpm, *cp_interval(cpm, effective, limits.confidence))
    return found


def _side_indices(ratios: Ratios, freedom: float, limits: _Limits, names: Sequence[str]) -> dict[str, Index]:
    found: dict[str, Index] = {}
    for name, side in ((names[1], ratios.cpl), (names[2], ratios.cpu)):
        if side is not None:
            found[name] = Index(name, side, *_side_interval(side, freedom, limits, one_sided=True))
    found[names[3]] = Index(names[3], ratios.cpk, *_side_interval(ratios.cpk, freedom, limits, one_sided=False))
    return found


def _side_interval(value: float, freedom: float, limits: _Limits, *, one_sided: bool) -> tuple[float, float]:
    if not math.isfinite(freedom):
        return math.nan, math.nan
    return cpk_interval(value, limits.n, freedom, limits.confidence, one_sided=one_sided)


def _width_interval(value: float, freedom: float, limits: _Limits) -> tuple[float, float]:
    return cp_interval(value, freedom, limits.confidence) if math.isfinite(freedom) else (math.nan, math.nan)


def _specification(lower: float | None, upper: float | None) -> tuple[float | None, float | None]:
    for name, limit in (("lower", lower), ("upper", upper)):
        if limit is not None and not math.isfinite(limit):
            raise InvalidInput(name, "must be a finite number", limit, "Leave it empty if there is no such limit.")
    if lower is None and upper is None:
        raise InvalidInput("lower and upper", "must not both be empty", None, "Enter at least one specification limit.")
    if lower is not None and upper is not None and lower >= upper:
        raise InvalidInput("lower", f"must be less than the upper limit ({upper:g})", lower, "Exchange the two limits.")
    return lower, upper


def _cautions(n: int, signals: int | None, within: Sigma, total: Sigma) -> list[str]:
    said = []
    if signals:
        said.append(
            f"The control chart shows {signals} signal{'s' if signals > 1 else ''}: the process is not stable. "
            "These numbers describe the past readings; they promise nothing until the causes are found."
        )
    if n < ENOUGH_READINGS:
        said.append(f"There are {n} readings. Below {ENOUGH_READINGS} the confidence limits are wide: report them too.")
    if within.within and total.value > 1.1 * within.value:
        said.append(
            f"The overall sigma is {total.value / within.value:.2f} times the within sigma: the process moves between "
            "subgroups. Cpk shows what it could do, Ppk what it does."
        )
    return said


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def _upper_tail(z: float) -> float:
    return 0.5 * math.erfc(z / math.sqrt(2.0))


def _chi_square(probability: float, degrees_of_freedom: float) -> float:
    from scipy.special import chdtri  # loaded late: only confidence limits need it

    return float(chdtri(degrees_of_freedom, 1.0 - probability))
