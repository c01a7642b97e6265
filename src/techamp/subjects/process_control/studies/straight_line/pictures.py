"""The charts: points with line and bands, what is left over, and what is left over in the order of time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Chart, Mark, RefLine, Series
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.straight_line.analysis import Found
from techamp.subjects.process_control.studies.straight_line.words import per_x
from techamp.subjects.process_control.thinning import thin

STEPS, MOST = 41, 1500
FAR = 3.0


def charts(found: Found) -> tuple[Chart, ...]:
    """Line first; then the residuals against x and in their order."""
    return _line(found), _left_over(found), _in_order(found)


def _drawn(found: Found) -> NDArray[np.int64]:
    """Positions of the points to draw, no extreme lost: ends of x and the farthest from the line stay."""
    if len(found.x) <= MOST:
        return np.arange(len(found.x), dtype=np.int64)
    across = np.argsort(found.x, kind="stable")
    kept = across[thin(found.line.fit.residuals[across], MOST)]
    ends = np.array([np.argmin(found.x), np.argmax(found.x)], dtype=np.int64)
    return np.unique(np.concatenate([kept, ends]))


def _line(found: Found) -> Chart:
    ends = (min(float(found.x.min()), found.at), max(float(found.x.max()), found.at))
    grid = np.linspace(*ends, STEPS).tolist()
    value, mean_low, mean_high, low, high = zip(*(found.line.predict(x) for x in grid), strict=True)
    drawn, x = _drawn(found), tuple(grid)
    said = found.line.predict(found.at)
    return Chart(
        name="line",
        title=f"{found.y_name} against {found.x_name}",
        x_label=found.x_name,
        x_unit=found.x_unit,
        y_label=found.y_name,
        y_unit=found.y_unit,
        series=(
            _points(found.x[drawn], found.y[drawn], "Readings"),
            Series(name="line", label="Line", x=x, y=value),
            Series(
                name="mean", label=f"Average, {found.confidence}", x=x, y=mean_low, y2=mean_high, shape="band",
                role="aside",
            ),
            Series(name="low", label=f"One new reading, {found.confidence}: low end", x=x, y=low, role="aside"),
            Series(name="high", label="High end", x=x, y=high, role="aside"),
        ),
        marks=_marks(found, found.y),
        x_rows=tuple(int(row) for row in found.rows[drawn]),
        words=(
            f"{len(found.x):,} pairs and the line through them: {found.of_slope(found.slope.value)} {per_x(found)}. "
            "The "
            f"outer lines hold one new reading with {found.confidence}; the band holds the average."
        ),
        equation=_equation(found, said[0]),
    )  # fmt: skip


def _equation(found: Found, value: float) -> str:
    start = "" if found.intercept is None else f"{found.intercept.value:.6g} + "
    return f"ŷ = {start}{found.slope.value:.6g}·x = {start}{found.slope.value:.6g}·{found.at:.6g} = {value:.6g}"


def _left_over(found: Found) -> Chart:
    drawn = _drawn(found)
    left = found.line.fit.residuals
    return Chart(
        name="residuals",
        title="What the line leaves over",
        x_label=found.x_name,
        x_unit=found.x_unit,
        y_label="Reading less line",
        y_unit=found.y_unit,
        series=(
            _points(found.x[drawn], left[drawn], "Left over"),
        ),
        lines=_about_zero(found),
        marks=_marks(found, left),
        words=(
            "A bend, a funnel or a lonely point shows here before it shows in a number. Without pattern, the line is "
            "right."
        ),
    )  # fmt: skip


def _in_order(found: Found) -> Chart:
    left = found.line.fit.residuals
    drawn = thin(left, MOST)
    return Chart(
        name="order",
        title="The same in the order of time",
        x_label="Pair",
        y_label="Reading less line",
        y_unit=found.y_unit,
        series=(
            Series(
                name="residual",
                label="Left over",
                x=tuple(float(i + 1) for i in drawn.tolist()),
                y=_floats(left[drawn]),
                shape="line+points",
            ),
        ),
        lines=_about_zero(found),
        x_rows=tuple(int(row) for row in found.rows[drawn]),
        words="Neighbors that stay on one side say that something else changed with time.",
    )


def _about_zero(found: Found) -> tuple[RefLine, ...]:
    twice = 2.0 * found.line.residual_sd
    return (
        RefLine(label="Line", value=0.0),
        RefLine(label="+2s", value=twice, kind="zone"),
        RefLine(label="−2s", value=-twice, kind="zone"),
    )


def _marks(found: Found, heights: Array) -> tuple[Mark, ...]:
    """Pairs far off the line or pulling it."""
    odd = np.flatnonzero((np.abs(found.doubts.studentized) > FAR) | (found.doubts.cook > 1.0))[:10]
    return tuple(
        Mark(x=float(found.x[i]), y=float(heights[i]), label=f"row {int(found.rows[i])}", kind="note")
        for i in odd.tolist()
    )


def _points(x: Array, y: Array, label: str) -> Series:
    return Series(name="pairs", label=label, x=_floats(x), y=_floats(y), shape="points")


def _floats(values: Array) -> tuple[float, ...]:
    return tuple(values.tolist())
