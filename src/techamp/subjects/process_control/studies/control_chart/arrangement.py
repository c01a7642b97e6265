"""From a table as it was read to readings in order, with their subgroups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings

MOST_CELLS = 20_000_000
Integers = NDArray[np.int64]
Names = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Readings in the order of time.

    ``rows``: line of the file of each reading; ``names``: what to call each (time or row); ``label``: number of the
    subgroup that each belongs to, counted from 0, or None without subgroups; ``label_names``: what the subgroups are
    called; ``said``: what was done on the way, in sentences.
    """

    values: Array
    rows: Integers
    names: Names
    label: Integers | None
    label_names: tuple[str, ...]
    unit: str
    said: tuple[str, ...]


def arrange(table: Table, settings: ControlChartSettings) -> Arrangement:
    """Sort by the order column where there is one, drop rows that cannot be placed, and form subgroups."""
    said: list[str] = []
    values, rows = table.numbers("measure"), table.rows
    order, names = _order(table, said)
    label = _labels(table)
    values, rows, names = values[order], rows[order], names[order]
    if label is not None:
        label = label[order]
        placed = label != ""
        if not placed.all():
            said.append(f"{int((~placed).sum()):,} rows without a subgroup were left out.")
            values, rows, names, label = values[placed], rows[placed], names[placed], label[placed]
    if int((~np.isnan(values)).sum()) < 2:
        raise InvalidInput("measure", "must hold at least two numbers", int((~np.isnan(values)).sum()), "Add readings.")
    if blanks := int(np.isnan(values).sum()):
        said.append(f"{blanks:,} {'row has' if blanks == 1 else 'rows have'} no reading and count as gaps.")
    numbered, label_names = _subgroups(label, len(values), settings, said)
    return Arrangement(values, rows, names, numbered, label_names, table.column("measure").unit, tuple(said))


def _order(table: Table, said: list[str]) -> tuple[Integers, Names]:
    """Positions in the order of time, and a name for each row of the table."""
    rows = np.char.add("row ", table.rows.astype(str))
    if "order" not in table:
        return np.arange(len(table), dtype=np.int64), rows
    column = table.column("order")
    if column.is_number:
        keys = column.values.astype(np.float64)
        names = np.where(np.isnan(keys), rows, np.array([f"no. {key:.10g}" for key in keys.tolist()]))
    else:
        names = np.where(column.values == "", rows, column.values.astype(str))
        times = _times(column.values.astype(str))
        if times is None:
            said.append("The times could not be read as dates, so the readings stand in the order of the file.")
            return np.arange(len(table), dtype=np.int64), names
        keys = times
    order = np.argsort(keys, kind="stable")
    if not np.array_equal(order, np.arange(len(order))):
        said.append("The readings were sorted by the order column.")
    return order, names


def _times(texts: Names) -> Array | None:
    """Seconds of ISO dates and times, not-a-number where blank; None if any other text is there."""
    zero = datetime(1970, 1, 1)
    try:
        moments = [datetime.fromisoformat(text.strip()) if text.strip() else None for text in texts.tolist()]
    except ValueError:
        return None
    plain = [None if m is None else (m.replace(tzinfo=None) - (m.utcoffset() or m - m)) for m in moments]
    return np.array([np.nan if m is None else (m - zero).total_seconds() for m in plain])


def _labels(table: Table) -> Names | None:
    if "subgroup" not in table:
        return None
    column = table.column("subgroup")
    if not column.is_number:
        return np.char.strip(column.values.astype(str))
    texts = [f"{value:g}" if value == value else "" for value in column.values.tolist()]
    return np.array(texts, dtype=str)


def _subgroups(
    label: Names | None, count: int, settings: ControlChartSettings, said: list[str]
) -> tuple[Integers | None, tuple[str, ...]]:
    if label is None:
        size = settings.subgroup_size
        if size == 1:
            return None, ()
        number = np.arange(count, dtype=np.int64) // size
        if count % size:
            said.append(f"The last subgroup has only {count % size} of {size} readings.")
        return number, tuple(f"{k + 1}" for k in range(int(number[-1]) + 1))
    starts = np.flatnonzero(np.concatenate([[True], label[1:] != label[:-1]]))
    distinct, first, which = np.unique(label, return_index=True, return_inverse=True)
    comes_back = len(distinct) < len(starts)
    if comes_back and count >= 2 * len(starts):
        said.append("Some subgroup names come back later; each stretch of equal names counts as its own subgroup.")
    if not comes_back or count >= 2 * len(starts):
        number = np.cumsum(np.concatenate([[False], label[1:] != label[:-1]])).astype(np.int64)
        names = label[starts]
    else:
        said.append("The rows of each subgroup are not together in the file; rows with equal names were joined.")
        rank = np.argsort(np.argsort(first))
        number, names = rank[which].astype(np.int64), label[np.sort(first)]
    largest = int(np.bincount(number).max())
    if largest * len(names) > MOST_CELLS:
        raise InvalidInput(
            "subgroup", "must give subgroups of a similar size", f"one with {largest} rows", "Choose another column."
        )
    return number, tuple(names.tolist())
