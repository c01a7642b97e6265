"""The rules by which a file was read."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MISSING = (
    *("NA", "N/A", "n.a.", "NaN", "null", "None", "missing", "blank", "-", "--", "–", "—", ".", "?", "*"),
    *("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"),
)
"""Words that stand for a blank in what spreadsheets, gauges and statistics programs write ("*" is Minitab's)."""

Format = Literal["text", "sheet", "parquet"]
Encoding = Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
Delimiter = Literal[",", ";", "\t", "|", " ", "  ", ""]


class ReadingRules(BaseModel):
    """Everything that decides how bytes become a table. Plain JSON; the same bytes and rules give the same table.

    Rows are counted from 1 as a spreadsheet counts them. ``delimiter`` " " is any run of spaces or tabs, "  " two or
    more of them, "" a single column. ``header_row`` and ``units_row`` are 0 where there is none; what stands above
    them is left out, and so are the spans ``skipped`` (first row, last row). ``missing`` words count as blank, upper
    or lower case. ``format`` says what kind of file it is: "text", "sheet" (Excel, OpenDocument; ``sheet`` is the name
    of the sheet) or "parquet"; encoding, delimiter and quotes are for text alone. ``columns`` are the names kept (none:
    all). In ``text_as_blank`` columns, text among numbers counts as blank; ``text_columns`` are kept as text even where
    they hold numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Format = "text"
    sheet: str = ""
    encoding: Encoding = "utf-8"
    delimiter: Delimiter = ","
    quotes: bool = True
    header_row: int = Field(1, ge=0, le=10_000)
    units_row: int = Field(0, ge=0, le=10_000)
    units_in_header: bool = True
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""
    skipped: tuple[tuple[int, int], ...] = ()
    columns: tuple[str, ...] = ()
    missing: tuple[str, ...] = MISSING
    text_as_blank: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()

    @cached_property
    def missing_words(self) -> frozenset[str]:
        """The missing words and the empty one, case folded."""
        return frozenset({"", *(word.strip().casefold() for word in self.missing)})

    @property
    def first_row(self) -> int:
        """The first row that can hold data."""
        return max(self.header_row, self.units_row) + 1

    def skips(self, row: int) -> bool:
        """Whether a row is left out."""
        return any(first <= row <= last for first, last in self.skipped)
