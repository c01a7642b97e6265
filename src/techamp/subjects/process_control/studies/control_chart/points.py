"""Every point of the chart with its limits and its signals, to take elsewhere."""

from __future__ import annotations

import numpy as np

from techamp.contract import Table, TableColumn
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis


def all_points(found: Analysis) -> Table:
    """One row for each point: its name, phase, value, limits, rules that mark it, and why it was left out."""
    chart, count = found.chart, len(found.chart)
    first = slice(None) if found.first_row is None else found.first_row
    names = [found.name(i) for i in range(count)]
    labels = [str(phase.label) for phase in chart.phases]
    columns = [
        _text("point", names),
        TableColumn("row", found.data.rows[first].astype(np.float64)),
        _text("phase", [labels[i] for i in chart.phase.tolist()]),
    ]
    for panel in chart.panels:
        s = panel.statistic
        for label, values in (
            (s, panel.points),
            ("center", panel.center),
            ("lower", panel.lower),
            ("upper", panel.upper),
        ):
            name = s if label == s else f"{s} {label}"
            finite = np.where(np.isfinite(values), values, np.nan)
            columns.append(TableColumn(name, finite, found.unit))
    return Table((*columns, _text("signals", _signals(found)), _text("left out", _reasons(found))))


def _text(name: str, values: list[str]) -> TableColumn:
    return TableColumn(name, np.array(values, dtype=object))


def _signals(found: Analysis) -> list[str]:
    said: list[list[str]] = [[] for _ in range(len(found.chart))]
    for panel, every in found.hits.items():
        for hit in every:
            text = f"{found.panel(panel).statistic}: {hit.rule.name}"
            for point in hit.points.tolist():
                said[point].append(text)
    return ["; ".join(texts) for texts in said]


def _reasons(found: Analysis) -> list[str]:
    return [found.chart.excluded.get(i, "") for i in range(len(found.chart))]
