"""Charts for subgroups: mean and range (x̄-R), mean and standard deviation (x̄-S)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.cautions import cautions
from techamp.subjects.process_control.chart import ControlChart, Panel, Phase, along
from techamp.subjects.process_control.constants import of_sizes
from techamp.subjects.process_control.phases import Baseline, PerPhase, Plan, for_phase, plan
from techamp.subjects.process_control.readings import Array, Flags, finite
from techamp.subjects.process_control.sigma import SUBGROUP_ESTIMATORS, given_sigma, require_variation
from techamp.subjects.process_control.subgrouping import Subgroups, subgroups

SPREAD_CENTERS = ("weighted_mean", "expected")


def x_bar_r_chart(
    values: ArrayLike | Subgroups,
    *,
    size: int | None = None,
    subgroup: ArrayLike | None = None,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    sigma: PerPhase = None,
    estimator: str = "r_bar",
    spread_center: str = "weighted_mean",
    k: float = 3.0,
) -> ControlChart:
    """Return the chart of subgroup means and ranges.

    ``values``: a table with one subgroup in each row, or one column with ``size`` or a ``subgroup`` label for each
    reading; a missing reading (not-a-number) makes its subgroup smaller, an all-missing one is a gap.
    ``phases``, ``exclude`` and ``baseline`` speak of subgroups (0-based), see ``phases.plan``.

    x̄: center Σn·x̄/Σn, limits center ± k·σ̂/√n. R: limits center ± k·d3(n)·σ̂, not below zero, where the center is
    Σn·R/Σn ("weighted_mean", as R's qcc) or d2(n)·σ̂ ("expected", as Minitab); for equal sizes and R̄/d2 the same.
    ``estimator``: "r_bar", "r_bar_mvue", "s_bar", "s_bar_mvue", "pooled", "pooled_without_c4", "overall", "overall_c4".

    Example (Montgomery's piston rings, 25 subgroups of 5): center 74.00118, σ̂ = R̄/d2 = 0.009785, limits 73.98805
    and 74.01430.

    Raises InvalidInput for subgroups that do not vary, a phase with too few, or options that do not fit.
    """
    groups = values if isinstance(values, Subgroups) else subgroups(values, size=size, labels=subgroup)
    options = _Options("R", estimator, spread_center, center, sigma, k)
    return _chart("x_bar_r", groups, plan(len(groups), phases, exclude, baseline), options)


def x_bar_s_chart(
    values: ArrayLike | Subgroups,
    *,
    size: int | None = None,
    subgroup: ArrayLike | None = None,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    sigma: PerPhase = None,
    estimator: str = "s_bar",
    spread_center: str = "weighted_mean",
    k: float = 3.0,
) -> ControlChart:
    """Return the chart of subgroup means and standard deviations; better than ranges for ten readings or more.

    As ``x_bar_r_chart``, with S: limits center ± k·√(1 - c4²)·σ̂, center Σn·S/Σn or c4(n)·σ̂.
    Example (Montgomery's piston rings): σ̂ = S̄/c4 = 0.009830, S̄ = 0.009240, upper limit of S 0.019302.
    """
    groups = values if isinstance(values, Subgroups) else subgroups(values, size=size, labels=subgroup)
    options = _Options("S", estimator, spread_center, center, sigma, k)
    return _chart("x_bar_s", groups, plan(len(groups), phases, exclude, baseline), options)


@dataclass(frozen=True)
class _Options:
    spread: str
    estimator: str
    spread_center: str
    center: PerPhase
    sigma: PerPhase
    k: float

    def __post_init__(self) -> None:
        finite(self.k, "k", "Use 3 for three-sigma limits.", above=0.0)
        if self.estimator not in SUBGROUP_ESTIMATORS:
            known = ", ".join(SUBGROUP_ESTIMATORS)
            raise InvalidInput("estimator", f"must be one of {known}", self.estimator, "Choose one of these names.")
        if self.spread_center not in SPREAD_CENTERS:
            known = ", ".join(SPREAD_CENTERS)
            raise InvalidInput("spread_center", f"must be one of {known}", self.spread_center, "Choose one of these.")


def _chart(kind: str, groups: Subgroups, scheme: Plan, options: _Options) -> ControlChart:
    fitted = [_phase(groups, scheme, index, options) for index in range(len(scheme.starts))]
    sigma = along(fitted, [phase.sigma.value for phase in fitted], len(groups))
    center = along(fitted, [phase.center for phase in fitted], len(groups))
    return ControlChart(
        kind=kind,
        location=_mean_panel(groups, center, sigma, options.k),
        spread=_spread_panel(groups, fitted, sigma, options),
        phases=tuple(fitted),
        phase=scheme.phase,
        n=groups.n,
        labels=groups.labels,
        used=scheme.used & (groups.n > 0),
        k=options.k,
        excluded=scheme.excluded,
        notes=cautions(fitted, 20, "subgroups"),
    )


def _phase(groups: Subgroups, scheme: Plan, index: int, options: _Options) -> Phase:
    start, stop, label = scheme.starts[index], scheme.stops[index], scheme.labels[index]
    count = len(scheme.starts)
    where = "subgroups" if count == 1 else f"subgroups in phase {label}"
    chosen = _rows(groups, start, stop, scheme.used)
    center = for_phase(options.center, index, count, "center")
    given = for_phase(options.sigma, index, count, "sigma")
    if len(chosen) == 0 and (center is None or given is None):
        raise InvalidInput(where, "must have at least one to use for limits", 0, "Include more subgroups.")
    if given is None:
        sigma = require_variation(SUBGROUP_ESTIMATORS[options.estimator](chosen), groups.origin, where)
    else:
        sigma = given_sigma(given)
    if center is None:
        middle = groups.origin + float(np.sum(chosen.n * chosen.mean_deviation) / np.sum(chosen.n))
    else:
        middle = finite(center, "center", "Give a number.")
    return Phase(label, start, stop, middle, sigma, len(chosen), _spread_average(chosen, options.spread))


def _rows(groups: Subgroups, start: int, stop: int, used: Flags) -> Subgroups:
    """The usable subgroups of one phase; the same object if that is all, so that nothing is computed twice."""
    keep = used[start:stop] & (groups.n[start:stop] > 0)
    if len(keep) == len(groups) and keep.all():
        return groups
    return Subgroups(groups.deviation[start:stop][keep], groups.origin, range(int(np.sum(keep))))


def _spread_average(groups: Subgroups, spread: str) -> float:
    """Mean range or standard deviation, weighted by the subgroup sizes."""
    several = groups.n >= 2
    if not several.any():
        return float("nan")
    statistic = groups.range if spread == "R" else groups.sd
    if several.all():
        return float(np.sum(groups.n * statistic) / np.sum(groups.n))
    return float(np.sum(groups.n[several] * statistic[several]) / np.sum(groups.n[several]))


def _mean_panel(groups: Subgroups, center: Array, sigma: Array, k: float) -> Panel:
    error = sigma / np.sqrt(np.where(groups.n > 0, groups.n, np.nan))
    return Panel("x̄", groups.mean, center, center - k * error, center + k * error, error)


def _spread_panel(groups: Subgroups, fitted: list[Phase], sigma: Array, options: _Options) -> Panel:
    if options.spread == "R":
        points, factor, error = groups.range, of_sizes("d2", groups.n), of_sizes("d3", groups.n) * sigma
    else:
        points, factor = groups.sd, of_sizes("c4", groups.n)
        error = np.sqrt(1.0 - factor**2) * sigma
    center, symbol = factor * sigma, ""
    averaged = [phase for phase in fitted if phase.sigma.name != "given"]
    if options.spread_center == "weighted_mean" and averaged:
        symbol = f"{options.spread}̄"
        for phase in averaged:
            rows = slice(phase.start, phase.stop)
            center[rows] = np.where(groups.n[rows] >= 2, phase.spread_average, np.nan)
    lower, upper = np.maximum(0.0, center - options.k * error), center + options.k * error
    return Panel(options.spread, points, center, lower, upper, error, tests="runs", center_symbol=symbol)
