"""The exponentially weighted moving average chart: it remembers, so it sees small shifts that last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.chart import ControlChart, Panel
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.readings import Flags, finite
from techamp.subjects.process_control.recursions import ewma


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
    points, lower, upper, error = (np.empty(len(chart)) for _ in range(4))
    for rows, skipped in tested_stretches(chart):
        x, center, sigma = chart.location.points[rows], chart.location.center[rows], chart.location.point_sigma[rows]
        out = (points[rows], lower[rows], upper[rows], error[rows])
        ewma(x, center, sigma, skipped, weight, k, limits == "exact", out)
    panel = Panel("EWMA", points, chart.location.center, lower, upper, error, tests="limits")
    return replace(chart, kind="ewma", location=panel, spread=None, k=k)


def tested_stretches(chart: ControlChart) -> Iterator[tuple[slice, Flags]]:
    """The points of each phase, and flags of those that are excluded: none at all when no point is."""
    skipped = np.zeros(len(chart) if chart.excluded else 0, dtype=np.bool_)
    skipped[list(chart.excluded)] = True
    for phase in chart.phases:
        yield slice(phase.start, phase.stop), skipped[phase.start : phase.stop]
