"""Do machines, operators or cavities on one chart differ?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from techamp.contract import DataTable
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis, typical
from techamp.subjects.process_control.studies.control_chart.kinds import VARIABLES
from techamp.subjects.process_control.studies.control_chart.naming import Codes, Integers
from techamp.subjects.process_control.studies.roles import ONLY

MOST = 30
PIECE = 262_144


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
    stream = data.stream
    count, mean, sd = _by_stream(data.values, stream.code, len(stream.names))
    there = np.flatnonzero(count > 0).tolist()
    if not 2 <= len(there) <= MOST:
        return ()
    digits = found.decimals
    return tuple(
        (
            str(stream.names[i]) or "blank",
            int(count[i]),
            round(float(mean[i]), digits + 1),
            round(float(sd[i]), digits + 2),
        )
        for i in there
    )


def _by_stream(values: Array, code: Codes, names: int) -> tuple[Integers, Array, Array]:
    """Readings, average and standard deviation (0 of a single one) of each stream: sums about a typical reading.

    Piece by piece, so that five million readings need no further room.
    """
    middle = typical(values)
    count, total, squares = (np.zeros(names) for _ in range(3))
    for part, who in _pieces(values, code):
        count += np.bincount(who, minlength=names)
        total += np.bincount(who, part - middle, names)
    mean = total / np.maximum(count, 1.0)
    for part, who in _pieces(values, code):
        squares += np.bincount(who, (part - middle - mean[who]) ** 2, names)
    return count.astype(np.int64), mean + middle, np.sqrt(squares / np.maximum(count - 1.0, 1.0))


def _pieces(values: Array, code: Codes) -> Iterator[tuple[Array, Codes]]:
    """Readings that are there and the stream of each."""
    for start in range(0, len(values), PIECE):
        part, who = values[start : start + PIECE], code[start : start + PIECE]
        there = ~np.isnan(part)
        yield part[there], who[there]
