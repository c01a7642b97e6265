"""Charts for rare events: the count of good units between them (g), the time between them (t)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.cautions import cautions
from techamp.subjects.process_control.chart import ControlChart, Panel, Phase
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.phases import Baseline, PerPhase, for_phase, plan
from techamp.subjects.process_control.readings import Array, as_readings, finite
from techamp.subjects.process_control.sigma import Sigma

NELSON_POWER = 1 / 3.6  # makes exponential times nearly normal (Nelson, J. Quality Technology 26(3) 1994)


def g_chart(
    between: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    k: float = 3.0,
    limits: str = "sigma",
) -> ControlChart:
    """Return the chart of good units between two rare events (geometric distribution).

    Center ḡ. ``limits`` "sigma": ḡ ± k·√(ḡ(ḡ + 1)), not below zero (Benneyan 2001); "probability": the quantiles with
    the tails of k sigma, with p = 1/(ḡ + 1). More units between events is better: a point above the upper limit is
    good news, and a row of small counts is the warning.
    Raises InvalidInput for counts that are not whole or negative, or all zero.
    """
    counts = as_readings(between, "between")
    wrong = np.flatnonzero((counts < 0) | (counts != np.floor(counts)) & ~np.isnan(counts))
    if counts.ndim != 1 or len(wrong):
        where = f" at position {wrong[0] + 1}" if len(wrong) else ""
        value = float(counts[wrong[0]]) if len(wrong) else counts.shape
        raise InvalidInput(f"between{where}", "must be a whole number from 0", value, "Count the units between events.")
    if limits not in ("sigma", "probability"):
        raise InvalidInput("limits", "must be sigma or probability", limits, "Choose one of these.")
    k = finite(k, "k", "Use 3 for three-sigma limits.", above=0.0)
    scheme = plan(len(counts), phases, exclude, baseline)
    present = ~np.isnan(counts)
    fitted = []
    for index, (label, rows) in enumerate(scheme.each()):
        chosen = counts[rows][scheme.used[rows] & present[rows]]
        given = for_phase(center, index, len(scheme.starts), "center")
        if given is None and not np.sum(chosen) > 0:
            raise InvalidInput("between", f"must show units between events in phase {label}", 0, "Watch longer.")
        mean = float(np.mean(chosen)) if given is None else finite(given, "center", "Give a mean.", above=0.0)
        sigma = Sigma(math.sqrt(mean * (mean + 1)), "geometric" if given is None else "given", "√(ḡ(ḡ+1))", len(chosen))
        fitted.append(Phase(label, rows.start, rows.stop, mean, sigma, len(chosen)))
    return ControlChart(
        kind="g" if limits == "sigma" else "g_probability",
        location=_g_panel(counts, fitted, k, limits),
        spread=None,
        phases=tuple(fitted),
        phase=scheme.phase,
        n=present.astype(np.int64),
        labels=range(1, len(counts) + 1),
        used=scheme.used & present,
        k=k,
        excluded=scheme.excluded,
        notes=cautions(fitted, 20, "events"),
    )


def t_chart(
    times: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    k: float = 3.0,
) -> ControlChart:
    """Return the chart of times between rare events, in the unit of ``times``.

    Exponential times raised to 1/3.6 are nearly normal: their individuals chart (MR̄/d2) is drawn on the scale of time
    (Nelson 1994; Montgomery, *Introduction to Statistical Quality Control*, 7.3.5). The center line is near the median.
    Raises InvalidInput for negative times.
    """
    readings = as_readings(times, "times")
    if bool((readings < 0).any()):
        raise InvalidInput("times", "must not be negative", float(np.nanmin(readings)), "Check the order of the dates.")
    inner = individuals_chart(readings**NELSON_POWER, phases=phases, exclude=exclude, baseline=baseline, k=k)
    lower, center, upper = (
        np.maximum(line, 0.0) ** (1 / NELSON_POWER)
        for line in (inner.location.lower, inner.location.center, inner.location.upper)
    )
    panel = Panel("t", readings, center, lower, upper, (upper - center) / k, tests="runs")
    return ControlChart(
        kind="t",
        location=panel,
        spread=None,
        phases=inner.phases,
        phase=inner.phase,
        n=inner.n,
        labels=inner.labels,
        used=inner.used,
        k=k,
        excluded=inner.excluded,
        notes=inner.notes,
    )


def _g_panel(counts: Array, fitted: list[Phase], k: float, limits: str) -> Panel:
    center, error, lower, upper = (np.empty(len(counts)) for _ in range(4))
    for phase in fitted:
        rows = slice(phase.start, phase.stop)
        center[rows], error[rows] = phase.center, phase.sigma.value
        lower[rows], upper[rows] = _g_limits(phase.center, phase.sigma.value, k, limits)
    return Panel("g", counts, center, lower, upper, error, tests="runs")


def _g_limits(mean: float, sigma: float, k: float, limits: str) -> tuple[float, float]:
    if limits == "sigma":
        return max(0.0, mean - k * sigma), mean + k * sigma
    tail = 0.5 * math.erfc(k / math.sqrt(2.0))
    step = math.log1p(-1.0 / (mean + 1.0))  # P(g > m) = exp((m + 1)·step)
    quantile = [max(0.0, math.ceil(math.log(keep) / step - 1.0 - 1e-9)) for keep in (1.0 - tail, tail)]
    return quantile[0], quantile[1]
