"""The histogram against the limits, with its curves; the probability plot; the control chart that comes first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Chart, RefLine, Series
from techamp.subjects.process_control.distributions.families import Fit, fit_family
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.capability.analysis import Found
from techamp.subjects.process_control.studies.control_chart.pictures import charts as control_charts
from techamp.subjects.process_control.tail_areas import normal_quantile

MOST_POINTS, TAIL, CURVE = 200, 20, 60


def charts(found: Found) -> tuple[Chart, ...]:
    """Histogram, the control chart on which readings are picked, probability plot."""
    return (_histogram(found), control_charts(found.chart)[0], _probability(found))


def _histogram(found: Found) -> Chart:
    edges = _edges(found.values)
    counts, width = np.histogram(found.values, edges)[0], float(edges[1] - edges[0])
    middle = 0.5 * (edges[1:] + edges[:-1])
    bars = Series(
        name="count",
        label="Readings",
        x=_rounded(found, middle),
        y=tuple(float(count) for count in counts.tolist()),
        shape="bars",
    )
    low, high = float(found.values.min()), float(found.values.max())
    return Chart(
        name="histogram",
        title="Readings against the specification",
        x_label="Reading",
        x_unit=found.unit,
        y_label="Readings",
        series=(bars, *_curves(found, width, low, high)),
        lines=_specification(found),
        words=_words(found),
        zero=True,
    )


def _edges(values: Array) -> Array:
    """Bins by Freedman and Diaconis, 8 to 40 of them."""
    found = np.histogram_bin_edges(values[:100_000], bins="fd")
    bins = min(40, max(8, len(found) - 1))
    return np.linspace(float(values.min()), float(values.max()), bins + 1)


def _words(found: Found) -> str:
    said = f"{found.plain.n:,} readings, {found.plain.observed_outside:,} of them outside the specification."
    if found.percentile is None and found.transformed is None:
        return f"{said} Solid: all readings as one normal curve (overall). Thin: the within sigma alone."
    return said


def _curves(found: Found, width: float, low: float, high: float) -> list[Series]:
    margin = 0.15 * (high - low)
    x = np.linspace(low - margin, high + margin, CURVE)
    made = []
    if found.fit is not None:
        made.append(_curve("overall", "Overall", x, found.fit, found, width))
    if found.percentile is None and found.transformed is None:
        normal = fit_family(found.values, "normal")
        within = Fit("normal", {"mean": found.plain.mean, "sd": found.plain.within.value}, 0.0, normal.n, 0.0)
        made.append(_curve("within", "Within", x, within, found, width).model_copy(update={"role": "aside"}))
    return made


def _curve(name: str, label: str, x: Array, fit: Fit, found: Found, width: float) -> Series:
    """Readings that a bar of this width would hold if the curve were true."""
    half = 0.5 * width
    expected = len(found.values) * (fit.cumulative(x + half)[0] - fit.cumulative(x - half)[0])
    y = tuple(round(float(value), 3) for value in expected)
    return Series(name=name, label=label, x=_rounded(found, x), y=y, shape="line")


def _specification(found: Found) -> tuple[RefLine, ...]:
    s = found.settings
    named = (("Lower specification", s.lower_spec), ("Upper specification", s.upper_spec))
    lines = [RefLine(label=label, value=value, kind="spec", axis="x") for label, value in named if value is not None]
    if s.target is not None:
        lines.append(RefLine(label="Target", value=s.target, kind="target", axis="x"))
    return tuple(lines)


def _probability(found: Found) -> Chart:
    """Readings against the normal scores of their ranks: on a line, they are normal."""
    ordered = np.sort(found.values)
    keep = _drawn(len(ordered))
    scores = tuple(round(normal_quantile((i + 0.625) / (len(ordered) + 0.25)), 4) for i in keep.tolist())  # Blom 1958
    ends = (scores[0], scores[-1])
    level = tuple(found.plain.mean + found.plain.overall.value * z for z in ends)
    line = Series(name="normal", label="Normal", x=ends, y=level, role="aside")
    points = Series(name="readings", label="Readings", x=scores, y=_rounded(found, ordered[keep]), shape="points")
    said = "" if found.normality is None else f" {found.normality.word}"
    return Chart(
        name="probability",
        title="Are the readings normal?",
        x_label="Normal score of the rank",
        y_label="Reading",
        y_unit=found.unit,
        series=(points, line),
        words=f"Points along the line speak for a normal distribution; a bend does not.{said}",
    )


def _drawn(count: int) -> NDArray[np.int64]:
    """Ranks that are drawn: all of the tails, and the middle evenly spread."""
    ends = np.concatenate([np.arange(min(TAIL, count)), np.arange(max(0, count - TAIL), count)])
    return np.unique(np.concatenate([ends, np.linspace(0, count - 1, min(count, MOST_POINTS)).astype(np.int64)]))


def _rounded(found: Found, values: Array) -> tuple[float, ...]:
    return tuple(round(value, found.chart.decimals + 3) for value in values.tolist())
