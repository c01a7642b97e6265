"""Specification limits that a file says itself: in a header, in columns of their own, or in lines above the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from techamp.contract.table import Specification, Table, TableColumn

_N = r"[+\-−]?\d+(?:[.,]\d+)?|[+\-−]?[.,]\d+"
_PLUS_MINUS = re.compile(rf"({_N})\s*(?:±|\+/-|\+-)\s*({_N})")
_PLUS_AND_MINUS = re.compile(rf"({_N})\s*\+\s*(\d*[.,]?\d+)\s*/\s*[-−]\s*(\d*[.,]?\d+)")
_SPAN = re.compile(rf"(?<![\d.,])({_N})\s*(?:–|—|\.\.\.?|…|\bto\b|(?<=\d)\s-\s|(?<=\d)-(?=\d))\s*({_N})(?![\d.,])")
_LOWER = re.compile(rf"(?:\blsl\b|lower\s+spec\w*(?:\s+limit)?|\bmin(?:imum)?\b)\W{{0,4}}({_N})", re.IGNORECASE)
_UPPER = re.compile(rf"(?:\busl\b|upper\s+spec\w*(?:\s+limit)?|\bmax(?:imum)?\b)\W{{0,4}}({_N})", re.IGNORECASE)
_TARGET = re.compile(rf"(?:\btarget\b|\bnominal\b)\W{{0,4}}({_N})", re.IGNORECASE)
_TOLD = re.compile(r"spec|toler|limit|drawing|lsl|usl|nominal|target|±|\+/-|\+-", re.IGNORECASE)
_FAR = 5.0  # widths of the tolerance; a column that lies farther away is not what the limits are for


def specification_in(text: str, *, loose: bool = True) -> Specification:
    """The limits in a text, or an empty specification.

    ``loose``: two numbers with a dash between them count, as in a header; in other lines they may be dates.

    >>> specification_in("Diameter 8.00 ± 0.05 mm")
    Specification(lower=7.95, upper=8.05, target=8.0)
    >>> specification_in("LSL: 7.95  USL: 8.05")
    Specification(lower=7.95, upper=8.05, target=None)
    >>> specification_in("Diameter (7.95–8.05)").upper
    8.05
    """
    if found := _PLUS_AND_MINUS.search(text):
        middle, up, down = map(_number, found.groups())
        return _made(middle - down, middle + up, middle)
    if found := _PLUS_MINUS.search(text):
        middle, half = _number(found[1]), abs(_number(found[2]))
        return _made(middle - half, middle + half, middle)
    low, high, target = (_first(pattern, text) for pattern in (_LOWER, _UPPER, _TARGET))
    if low is not None or high is not None:
        return _made(low, high, target)
    if (loose or _TOLD.search(text)) and (found := _SPAN.search(text)):
        return _made(_number(found[1]), _number(found[2]), target)
    return Specification()


def with_specifications(table: Table, above: Sequence[Sequence[str]] = ()) -> Table:
    """The table with the specification of each measure, where the file says one. ``above``: rows above the header."""
    around = _of_columns(table.columns) or _of_lines(above)
    columns = tuple(_specified(column, around) for column in table.columns)
    return Table(columns, table.rows)


def _specified(column: TableColumn, around: Specification) -> TableColumn:
    if not column.is_number or column.meaning not in {"measure", ""}:
        return column
    found = specification_in(column.name) or around
    return replace(column, specification=found) if found and _is_near(column, found) else column


def _of_columns(columns: Sequence[TableColumn]) -> Specification:
    """Limits that stand in columns of their own, one number all along."""
    said: dict[str, float] = {}
    for column in columns:
        if column.is_number and column.meaning in {"lower_spec", "upper_spec", "target"}:
            values = column.values[~np.isnan(column.values.astype(np.float64))]
            if len(values) and bool(np.all(values == values[0])):
                said[column.meaning] = float(values[0])
    return _made(said.get("lower_spec"), said.get("upper_spec"), said.get("target"))


def _of_lines(rows: Sequence[Sequence[str]]) -> Specification:
    lines = [" ".join(filter(None, map(str.strip, row))) for row in rows]
    told = [line for line in lines if _TOLD.search(line)]
    joined = specification_in(" ; ".join(told), loose=False) if told else Specification()
    return joined or next(filter(None, (specification_in(line, loose=False) for line in told)), Specification())


def _is_near(column: TableColumn, spec: Specification) -> bool:
    middle = float(np.nanmedian(column.values.astype(np.float64))) if len(column.values) else float("nan")
    known = [limit for limit in (spec.lower, spec.upper, spec.target) if limit is not None]
    width = max(known) - min(known) or abs(known[0]) or 1.0
    return min(known) - _FAR * width <= middle <= max(known) + _FAR * width


def _made(lower: float | None, upper: float | None, target: float | None = None) -> Specification:
    if lower is not None and upper is not None and lower >= upper:
        return Specification()
    clean = [None if value is None else round(value, 10) for value in (lower, upper, target)]
    return Specification(*clean)


def _first(pattern: re.Pattern[str], text: str) -> float | None:
    found = pattern.search(text)
    return _number(found[1]) if found else None


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))
