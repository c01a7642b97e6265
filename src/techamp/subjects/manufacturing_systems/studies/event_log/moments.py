"""Start and end columns as numbers: from dates and times, or from numbers with a unit."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table, TableColumn
from techamp.subjects.manufacturing_systems.model.time_units import SECONDS, time_unit

PATTERNS = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p",
            "%m/%d/%Y %I:%M:%S %p", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")  # fmt: skip
LONG = 48 * 3600.0
"""Logs of dates that span more than two days are told in hours, shorter ones in minutes. Our choice."""


def moments(table: Table, names: tuple[str, ...], unit: str) -> tuple[dict[str, NDArray[np.float64]], str]:
    """Columns as times since the earliest of all, NaN where blank, and their unit.

    Raises InvalidInput that names the first cell that is no time, or if some columns hold dates and others numbers.
    """
    columns = {name: table.column(name) for name in names if name in table}
    dated = {name: not column.is_number for name, column in columns.items()}
    if len(set(dated.values())) > 1:
        remedy = "Write all of them as dates, or all as numbers."
        raise InvalidInput("start and end", "must be of one kind", "dates and numbers", remedy)
    if any(dated.values()):
        found = {name: _seconds(column, table) for name, column in columns.items()}
        least = min((float(np.nanmin(v)) for v in found.values() if not np.isnan(v).all()), default=0.0)
        most = max((float(np.nanmax(v)) for v in found.values() if not np.isnan(v).all()), default=0.0)
        told = "h" if most - least > LONG else "min"
        return {name: (values - least) / SECONDS[told] for name, values in found.items()}, told
    units = {time_unit(column.unit) for column in columns.values()} - {None}
    told = next(iter(units)) or unit if len(units) == 1 else unit
    return {name: table.numbers(name) for name in columns}, told


def _seconds(column: TableColumn, table: Table) -> NDArray[np.float64]:
    """Seconds since 1970."""
    if column.is_time:
        values = column.values.astype("datetime64[us]")
        seconds = values.astype(np.int64) / 1e6
        return np.where(np.isnat(values), np.nan, seconds)
    return np.array([_second(str(text), column.name, row) for text, row in zip(column.values, table.rows, strict=True)])


def _second(text: str, name: str, row: int) -> float:
    text = text.strip()
    if not text:
        return math.nan
    for read in (datetime.fromisoformat, *(_by(pattern) for pattern in PATTERNS)):
        try:
            found = read(text[:26] + "Z" if len(text) > 27 and text.endswith("Z") else text)
        except ValueError:
            continue
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    remedy = "Write it as 2026-03-02 06:15:00, or as a number of minutes."
    raise InvalidInput(f"row {row}, {name}", "must be a date with a time", text, remedy)


def _by(pattern: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, pattern)
