"""A contract Chart as an SVG drawing that fits the width at hand, with its table and its words. No JavaScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from techamp.campus.ui.axes import CHARACTER, Frame, frame_of, names_of
from techamp.campus.ui.drawable import drawable
from techamp.campus.ui.numbers import plain_number
from techamp.contract import Chart, RefLine, Series

NARROW, WIDE = 292, 720


def figure(chart: Chart, width: int = 0, *, ghost: Chart | None = None, guess: Any = None) -> SafeString:
    """The whole figure. ``width`` 0 draws it twice, for a phone and for a desk, and CSS shows the one that fits.

    ``ghost`` is the run before (dotted gray). ``guess`` is a prediction: a number (a level line) or points {"x": …,
    "y": …}.
    """
    if width:
        drawings = format_html('<div class="drawing">{}</div>', svg(chart, width, ghost, guess))
    else:
        drawings = format_html(
            '<div class="drawing narrow">{}</div><div class="drawing wide">{}</div>',
            svg(chart, NARROW, ghost, guess),
            svg(chart, WIDE, ghost, guess),
        )
    equation = (
        _details(_("Equation"), format_html('<p class="num small">{}</p>', chart.equation)) if chart.equation else ""
    )
    words = format_html('<p class="small soft">{}</p>', chart.words) if chart.words else ""
    drawings = format_html("{}{}", drawings, _explained(chart))
    return format_html(
        '<figure class="chart" data-chart="{}"><figcaption>{}</figcaption>{}{}<div>{}{}</div></figure>',
        chart.name, chart.title, drawings, words, _details(_("Table"), table(chart)), equation,
    )  # fmt: skip


def _details(summary: str, inside: str) -> SafeString:
    return format_html("<details><summary>{}</summary>{}</details>", summary, inside)


def svg(chart: Chart, width: int, ghost: Chart | None = None, guess: Any = None) -> SafeString:
    """One drawing at a width in px."""
    chart, ghost = drawable(chart), drawable(ghost) if ghost else None
    frame = frame_of(chart, width, ghost=ghost, guess=guess)
    parts = [frame.axes()]
    parts += [_band(s, frame) for s in chart.series if s.shape == "band"]
    if ghost:
        parts += [_series(s, frame, "ghost") for s in ghost.series if s.role == "now" and s.shape != "band"]
    parts += [_line(line, chart, frame) for line in chart.lines]
    parts += [_series(s, frame, s.role) for s in chart.series if s.shape != "band"]
    parts += [_line_label(line, frame) for line in chart.lines]
    parts.append(_guess(guess, frame))
    parts += _marks(chart, frame)
    label = escape(chart.words or chart.title)
    head = f'<svg width="{frame.width}" viewBox="0 0 {frame.width} {frame.height}" role="img" aria-label="{label}">'
    return mark_safe(head + "".join(parts) + "</svg>")


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


def _series(series: Series, frame: Frame, role: str) -> str:
    points = _points(series.x, series.y, frame)
    if series.shape == "bars":
        return _bars(series, frame, role)
    out = ""
    if series.shape in {"line", "line+points"}:
        out += f'<path class="c-{role}" d="{_path(points)}"/>'
    if series.shape == "steps":
        out += f'<path class="c-{role}" d="{_path(_stairs(points))}"/>'
    if series.shape in {"points", "line+points"} or sum(p is not None for p in points) == 1:
        size = 3.2 if len(points) <= 60 else 2.4 if len(points) <= 200 else 1.6
        out += "".join(
            f'<circle class="c-{role}-dot" cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="{size}"/>' for p in points if p
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


def _guess(guess: Any, frame: Frame) -> str:
    if guess is None:
        return ""
    word = escape(_("your prediction"))
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


def _explained(chart: Chart) -> SafeString:
    rows = ((number, word) for word, number in legend(chart).items())
    items = format_html_join("", '<li><span class="num">{}</span> {}</li>', rows)
    return format_html('<ul class="mark-list small">{}</ul>', items) if items else SafeString("")


def table(chart: Chart, limit: int = 200) -> SafeString:
    """The same numbers as a table; long ones are cut, and say so."""
    chart = drawable(chart)
    stepped = [line for line in chart.lines if isinstance(line.value, tuple)]
    labels = [s.label for s in chart.series] + [line.label for line in stepped]
    columns = [_column(s.x, _cells_of(s)) for s in chart.series]
    columns += [_column(chart.series[0].x, [_cell(v) for v in line.value]) for line in stepped]  # type: ignore[union-attr]
    places = sorted({place for column in columns for place in column})
    unit = f" ({chart.x_unit})" if chart.x_unit else ""
    heads = [
        f"{chart.x_label}{unit}",
        *[f"{label} ({chart.y_unit})" if chart.y_unit else label for label in labels],
    ]
    head = "".join(f'<th class="n" scope="col">{escape(h)}</th>' for h in heads)
    rows = []
    names = names_of(chart)
    for place in places[:limit]:
        name = escape(names.get(place[0]) or _cell(place[0]))
        cells = "".join([f'<td class="n">{column.get(place, "–")}</td>' for column in columns])
        rows.append(f'<tr><th class="n" scope="row">{name}</th>{cells}</tr>')
    for line in chart.lines:
        if not isinstance(line.value, tuple) and line.axis == "y":
            head_cell = f'<th class="n" scope="row">{escape(line.label)}</th>'
            rows.append(f'<tr>{head_cell}<td class="n" colspan="{len(columns) or 1}">{_cell(line.value)}</td></tr>')
    more = len(places) - limit
    note = f"<p class='small soft'>{escape(_('%(n)d more rows are not shown.') % {'n': more})}</p>" if more > 0 else ""
    return mark_safe(
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(chart.title)}"><table class="data">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{note}"
    )


def _column(xs: Sequence[float], cells: Sequence[str]) -> dict[tuple[float, int], str]:
    """Cells by x and by how often that x came before: two points over one x are two rows."""
    if len(set(xs)) == len(xs):
        return {(x, 0): cell for x, cell in zip(xs, cells, strict=True)}
    seen, column = Counter[float](), dict[tuple[float, int], str]()
    for x, cell in zip(xs, cells, strict=True):
        column[x, seen[x]] = cell
        seen[x] += 1
    return column


def _cells_of(series: Series) -> list[str]:
    if series.shape != "band":
        return [_cell(y) for y in series.y]
    return [f"{_cell(low)} … {_cell(high)}" for low, high in zip(series.y, series.y2, strict=True)]


def _cell(value: Any) -> str:
    """A number or a dash: nothing in it needs escaping."""
    if value is None:
        return "–"
    if isinstance(value, float) and value != int(value):
        return f"{value:.6g}".replace("-", "\u2212")
    return plain_number(value, 0)
