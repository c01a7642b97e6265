"""The charts: location, spread, and all readings against the specification."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Chart, Mark, RefLine, Series
from techamp.subjects.process_control.chart import Panel
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis
from techamp.subjects.process_control.studies.control_chart.kinds import NAMES, VARIABLES
from techamp.subjects.process_control.studies.control_chart.limit_words import equation
from techamp.subjects.process_control.thinning import thin

MOST_POINTS = 600
MOST_MARKS = 60
TITLES = {
    "x": "Readings",
    "x̄": "Subgroup averages",
    "MR": "Moving ranges",
    "R": "Ranges",
    "S": "Standard deviations",
    "EWMA": "Moving averages that remember",
    "C⁺": "Cumulative sums",
    "C⁻": "Cumulative sums, downward",
    "p": "Share of defective parts",
    "p′": "Share of defective parts",
    "np": "Defective parts",
    "c": "Defects",
    "u": "Defects per unit",
    "u′": "Defects per unit",
    "g": "Good parts between events",
    "t": "Time between events",
    "T²": "T²: distance from the usual combination",
}


def charts(found: Analysis) -> tuple[Chart, ...]:
    """Location first, spread below it, then the histogram."""
    if found.kind == "cusum":
        return (_cusum(found), _histogram(found))
    spread = () if found.chart.spread is None else (_panel(found, found.chart.spread, "spread"),)
    histogram = (_histogram(found),) if found.kind in VARIABLES else ()
    return (_panel(found, found.chart.location, "location"), *spread, *histogram)


def _panel(found: Analysis, panel: Panel, name: str) -> Chart:
    points, keep = found.marked[name], _kept(found, (panel,), found.marked[name])
    title = TITLES[panel.statistic]
    return Chart(
        name=name,
        title=f"{title} ({NAMES[found.kind]})",
        x_label=_x_label(found),
        y_label=title,
        y_unit=found.data.unit if name == "spread" else found.unit,
        series=(_series(found, panel, keep, title),),
        lines=_lines(found, panel, keep, name),
        marks=(*_excluded(found, panel), *_marks(found, panel, name, points[:MOST_MARKS])),
        x_names=tuple(found.name(int(point)) for point in keep),
        x_rows=tuple(found.row(int(point)) for point in keep),
        words=_words(found, panel, name, len(points), len(keep)),
        equation=equation(found, name),
        zero=name == "spread" or found.kind in ("g", "t", "t2"),
    )


def _cusum(found: Analysis) -> Chart:
    """Both sums on one drawing."""
    up, down = found.chart.location, found.panel("spread")
    points = np.union1d(found.marked["location"], found.marked["spread"])
    keep = _kept(found, (up, down), points)
    first = points[:MOST_MARKS]
    return Chart(
        name="location",
        title="Cumulative sums (CUSUM chart)",
        x_label=_x_label(found),
        y_label="Sum, in sigma of a point",
        series=(
            _series(found, up, keep, "Upward sum C⁺"),
            _series(found, down, keep, "Downward sum C⁻"),
        ),
        lines=(
            RefLine(label="Zero", value=0.0),
            RefLine(label="h", value=found.settings.decision, kind="limit"),
            RefLine(label="−h", value=-found.settings.decision, kind="limit"),
            *_phase_lines(found),
        ),
        marks=(*_marks(found, up, "location", first), *_marks(found, down, "spread", first)),
        x_names=tuple(found.name(int(point)) for point in keep),
        x_rows=tuple(found.row(int(point)) for point in keep),
        words=_words(found, up, "location", len(points), len(keep)),
        equation=equation(found, "location"),
        zero=True,
    )


def _x_label(found: Analysis) -> str:
    if found.grouped:
        return "Subgroup"
    return "Reading" if found.kind in VARIABLES or found.kind == "t2" else "Sample"


def _kept(found: Analysis, panels: tuple[Panel, ...], marked: NDArray[np.int64]) -> NDArray[np.int64]:
    """The points that are drawn: extremes of every stretch, marked and excluded ones, and where phases begin."""
    keep = [thin(panel.points, MOST_POINTS // len(panels)) for panel in panels]
    starts = [edge for phase in found.chart.phases for edge in (phase.start, phase.stop - 1)]
    more = np.array([*starts, *list(found.chart.excluded)[:MOST_MARKS]], dtype=np.int64)
    return np.unique(np.concatenate([*keep, marked[:MOST_MARKS], more])).astype(np.int64)


def _series(found: Analysis, panel: Panel, keep: NDArray[np.int64], label: str) -> Series:
    return Series(
        name=panel.statistic,
        label=label,
        x=tuple((keep + 1.0).tolist()),
        y=_numbers(found, panel.points[keep]),
        shape="line+points",
    )


def _numbers(found: Analysis, values: Array) -> tuple[float | None, ...]:
    return tuple(None if not np.isfinite(value) else round(value, found.decimals + 2) for value in values.tolist())


def _marks(found: Analysis, panel: Panel, name: str, points: NDArray[np.int64]) -> tuple[Mark, ...]:
    first: dict[int, str] = {}
    last = int(points[-1]) if len(points) else -1
    for run in found.runs:
        if run.first > last:
            break
        if run.panel == name:
            for point in range(run.first, min(run.last, run.first + MOST_MARKS) + 1):
                first.setdefault(point, run.hits.rule.name)
    return tuple(
        Mark(x=point + 1.0, y=round(float(panel.points[point]), found.decimals + 2), label=first[point])
        for point in points.tolist()
        if point in first
    )


def _excluded(found: Analysis, panel: Panel) -> tuple[Mark, ...]:
    said = list(found.chart.excluded.items())[:MOST_MARKS]
    return tuple(
        Mark(x=point + 1.0, y=round(float(panel.points[point]), found.decimals + 2), label=why, kind="excluded")
        for point, why in said
        if panel.points[point] == panel.points[point]
    )


def _lines(found: Analysis, panel: Panel, keep: NDArray[np.int64], name: str) -> tuple[RefLine, ...]:
    lines = [] if found.kind == "t2" else [RefLine(label="Center", value=_level(found, panel.center[keep]))]
    for label, values in (("Upper limit", panel.upper[keep]), ("Lower limit", panel.lower[keep])):
        if np.isfinite(values).any():
            lines.append(RefLine(label=label, value=_level(found, values), kind="limit"))
    if name == "location" and found.settings.rules != "limits_only" and panel.tests == "all":
        lines += [
            RefLine(label=f"{k:+d}σ", value=_level(found, (panel.center + k * panel.point_sigma)[keep]), kind="zone")
            for k in (-2, -1, 1, 2)
        ]
    lines += _phase_lines(found)
    # A specification belongs to single readings: averages always look better than the parts are.
    return (*lines, *_specification(found, "y")) if panel.statistic == "x" else tuple(lines)


def _phase_lines(found: Analysis) -> list[RefLine]:
    """An upright line where each phase but the first begins, with its name."""
    later = found.chart.phases[1:]
    return [RefLine(label=str(phase.label), value=phase.start + 0.5, kind="phase", axis="x") for phase in later]


def _level(found: Analysis, values: Array) -> float | tuple[float | None, ...]:
    numbers = _numbers(found, values)
    known = {number for number in numbers if number is not None}
    return known.pop() if len(known) == 1 else numbers


def _specification(found: Analysis, axis: str) -> tuple[RefLine, ...]:
    s, across = found.settings, "x" if axis == "x" else "y"
    named = (("Lower specification", s.lower_spec), ("Upper specification", s.upper_spec))
    spec = [RefLine(label=label, value=value, kind="spec", axis=across) for label, value in named if value is not None]
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
    if name == "location" and found.chart.excluded:
        out = len(found.chart.excluded)
        said += f" {out} {'point is' if out == 1 else 'points are'} crossed out: left out of the limits."
    return said


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
    quarter, three = np.percentile(values[:: max(1, len(values) // 50_000)], (25, 75))
    width = 2.0 * float(three - quarter) / len(values) ** (1.0 / 3.0)
    bins = 8 if width <= 0.0 else int(np.clip(np.ceil((high - low) / width), 8, 40))
    width = (high - low) / bins
    levels = np.unique(values[:: max(1, len(values) // 50_000)])
    step = float(np.diff(levels).min()) if 1 < len(levels) <= 400 else 0.0
    if step > 0.02 * width:
        width = step * max(1.0, round(width / step))
        low -= 0.5 * step
        bins = int(np.ceil((high + 0.5 * step - low) / width - 1e-9))
    return np.linspace(low, low + width * bins, bins + 1)
