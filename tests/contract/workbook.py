"""The smallest Excel workbook: one sheet or several of numbers, dates and text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Cell = float | str | None
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{}</Types>'
)
_PART = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def workbook(**sheets: Sequence[Sequence[Cell]]) -> bytes:
    """The bytes of a workbook with these sheets; None is an empty cell."""
    types = "".join(f'<Override PartName="/xl/s{i}.xml" ContentType="{_PART}"/>' for i, _name in enumerate(sheets))
    named = "".join(f'<sheet name="{name}" sheetId="{i + 1}" r:id="r{i}"/>' for i, name in enumerate(sheets))
    links = "".join(
        f'<Relationship Id="r{i}" Type="{_RELATED}/worksheet" Target="s{i}.xml"/>' for i, _name in enumerate(sheets)
    )
    root = f'<Relationship Id="b" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("[Content_Types].xml", _TYPES.format(types))
        out.writestr("_rels/.rels", _RELS.format(root))
        book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{named}</sheets></workbook>'
        out.writestr("xl/workbook.xml", book)
        out.writestr("xl/_rels/workbook.xml.rels", _RELS.format(links))
        for i, rows in enumerate(sheets.values()):
            out.writestr(f"xl/s{i}.xml", _sheet(rows))
    return packed.getvalue()


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    body = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(chr(65 + j) + str(number), cell) for j, cell in enumerate(row) if cell is not None)
        body.append(f'<row r="{number}">{cells}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(body)}</sheetData></worksheet>'


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'
