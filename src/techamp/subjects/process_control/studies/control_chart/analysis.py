"""The chart, its signals and its capability, worked out once for words, pictures and tables."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Table
from techamp.subjects.process_control.chart import ControlChart, Panel
from techamp.subjects.process_control.process_capability import Capability, capability
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.signaling import Hits, hits
from techamp.subjects.process_control.studies.control_chart.arrangement import Arrangement, arrange
from techamp.subjects.process_control.studies.control_chart.kinds import VARIABLES, choose_kind, is_grouped, make_chart
from techamp.subjects.process_control.studies.control_chart.picking import picked
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings

Integers = NDArray[np.int64]
MOST_RUNS = 2_000


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
    """Everything that was found. ``first_row[i]``: position in ``data`` of the first reading of point i, or None where
    each reading is a point.

    ``runs`` are the first of ``run_count``; ``hits``: for each panel what each rule marks; ``marked``: the points
    (ascending) that any rule marks.
    """

    settings: ControlChartSettings
    data: Arrangement
    kind: str
    grouped: bool
    chart: ControlChart
    first_row: Integers | None
    runs: tuple[Run, ...]
    run_count: int
    hits: dict[str, tuple[Hits, ...]]
    marked: dict[str, Integers]
    capability: Capability | None
    said: tuple[str, ...]

    @property
    def signal_points(self) -> int:
        """Points of the location chart with a signal; for a CUSUM those of either sum."""
        if self.kind == "cusum":
            return len(np.union1d(self.marked["location"], self.marked["spread"]))
        return len(self.marked["location"])

    @cached_property
    def decimals(self) -> int:
        """Decimals that two figures of the spread of the points need: more would be noise."""
        width = typical(self.chart.location.point_sigma)
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
        return self.data.name(point)

    def place(self, point: int) -> str:
        """The point's name, with the line of the file where the name does not say it."""
        name, row = self.name(point), f"row {self.row(point)}"
        return name if name == row else f"{name} ({row} of the file)"

    def row(self, point: int) -> int:
        """Line of the file of the point's first reading."""
        return int(self.data.rows[point if self.first_row is None else self.first_row[point]])

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
    point = data.label if grouped else None
    first_row = None if point is None else np.unique(point, return_index=True)[1].astype(np.int64)
    chart = make_chart(kind, data, settings, picked(settings, data.rows, point))
    panels = ("location", "spread") if chart.spread is not None else ("location",)
    found = {panel: tuple(h for h in hits(chart, settings.rules, panel=panel) if len(h.points)) for panel in panels}
    marked = {panel: _marked(every) for panel, every in found.items()}
    runs, count = _runs(found)
    signals = len(marked["location"])
    return Analysis(
        settings=settings,
        data=data,
        kind=kind,
        grouped=grouped,
        chart=chart,
        first_row=first_row,
        runs=runs,
        run_count=count,
        hits=found,
        marked=marked,
        capability=_capability(data, chart, kind, settings, signals),
        said=tuple(said),
    )


def typical(values: Array, most: int = 10_000) -> float:
    """The median of a line; of a long one that of evenly spread points."""
    return float(np.nanmedian(values[:: max(1, len(values) // most)]))


def _marked(every: tuple[Hits, ...]) -> Integers:
    points = [hit.points for hit in every]
    return np.unique(np.concatenate(points)) if points else np.zeros(0, np.int64)


def _runs(found: dict[str, tuple[Hits, ...]]) -> tuple[tuple[Run, ...], int]:
    """The first MOST_RUNS runs of neighbors, and how many there are in all."""
    runs, count = [], 0
    for panel, every in found.items():
        for hit in every:
            broken = (np.diff(hit.points) > 1) | (np.diff(hit.direction) != 0)
            starts = np.concatenate([[0], np.flatnonzero(broken) + 1])
            stops = np.concatenate([starts[1:], [len(hit.points)]]) - 1
            count += len(starts)
            starts, stops = starts[:MOST_RUNS], stops[:MOST_RUNS]
            ends = zip(hit.points[starts].tolist(), hit.points[stops].tolist(), strict=True)
            sides = hit.direction[starts].tolist()
            runs += [Run(panel, hit, *span, direction) for span, direction in zip(ends, sides, strict=True)]
    return tuple(sorted(runs, key=lambda run: (run.first, run.panel))[:MOST_RUNS]), count


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
