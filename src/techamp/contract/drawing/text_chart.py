"""A chart in letters, for a terminal: points, limits with their values, signals. Extremes are never left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from techamp.contract.drawing.axes import frame_of, names_of, tick_decimals, tick_text, ticks
from techamp.contract.drawing.drawable import drawable
from techamp.contract.drawing.plain_letters import fitted, shown_width
from techamp.contract.outcome import Chart, RefLine, Series

HEIGHT = 15
POINT, SIGNAL, EXCLUDED, SPAN = "•", "◆", "×", "│"
_LINES = {"center": "─", "target": "─", "limit": "╌", "spec": "╌", "zone": "", "phase": "┄"}
_BAR = "▏▎▍▌▋▊▉█"


def text_chart(chart: Chart, width: int = 80, height: int = HEIGHT) -> str:
    """The chart as lines of at most ``width`` columns; a chart of bars becomes one line for each bar."""
    chart = drawable(chart)
    drawn = [s for s in chart.series if s.shape != "band" and any(y is not None for y in s.y)]
    if not drawn:
        return ""
    return _bars(drawn[0], chart, width) if drawn[0].shape == "bars" else _points(drawn, chart, width, height)


@dataclass
class _Grid:
    """Cells of a drawing; row 0 is the top."""

    columns: int
    rows: int
    x: tuple[float, float]
    y: tuple[float, float]
    cells: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = [[" "] * self.columns for _ in range(self.rows)]

    def column(self, x: float) -> int:
        low, high = self.x
        return min(self.columns - 1, max(0, int((x - low) / (high - low) * self.columns)))

    def row(self, y: float) -> int:
        low, high = self.y
        return min(self.rows - 1, max(0, int((high - y) / (high - low) * self.rows)))

    def level(self, y: float, letter: str) -> None:
        """A line from left to right, under all that is drawn later."""
        cells = self.cells[self.row(y)]
        for i, before in enumerate(cells):
            cells[i] = letter if before == " " else before

    def upright(self, x: float, letter: str) -> None:
        for cells in self.cells:
            at = self.column(x)
            cells[at] = letter if cells[at] == " " else cells[at]


def _points(drawn: Sequence[Series], chart: Chart, width: int, height: int) -> str:
    frame = frame_of(chart, 720)
    low, high = frame.y_low, frame.y_high
    levels = [t for t in ticks(low, high, 4) if low <= t <= high]
    digits = tick_decimals(levels)
    said = {level: tick_text(level, digits) for level in levels}
    left = max(map(shown_width, said.values()))
    notes = _side_notes(chart, max(digits, 2 - math.floor(math.log10(high - low))))
    right = max((shown_width(text) for _level, text in notes), default=0)
    columns = width - left - right - 4
    xs = [x for s in drawn for x in s.x]
    half = (max(xs) - min(xs)) / max(1, len(set(xs)) - 1) / 2 or 0.5
    grid = _Grid(columns, height, (min(xs) - half, max(xs) + half), (low, high))
    _reference_lines(grid, chart, drawn)
    for series in drawn:
        _plot(grid, series)
    for mark in chart.marks:
        letter = {"signal": SIGNAL, "excluded": EXCLUDED}.get(mark.kind)
        if letter:
            grid.cells[grid.row(mark.y)][grid.column(mark.x)] = letter
    return _framed(grid, said, notes, left, chart)


def _reference_lines(grid: _Grid, chart: Chart, drawn: Sequence[Series]) -> None:
    for line in chart.lines:
        letter = _LINES[line.kind]
        if not letter:
            continue
        if line.axis == "x" and not isinstance(line.value, tuple):
            grid.upright(line.value, "┄")
        elif isinstance(line.value, tuple):
            for x, y in zip(drawn[0].x, line.value, strict=False):
                if y is not None and grid.cells[grid.row(y)][grid.column(x)] == " ":
                    grid.cells[grid.row(y)][grid.column(x)] = letter
        else:
            grid.level(line.value, letter)


def _plot(grid: _Grid, series: Series) -> None:
    """Each column shows what falls into it: one point, or the span from the lowest to the highest."""
    spans: dict[int, tuple[int, int]] = {}
    for x, y in zip(series.x, series.y, strict=True):
        if y is not None:
            column, row = grid.column(x), grid.row(y)
            top, bottom = spans.get(column, (row, row))
            spans[column] = (min(top, row), max(bottom, row))
    for column, (top, bottom) in spans.items():
        for row in range(top + 1, bottom):
            grid.cells[row][column] = SPAN
        grid.cells[top][column] = grid.cells[bottom][column] = POINT


def _side_notes(chart: Chart, digits: int) -> list[tuple[float, str]]:
    """Lines with label and value, for the right margin; steps by their last value."""
    notes = []
    for line in chart.lines:
        level = _last(line)
        if line.axis == "y" and level is not None and _LINES[line.kind] and line.kind != "phase":
            notes.append((level, f"{line.label[:16]} {tick_text(level, digits)}"))
    return notes


def _last(line: RefLine) -> float | None:
    if isinstance(line.value, tuple):
        return next((float(v) for v in reversed(line.value) if v is not None), None)
    return float(line.value)


def _framed(grid: _Grid, said: dict[float, str], notes: list[tuple[float, str]], left: int, chart: Chart) -> str:
    ticks_at = {grid.row(level): text for level, text in said.items()}
    notes_at: dict[int, str] = {}
    for level, text in notes:
        row = grid.row(level)
        free = next((r for r in (row, row - 1, row + 1) if 0 <= r < grid.rows and r not in notes_at), None)
        if free is not None:
            notes_at[free] = text
    lines = [f"{chart.y_label}{f' ({chart.y_unit})' if chart.y_unit else ''}"]
    for row, cells in enumerate(grid.cells):
        edge = "┤" if row in ticks_at else "│"
        head = fitted(ticks_at.get(row, ""), left, right=True)
        lines.append(f"{head} {edge}{''.join(cells)} {notes_at.get(row, '')}".rstrip())
    lines.append(f"{' ' * left} └{'─' * grid.columns}")
    lines.append(f"{' ' * (left + 2)}{_along(grid, chart)}".rstrip())
    unit = f" ({chart.x_unit})" if chart.x_unit else ""
    lines.append(f"{' ' * (left + 2)}{chart.x_label}{unit}")
    return "\n".join(lines)


def _along(grid: _Grid, chart: Chart) -> str:
    """Names or round numbers below the axis, as many as fit."""
    names = names_of(chart)
    places = list(names) if names else ticks(*grid.x, 6)
    if not names and all(float(x).is_integer() for s in chart.series for x in s.x):
        places = [p for p in places if p.is_integer()]
    digits = tick_decimals(places)
    out = [" "] * grid.columns
    free = 0
    step = max(1, math.ceil(len(places) / 8))
    for place in places[::step]:
        text = names.get(place) or tick_text(place, digits)
        at = grid.column(place) if grid.x[0] <= place <= grid.x[1] else -1
        if at >= free and at + len(text) <= grid.columns:
            out[at : at + len(text)] = list(text)
            free = at + len(text) + 2
    return "".join(out)


def _bars(series: Series, chart: Chart, width: int) -> str:
    names, digits = names_of(chart), tick_decimals(series.x)
    heads = [names.get(x) or tick_text(x, digits) for x in series.x]
    ends = [f"{y:.6g}" if y is not None else "–" for y in series.y]
    left = min(30, max(map(shown_width, heads)))
    room = width - left - max(map(len, ends)) - 3
    largest = max((abs(y) for y in series.y if y is not None), default=0.0) or 1.0
    unit = f" ({chart.x_unit})" if chart.x_unit else ""
    lines = [f"{chart.x_label}{unit}"]
    for head, y, end in zip(heads, series.y, ends, strict=True):
        lines.append(f"{fitted(head[:left], left, right=True)} {_bar(abs(y or 0.0) / largest * room)} {end}")
    for line in chart.lines:
        if line.axis == "x" and not isinstance(line.value, tuple):
            lines.append(f"{line.label}: {line.value:.7g}".replace("-", "−"))
    return "\n".join(lines)


def _bar(length: float) -> str:
    eighths = round(8 * length)
    whole, part = divmod(eighths, 8)
    return "█" * whole + (_BAR[part - 1] if part else "") or ("▏" if length > 0 else "")
