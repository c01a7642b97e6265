"""Do machines, operators or cavities on one chart differ?"""

from __future__ import annotations

import numpy as np

from techamp.contract import DataTable
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis
from techamp.subjects.process_control.studies.control_chart.kinds import VARIABLES
from techamp.subjects.process_control.studies.roles import ONLY

MOST = 30


def stream_table(found: Analysis) -> tuple[DataTable, ...]:
    """Readings, average and spread of each stream."""
    rows = _rows(found)
    unit = f" ({found.data.unit})" if found.data.unit else ""
    heads = ("Stream", "Readings", f"Average{unit}", f"Standard deviation{unit}")
    return (DataTable(name="streams", title="Machine by machine", columns=heads, rows=rows),) if rows else ()


def stream_note(found: Analysis) -> list[str]:
    """A sentence where the averages of two streams lie farther apart than chance allows (Welch's test, 1 %)."""
    rows = [row for row in _rows(found) if row[1] > 2 and row[3] > 0.0]
    if len(rows) < 2:
        return []
    low, high = min(rows, key=lambda row: row[2]), max(rows, key=lambda row: row[2])
    error = (low[3] ** 2 / low[1] + high[3] ** 2 / high[1]) ** 0.5
    pairs = len(rows) * (len(rows) - 1) / 2
    from techamp.subjects.process_control.tail_areas import normal_quantile

    if high[2] - low[2] <= -normal_quantile(0.005 / pairs) * error:
        return []
    gap = found.shown(high[2] - low[2])
    return [
        f"{high[0]} runs {gap} above {low[0]} on average, more than chance allows. Two processes on one chart hide "
        f"each other: look at {high[0]} alone, then at {low[0]}, with “{ONLY}”."
    ]


def _rows(found: Analysis) -> tuple[tuple[str, int, float, float], ...]:
    data = found.data
    if data.stream is None or found.kind not in VARIABLES:
        return ()
    present = ~np.isnan(data.values)
    values = data.values[present]
    names, which = np.unique(data.stream[present], return_inverse=True)
    if not 2 <= len(names) <= MOST:
        return ()
    rows = []
    for i, name in enumerate(names.tolist()):
        own = values[which == i]
        sd = float(np.std(own, ddof=1)) if len(own) > 1 else 0.0
        rows.append(
            (name or "blank", len(own), round(float(np.mean(own)), found.decimals + 1), round(sd, found.decimals + 2))
        )
    return tuple(rows)
