"""An outcome as text for a terminal: the words first, then the picture, the numbers, the tables, the explanations."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from techamp.contract.drawing.numbers import plain_number
from techamp.contract.drawing.plain_letters import fitted, in_ascii, shown_width
from techamp.contract.drawing.text_chart import text_chart
from techamp.contract.outcome import Chart, DataTable, Explanation, Measure, Outcome

WIDTH, MOST_ROWS, LEAST_COLUMN = 80, 12, 9
_NUMBER = re.compile(r"[−+-]?[\d.,\u202f]+( ?%)?|–|")


def outcome_text(outcome: Outcome, width: int = WIDTH, ascii_only: bool = False) -> str:
    """Everything that the outcome says, in lines of at most ``width`` columns."""
    if ascii_only:  # before anything is laid out, as a name takes more room than its symbol
        outcome = Outcome.model_validate(_said_in_ascii(outcome.model_dump(exclude={"trace"})))
    parts = [bullets(outcome.notes, width)]
    parts += [_chart(chart, width) for chart in outcome.charts[:1]]
    parts.append(measures_text(outcome.measures, width))
    parts += [_chart(chart, width) for chart in outcome.charts[1:]]
    parts += [table_text(table, width) for table in outcome.tables if table.rows]
    parts += [_explanation(one, width) for one in outcome.explanations]
    text = "\n\n".join(filter(None, parts)) + "\n"
    return in_ascii(text) if ascii_only else text


def _said_in_ascii(value: Any) -> Any:
    if isinstance(value, str):
        return in_ascii(value)
    if isinstance(value, dict):
        return {key: _said_in_ascii(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return tuple(map(_said_in_ascii, value))
    return value


def bullets(sentences: Iterable[str], width: int = WIDTH) -> str:
    """Sentences as a list."""
    return "\n".join(textwrap.fill(s, width, initial_indent="- ", subsequent_indent="  ") for s in sentences)


def _chart(chart: Chart, width: int) -> str:
    picture = text_chart(chart, width)
    said = textwrap.fill(chart.words, width) if chart.words else ""
    return "\n".join(filter(None, (heading(chart.title), picture, said)))


def heading(title: str) -> str:
    """A title with a line below."""
    return f"{title}\n{'─' * shown_width(title)}"


def measures_text(measures: Sequence[Measure], width: int = WIDTH) -> str:
    """One line for each measure: value, unit, 95 % interval."""
    rows = []
    for one in measures:
        low, high = (plain_number(v, one.decimals) for v in (one.low, one.high))
        interval = f"95 %: {low} to {high}" if one.low is not None else ""
        rows.append((one.label, one.shown, one.unit, interval))
    return "\n".join(_lines(rows, width, (False, True, False, False)))


def table_text(table: DataTable, width: int = WIDTH, most: int = MOST_ROWS) -> str:
    """A table; long cells are wrapped, and of a long table the first rows are shown."""
    rows = [[_cell(cell) for cell in row] for row in table.rows[:most]]
    right = [all(_NUMBER.fullmatch(row[i]) for row in rows) for i in range(len(table.columns))]
    lines = _lines([list(table.columns), *rows], width, right, ruled=True)
    more = len(table.rows) - most
    lines += [f"… and {more:,} more row{'s' * (more > 1)} (all of them in --html and --json)"] if more > 0 else []
    return "\n".join([heading(table.title), *lines])


def _explanation(one: Explanation, width: int) -> str:
    return f"{heading(one.title)}\n{bullets(one.sentences, width)}"


def _cell(value: Any) -> str:
    if value is None or value != value:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:.6g}".replace("-", "−")


def _lines(rows: Sequence[Sequence[str]], width: int, right: Sequence[bool], ruled: bool = False) -> list[str]:
    """Rows in aligned columns; where they are too wide, the widest columns are narrowed and their cells wrapped."""
    if not rows:
        return []
    widths = _widths(rows, width)
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [_wrapped(cell, w) for cell, w in zip(row, widths, strict=True)]
        for i in range(max(map(len, cells))):
            parts = [c[i] if i < len(c) else "" for c in cells]
            sized = zip(parts, widths, right, strict=True)
            lines.append("  ".join(fitted(part, w, aligned) for part, w, aligned in sized).rstrip())
        if ruled and number == 0:
            lines.append("  ".join("─" * w for w in widths))
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return [text] if shown_width(text) <= width else textwrap.wrap(text, width)


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    widths = [max((shown_width(row[i]) for row in rows), default=0) or 1 for i in range(len(rows[0]))]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > LEAST_COLUMN:
        widths[widths.index(max(widths))] -= 1
    return widths
