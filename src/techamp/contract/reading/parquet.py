"""Parquet files: only the columns that are asked for are read, piece by piece, so that memory holds numbers alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract.errors import InvalidInput
from techamp.contract.reading.formats import Content
from techamp.contract.reading.headers import LONGEST
from techamp.contract.reading.rules import ReadingRules
from techamp.contract.reading.units import split_unit
from techamp.contract.table import Table, TableColumn

MOST_ROWS, MOST_TEXT_ROWS = 20_000_000, 2_000_000
PIECE = 262_144
_REMEDY = "Write the file again with flat columns of numbers, text or times, or bring it as CSV."


def read_parquet(
    content: Content, rules: ReadingRules, only: Iterable[str] | None = None, most: int | None = None
) -> tuple[Table, list[str]]:
    """The table and notes. ``only``: names of columns that are wanted; ``most``: no more than so many first rows."""
    file = _opened(content)
    total = file.metadata.num_rows
    if not total:
        raise InvalidInput("file", "must have rows", "none", "Bring a file with readings.")
    if total > MOST_ROWS:
        raise InvalidInput("file", f"must have at most {MOST_ROWS:,} rows", f"{total:,}", "Bring a shorter time.")
    fields = {_name(field.name, rules): field for field in file.schema_arrow}
    flat = {name: field for name, field in fields.items() if _kind(field.type)}
    notes = [f"{name} is left out: it holds lists or records." for name in fields if name not in flat]
    wanted = [name for name in flat if (not rules.columns or name in rules.columns)]
    if only is not None:
        wanted = [name for name in wanted if name in set(only)]
    if not wanted:
        raise InvalidInput("columns", "must name columns of numbers, text or times", ", ".join(fields), _REMEDY)
    count = total if most is None else min(most, total)
    columns = tuple(_column(file, name, flat[name], rules, count) for name in wanted)
    _give_back()
    return Table(columns), notes


def _give_back() -> None:
    """Memory that only reading needed."""
    import pyarrow

    pyarrow.default_memory_pool().release_unused()


def row_count(content: Content) -> int:
    """Rows in the file, without reading them."""
    return int(_opened(content).metadata.num_rows)


def _opened(content: Content) -> Any:
    import pyarrow
    import pyarrow.parquet

    try:
        return pyarrow.parquet.ParquetFile(pyarrow.BufferReader(pyarrow.py_buffer(content)), pre_buffer=False)
    except (pyarrow.ArrowException, OSError) as error:
        raise InvalidInput("file", "must be a Parquet file that can be read", str(error)[:80], _REMEDY) from None


def _name(raw: str, rules: ReadingRules) -> str:
    return (split_unit(raw)[0] if rules.units_in_header else raw)[:LONGEST]


def _kind(type: Any) -> str:
    """ "f" for numbers, "M" for moments, "O" for text, "" for what no column of a table can hold."""
    from pyarrow import types

    plain = type.value_type if types.is_dictionary(type) else type
    if types.is_integer(plain) or types.is_floating(plain) or types.is_boolean(plain) or types.is_decimal(plain):
        return "f"
    if types.is_timestamp(plain) or types.is_date(plain):
        return "M"
    text = types.is_string(plain) or types.is_large_string(plain) or types.is_string_view(plain)
    return "O" if text or types.is_time(plain) else ""


def _column(file: Any, name: str, field: Any, rules: ReadingRules, count: int) -> TableColumn:
    kind = _kind(field.type)
    unit = split_unit(field.name)[1][:LONGEST] if rules.units_in_header else ""
    if name in rules.text_columns and kind == "f":
        numbers = _filled(file, field.name, "f", count)
        return TableColumn(
            name, np.array([f"{v:.10g}" if v == v else "" for v in numbers.tolist()], dtype=object), unit
        )
    if kind == "O" and count > MOST_TEXT_ROWS:
        remedy = "Leave the role of this column empty, or bring a shorter time."
        raise InvalidInput(
            name, f"must be numbers or times in a file of more than {MOST_TEXT_ROWS:,} rows", "text", remedy
        )
    return TableColumn(name, _filled(file, field.name, kind, count), unit)


def _filled(file: Any, name: str, kind: str, count: int) -> NDArray[Any]:
    dtype: Any = {"f": np.float64, "M": "datetime64[us]", "O": object}[kind]
    values = np.empty(count, dtype)
    start = 0
    for piece in file.iter_batches(batch_size=min(PIECE, max(1, count)), columns=[name]):
        part = _numpy(piece.column(0), kind)[: count - start]
        values[start : start + len(part)] = part
        start += len(part)
        if start >= count:
            break
    return values


def _numpy(part: Any, kind: str) -> NDArray[Any]:
    import pyarrow
    import pyarrow.compute

    if pyarrow.types.is_dictionary(part.type):
        part = part.dictionary_decode()
    if kind == "f":
        part = pyarrow.compute.cast(part, pyarrow.float64(), safe=False)
    elif kind == "M":
        part = pyarrow.compute.cast(part, pyarrow.timestamp("us", getattr(part.type, "tz", None)), safe=False)
    else:
        part = pyarrow.compute.fill_null(pyarrow.compute.cast(part, pyarrow.string()), "")
    found: NDArray[Any] = part.to_numpy(zero_copy_only=False)
    return found
