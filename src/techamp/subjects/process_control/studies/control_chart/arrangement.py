"""From a table as it was read to readings in order, with their subgroups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table
from techamp.contract.moments import seconds_of
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.control_chart.naming import Named, Names, named
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings
from techamp.subjects.process_control.studies.roles import ONLY

MOST_CELLS = 20_000_000
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Readings in the order of time.

    ``rows``: line of the file of each reading; ``moments``: what the order column says of each, or None; ``label``:
    number of the subgroup that each belongs to, counted from 0, or None without subgroups; ``label_names``: what the
    subgroups are called; ``sizes``: parts looked at, for counts; ``others``: further measures; ``stream``: the machine
    or operator of each; ``said``: what was done on the way, in sentences.
    """

    values: Array
    rows: Integers
    moments: NDArray[Any] | None
    label: Integers | None
    label_names: tuple[str, ...]
    unit: str
    meaning: str
    sizes: Array | None
    others: dict[str, Array]
    stream: Named | None
    said: tuple[str, ...]

    def name(self, reading: int) -> str:
        """What to call a reading: its time, its number in the order column, or its row."""
        moment = None if self.moments is None else self.moments[reading]
        if moment is None or moment == "" or moment != moment:
            return f"row {self.rows[reading]}"
        if isinstance(moment, float):
            return f"no. {moment:.10g}"
        return str(moment).replace("T", " ").removesuffix(".000000")


def arrange(table: Table, settings: ControlChartSettings) -> Arrangement:
    """Sort by the order column where there is one, drop rows that cannot be placed, and form subgroups."""
    said: list[str] = []
    table = _of_one_stream(table, settings.only)
    label = _labels(table)
    if label is not None and "stream" in table:
        label = _apart(label, named(table.column("stream")), said)
    pick = _picked(_order(table, said), label, said)
    values, rows = table.numbers("measure")[pick], table.rows[pick]
    present = int((~np.isnan(values)).sum())
    if present < 2:
        raise InvalidInput("measure", "must hold at least two numbers", present, "Add readings.")
    if blanks := len(values) - present:
        said.append(f"{blanks:,} {'row has' if blanks == 1 else 'rows have'} no reading and count as gaps.")
    numbered, label_names = _subgroups(None if label is None else label[pick], len(values), settings, said)
    column = table.column("measure")
    return Arrangement(
        values=values,
        rows=rows,
        moments=table.column("order").values[pick] if "order" in table else None,
        label=numbered,
        label_names=label_names,
        unit=column.unit,
        meaning=column.meaning,
        sizes=table.numbers("size")[pick] if "size" in table else None,
        others={r: table.numbers(r)[pick] for r in ("measure_2", "measure_3") if r in table},
        stream=named(table.column("stream"))[pick] if "stream" in table else None,
        said=tuple(said),
    )


def _of_one_stream(table: Table, only: str) -> Table:
    """The rows of the machine, operator or cavity that was asked for, with their row numbers; all where none was."""
    if not only:
        return table
    if "stream" not in table:
        remedy = "Choose the column that names them, or leave this empty."
        raise InvalidInput(ONLY, "needs the column that names it", only, remedy)
    found = named(table.column("stream"))
    wanted = np.flatnonzero(np.isin(found.code, np.flatnonzero(found.names == only)))
    if not len(wanted):
        known = ", ".join(found.names[found.names != ""][:10].tolist())
        raise InvalidInput(ONLY, "must be a name in its column", only, f"Choose one of: {known}.")
    return Table(tuple(replace(c, values=c.values[wanted]) for c in table.columns), table.rows[wanted])


def _apart(label: Names, stream: Named, said: list[str]) -> Names:
    """Subgroup names that no two machines share, where each machine has readings enough in a subgroup."""
    placed = (label != "") & (stream.names != "")[stream.code]
    _, group = np.unique(label[placed], return_inverse=True)
    which = stream.code[placed]
    if not len(group) or which.min() == which.max():
        return label
    cells = np.unique(group * (which.max() + 1) + which, return_counts=True)[1]
    if len(cells) < 1.5 * (group.max() + 1) or np.median(cells) < 2.0:
        return label
    said.append(
        "Subgroups held readings of two machines or more. Their difference would count as everyday spread, so each "
        "machine’s readings form their own subgroup."
    )
    return np.where(placed, np.char.add(np.char.add(label, " of "), stream.texts), label)


def _picked(order: Integers | None, label: Names | None, said: list[str]) -> Integers | slice:
    """Positions in the order of time of all rows with a subgroup; a slice, which copies nothing, if that is all."""
    if label is None:
        return slice(None) if order is None else order
    placed = np.flatnonzero(label != "") if order is None else order[label[order] != ""]
    if out := len(label) - len(placed):
        said.append(f"{out:,} rows without a subgroup were left out.")
    return placed


def _order(table: Table, said: list[str]) -> Integers | None:
    """Positions in the order of time; None where that is the order of the file."""
    if "order" not in table:
        return None
    column = table.column("order")
    keys: NDArray[Any] | None = column.values
    if not column.is_number and not column.is_time:
        keys = seconds_of(column.values.astype(str).tolist())
    if keys is None:
        said.append("The times could not be read as dates, so the readings stand in the order of the file.")
        return None
    if bool(np.all(keys[1:] >= keys[:-1])):  # false where one of them is not a number
        return None
    order: Integers = np.argsort(keys, kind="stable").astype(np.int64)
    if not np.array_equal(order, np.arange(len(order))):
        said.append("The readings were sorted by the order column.")
    return order


def _labels(table: Table) -> Names | None:
    return named(table.column("subgroup")).texts if "subgroup" in table else None


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
