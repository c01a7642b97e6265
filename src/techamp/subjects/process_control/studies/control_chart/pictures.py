"""The charts: location, spread, and all readings against the specification."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Chart, Mark, RefLine, Series
from techamp.subjects.process_control.chart import Panel
from techamp.subjects.process_control.formulas import limit_formulas
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.control_chart.analysis import NAMES, Analysis
from techamp.subjects.process_control.thinning import thin

MOST_POINTS = 600
MOST_MARKS = 60
TITLES = {"x": "Readings", "x̄": "Subgroup averages", "MR": "Moving ranges", "R": "Ranges", "S": "Standard deviations"}


def charts(found: Analysis) -> tuple[Chart, ...]:
    """Location first, spread below it, then the histogram."""
    spread = () if found.chart.spread is None else (_panel(found, found.chart.spread, "spread"),)
    return (_panel(found, found.chart.location, "location"), *spread, _histogram(found))


def _panel(found: Analysis, panel: Panel, name: str) -> Chart:
    points = _signal_points(found, name)
    keep = np.union1d(thin(panel.points, MOST_POINTS), points[:MOST_MARKS]).astype(np.int64)
    title = TITLES[panel.statistic]
    return Chart(
        name=name,
        title=f"{title} ({NAMES[found.kind]})",
        x_label="Reading" if found.kind == "imr" else "Subgroup",
        y_label=title,
        y_unit=found.data.unit,
        series=(
            Series(
                name=panel.statistic,
                label=title,
                x=tuple((keep + 1.0).tolist()),
                y=_numbers(found, panel.points[keep]),
                shape="line+points",
            ),
        ),
        lines=_lines(found, panel, keep, name),
        marks=_marks(found, panel, points[:MOST_MARKS]),
        x_names=tuple(found.name(int(point)) for point in keep),
        words=_words(found, panel, name, len(points), len(keep)),
        equation=_equation(found, name),
        zero=name == "spread",
    )


def _numbers(found: Analysis, values: Array) -> tuple[float | None, ...]:
    return tuple(None if value != value else round(value, found.decimals + 2) for value in values.tolist())


def _signal_points(found: Analysis, name: str) -> NDArray[np.int64]:
    points = {p for run in found.runs if run.panel == name for p in range(run.first, run.last + 1)}
    return np.array(sorted(points), dtype=np.int64)


def _marks(found: Analysis, panel: Panel, points: NDArray[np.int64]) -> tuple[Mark, ...]:
    name = "location" if panel is found.chart.location else "spread"
    first: dict[int, str] = {}
    for run in found.runs:
        if run.panel == name:
            for point in range(run.first, min(run.last, run.first + MOST_MARKS) + 1):
                first.setdefault(point, run.hits.rule.name)
    return tuple(
        Mark(x=point + 1.0, y=round(float(panel.points[point]), found.decimals + 2), label=first[point])
        for point in points.tolist()
        if point in first
    )


def _lines(found: Analysis, panel: Panel, keep: NDArray[np.int64], name: str) -> tuple[RefLine, ...]:
    lines = [
        RefLine(label="Center", value=_level(found, panel.center[keep])),
        RefLine(label="Upper limit", value=_level(found, panel.upper[keep]), kind="limit"),
        RefLine(label="Lower limit", value=_level(found, panel.lower[keep]), kind="limit"),
    ]
    if name == "location" and found.settings.rules != "limits_only":
        lines += [
            RefLine(label=f"{k:+d}σ", value=_level(found, (panel.center + k * panel.point_sigma)[keep]), kind="zone")
            for k in (-2, -1, 1, 2)
        ]
    # A specification belongs to single readings: averages always look better than the parts are.
    return (*lines, *_specification(found, "y")) if panel.statistic == "x" else tuple(lines)


def _level(found: Analysis, values: Array) -> float | tuple[float | None, ...]:
    numbers = _numbers(found, values)
    known = {number for number in numbers if number is not None}
    return known.pop() if len(known) == 1 else numbers


def _specification(found: Analysis, axis: str) -> tuple[RefLine, ...]:
    s, across = found.settings, "x" if axis == "x" else "y"
    named = (("Lower specification", s.lower_spec, "spec"), ("Upper specification", s.upper_spec, "spec"))
    spec = [
        RefLine(label=label, value=value, kind="spec", axis=across) for label, value, _ in named if value is not None
    ]
    if s.target is not None:
        spec.append(RefLine(label="Target", value=s.target, kind="target", axis=across))
    return tuple(spec)


def _words(found: Analysis, panel: Panel, name: str, signals: int, drawn: int) -> str:
    count = int((~np.isnan(panel.points)).sum())
    said = f"{TITLES[panel.statistic]}: {count:,} points, {signals:,} with a signal."
    if drawn < count:
        said += f" Drawn are {drawn}, among them the highest and lowest of every stretch; signals come from all."
    if signals > MOST_MARKS:
        said += f" The first {MOST_MARKS} signals are marked."
    return said


def _equation(found: Analysis, name: str) -> str:
    """Sigma and the limits of this panel with their numbers, for the last full subgroup."""
    last = int(np.flatnonzero(found.chart.n == found.chart.n.max())[-1])
    return "; ".join(str(formula) for formula in limit_formulas(found.chart, last) if formula.panel in ("sigma", name))


def _histogram(found: Analysis) -> Chart:
    values = found.data.values[~np.isnan(found.data.values)]
    edges = _edges(values)
    counts = np.histogram(values, edges)[0]
    middle = 0.5 * (edges[1:] + edges[:-1])
    spec = _specification(found, "x")
    return Chart(
        name="histogram",
        title="All readings",
        x_label="Reading",
        x_unit=found.data.unit,
        y_label="Readings",
        series=(
            Series(
                name="count",
                label="Readings",
                x=tuple(round(m, found.decimals + 2) for m in middle.tolist()),
                y=tuple(float(count) for count in counts.tolist()),
                shape="bars",
            ),
        ),
        lines=spec,
        words=(
            f"{len(values):,} readings from {found.shown(float(values.min()))} to {found.shown(float(values.max()))}."
        ),
        zero=True,
    )


def _edges(values: Array) -> Array:
    """Bins by Freedman and Diaconis (8 to 40 of them), as wide as a whole number of the gauge's steps where it has
    few."""
    low, high = float(values.min()), float(values.max())
    quarter, three = np.percentile(values, (25, 75))
    width = 2.0 * float(three - quarter) / len(values) ** (1.0 / 3.0)
    bins = 8 if width <= 0.0 else int(np.clip(np.ceil((high - low) / width), 8, 40))
    width = (high - low) / bins
    levels = np.unique(values)
    step = float(np.diff(levels).min()) if 1 < len(levels) <= 400 else 0.0
    if step > 0.02 * width:
        width = step * max(1.0, round(width / step))
        low -= 0.5 * step
        bins = int(np.ceil((high + 0.5 * step - low) / width - 1e-9))
    return np.linspace(low, low + width * bins, bins + 1)
