"""The frame of a drawing: scales, ticks, margins, and labels that do not run into each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Any

from techamp.contract.outcome import Chart

CHARACTER = 7.4  # px of one digit of the 12 px tick font
LABEL = 6.8  # px of one letter of the 13 px label font, on average
ROW = 15  # px between two rows of names
ROOMY = 460  # px; below, labels of lines stand inside
WIDEST_MARGIN = 0.3  # and where one of them would take more than this share of the width


@dataclass
class Frame:
    """Where data land on the paper. x(…) and y(…) give px."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    chart: Chart
    x_ticks: list[float]
    y_ticks: list[float]
    stagger: bool = False  # names along x stand in two rows, in turn
    inside: bool = False  # labels of lines stand inside the drawing, not in a margin of their own
    _sides: list[float] = field(default_factory=list)

    def x(self, value: float) -> float:
        """px of a value along x."""
        return self.left + (value - self.x_low) / (self.x_high - self.x_low) * (self.right - self.left)

    def y(self, value: float) -> float:
        """px of a value along y (up is more)."""
        return self.bottom - (value - self.y_low) / (self.y_high - self.y_low) * (self.bottom - self.top)

    def bar_half(self, xs: Sequence[float]) -> float:
        """Half a bar's width in px."""
        gaps = [b - a for a, b in pairwise(xs) if b > a]
        gap = min(gaps) if gaps else (self.x_high - self.x_low) / 2
        return max(0.5, 0.42 * gap / (self.x_high - self.x_low) * (self.right - self.left))

    def side_label(self, text: str, level: float) -> str:
        """A reference line's label at the right margin; moved aside where another stands."""
        if not text:
            return ""
        wanted = self.y(level) + 4
        places = [wanted, *(taken + step for taken in self._sides for step in (-13.0, 13.0))]
        free = [y for y in places if all(abs(y - taken) >= 13 for taken in self._sides)]
        y = min(free, key=lambda place: abs(place - wanted))  # the nearest, so that it stays beside its line
        self._sides.append(y)
        if self.inside:  # on a phone the drawing needs the width: the label stands on its line
            at = f'x="{self.right - 2:.1f}" y="{y - 7:.1f}"'
            shown = escape(fitting(text, self.right - self.left - 4, CHARACTER))
            return f'<text class="tick halo" {at} text-anchor="end">{shown}</text>'
        return f'<text class="tick" x="{self.right + 5:.1f}" y="{y:.1f}">{escape(text)}</text>'

    def axes(self) -> str:
        """Grid, axes, ticks and labels."""
        chart, out = self.chart, []
        digits = tick_decimals(self.y_ticks)
        for tick in self.y_ticks:
            y = self.y(tick)
            out.append(f'<path class="c-grid" d="M{self.left} {y:.1f}H{self.right}"/>')
            text = tick_text(tick, digits)
            at = f'x="{self.left - 6:.1f}" y="{y + 4:.1f}"'
            out.append(f'<text class="tick" {at} text-anchor="end">{text}</text>')
        out.append(f'<path class="c-axis" d="M{self.left} {self.top}V{self.bottom}H{self.right}"/>')
        digits = tick_decimals(self.x_ticks)
        ends = [-math.inf, -math.inf]  # where the last label of each row ends: one moved in from the edge takes room
        for i, tick in enumerate(self.x_ticks):
            text = escape(self._x_text(tick, digits))
            row = ROW * (i % 2) if self.stagger else 0
            half = CHARACTER * len(text) / 2
            middle = max(half, min(self.x(tick), self.width - half))
            if middle - half < ends[row > 0] + 4:
                continue
            ends[row > 0] = middle + half
            at = f'x="{middle:.1f}" y="{self.bottom + 16 + row:.1f}"'
            out.append(f'<text class="tick" {at} text-anchor="middle">{text}</text>')
        unit = f" ({chart.x_unit})" if chart.x_unit else ""
        name = fitting(chart.x_label, self.width, LABEL, unit)
        half = LABEL * len(name) / 2
        middle = max(half, min((self.left + self.right) / 2, self.width - half))
        at = f'x="{middle:.1f}" y="{self.bottom + 34 + (ROW if self.stagger else 0):.1f}"'
        out.append(f'<text {at} text-anchor="middle">{escape(name)}</text>')
        unit = f" ({chart.y_unit})" if chart.y_unit else ""
        out.append(f'<text x="2" y="12">{escape(fitting(chart.y_label, self.width - 2, LABEL, unit))}</text>')
        return "".join(out)

    def _x_text(self, tick: float, digits: int) -> str:
        return names_of(self.chart).get(tick) or tick_text(tick, digits)


def names_of(chart: Chart) -> dict[float, str]:
    """x → its name, where the chart has names."""
    return dict(zip(chart.series[0].x, chart.x_names, strict=False)) if chart.series else {}


def frame_of(chart: Chart, width: int, *, ghost: Chart | None = None, guess: Any = None) -> Frame:
    """Scales that hold all data, ghosts and lines, and margins that hold all labels, at this width."""
    x_low, x_high = _x_span(chart, ghost, guess)
    y_low, y_high = _y_span(chart, ghost, guess)
    height = round(min(340, max(250, width * 0.52)))
    top, bottom = 24, height - 42
    y_ticks = [t for t in ticks(y_low, y_high, 5) if y_low <= t <= y_high]
    left = _left_margin(y_ticks)
    sides = [len(line.label) for line in chart.lines if line.axis == "y" and line.label]
    inside = width < ROOMY or CHARACTER * max(sides, default=0) > WIDEST_MARGIN * width
    right = width - (8 + CHARACTER * max(sides) if sides and not inside else 12)
    if chart.equal_axes:
        span, end = (x_low, x_high, y_low, y_high), right
        for _round in range(2):  # the widened scale may have longer numbers: then once more with their margin
            side = max(end - left, 120)
            height = round(min(side, 380) + 66)
            bottom = height - 42
            right = min(end, left + (bottom - top))
            x_low, x_high, y_low, y_high = _equal(*span, (right - left) / (bottom - top))
            y_ticks = [t for t in ticks(y_low, y_high, 5) if y_low <= t <= y_high]
            left = max(left, _left_margin(y_ticks))
    stagger = _needs_two_rows(chart, right - left)
    height += ROW if stagger else 0
    frame = Frame(
        width, height, left, right, top, bottom, x_low, x_high, y_low, y_high, chart, [], y_ticks, stagger, inside
    )  # fmt: skip
    frame.x_ticks = _x_ticks(frame)
    return frame


