"""What kind of file the bytes are, and how large each kind may be."""

from __future__ import annotations

import mmap

from techamp.contract.errors import InvalidInput
from techamp.contract.reading.rules import Format

Content = bytes | mmap.mmap
"""The bytes of a file: in memory, or mapped, so that a large one is only read where it is needed."""

MOST_BYTES: dict[Format, int] = {"text": 30_000_000, "sheet": 30_000_000, "parquet": 250_000_000}

_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"


def guess_format(content: Content) -> Format:
    """By the first bytes: a zip or an old Office file is a sheet, Parquet says its name, everything else is text."""
    start = bytes(content[:4])
    if start == _PARQUET:
        return "parquet"
    return "sheet" if start in (_ZIP, _OLE) else "text"


def check_size(size: int, format: Format) -> None:
    """InvalidInput for a file that is too large for its kind."""
    most = MOST_BYTES[format]
    if size > most:
        remedy = "Take out columns that you do not need, or bring a shorter time."
        if format != "parquet":
            remedy += " Parquet files may be larger."
        raise InvalidInput("file", f"must be at most {most / 1e6:.0f} MB", f"{size / 1e6:.1f} MB", remedy)
