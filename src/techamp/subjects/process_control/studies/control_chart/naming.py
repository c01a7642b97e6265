"""The cells of a column as names, each name once: what subgroups and machines are called, and who has which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract import TableColumn

Integers = NDArray[np.int64]
Codes = NDArray[np.signedinteger[Any]]
Names = NDArray[np.str_]
MOST_SPAN = 100_000  # whole numbers within such a span are counted instead of sorted, and small codes save memory


@dataclass(frozen=True, eq=False)
class Named:
    """``names`` (ascending as the column has them, "" for a blank) and for each row the place of its name."""

    names: Names
    code: Codes

    def __getitem__(self, rows: Integers | slice) -> Named:
        return Named(self.names, self.code[rows])

    @property
    def texts(self) -> Names:
        """The name of each row."""
        return self.names[self.code]


def named(column: TableColumn) -> Named:
    """The names in a column: 7 for 7.0, "" where blank."""
    if column.is_number:
        return _numbers(column.values.astype(np.float64, copy=False))
    texts = column.values.astype(str)
    texts = np.where(texts == "NaT", "", texts) if column.is_time else np.char.strip(texts)
    names, code = np.unique(texts, return_inverse=True)
    return Named(names, code.astype(np.int64, copy=False))


def _numbers(values: NDArray[np.float64]) -> Named:
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))  # not-a-number goes through
    if high - low < MOST_SPAN and low == np.floor(low):
        whole = values.astype(np.int64)
        if bool(np.all(whole == values)):
            whole -= int(low)
            there = np.bincount(whole) > 0
            place: Codes = (np.cumsum(there) - 1).astype(np.int32)
            names = np.array([f"{value:g}" for value in (np.flatnonzero(there) + low).tolist()], dtype=str)
            return Named(names, place[whole])
    distinct, code = np.unique(values, return_inverse=True)
    names = np.array([f"{value:g}" if value == value else "" for value in distinct.tolist()], dtype=str)
    return Named(names, code.astype(np.int64, copy=False))