def _left_margin(y_ticks: Sequence[float]) -> float:
    """px that the numbers along y take."""
    digits = tick_decimals(list(y_ticks))
    return 10 + CHARACTER * max((len(tick_text(t, digits)) for t in y_ticks), default=1)


def _needs_two_rows(chart: Chart, room: float) -> bool:
    """Whether the names of bars fit only in two rows, in turn. Names of many points are thinned instead."""
    names = names_of(chart).values()
    bars = any(s.shape == "bars" for s in chart.series)
    return bars and bool(names) and len(names) * (max(map(len, names)) * CHARACTER + 10) > room


def _x_ticks(frame: Frame) -> list[float]:
    room = frame.right - frame.left
    names = names_of(frame.chart)
    if names:
        widest = max(len(n) for n in names.values()) * CHARACTER + 10
        rows = 2 if frame.stagger else 1
        return list(names)[:: max(1, math.ceil(len(names) * widest / room / rows))]
    whole = all(float(x).is_integer() for s in frame.chart.series for x in s.x)
    found = [t for t in ticks(frame.x_low, frame.x_high, max(3, int(room / 70))) if frame.x_low <= t <= frame.x_high]
    return [t for t in found if t.is_integer()] if whole else found


def fitting(text: str, room: float, character: float, end: str = "") -> str:
    """A text and its end (a unit), the text cut with an ellipsis where both are longer than the room in px."""
    most = int(room / character) - len(end)
    return f"{text}{end}" if len(text) <= most else f"{text[: max(0, most - 1)].rstrip()}…{end}"


def _x_span(chart: Chart, ghost: Chart | None, guess: Any) -> tuple[float, float]:
    xs = [x for one in (chart, ghost) if one for s in one.series for x in s.x]
    xs += list(guess["x"]) if isinstance(guess, Mapping) else []
    xs += [float(line.value) for line in chart.lines if line.axis == "x" and not isinstance(line.value, tuple)]
    low, high = (min(xs), max(xs)) if xs else (0.0, 1.0)
    bars = any(s.shape == "bars" for s in chart.series)
    pad = 0.5 if bars and chart.x_names else (high - low) * (0.06 if bars or chart.equal_axes else 0.015)
    if _too_close(low - pad, high + pad):
        pad = max(1.0, abs(low) * 0.05)
    return low - pad, high + pad


def _too_close(low: float, high: float) -> bool:
    """Whether ticks between them would be the same number."""
    return high - low <= 1e-9 * max(abs(low), abs(high))


def _y_span(chart: Chart, ghost: Chart | None, guess: Any) -> tuple[float, float]:
    ys: list[float] = []
    for one in (chart, ghost) if ghost else (chart,):
        for s in one.series:
            ys += [float(y) for y in (*s.y, *s.y2) if y is not None]
    for line in chart.lines:
        if line.axis == "y":
            ys += [float(v) for v in (line.value if isinstance(line.value, tuple) else (line.value,)) if v is not None]
    ys += [float(v) for v in (guess["y"] if isinstance(guess, Mapping) else [] if guess is None else [guess])]
    if chart.zero or any(s.shape == "bars" for s in chart.series):
        ys.append(0.0)
    low, high = (min(ys), max(ys)) if ys else (0.0, 1.0)
    if _too_close(low, high):
        pad = abs(low) * 0.05 or 1.0
        return low - pad, high + pad
    pad = (high - low) * 0.06
    return (low if low == 0 else low - pad), (high if high == 0 else high + pad)


def _equal(x0: float, x1: float, y0: float, y1: float, ratio: float) -> tuple[float, float, float, float]:
    half = max((x1 - x0) / 2 / ratio, (y1 - y0) / 2)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return x - half * ratio, x + half * ratio, y - half, y + half


def ticks(low: float, high: float, about: int) -> list[float]:
    """Round values (1, 2, 5 × 10ᵏ apart) that cover low…high, about that many, and at least three of them inside."""
    while about < 40:
        found = _ticks(low, high, about)
        if sum(low <= t <= high for t in found) >= 3:
            return found
        about *= 2
    return found


def _ticks(low: float, high: float, about: int) -> list[float]:
    raw = (high - low) / max(1, about)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * (1 - 1e-9))
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(i * step, 12 - math.floor(math.log10(step))) for i in range(first, last + 1)]


def tick_decimals(values: Sequence[float]) -> int:
    """Decimals that tell neighboring ticks apart."""
    gaps = [abs(b - a) for a, b in pairwise(values) if b != a]
    return max(0, -math.floor(math.log10(min(gaps)) + 1e-9)) if gaps else 0


def tick_text(value: float, decimals: int) -> str:
    """A tick as text, with a true minus sign; by powers of ten where it would be longer than a drawing is wide."""
    text = f"{value:.{decimals}f}" if abs(value) < 1e10 and decimals <= 9 else f"{value:.4g}"
    return f"\u2212{text[1:]}" if text.startswith("-") and float(text) != 0 else text.lstrip("-")
