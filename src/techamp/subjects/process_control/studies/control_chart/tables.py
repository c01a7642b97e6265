"""Signals one by one, and every limit with its formula."""

from __future__ import annotations

import numpy as np

from techamp.contract import DataTable
from techamp.subjects.process_control.formulas import limit_formulas
from techamp.subjects.process_control.signaling import Signal
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis, Run

MOST_ROWS = 100


def tables(found: Analysis) -> tuple[DataTable, ...]:
    """What to look at, and how the limits came about."""
    left = len(found.runs) - MOST_ROWS
    more = f" (the first {MOST_ROWS}; {left:,} more)" if left > 0 else ""
    return (
        DataTable(
            name="signals",
            title=f"Signals{more}",
            columns=("Where", "Row in the file", f"Value{_unit(found)}", "Rule", "What usually causes it"),
            rows=tuple(_row(found, run) for run in found.runs[:MOST_ROWS]),
        ),
        DataTable(
            name="formulas",
            title="Where the limits come from",
            columns=("", "Formula", "With your numbers", f"Value{_unit(found)}"),
            rows=tuple(
                (f"{_PANELS[f.panel]}{f.symbol}", f.expression, f.numbers, f.rounded)
                for f in limit_formulas(found.chart, _last(found))
            ),
        ),
    )


_PANELS = {"sigma": "", "location": "Location ", "spread": "Spread "}


def _unit(found: Analysis) -> str:
    return f" ({found.data.unit})" if found.data.unit else ""


def _last(found: Analysis) -> int:
    """The last point that has everything: a full subgroup, or at least a reading."""
    return int(np.flatnonzero(found.chart.n == found.chart.n.max())[-1])


def _row(found: Analysis, run: Run) -> tuple[str, str, float, str, str]:
    panel = found.chart.location if run.panel == "location" else found.chart.spread
    assert panel is not None  # a run on a panel comes from that panel
    rule = run.hits.rule
    signal = Signal(rule, run.last, (run.last,), (), run.direction, run.panel, panel.statistic)
    where, rows = found.name(run.first), f"{found.row(run.first)}"
    if run.last > run.first:
        where, rows = f"{where} to {found.name(run.last)}", f"{rows}–{found.row(run.last)}"
    value = round(float(panel.points[run.last]), found.decimals)
    return where, rows, value, f"{panel.statistic}: {rule.name}", "; ".join(signal.causes)
