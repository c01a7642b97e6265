"""The chart, its signals and its capability, worked out once for words, pictures and tables."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Table
from techamp.subjects.process_control.chart import ControlChart, Panel
from techamp.subjects.process_control.process_capability import Capability, capability
from techamp.subjects.process_control.signaling import Hits, hits
from techamp.subjects.process_control.studies.control_chart.arrangement import Arrangement, arrange
from techamp.subjects.process_control.studies.control_chart.kinds import VARIABLES, choose_kind, is_grouped, make_chart
from techamp.subjects.process_control.studies.control_chart.picking import picked
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings

Integers = NDArray[np.int64]


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
    """Everything that was found. ``first_row[i]``: position in ``data`` of the first reading of point i.

    ``marked``: for each panel the points (ascending) that any rule marks.
    """

    settings: ControlChartSettings
    data: Arrangement
    kind: str
    grouped: bool
    chart: ControlChart
    first_row: Integers
    runs: tuple[Run, ...]
    marked: dict[str, Integers]
    capability: Capability | None
    said: tuple[str, ...]

    @property
    def signal_points(self) -> int:
        """Points of the location chart with a signal; for a CUSUM those of either sum."""
        if self.kind == "cusum":
            return len(np.union1d(self.marked["location"], self.marked["spread"]))
        return len(self.marked["location"])

    @property
    def decimals(self) -> int:
        """Decimals that two figures of the spread of the points need: more would be noise."""
        width = float(np.nanmedian(self.chart.location.point_sigma))
        if self.kind in ("imr", "xbar_r", "xbar_s"):
            width = self.chart.sigma.value
        return max(0, min(9, 1 - math.floor(math.log10(width)))) if width > 0.0 else 2

    @property
    def unit(self) -> str:
        """The unit of the points on the location chart."""
        return self.data.unit if self.kind in ("imr", "xbar_r", "xbar_s", "ewma", "t") else ""

    def shown(self, value: float) -> str:
        """A value with its unit."""
        return f"{value:.{self.decimals}f} {self.unit}".rstrip()

    def decimals_of(self, value: float) -> str:
        """A value with one decimal more than the points need."""
        return f"{value:.{self.decimals + 1}f}"

    def name(self, point: int) -> str:
        """What to call a point: its subgroup, its time or its row."""
        if self.grouped:
            return f"subgroup {self.data.label_names[point]}"
        return self.data.name(int(self.first_row[point]))

    def place(self, point: int) -> str:
        """The point's name, with the line of the file where the name does not say it."""
        name, row = self.name(point), f"row {self.row(point)}"
        return name if name == row else f"{name} ({row} of the file)"

    def row(self, point: int) -> int:
        """Line of the file of the point's first reading."""
        return int(self.data.rows[self.first_row[point]])

    def panel(self, name: str) -> Panel:
        """The location panel, or the one below it."""
        panel = self.chart.location if name == "location" else self.chart.spread
        if panel is None:
            raise KeyError(name)
        return panel


def analyze(table: Table, settings: ControlChartSettings) -> Analysis:
    """The chart that was asked for, or the one that fits; raises InvalidInput where none does."""
    data = arrange(table, settings)
    said: list[str] = []
    kind = choose_kind(data, settings, said)
    grouped = is_grouped(kind, data)
    point = data.label if grouped and data.label is not None else np.arange(len(data.values), dtype=np.int64)
    first_row = np.unique(point, return_index=True)[1].astype(np.int64) if grouped else point
    chart = make_chart(kind, data, settings, picked(settings, data.rows, point, len(first_row)))
    runs, marked = _runs(chart, settings.rules)
    signals = len(marked["location"])
    return Analysis(
        settings=settings,
        data=data,
        kind=kind,
        grouped=grouped,
        chart=chart,
        first_row=first_row,
        runs=tuple(sorted(runs, key=lambda run: (run.first, run.panel))),
        marked=marked,
        capability=_capability(data, chart, kind, settings, signals),
        said=tuple(said),
    )


def _runs(chart: ControlChart, rules: str) -> tuple[list[Run], dict[str, Integers]]:
    found, marked = [], {}
    for panel in ("location", "spread") if chart.spread is not None else ("location",):
        every = [hit for hit in hits(chart, rules, panel=panel) if len(hit.points)]
        marked[panel] = np.unique(np.concatenate([hit.points for hit in every])) if every else np.zeros(0, np.int64)
        for hit in every:
            broken = (np.diff(hit.points) > 1) | (np.diff(hit.direction) != 0)
            starts = np.concatenate([[0], np.flatnonzero(broken) + 1])
            stops = np.concatenate([starts[1:], [len(hit.points)]]) - 1
            spans = zip(
                hit.points[starts].tolist(), hit.points[stops].tolist(), hit.direction[starts].tolist(), strict=True
            )
            found += [Run(panel, hit, first, last, direction) for first, last, direction in spans]
    return found, marked


def _capability(
    data: Arrangement, chart: ControlChart, kind: str, settings: ControlChartSettings, signals: int
) -> Capability | None:
    if kind not in VARIABLES or (settings.lower_spec is None and settings.upper_spec is None):
        return None
    return capability(
        data.values,
        within=chart.sigma,
        lower=settings.lower_spec,
        upper=settings.upper_spec,
        target=settings.target,
        signals=signals,
    )
