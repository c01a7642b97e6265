"""Gauge study by averages and ranges: the form that can be done on paper."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.constants import d2, d3
from techamp.subjects.process_control.measurement.crossed_gauge import crossed_sums, size_notes
from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy, Tolerance, build_components
from techamp.subjects.process_control.readings import as_readings

MANY_RANGES = 15  # above it the AIAG table gives d2 itself


def d2_star(size: int, ranges: int) -> float:
    """Return d2*, by which the mean of ``ranges`` ranges of ``size`` readings is divided: √(d2² + d3²/ranges).

    Its square makes the variance, not the standard deviation, unbiased (Duncan 1974). Example: d2_star(3, 1) is 1.912.
    """
    return math.sqrt(d2(size) ** 2 + d3(size) ** 2 / ranges)


def range_gauge_study(
    readings: ArrayLike, *, lower: float | None = None, upper: float | None = None, k: float = 6.0
) -> GaugeStudy:
    """Return the gauge study of an array (parts, operators, repeats) by averages and ranges (AIAG MSA, 4th ed.).

    EV = R̄/d2 (d2* for 15 ranges or fewer); AV = √((X̄diff/d2*)² - EV²/(p·r)), zero if that is negative; PV = Rp/d2*, Rp
    the range of the part averages. There is no interaction: it hides in EV and AV. Ranges give no exact intervals.
    Example: the data of the AIAG manual: EV 0.2019, AV 0.2296, GRR 0.3058, PV 1.1046, 5 categories.
    Raises InvalidInput as ``crossed_sums``, and without repeats.
    """
    sums = crossed_sums(readings)
    p, o, r = sums.shape
    if r < 2:
        raise InvalidInput("readings", "must hold two repeats at least", r, "Let every operator measure parts again.")
    y = as_readings(readings, "readings")
    y = y - y[0, 0, 0]
    divisor = d2(r) if p * o > MANY_RANGES else d2_star(r, p * o)
    repeatability = (float(np.mean(np.ptp(y, axis=2))) / divisor) ** 2
    between = (float(np.ptp(y.mean(axis=(0, 2)))) / d2_star(o, 1)) ** 2 - repeatability / (p * r)
    part = (float(np.ptp(y.mean(axis=(1, 2)))) / d2_star(p, 1)) ** 2
    raw = {"part": part, "operator": between, "repeatability": repeatability}
    components = build_components(raw, {}, negative="clamp", k=k, tolerance=Tolerance(lower, upper), mean=sums.mean)
    return GaugeStudy(
        method="averages and ranges (X̄-R), crossed, balanced",
        components=components,
        anova=(),
        anova_full=(),
        pooled=False,
        pool_rule="ranges have no interaction",
        negative="clamp",
        interval_method="none",
        confidence=math.nan,
        k=k,
        mean=sums.mean,
        parts=p,
        operators=o,
        readings=p * o * r,
        notes=tuple(size_notes(p, o, r)),
    )
