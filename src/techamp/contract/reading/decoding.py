"""From bytes to text: which encoding, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from techamp.contract.errors import InvalidInput
from techamp.contract.reading.rules import Encoding

LONGEST_LINE = 50_000  # bytes; a row of some thousand readings fits, a file without line ends does not

_EXCEL = "In Excel, choose File, Save as, CSV UTF-8, and bring that file; or copy one column and paste it."
_KNOWN = (
    (b"PK\x03\x04", "an Excel workbook or another zip file", _EXCEL),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", _EXCEL),
    (b"PAR1", "a Parquet file", "Export the table as CSV, and bring that file."),
    (b"%PDF", "a PDF", "Ask for the numbers as CSV, or copy one column and paste it."),
    (b"\x89PNG", "a picture", "Bring the numbers as CSV, or type them in as a column."),
    (b"\xff\xd8\xff", "a picture", "Bring the numbers as CSV, or type them in as a column."),
    (b"\x1f\x8b", "a compressed file", "Unpack it, and bring the CSV file that is inside."),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def check_bytes(content: bytes) -> None:
    """InvalidInput for a file that is empty or not text."""
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise InvalidInput("file", "must hold at least one number", "an empty file", "Choose another file.")
    for start, what, remedy in _KNOWN:
        if content.startswith(start):
            raise InvalidInput("file", "must be text: CSV or a pasted column", what, remedy)
    longest = max(map(len, content.replace(b"\r", b"\n").split(b"\n")))
    if longest > LONGEST_LINE:
        remedy = "Put each part on a line of its own, as a table or as one column."
        raise InvalidInput("file", f"must have lines of at most {LONGEST_LINE:,} bytes", f"one of {longest:,}", remedy)


def guess_encoding(content: bytes) -> Encoding:
    """By byte order mark, by the zeros of UTF-16, else UTF-8 if it is valid, else Windows' Western encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = content[:4096]
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def decode(content: bytes, encoding: Encoding) -> str:
    """Text with plain line ends and without a byte order mark; InvalidInput where the bytes do not fit."""
    check_bytes(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        remedy = "Read it with another encoding; cp1252 is what older Windows programs write."
        raise InvalidInput("file", f"must be {encoding} text", f"byte {error.start}", remedy) from None
    text = text.removeprefix("\ufeff").removesuffix("\x1a")
    if _CONTROL.search(text[:65_536]):
        remedy = "Export the numbers as CSV, or copy one column and paste it."
        raise InvalidInput("file", "must be text: CSV or a pasted column", "a binary file", remedy)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
