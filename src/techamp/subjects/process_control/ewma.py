"""The exponentially weighted moving average chart: it remembers, so it sees small shifts that last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.chart import ControlChart, Panel
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.readings import Array, finite
from techamp.subjects.process_control.subgrouping import Integers

SHORT = 2_000  # points below which a plain loop beats loading SciPy's filter


def ewma_chart(
    of: ControlChart | ArrayLike, *, weight: float = 0.2, k: float = 3.0, limits: str = "exact"
) -> ControlChart:
    """Return the EWMA chart of the points of a Shewhart chart (or of single readings).

    z[t] = weight·x[t] + (1 - weight)·z[t-1], beginning at the center line in every phase. A gap and an excluded point
    leave z as it was and are not plotted. Limits: center ± k·σz[t]. ``limits`` "exact": the variance of z[t] itself,
    weight²·σx² + (1 - weight)²·Var z[t-1], narrow at the start; "steady": σx·√(weight/(2 - weight)), what it grows to
    (NIST plots these). ``weight`` above 0 to 1; common pairs weight and k: 0.2 and 2.86, 0.1 and 2.70 (ARL0 370).

    Source: Lucas & Saccucci, Technometrics 32(1) 1990; NIST/SEMATECH e-Handbook 6.3.2.4.
    Raises InvalidInput for a weight outside its range.
    """
    chart = of if isinstance(of, ControlChart) else individuals_chart(of)
    if not 0.0 < weight <= 1.0:
        raise InvalidInput("weight", "must be above 0 and at most 1", weight, "Use 0.2, or less for smaller shifts.")
    if limits not in ("exact", "steady"):
        raise InvalidInput("limits", "must be exact or steady", limits, "Choose one of these.")
    k = finite(k, "k", "Use 2.7 to 3.", above=0.0)
    points, error = np.full(len(chart), np.nan), np.full(len(chart), np.nan)
    for phase in chart.phases:
        rows = tested_rows(chart, phase.start, phase.stop)
        x, center, sigma = chart.location.points[rows], chart.location.center[rows], chart.location.point_sigma[rows]
        points[rows] = center + recurrence(1.0 - weight, weight * (x - center), 0.0)
        if limits == "exact":
            error[rows] = np.sqrt(recurrence((1.0 - weight) ** 2, (weight * sigma) ** 2, 0.0))
        else:
            error[rows] = sigma * np.sqrt(weight / (2.0 - weight))
    center = chart.location.center
    panel = Panel("EWMA", points, center, center - k * error, center + k * error, error, tests="limits")
    return replace(chart, kind="ewma", location=panel, spread=None, k=k)


def tested_rows(chart: ControlChart, start: int, stop: int) -> Integers | slice:
    """The points of one phase that are neither gaps nor excluded; a slice, which copies nothing, if that is all."""
    present = ~np.isnan(chart.location.points[start:stop])
    present[[point - start for point in chart.excluded if start <= point < stop]] = False
    return slice(start, stop) if present.all() else np.flatnonzero(present) + start


def recurrence(decay: float, inputs: Array, start: float) -> Array:
    """Return y[t] = decay·y[t-1] + inputs[t], y before the first being ``start``."""
    if len(inputs) > SHORT:
        from scipy.signal import lfilter

        return np.asarray(lfilter([1.0], [1.0, -decay], inputs, zi=[decay * start])[0], dtype=np.float64)
    found, value = np.empty(len(inputs)), start
    for t, given in enumerate(inputs.tolist()):
        value = decay * value + given
        found[t] = value
    return found
