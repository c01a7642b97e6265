"""The chart, its signals and its capability, worked out once for words, pictures and tables."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from techamp.contract import InvalidInput, Table
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.process_capability import Capability, capability
from techamp.subjects.process_control.signaling import Hits, hits
from techamp.subjects.process_control.studies.control_chart.arrangement import Arrangement, arrange
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings
from techamp.subjects.process_control.subgrouping import subgroups
from techamp.subjects.process_control.x_bar import x_bar_r_chart, x_bar_s_chart

LARGEST_FOR_RANGES = 10
USUAL = {"imr": "moving_range", "xbar_r": "r_bar", "xbar_s": "s_bar"}
NAMES = {"imr": "I-MR chart", "xbar_r": "X̄-R chart", "xbar_s": "X̄-S chart"}


@dataclass(frozen=True, eq=False)
class Run:
    """Neighboring points that break the same rule on the same side: one thing to look at, ``first`` to ``last``."""

    panel: str
    hits: Hits
    first: int
    last: int
    direction: int


@dataclass(frozen=True, eq=False)
class Analysis:
    """Everything that was found. ``first_row[i]``: position in ``data`` of the first reading of point i."""

    settings: ControlChartSettings
    data: Arrangement
    kind: str
    chart: ControlChart
    first_row: np.ndarray[tuple[int], np.dtype[np.int64]]
    runs: tuple[Run, ...]
    signal_points: int
    capability: Capability | None
    said: tuple[str, ...]

    @property
    def decimals(self) -> int:
        """Decimals that two figures of sigma need: more would be noise."""
        return max(0, min(9, 1 - math.floor(math.log10(self.chart.sigma.value))))

    def shown(self, value: float) -> str:
        """A value with its unit."""
        return f"{value:.{self.decimals}f} {self.data.unit}".rstrip()

    def name(self, point: int) -> str:
        """What to call a point: its subgroup, its time or its row."""
        if self.kind != "imr":
            return f"subgroup {self.data.label_names[point]}"
        return str(self.data.names[self.first_row[point]])

    def place(self, point: int) -> str:
        """The point's name, with the line of the file where the name does not say it."""
        name, row = self.name(point), f"row {self.row(point)}"
        return name if name == row else f"{name} ({row} of the file)"

    def row(self, point: int) -> int:
        """Line of the file of the point's first reading."""
        return int(self.data.rows[self.first_row[point]])


def analyze(table: Table, settings: ControlChartSettings) -> Analysis:
    """The chart that was asked for, or the one that fits; raises InvalidInput where none does."""
    data = arrange(table, settings)
    said: list[str] = []
    kind = _kind(data, settings, said)
    chart, first_row = _individuals(data, settings) if kind == "imr" else _subgrouped(data, settings, kind)
    runs = tuple(sorted(_runs(chart, settings.rules), key=lambda run: (run.first, run.panel)))
    points = {p for run in runs if run.panel == "location" for p in range(run.first, run.last + 1)}
    return Analysis(
        settings,
        data,
        kind,
        chart,
        first_row,
        runs,
        len(points),
        _capability(data, chart, settings, len(points)),
        tuple(said),
    )


def _kind(data: Arrangement, settings: ControlChartSettings, said: list[str]) -> str:
    sizes = None if data.label is None else np.bincount(data.label[~np.isnan(data.values)])
    largest = 1 if sizes is None else int(sizes.max())
    if settings.chart == "imr" or (settings.chart == "auto" and largest < 2):
        if settings.chart == "auto" and data.label is not None:
            said.append("Each subgroup has one reading, so this is a chart of single readings.")
        if settings.chart == "imr" and largest > 1:
            said.append("You asked for single readings, so the subgroups were not used.")
        return "imr"
    if largest < 2:
        remedy = "Choose the subgroup column, set the readings in a subgroup to 2 or more, or use the I-MR chart."
        raise InvalidInput("Chart", "needs subgroups of two readings or more", settings.chart, remedy)
    if settings.chart == "auto":
        return "xbar_r" if largest <= LARGEST_FOR_RANGES else "xbar_s"
    return settings.chart


def _estimator(settings: ControlChartSettings, kind: str, equal: bool) -> str:
    name = settings.estimator
    if name == "auto":
        return USUAL[kind] if kind == "imr" or equal else f"{USUAL[kind]}_mvue"
    if (kind == "imr") != name.endswith("moving_range"):
        remedy = "Leave it on the usual one, or change the chart."
        raise InvalidInput("How sigma is estimated", f"must fit the {NAMES[kind]}", name, remedy)
    return name


def _individuals(
    data: Arrangement, settings: ControlChartSettings
) -> tuple[ControlChart, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    chart = individuals_chart(data.values, estimator=_estimator(settings, "imr", True))
    return chart, np.arange(len(data.values), dtype=np.int64)


def _subgrouped(
    data: Arrangement, settings: ControlChartSettings, kind: str
) -> tuple[ControlChart, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    groups = subgroups(data.values, labels=data.label)
    full = groups.n[groups.n > 0]
    estimator = _estimator(settings, kind, bool((full == full[0]).all()))
    make = x_bar_r_chart if kind == "xbar_r" else x_bar_s_chart
    first = np.unique(data.label, return_index=True)[1].astype(np.int64) if data.label is not None else np.arange(0)
    return make(groups, estimator=estimator), first


def _runs(chart: ControlChart, rules: str) -> list[Run]:
    found = []
    for panel in ("location", "spread"):
        for hit in hits(chart, rules, panel=panel):
            if not len(hit.points):
                continue
            broken = (np.diff(hit.points) > 1) | (np.diff(hit.direction) != 0)
            starts = np.concatenate([[0], np.flatnonzero(broken) + 1])
            stops = np.concatenate([starts[1:], [len(hit.points)]]) - 1
            found += [
                Run(panel, hit, int(hit.points[a]), int(hit.points[b]), int(hit.direction[a]))
                for a, b in zip(starts.tolist(), stops.tolist(), strict=True)
            ]
    return found


def _capability(
    data: Arrangement, chart: ControlChart, settings: ControlChartSettings, signals: int
) -> Capability | None:
    if settings.lower_spec is None and settings.upper_spec is None:
        return None
    return capability(
        data.values,
        within=chart.sigma,
        lower=settings.lower_spec,
        upper=settings.upper_spec,
        target=settings.target,
        signals=signals,
    )
