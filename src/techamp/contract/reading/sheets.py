"""Sheets of Excel and OpenDocument files as rows of cells, so that they are read by the rules that text is read by."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from techamp.contract.errors import InvalidInput
from techamp.contract.reading.formats import Content
from techamp.contract.reading.splitting import MOST_CELLS

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_UNPACKED = 400_000_000  # bytes; a zip that unpacks to more is no sheet that somebody typed
_REMEDY = "Open it in the program that made it, save it again as .xlsx or CSV, and bring that file."
Rows = list[list[str]]


def sheet_names(content: Content) -> list[str]:
    """The names of the sheets, in order. InvalidInput for what is no workbook."""
    return list(_workbook(content).sheet_names)


def sheet_rows(content: Content, name: str) -> tuple[Rows, int]:
    """All rows of a sheet as text, the first being row 1, and how many of its cells are real numbers.

    A number is written so that it reads back the same, a moment as ISO 8601, an empty cell as "".
    """
    book = _workbook(content)
    if name not in book.sheet_names:
        known = ", ".join(book.sheet_names)
        raise InvalidInput("sheet", "must be a sheet of the file", name, f"Choose one of: {known}.")
    try:
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Exception as error:  # the reader names no common base for its errors
        raise InvalidInput("file", "must be a workbook that can be read", str(error)[:80], _REMEDY) from None
    if sum(map(len, cells)) > MOST_CELLS:
        remedy = "Take out columns that you do not need, or save the sheet as Parquet."
        raise InvalidInput("file", f"must have at most {MOST_CELLS:,} cells", f"{sum(map(len, cells)):,}", remedy)
    numbers = sum(isinstance(cell, float | int) for row in cells for cell in row)
    return [[_text(cell) for cell in row] for row in cells], numbers


def _workbook(content: Content) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook  # loaded when a workbook comes

    _check_unpacked(content)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content[:]))
    except Exception as error:
        raise InvalidInput("file", "must be a workbook that can be read", str(error)[:80], _REMEDY) from None


def _check_unpacked(content: Content) -> None:
    if bytes(content[:2]) != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content[:])) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        raise InvalidInput("file", "must be a workbook that can be read", "a damaged file", _REMEDY) from None
    if size > MOST_UNPACKED:
        remedy = "Save only the sheet with the readings, and bring that file."
        raise InvalidInput(
            "file", f"must unpack to at most {MOST_UNPACKED / 1e6:.0f} MB", f"{size / 1e6:.0f} MB", remedy
        )


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else ""
