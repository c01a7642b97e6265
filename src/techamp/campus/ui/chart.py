"""A contract Chart as an SVG drawing that fits the width at hand, with its table and its words. No JavaScript."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from techamp.contract import Chart
from techamp.contract.drawing import chart_table
from techamp.contract.drawing import svg as drawing
from techamp.contract.drawing.key import key
from techamp.contract.drawing.svg import NARROW, WIDE, legend


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
    drawings = format_html("{}{}{}", drawings, _key(chart), _explained(chart))
    return format_html(
        '<figure class="chart" data-chart="{}"><figcaption>{}</figcaption>{}{}<div>{}{}</div></figure>',
        chart.name, chart.title, drawings, words, _details(_("Table"), table(chart)), equation,
    )  # fmt: skip


def svg(chart: Chart, width: int, ghost: Chart | None = None, guess: Any = None) -> SafeString:
    """One drawing at a width in px; all text in it is escaped."""
    return mark_safe(drawing.svg(chart, width, ghost, guess, _("your prediction")))


def table(chart: Chart, limit: int = 200) -> SafeString:
    """The same numbers as a table; long ones are cut, and say so."""
    return mark_safe(chart_table.table(chart, limit, lambda n: _("%(n)d more rows are not shown.") % {"n": n}))


def _details(summary: str, inside: str) -> SafeString:
    return format_html("<details><summary>{}</summary>{}</details>", summary, inside)


def _key(chart: Chart) -> SafeString:
    rows = ((mark_safe(swatch), name) for swatch, name in key(chart))
    items = format_html_join("", "<li>{} {}</li>", rows)
    return format_html('<ul class="chart-key small">{}</ul>', items) if items else SafeString("")


def _explained(chart: Chart) -> SafeString:
    rows = ((number, word) for word, number in legend(chart).items())
    items = format_html_join("", '<li><span class="num">{}</span> {}</li>', rows)
    return format_html('<ul class="mark-list small">{}</ul>', items) if items else SafeString("")
