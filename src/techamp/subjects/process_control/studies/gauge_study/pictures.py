"""The charts: where the spread comes from, every reading, and averages and ranges by operator."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract import Chart, Mark, RefLine, Series
from techamp.subjects.process_control.constants import chart_constants
from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.gauge_study.analysis import Analysis

BARS = {"gauge": "gauge", "repeatability": "repeat", "reproducibility": "people", "part": "parts"}
MOST_CELLS = 200
MOST_OPERATORS = 6


def charts(found: Analysis) -> tuple[Chart, ...]:
    """Components, readings, then X̄ and R where each cell has the same number of repeats."""
    panels: tuple[Chart, ...] = ()
    if found.cells is not None and not found.data.nested and found.cells.shape[2] > 1:
        names = found.data.operator_names
        panels = (averages(found.cells, names, found.data.unit), ranges(found.cells, names, found.data.unit))
    return (components(found.found), by_part(found), *panels)


def components(study: GaugeStudy) -> Chart:
    """Each source as a share of the spread in the study and, where there is one, of the tolerance."""
    x, of = tuple(float(i) for i in range(1, len(BARS) + 1)), study.components
    with_tolerance = not math.isnan(of["gauge"].tolerance)
    series = [
        Series(name="study", label="Percent of the study", x=x, y=_shares([of[n].study for n in BARS]), shape="bars")
    ]
    if with_tolerance:
        values = _shares([of[name].tolerance for name in BARS])
        series.append(
            Series(name="tolerance", label="Percent of the tolerance", x=x, y=values, shape="points", role="aside")
        )
    gauge = of["gauge"]
    dots = " The dots stand for percent of the tolerance." if with_tolerance else ""
    return Chart(
        name="components",
        title="Where the spread comes from",
        x_label="Source",
        y_label="Share of the standard deviation",
        y_unit="%",
        series=tuple(series),
        lines=(RefLine(label="10 %", value=10.0, kind="zone"), RefLine(label="30 %", value=30.0, kind="limit")),
        x_names=tuple(BARS.values()),
        words=(
            f"The gauge takes {gauge.study:.1f} % of the spread in the study: {of['repeatability'].study:.1f} % "
            f"from repeating, "
            f"{of['reproducibility'].study:.1f} % from the people. Standard deviations do not add up to 100 %; "
            f"variances do.{dots}"
        ),
        zero=True,
    )  # fmt: skip


def _shares(values: list[float]) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(value) else round(value, 2) for value in values)


def by_part(found: Analysis) -> Chart:
    """Every reading at its part, the operators side by side."""
    data, count = found.data, len(found.data.operator_names)
    shown = min(count, MOST_OPERATORS)
    series = []
    for o in range(shown):
        mine = data.operator == o
        offset = 0.5 * ((o + 0.5) / shown - 0.5) if not data.nested else 0.0
        series.append(
            Series(
                name=f"operator_{o + 1}",
                label=data.operator_names[o],
                x=tuple((data.part[mine] + 1.0 + offset).round(3).tolist()),
                y=tuple(data.values[mine].tolist()),
                shape="points",
                role="now" if o == 0 else "aside",
            )
        )
    more = f" Shown are the first {shown} of {count} operators." if count > shown else ""
    return Chart(
        name="by_part",
        title="Every reading, part by part",
        x_label="Part",
        y_label="Reading",
        y_unit=data.unit,
        series=tuple(series),
        lines=tuple(
            RefLine(label=label, value=value, kind="spec")
            for label, value in (("Lower limit", found.settings.lower_spec), ("Upper limit", found.settings.upper_spec))
            if value is not None
        ),
        words=(
            f"{len(data.values):,} readings of {len(data.part_names)} parts by {count} operators, side by side "
            f"at each part, {data.operator_names[0]} at the left. "
            f"Heights that differ from part to part are what the gauge should see; scatter at one part is the "
            f"gauge.{more}"
        ),
    )


def cell_names(cells: Array, operators: tuple[str, ...]) -> tuple[str, ...]:
    """ "Ben 3" for operator Ben and part 3, operator by operator."""
    return tuple(f"{name} {part + 1}" for name in operators for part in range(cells.shape[0]))


def averages(cells: Array, operators: tuple[str, ...], unit: str) -> Chart:
    """Average of each operator and part between limits from the repeats: here most points should be outside."""
    parts, count, repeats = cells.shape
    points = cells.mean(axis=2).T.ravel()
    spread = float(np.ptp(cells, axis=2).mean())
    center, half = float(cells.mean()), chart_constants(repeats).A2 * spread
    outside = int(np.sum(np.abs(points - center) > half))
    word = "That is good: the parts differ by more than the gauge's noise." if 2 * outside > len(points) else (
        "Fewer than half: the gauge's noise hides much of the difference between these parts."
    )  # fmt: skip
    return Chart(
        name="averages",
        title="Averages by operator (X̄ chart)",
        x_label="Part, operator by operator",
        y_label="Average of the repeats",
        y_unit=unit,
        series=_one_line(points),
        lines=(
            RefLine(label="Center", value=center),
            RefLine(label="Upper limit", value=center + half, kind="limit"),
            RefLine(label="Lower limit", value=center - half, kind="limit"),
            *_borders(parts, count),
        ),
        x_names=cell_names(cells, operators),
        words=f"{outside} of {len(points)} averages lie outside limits drawn from the repeats alone. {word}",
        equation=f"X̄ ± A2·R̄ = {center:.6g} ± {chart_constants(repeats).A2:.3f}·{spread:.4g}",
    )


def ranges(cells: Array, operators: tuple[str, ...], unit: str) -> Chart:
    """Range of the repeats of each operator and part: here no point should be outside."""
    parts, count, repeats = cells.shape
    points = np.ptp(cells, axis=2).T.ravel()
    mean, names = float(points.mean()), cell_names(cells, operators)
    upper = chart_constants(repeats).D4 * mean
    beyond = np.flatnonzero(points > upper)
    said = f"{len(beyond)} of {len(points)} ranges lie above the limit" + (
        f": {_listed(names, beyond)}." if len(beyond) else "."
    )
    each = points.reshape(count, parts).mean(axis=1)
    return Chart(
        name="ranges",
        title="Ranges by operator (R chart)",
        x_label="Part, operator by operator",
        y_label="Range of the repeats",
        y_unit=unit,
        series=_one_line(points),
        lines=(
            RefLine(label="Mean range", value=mean),
            RefLine(label="Upper limit", value=upper, kind="limit"),
            *_borders(parts, count),
        ),
        marks=tuple(Mark(x=i + 1.0, y=float(points[i]), label=names[i]) for i in beyond[:10].tolist()),
        x_names=names,
        words=f"{said} Mean range of each operator: " + ", ".join(
            f"{name} {value:.3g}" for name, value in zip(operators, each.tolist(), strict=True)
        ) + ".",
        equation=f"UCL = D4·R̄ = {chart_constants(repeats).D4:.3f}·{mean:.4g} = {upper:.4g}",
        zero=True,
    )  # fmt: skip


def _listed(names: tuple[str, ...], which: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    shown = ", ".join(names[i] for i in which[:5].tolist())
    return shown if len(which) <= 5 else f"{shown} and {len(which) - 5} more"


def _one_line(points: Array) -> tuple[Series, ...]:
    x = tuple((np.arange(len(points)) + 1.0).tolist())
    return (Series(name="cells", label="Operator and part", x=x, y=tuple(points.tolist()), shape="line+points"),)


def _borders(parts: int, operators: int) -> tuple[RefLine, ...]:
    return tuple(RefLine(label="", value=o * parts + 0.5, kind="phase", axis="x") for o in range(1, operators))
