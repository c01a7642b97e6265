"""What can be put on paper: a NaN and an infinity become gaps, a point that stands nowhere is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from techamp.contract.outcome import Chart, RefLine, Series

LARGEST = 1e100  # beyond it scales overflow; nothing that people measure is there


def is_real(value: Any) -> bool:
    """Whether it is a number that has a place on a scale."""
    return value is not None and abs(value) < LARGEST  # false for NaN


def drawable(chart: Chart) -> Chart:
    """The chart itself where all of it can be drawn, else one with gaps where it cannot."""
    if not chart.series:
        lines = tuple(line for line in chart.lines if not isinstance(line.value, tuple))
        chart = chart.model_copy(update={"lines": lines})
    if all(map(_whole, chart.series)) and _fine(v for line in chart.lines for v in _values(line)) and not _lost(chart):
        return chart
    return chart.model_copy(
        update={
            "series": tuple(s if _whole(s) else _mended(s) for s in chart.series),
            "lines": tuple(filter(None, (_line(line, chart) for line in chart.lines))),
            "marks": tuple(m for m in chart.marks if is_real(m.x) and is_real(m.y)),
        }
    )


def _fine(values: Iterable[Any]) -> bool:
    return all(v is None or abs(v) < LARGEST for v in values)


def _whole(series: Series) -> bool:
    return _fine(series.x) and _fine(series.y) and _fine(series.y2)


def _lost(chart: Chart) -> bool:
    return any(not is_real(m.x) or not is_real(m.y) for m in chart.marks)


def _values(line: RefLine) -> tuple[Any, ...]:
    return line.value if isinstance(line.value, tuple) else (line.value,)


def _gaps(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(v if is_real(v) else None for v in values)


def _mended(series: Series) -> Series:
    kept = [i for i, x in enumerate(series.x) if is_real(x)]
    y2 = tuple(series.y2[i] for i in kept) if series.y2 else ()
    places = {"x": tuple(series.x[i] for i in kept), "y": _gaps(series.y[i] for i in kept), "y2": _gaps(y2)}
    return series.model_copy(update=places)


def _line(line: RefLine, chart: Chart) -> RefLine | None:
    if not isinstance(line.value, tuple):
        return line if is_real(line.value) else None
    places = zip(chart.series[0].x, line.value, strict=False)
    return line.model_copy(update={"value": _gaps(v for x, v in places if is_real(x))})
