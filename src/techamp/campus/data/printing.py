"""A study to take along: a chart as SVG or PNG, the whole of it as a PDF, points and tables as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from techamp.campus.data.models import Dataset
from techamp.campus.data.workbench import Bench
from techamp.campus.ui.chart import svg
from techamp.campus.ui.numbers import plain_number
from techamp.contract import Chart, DataTable, Outcome, Table
from techamp.typesetting import typeset

WIDTH = 760
SHARPNESS = 192  # px per inch of a PNG
MOST_ROWS = 40  # of a table on paper
REPORT = Path(__file__).parent / "documents" / "report.typ"
_PICTURE = '#set page(width: auto, height: auto, margin: 8pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
# On paper there is no dark and no style sheet: the same classes as in chart.css with fixed colors.
_STYLE = """
text { font: 500 13px "Libertinus Serif", sans-serif; fill: #4c5966 }
.tick { font: 500 12px "DejaVu Sans Mono", monospace }
.c-grid { stroke: #d3d6d4; fill: none } .c-axis { stroke: #747f8a; fill: none }
.c-now { stroke: #0a569e; stroke-width: 2; fill: none } .c-now-dot { fill: #0a569e }
.c-aside { stroke: #4c5966; stroke-width: 1.5; fill: none } .c-aside-dot { fill: #4c5966 }
.c-bar { fill: #e6eff8; stroke: #0a569e } .c-bar-aside { fill: none; stroke: #4c5966 }
.c-band { fill: #0a569e; opacity: .16 }
.c-center { stroke: #16202a; stroke-width: 1.2; fill: none }
.c-limit { stroke: #16202a; stroke-width: 1.2; stroke-dasharray: 7 4; fill: none }
.c-zone { stroke: #747f8a; stroke-dasharray: 2 4; fill: none }
.c-spec { stroke: #a8211a; stroke-width: 1.2; stroke-dasharray: 12 3 2 3; fill: none }
.c-target { stroke: #176b41; stroke-width: 1.2; fill: none }
.c-phase { stroke: #747f8a; stroke-dasharray: 10 3 2 3; fill: none }
.c-signal { fill: #fffefb; stroke: #a8211a; stroke-width: 2 }
.c-note { fill: #fffefb; stroke: #16202a; stroke-width: 1.5 }
.c-excluded { stroke: #4c5966; stroke-width: 1.5; fill: none }
.c-word { fill: #16202a; font-weight: 600 } .c-word-signal { fill: #a8211a; font-weight: 600 }
"""


def svg_file(chart: Chart) -> str:
    """A drawing that stands alone, on white."""
    drawn = str(svg(chart, WIDTH))
    start = drawn.index(">") + 1
    head = drawn[:start].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f'{head}<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{drawn[start:]}'


def png_file(chart: Chart) -> bytes:
    """The same as pixels."""
    return typeset(_PICTURE, "png", {"svg": svg_file(chart)}, ppi=SHARPNESS)


def pdf_file(dataset: Dataset, bench: Bench, outcome: Outcome, link: str, now: datetime) -> bytes:
    """Words, charts, numbers, formulas and the link that makes it again, on letter paper."""
    report = {
        "title": bench.study.title, "lang": (get_language() or "en").split("-")[0], "link": link,
        "source": _("%(name)s, %(rows)s rows") % {"name": dataset.name, "rows": plain_number(dataset.rows, 0)},
        "notes": list(outcome.notes), "numbers": _("Numbers"), "again": _("Make it again"),
        "charts": [{"title": c.title, "svg": svg_file(c), "words": c.words} for c in outcome.charts],
        "measures": [_measure(m) for m in outcome.measures],
        "tables": [_shown(t) for t in outcome.tables if t.rows],
        "explanations": [e.model_dump(mode="json") for e in outcome.explanations],
        "foot": _("%(title)s · %(name)s · %(day)s")
        % {"title": bench.study.title, "name": dataset.name, "day": date_format(now, "DATE_FORMAT")},
        "made": _("Made by %(id)s, version %(version)s, from data with SHA-256 %(sha)s.")
        % {"id": bench.study.id, "version": bench.study.version, "sha": dataset.sha256},
    }  # fmt: skip
    return typeset(
        REPORT.read_text(encoding="utf-8"), "pdf", {"report": json.dumps(report)}, timestamp=int(now.timestamp())
    )


def _measure(measure: Any) -> dict[str, str]:
    value = f"{measure.shown} {measure.unit}".strip()
    if measure.low is None:
        return {"label": measure.label, "value": value, "interval": ""}
    low, high = plain_number(measure.low, measure.decimals), plain_number(measure.high, measure.decimals)
    return {
        "label": measure.label,
        "value": value,
        "interval": _("95 %%: %(low)s to %(high)s") % {"low": low, "high": high},
    }


def _shown(table: DataTable) -> dict[str, Any]:
    rows = [[_plain(cell) for cell in row] for row in table.rows[:MOST_ROWS]]
    return {"title": table.title, "columns": list(table.columns), "rows": rows}


def csv_of_points(table: Table) -> str:
    """One line for each point; numbers as they are, blanks where there are none."""
    columns = [column.values.tolist() if column.is_number else column.values.astype(str) for column in table.columns]
    heads = [f"{column.name} ({column.unit})" if column.unit else column.name for column in table.columns]
    return _csv(heads, zip(*columns, strict=True))


def csv_of_table(table: DataTable) -> str:
    """A table of the outcome."""
    return _csv(table.columns, table.rows)


def _csv(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_safe(head) for head in heads])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()  # so that a spreadsheet takes it for UTF-8


def _plain(cell: Any) -> str:
    if cell is None or cell != cell:
        return "–"
    return cell if isinstance(cell, str) else f"{cell:.10g}".replace("-", "\u2212")


def _safe(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(cell, str | np.str_):
        return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else str(cell)
    return "" if cell is None or cell != cell else cell
