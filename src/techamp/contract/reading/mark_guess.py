"""Which sign is the decimal mark, and which sets thousands apart. What was taken is said in the reading's notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Decimal = Literal[".", ","]
Thousands = Literal["", ",", ".", " ", "'"]

_HEAD = r"^[+\-−$€£ ]*"
_TAIL = r"\s?[^\d\s.,]{0,6}$"
_BOTH_POINT = re.compile(_HEAD + r"\d{1,3}(?:,\d{3})+\.\d*" + _TAIL)
_BOTH_COMMA = re.compile(_HEAD + r"\d{1,3}(?:\.\d{3})+,\d*" + _TAIL)
_MANY_COMMAS = re.compile(_HEAD + r"\d{1,3}(?:,\d{3}){2,}" + _TAIL)
_MANY_POINTS = re.compile(_HEAD + r"\d{1,3}(?:\.\d{3}){2,}" + _TAIL)
_COMMA = re.compile(_HEAD + r"\d*,\d+(?:[eE][+-]?\d+)?" + _TAIL)
_POINT = re.compile(_HEAD + r"\d*\.\d+(?:[eE][+-]?\d+)?" + _TAIL)
_COMMA_GROUP = re.compile(_HEAD + r"[1-9]\d{0,2},\d{3}" + _TAIL)
_POINT_GROUP = re.compile(_HEAD + r"[1-9]\d{0,2}\.\d{3}" + _TAIL)
_SPACED = re.compile(_HEAD + r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?" + _TAIL)
_TICKED = re.compile(_HEAD + r"[1-9]\d{0,2}(?:['’]\d{3})+(?:[.,]\d+)?" + _TAIL)
_WHOLE = re.compile(_HEAD + r"\d{1,3}" + _TAIL)


def guess_marks(rows: Sequence[Sequence[str]], delimiter: str) -> tuple[Decimal, Thousands]:
    """Decimal mark and thousands mark."""
    cells = [cell.strip() for row in rows for cell in row if cell and any(c.isdigit() for c in cell)]
    spaced = next((mark for mark, seen in ((" ", _SPACED), ("'", _TICKED)) if any(map(seen.match, cells))), "")
    if _count(_BOTH_COMMA, cells) > _count(_BOTH_POINT, cells):
        return ",", "."
    if _count(_BOTH_POINT, cells) or _count(_MANY_COMMAS, cells):
        return ".", ","
    commas = [cell for cell in cells if _COMMA.match(cell)]
    points = [cell for cell in cells if _POINT.match(cell)]
    if _count(_MANY_POINTS, cells) and not points:
        return ",", "."
    if not commas:
        return ".", spaced  # type: ignore[return-value]
    grouped = all(map(_COMMA_GROUP.match, commas))
    if points and grouped:
        return ".", ","
    if points:
        return (",", ".") if all(map(_POINT_GROUP.match, points)) and len(commas) >= len(points) else (".", "")
    if grouped and (delimiter == "," or (delimiter != ";" and _beside_wholes(rows))):
        return ".", ","
    return ",", spaced  # type: ignore[return-value]


def _count(pattern: re.Pattern[str], cells: Sequence[str]) -> int:
    return sum(pattern.match(cell) is not None for cell in cells)


def _beside_wholes(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column mixes 950 and 1,020: then the comma counts thousands, as decimals would have it everywhere."""
    for j in range(max(map(len, rows), default=0)):
        column = [row[j].strip() for row in rows if j < len(row)]
        if _count(_COMMA_GROUP, column) and _count(_WHOLE, column):
            return True
    return False
