"""The chart for single readings: individuals and moving range (I-MR, XmR)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.cautions import cautions
from techamp.subjects.process_control.chart import ControlChart, Panel, Phase, along
from techamp.subjects.process_control.constants import d2, d3
from techamp.subjects.process_control.phases import Baseline, PerPhase, Plan, for_phase, plan
from techamp.subjects.process_control.readings import (
    Array,
    Flags,
    as_readings,
    deviations,
    finite,
    is_complete,
    without_missing,
)
from techamp.subjects.process_control.sigma import (
    INDIVIDUAL_ESTIMATORS,
    given_sigma,
    moving_ranges,
    require_variation,
)


def individuals_chart(
    values: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    sigma: PerPhase = None,
    estimator: str = "moving_range",
    span: int = 2,
    k: float = 3.0,
    labels: Sequence[object] | None = None,
) -> ControlChart:
    """Return the individuals and moving range chart of one column of readings.

    x: center x̄, limits x̄ ± k·σ̂. MR: center d2(span)·σ̂, limits (d2 ± k·d3)·σ̂, not below zero.
    ``estimator``: "moving_range" (MR̄/d2), "median_moving_range" (median MR/d4), "overall" or "overall_c4".
    A missing reading (not-a-number) is a gap: no moving range spans it, nor an excluded point when limits are
    estimated, nor the start of a phase.

    Example (NIST/SEMATECH e-Handbook 6.3.2.2, flow of ten batches: 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4,
    53.6, 52.1): center 50.81, MR̄ 1.878, limits 45.82 and 55.80.

    Raises InvalidInput for readings that do not vary, a phase with too few, or options that do not fit.
    """
    readings = as_readings(values)
    if readings.ndim != 1:
        raise InvalidInput("values", "must be one column", readings.shape, "Choose the column with the measurements.")
    k = finite(k, "k", "Use 3 for three-sigma limits.", above=0.0)
    scheme = plan(len(readings), phases, exclude, baseline)
    shifted, origin = deviations(readings)
    ranges = _ranges_within_phases(shifted, scheme, span)
    usable = ranges if scheme.used.all() else np.where(_all_used(scheme.used, span), ranges, np.nan)
    fitted = [
        _phase(shifted, origin, usable, scheme, i, _Options(estimator, span, center, sigma))
        for i in range(len(scheme.starts))
    ]
    gaps = not is_complete(readings)
    present = ~np.isnan(readings) if gaps else scheme.used
    return ControlChart(
        kind="individuals",
        location=_x_panel(readings, fitted, k),
        spread=_mr_panel(ranges, fitted, span, k),
        phases=tuple(fitted),
        phase=scheme.phase,
        n=present.view(np.int8).astype(np.int64) if gaps else np.broadcast_to(np.int64(1), present.shape),
        labels=range(1, len(readings) + 1) if labels is None else labels,
        used=scheme.used & present if gaps else scheme.used,
        k=k,
        span=span,
        excluded=scheme.excluded,
        notes=cautions(fitted, 20, "readings"),
    )


class _Options:
    def __init__(self, estimator: str, span: int, center: PerPhase, sigma: PerPhase) -> None:
        if estimator not in INDIVIDUAL_ESTIMATORS:
            known = ", ".join(INDIVIDUAL_ESTIMATORS)
            raise InvalidInput("estimator", f"must be one of {known}", estimator, "Choose one of these names.")
        self.estimator, self.span, self.center, self.sigma = estimator, span, center, sigma


def _ranges_within_phases(shifted: Array, scheme: Plan, span: int) -> Array:
    ranges = moving_ranges(shifted, span)
    for start in scheme.starts:
        ranges[start : start + span - 1] = np.nan
    return ranges


def _all_used(used: Flags, span: int) -> Flags:
    every = used.copy()
    for back in range(1, span):
        every[back:] &= used[: len(used) - back]
    return every


def _phase(shifted: Array, origin: float, usable: Array, scheme: Plan, index: int, options: _Options) -> Phase:
    start, stop, label = scheme.starts[index], scheme.stops[index], scheme.labels[index]
    count = len(scheme.starts)
    used = scheme.used[start:stop]
    chosen = without_missing(shifted[start:stop] if used.all() else shifted[start:stop][used])
    ranges = without_missing(usable[start + options.span - 1 : stop])
    center = for_phase(options.center, index, count, "center")
    given = for_phase(options.sigma, index, count, "sigma")
    where = "values" if count == 1 else f"values in phase {label}"
    if (center is None or given is None) and len(chosen) < (1 if given is not None else 2):
        raise InvalidInput(where, "must have two readings to use for limits", len(chosen), "Measure or include more.")
    if given is not None:
        spread = given_sigma(given)
    else:
        estimate = INDIVIDUAL_ESTIMATORS[options.estimator]
        spread = require_variation(estimate(chosen, ranges, options.span), origin, where)
    middle = origin + float(np.mean(chosen)) if center is None else finite(center, "center", "Give a number.")
    mean_range = float(np.mean(ranges)) if len(ranges) else math.nan
    return Phase(label, start, stop, middle, spread, len(chosen), mean_range)


def _x_panel(readings: Array, fitted: list[Phase], k: float) -> Panel:
    count = len(readings)
    center, lower, upper, sigma = (
        along(fitted, values, count)
        for values in (
            [phase.center for phase in fitted],
            [phase.center - k * phase.sigma.value for phase in fitted],
            [phase.center + k * phase.sigma.value for phase in fitted],
            [phase.sigma.value for phase in fitted],
        )
    )
    return Panel("x", readings, center, lower, upper, sigma)


def _mr_panel(ranges: Array, fitted: list[Phase], span: int, k: float) -> Panel:
    count, sigmas = len(ranges), [phase.sigma.value for phase in fitted]
    low, high = max(0.0, d2(span) - k * d3(span)), d2(span) + k * d3(span)
    center, lower, upper, error = (
        along(fitted, [factor * sigma for sigma in sigmas], count) for factor in (d2(span), low, high, d3(span))
    )
    return Panel("MR", ranges, center, lower, upper, error, tests="limits")
