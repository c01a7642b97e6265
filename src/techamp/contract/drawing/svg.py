"""A chart as an SVG drawing that fits the width at hand. Colors are classes; a style sheet gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from techamp.contract.drawing.axes import CHARACTER, Frame, frame_of
from techamp.contract.drawing.drawable import drawable
from techamp.contract.drawing.key import also
from techamp.contract.outcome import Chart, RefLine, Series

NARROW, WIDE = 292, 720


def svg(
    chart: Chart, width: int, ghost: Chart | None = None, guess: Any = None, guess_word: str = "your prediction"
) -> str:
    """One drawing at a width in px. ``ghost`` is the run before; ``guess`` a prediction (a number, or points x and y)
    and ``guess_word`` what stands beside it."""
    chart, ghost = drawable(chart), drawable(ghost) if ghost else None
    frame = frame_of(chart, width, ghost=ghost, guess=guess)
    parts = [frame.axes()]
    parts += [_band(s, frame) for s in chart.series if s.shape == "band"]
    if ghost:
        parts += [_series(s, frame, "ghost") for s in ghost.series if s.role == "now" and s.shape != "band"]
    parts += [_line(line, chart, frame) for line in chart.lines]
    parts += [_series(s, frame, s.role, also(s, chart)) for s in chart.series if s.shape != "band"]
    parts += [_line_label(line, frame) for line in chart.lines]
    parts.append(_guess(guess, frame, guess_word))
    parts += _marks(chart, frame)
    label = escape(chart.words or chart.title)
    head = f'<svg width="{frame.width}" viewBox="0 0 {frame.width} {frame.height}" role="img" aria-label="{label}">'
    return f"{head}{''.join(parts)}</svg>"


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    out, pen_up = [], True
    for point in points:
        if point is None:
            pen_up = True
            continue
        out.append(f"{'M' if pen_up else 'L'}{point[0]:.1f} {point[1]:.1f}")
        pen_up = False
    return "".join(out)


def _points(xs: Sequence[float], ys: Sequence[Any], frame: Frame) -> list[tuple[float, float] | None]:
    return [None if y is None else (frame.x(x), frame.y(y)) for x, y in zip(xs, ys, strict=True)]


def _series(series: Series, frame: Frame, role: str, more: str = "") -> str:
    points = _points(series.x, series.y, frame)
    if series.shape == "bars":
        return _bars(series, frame, role)
    out = ""
    if series.shape in {"line", "line+points"}:
        out += f'<path class="c-{role}{more}" d="{_path(points)}"/>'
    if series.shape == "steps":
        out += f'<path class="c-{role}{more}" d="{_path(_stairs(points))}"/>'
    if series.shape in {"points", "line+points"} or sum(p is not None for p in points) == 1:
        size = 3.2 if len(points) <= 60 else 2.4 if len(points) <= 200 else 1.6
        out += "".join(
            f'<circle class="c-{role}-dot{more}" cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="{size}"/>' for p in points if p
        )
    return out


def _stairs(points: Sequence[tuple[float, float] | None]) -> list[tuple[float, float] | None]:
    out: list[tuple[float, float] | None] = []
    for before, point in zip([None, *points], points, strict=False):
        if before and point:
            out.append((point[0], before[1]))
        out.append(point)
    return out


def _bars(series: Series, frame: Frame, role: str) -> str:
    css = {"now": "c-bar", "aside": "c-bar-aside"}.get(role, "c-ghost")
    half = frame.bar_half(series.x)
    base = frame.y(0.0) if frame.y_low <= 0 <= frame.y_high else frame.y(frame.y_low)
    out = []
    for x, y in zip(series.x, series.y, strict=True):
        if y is not None:
            top = frame.y(y)
            left, height = frame.x(x) - half, abs(base - top)
            box = f'x="{left:.1f}" y="{min(top, base):.1f}" width="{2 * half:.1f}" height="{height:.1f}"'
            out.append(f'<rect class="{css}" {box}/>')
    return "".join(out)


def _band(series: Series, frame: Frame) -> str:
    upper = [p for p in _points(series.x, series.y, frame) if p]
    lower = [p for p in _points(series.x, series.y2, frame) if p]
    return f'<path class="c-band" d="{_path([*upper, *reversed(lower)])}Z"/>' if upper and lower else ""


def _line(line: RefLine, chart: Chart, frame: Frame) -> str:
    """The path of a reference line."""
    if isinstance(line.value, tuple):
        return f'<path class="c-{line.kind}" d="{_path(_stairs(_points(chart.series[0].x, line.value, frame)))}"/>'
    if line.axis == "x":
        return f'<path class="c-{line.kind}" d="M{frame.x(line.value):.1f} {frame.top}V{frame.bottom}"/>'
    return f'<path class="c-{line.kind}" d="M{frame.left} {frame.y(line.value):.1f}H{frame.right}"/>'


def _line_label(line: RefLine, frame: Frame) -> str:
    """Its label, on top of the data. Zones have none where labels stand inside: there is no room for them."""
    if line.axis == "x" and not isinstance(line.value, tuple):
        x = frame.x(line.value)
        ends = x + 4 + CHARACTER * len(line.label) > frame.width
        at = f'x="{x - 4:.1f}" text-anchor="end"' if ends else f'x="{x + 4:.1f}"'
        at += f' y="{frame.top + 11}"'
        return f'<text class="tick halo" {at}>{escape(line.label)}</text>'
    values = line.value if isinstance(line.value, tuple) else (line.value,)
    level = next((v for v in reversed(values) if v is not None), None)
    if level is None or (frame.inside and line.kind == "zone"):
        return ""
    return frame.side_label(line.label, level)


def _guess(guess: Any, frame: Frame, said: str) -> str:
    if guess is None:
        return ""
    word = escape(said)
    if isinstance(guess, Mapping):
        points = [(frame.x(x), frame.y(y)) for x, y in zip(guess["x"], guess["y"], strict=True)]
        dots = "".join(f'<circle class="c-guess-dot" cx="{x:.1f}" cy="{y:.1f}" r="5"/>' for x, y in points)
        x, y = points[-1]
        return (
            f'<path class="c-guess" d="{_path(points)}"/>{dots}'
            f'<text class="c-word-guess" x="{min(x, frame.right):.1f}" y="{y - 10:.1f}" text-anchor="end">{word}</text>'
        )
    y = frame.y(float(guess))
    return (
        f'<path class="c-guess" d="M{frame.left} {y:.1f}H{frame.right}"/>'
        f'<text class="c-word-guess" x="{frame.right}" y="{y - 6:.1f}" text-anchor="end">{word}</text>'
    )


def _marks(chart: Chart, frame: Frame) -> list[str]:
    """Shapes, and beside each its word; where a word is long, a number that the list below the drawing explains."""
    out: list[str] = []
    taken: list[tuple[float, float, float]] = []  # where words already stand
    numbers = legend(chart)
    for mark in chart.marks:
        x, y = frame.x(mark.x), frame.y(mark.y)
        out.append(_SHAPES[mark.kind](x, y))
        word = str(numbers.get(mark.label, "")) if numbers else mark.label
        half = 3.6 * len(word) + 2
        clear = all(abs(x - tx) > half + th + 3 or abs(y - ty) > 16 for tx, ty, th in taken)
        if word and clear and len(taken) < MOST_WORDS:
            taken.append((x, y, half))
            tx = min(max(x, frame.left + half), frame.right - half)
            css = "c-word-signal" if mark.kind == "signal" else "c-word"
            above = y - 11 if y - 24 > frame.top else y + 22
            at = f'x="{tx:.1f}" y="{above:.1f}"'
            out.append(f'<text class="{css} halo" {at} text-anchor="middle">{escape(word)}</text>')
    return out


MOST_WORDS, SHORT = 12, 14
_SHAPES: dict[str, Callable[[float, float], str]] = {
    "signal": lambda x, y: f'<path class="c-signal" d="M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7Z"/>',
    "excluded": lambda x, y: f'<path class="c-excluded" d="M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8"/>',
    "note": lambda x, y: f'<circle class="c-note" cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
}


def legend(chart: Chart) -> dict[str, int]:
    """Numbers for the marks' words where one of them is too long to stand in a drawing; else nothing."""
    words = list(dict.fromkeys(mark.label for mark in chart.marks if mark.label))
    return {word: i + 1 for i, word in enumerate(words)} if any(len(w) > SHORT for w in words) else {}
