"""The numbers of a chart as an HTML table: what a drawing shows, for who cannot see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from techamp.contract.drawing.axes import names_of
from techamp.contract.drawing.drawable import drawable
from techamp.contract.drawing.numbers import plain_number
from techamp.contract.outcome import Chart, Series


def _cut(more: int) -> str:
    return f"{more} more rows are not shown."


def table(chart: Chart, limit: int = 200, cut: Callable[[int], str] = _cut) -> str:
    """The same numbers as a table; long ones are cut, and ``cut`` says by how many rows."""
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
    note = f"<p class='small soft'>{escape(cut(more))}</p>" if more > 0 else ""
    return (
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
