"""Capability of readings that are not normal: percentiles (ISO 22514-2), a fitted family, or a transform.

These are performance indices (Pp, Ppk): a fitted shape describes all readings, shifts between subgroups included.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.distributions.box_cox import BoxCox, box_cox, box_cox_power
from techamp.subjects.process_control.distributions.families import Fit, fit_family
from techamp.subjects.process_control.distributions.goodness import (
    Goodness,
    fit_families,
    goodness_of_fit,
    sample_quantile,
)
from techamp.subjects.process_control.process_capability import Capability, capability
from techamp.subjects.process_control.readings import as_readings, without_missing
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.sigma import overall
from techamp.subjects.process_control.tail_areas import normal_quantile, normal_upper

FAR_TAIL = normal_upper(3.0)  # 0.00135: three sigma of a normal distribution
ENOUGH_FOR_PERCENTILES = 1000
ENOUGH_FOR_A_FAMILY = 100


@dataclass(frozen=True)
class PercentileCapability(Shown):
    """Indices from percentiles. ``low``, ``middle``, ``high`` are the 0.135 %, 50 % and 99.865 % points.

    ``Ppk_z`` is z/3 of the worse tail's expected share: it counts parts, where ``Ppk`` measures distances. None where a
    limit is missing. ``ppm`` is expected from the family (not a number without one), ``observed_outside`` counted.
    """

    method: str
    low: float
    middle: float
    high: float
    Pp: float | None
    PPL: float | None
    PPU: float | None
    Ppk: float
    Ppk_z: float
    ppm: float
    observed_outside: int
    n: int
    goodness: Goodness | None
    cautions: tuple[str, ...]


def percentile_capability(
    values: ArrayLike,
    *,
    lower: float | None = None,
    upper: float | None = None,
    family: str = "best",
    origin: float = 0.0,
    quantile_definition: int = 6,
    signals: int | None = None,
) -> PercentileCapability:
    """Return capability from percentiles (ISO 22514-2, method M1,6).

    Pp = (USL - LSL)/(X99.865 - X0.135); PPU = (USL - X50)/(X99.865 - X50); PPL = (X50 - LSL)/(X50 - X0.135); Ppk the
    smaller. ``family``: whose percentiles: one of FAMILIES, "best" by AIC, or "none" for those of the readings
    themselves by ``quantile_definition`` (6 as Minitab, 7 as numpy and R: they differ). ``signals``: how many the chart
    shows, for the warning. Example: lognormal readings (mean of logs 0, s 0.5) against an upper limit with 100 ppm
    above: Ppk 1.56 by percentiles, 1.24 by z; the normal formula would say far more.
    Raises InvalidInput for reversed or missing limits, and as ``fit_family``.
    """
    _check_limits(lower, upper)
    x = without_missing(as_readings(values))
    fitness = _choose(x, family, origin)
    fit = fitness.fit if fitness else None
    points = [_point(x, fit, share, quantile_definition) for share in (FAR_TAIL, 0.5, 1.0 - FAR_TAIL)]
    low, middle, high = points
    if not low < middle < high:
        raise InvalidInput("values", "must have percentiles that differ", points, "Check the digits of the gauge.")
    below = None if lower is None else (middle - lower) / (middle - low)
    above = None if upper is None else (upper - middle) / (high - middle)
    tails = _tails(x, fit, lower, upper)
    worst = max(tails)
    return PercentileCapability(
        method=_method(fit, quantile_definition),
        low=low,
        middle=middle,
        high=high,
        Pp=None if lower is None or upper is None else (upper - lower) / (high - low),
        PPL=below,
        PPU=above,
        Ppk=min(side for side in (below, above) if side is not None),
        Ppk_z=math.inf if worst <= 0.0 else -normal_quantile(worst) / 3.0 if worst < 1.0 else -math.inf,
        ppm=1e6 * sum(tails) if fit else math.nan,
        observed_outside=_outside(x, lower, upper),
        n=len(x),
        goodness=fitness,
        cautions=tuple(_cautions(len(x), fitness, signals)),
    )


@dataclass(frozen=True)
class TransformedCapability(Shown):
    """Capability of transformed readings against transformed limits, and the transform."""

    transform: BoxCox
    capability: Capability


def box_cox_capability(
    values: ArrayLike,
    *,
    lower: float | None = None,
    upper: float | None = None,
    power: float | None = None,
    confidence: float = 0.95,
    signals: int | None = None,
) -> TransformedCapability:
    """Return Pp and Ppk, with intervals, of readings and limits after a Box-Cox transform (Box & Cox 1964).

    ``power``: given, or a plain one from the interval of the best. A lower limit at or below zero bounds nothing after
    the transform and is left out. There is no within sigma on the new scale here: its place is taken by the overall
    one.
    Raises InvalidInput as ``box_cox_power`` and ``capability``.
    """
    _check_limits(lower, upper)
    found = box_cox_power(values, confidence=confidence)
    used = found.power if power is None else float(power)
    readings = box_cox(values, used)
    low = None if lower is None or lower <= 0.0 else float(box_cox([lower], used)[0])
    high = None if upper is None else float(box_cox([upper], used)[0])
    result = capability(
        readings, within=overall(readings), lower=low, upper=high, confidence=confidence, signals=signals
    )
    return TransformedCapability(found, result)


def _check_limits(lower: float | None, upper: float | None) -> None:
    if lower is None and upper is None:
        raise InvalidInput("lower and upper", "must not both be empty", None, "Enter at least one specification limit.")
    for name, limit in (("lower", lower), ("upper", upper)):
        if limit is not None and not math.isfinite(limit):
            raise InvalidInput(name, "must be a finite number", limit, "Leave it empty if there is no such limit.")
    if lower is not None and upper is not None and lower >= upper:
        raise InvalidInput("lower", f"must be less than the upper limit ({upper:g})", lower, "Exchange the two limits.")


def _choose(x: np.ndarray, family: str, origin: float) -> Goodness | None:
    if family == "none":
        return None
    if family == "best":
        return fit_families(x, origin=origin)[0]
    return goodness_of_fit(x, fit_family(x, family, origin=origin))


def _point(x: np.ndarray, fit: Fit | None, share: float, definition: int) -> float:
    return sample_quantile(x, share, definition) if fit is None else fit.quantile(share)


def _tails(x: np.ndarray, fit: Fit | None, lower: float | None, upper: float | None) -> tuple[float, float]:
    """Expected shares below and above the limits, counted where there is no family."""
    if fit is None:
        below = 0.0 if lower is None else float(np.mean(x < lower))
        return below, 0.0 if upper is None else float(np.mean(x > upper))
    return 0.0 if lower is None else fit.below(lower), 0.0 if upper is None else fit.above(upper)


def _outside(x: np.ndarray, lower: float | None, upper: float | None) -> int:
    below = 0 if lower is None else int(np.sum(x < lower))
    return below + (0 if upper is None else int(np.sum(x > upper)))


def _method(fit: Fit | None, definition: int) -> str:
    if fit is None:
        return f"percentiles of the readings (definition {definition})"
    return f"percentiles of a fitted {fit.family.replace('_', ' ')} distribution"


def _cautions(n: int, fitness: Goodness | None, signals: int | None) -> list[str]:
    said = []
    if signals:
        said.append(
            f"The control chart shows {signals} signal{'s' if signals > 1 else ''}: the process is not stable, and no "
            "distribution describes it. Find the causes first."
        )
    if fitness is None and n < ENOUGH_FOR_PERCENTILES:
        said.append(
            f"With {n} readings the 0.135 % points are the smallest and largest reading, near enough. "
            f"Take {ENOUGH_FOR_PERCENTILES} or more, or fit a family."
        )
    if fitness is not None:
        if fitness.p < 0.05:
            said.append(fitness.word)
        if n < ENOUGH_FOR_A_FAMILY:
            said.append(f"{n} readings leave the tails of a fitted distribution uncertain: take 100 or more.")
    return said
