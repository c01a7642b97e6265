"""An outcome as HTML that needs nothing else: for a report in one file, and for a cell of a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from techamp.contract.drawing.chart_table import table as chart_table
from techamp.contract.drawing.key import key
from techamp.contract.drawing.numbers import plain_number
from techamp.contract.drawing.style_sheet import drawing_style, style_sheet
from techamp.contract.drawing.svg import NARROW, WIDE, legend, svg
from techamp.contract.outcome import Chart, DataTable, Explanation, Measure, Outcome

_PAGE = "body{margin:0}.techamp{min-height:100vh}main{margin:0 auto;max-width:60rem;padding:16px}h1{font-size:1.6rem}"


def outcome_html(outcome: Outcome) -> str:
    """Words, charts, numbers, tables, explanations; with its own style."""
    return f'<div class="techamp"><style>{style_sheet()}</style>{_inside(outcome)}</div>'


def chart_html(chart: Chart) -> str:
    """One chart with its words and table; with its own style."""
    return f'<div class="techamp"><style>{style_sheet()}</style>{_figure(chart)}</div>'


def chart_svg(chart: Chart, width: int = WIDE) -> str:
    """A drawing that stands alone, on white."""
    drawn = svg(chart, width).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    end = drawn.index(">") + 1
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    return f"{drawn[:end]}<style>{drawing_style()}</style>{ground}{drawn[end:]}"


def table_html(table: DataTable) -> str:
    """One table; with its own style."""
    return f'<div class="techamp"><style>{style_sheet()}</style>{_table(table)}</div>'


def report_page(title: str, source: str, outcome: Outcome, made_by: str) -> str:
    """A whole page in one file: no script, no network. ``source`` says which data, ``made_by`` how to make it again."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" '
        f'content="light dark"><title>{escape(title)}</title><style>{style_sheet()}{_PAGE}</style></head>\n'
        f'<body class="techamp"><main><h1>{escape(title)}</h1><p class="soft">{escape(source)}</p>'
        f'{_inside(outcome)}<p class="soft">{escape(made_by)}</p></main></body></html>\n'
    )


def _inside(outcome: Outcome) -> str:
    first = "".join(f'<p class="first">{escape(note)}</p>' for note in outcome.notes[:1])
    charts = [_figure(chart) for chart in outcome.charts]
    tables = [_table(table) for table in outcome.tables if table.rows]
    said = [_explanation(one) for one in outcome.explanations]
    return "".join(
        [first, _list(outcome.notes[1:]), *charts[:1], _measures(outcome.measures), *charts[1:], *tables, *said]
    )


def _list(sentences: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else ""


def _figure(chart: Chart) -> str:
    words = f'<p class="soft">{escape(chart.words)}</p>' if chart.words else ""
    swatches = "".join(f"<span>{swatch} {escape(name)}</span>" for swatch, name in key(chart))
    names = f'<p class="key">{swatches}</p>' if swatches else ""
    numbered = _list(f"{number}: {word}" for word, number in legend(chart).items())
    equation = f'<p class="num">{escape(chart.equation)}</p>' if chart.equation else ""
    return (
        f'<figure><figcaption>{escape(chart.title)}</figcaption><div class="wide">{svg(chart, WIDE)}</div>'
        f'<div class="narrow">{svg(chart, NARROW)}</div>{names}{numbered}{words}{equation}'
        f"<details><summary>Table</summary>{chart_table(chart)}</details></figure>"
    )


def _measures(measures: Iterable[Measure]) -> str:
    rows = []
    for one in measures:
        low, high = (plain_number(v, one.decimals) for v in (one.low, one.high))
        interval = f"95 %: {low} to {high}" if one.low is not None else ""
        value = f"{one.shown} {one.unit}".strip()
        cells = f'<td class="n">{escape(value)}</td><td>{interval}</td><td class="soft">{escape(one.help)}</td>'
        rows.append(f'<tr><th scope="row">{escape(one.label)}</th>{cells}</tr>')
    return f'<div class="scroll"><table><tbody>{"".join(rows)}</tbody></table></div>' if rows else ""


def _table(table: DataTable) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.columns)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    width = "scroll long" if len(table.columns) > 3 else "scroll"  # a phone scrolls the table, not the page
    return (
        f'<h2>{escape(table.title)}</h2><div class="{width}"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(value: Any) -> str:
    if value is None or value != value:
        return "<td>–</td>"
    if isinstance(value, bool):
        return f"<td>{'yes' if value else 'no'}</td>"
    if isinstance(value, str):
        return f"<td>{escape(value)}</td>"
    return f'<td class="n">{f"{value:.7g}".replace("-", "−")}</td>'


def _explanation(one: Explanation) -> str:
    return f"<details><summary>{escape(one.title)}</summary>{_list(one.sentences)}</details>"
