"""Signals one by one, phases, what was left out, and every limit with its formula."""

from __future__ import annotations

from techamp.contract import DataTable
from techamp.subjects.process_control.signaling import Signal
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis, Run
from techamp.subjects.process_control.studies.control_chart.limit_words import PANELS, formulas
from techamp.subjects.process_control.studies.control_chart.streams import stream_table

MOST_ROWS = 100


def tables(found: Analysis) -> tuple[DataTable, ...]:
    """What to look at, and how the limits came about."""
    return (_signals(found), *_phases(found), *stream_table(found), *_left_out(found), _formulas(found))


def _signals(found: Analysis) -> DataTable:
    left = found.run_count - MOST_ROWS
    more = f" (the first {MOST_ROWS}; {left:,} more)" if left > 0 else ""
    return DataTable(
        name="signals",
        title=f"Signals{more}",
        columns=("Where", "Row in the file", f"Value{_unit(found)}", "Rule", "What usually causes it"),
        rows=tuple(_row(found, run) for run in found.runs[:MOST_ROWS]),
    )


def _formulas(found: Analysis) -> DataTable:
    return DataTable(
        name="formulas",
        title="The formula with your numbers",
        columns=("", "Formula", "With your numbers", f"Value{_unit(found)}"),
        rows=tuple((f"{PANELS[f.panel]}{f.symbol}", f.expression, f.numbers, f.rounded) for f in formulas(found)),
    )


def _phases(found: Analysis) -> tuple[DataTable, ...]:
    """Each phase with its own limits, where there are several."""
    phases, panel = found.chart.phases, found.chart.location
    if len(phases) < 2:
        return ()
    rows = tuple(
        (
            str(phase.label),
            f"{found.row(phase.start)}–{found.row(phase.stop - 1)}",
            phase.used,
            *(
                round(float(line[phase.stop - 1]), found.decimals + 1)
                for line in (panel.center, panel.lower, panel.upper)
            ),
            round(phase.sigma.value, found.decimals + 2),
        )
        for phase in phases
    )
    heads = ("Phase", "Rows", "Points used", "Center", "Lower limit", "Upper limit", "Sigma")
    return (DataTable(name="phases", title=f"Phases{_unit(found)}", columns=heads, rows=rows),)


def _left_out(found: Analysis) -> tuple[DataTable, ...]:
    panel = found.chart.location
    rows = tuple(
        (found.name(point), found.row(point), round(float(panel.points[point]), found.decimals), why)
        for point, why in sorted(found.chart.excluded.items())[:MOST_ROWS]
    )
    heads = ("Point", "Row in the file", f"Value{_unit(found)}", "Cause")
    return (DataTable(name="left_out", title="Left out of the limits", columns=heads, rows=rows),) if rows else ()


def _unit(found: Analysis) -> str:
    return f" ({found.unit})" if found.unit else ""


def _row(found: Analysis, run: Run) -> tuple[str, str, float, str, str]:
    panel = found.panel(run.panel)
    rule = run.hits.rule
    signal = Signal(rule, run.last, (run.last,), (), run.direction, run.panel, panel.statistic)
    where, rows = found.name(run.first), f"{found.row(run.first)}"
    if run.last > run.first:
        where, rows = f"{where} to {found.name(run.last)}", f"{rows}–{found.row(run.last)}"
    value = round(float(panel.points[run.last]), found.decimals)
    causes = rule.causes if found.kind in _OWN_CAUSES else signal.causes
    said = "; ".join(_OWN_CAUSES.get(found.kind, causes))
    return where, rows, value, f"{panel.statistic}: {rule.name}", said


_OWN_CAUSES = {
    "ewma": ("the level moved a little and stayed: look back to where the curve began to climb or fall",),
    "cusum": ("the level moved: the sum left zero where the shift began, so look there",),
    "t2": ("the measures do not go together as usual, though each alone may look right",),
}
