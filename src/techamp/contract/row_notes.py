"""Rows of a table that somebody picked, each with a word or a reason: "51: new tool; 60-62: chipped insert"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from techamp.contract.errors import Fault, InvalidInput

MOST, LONGEST = 200, 120
_ENTRY = re.compile(r"\s*(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?\s*(?::\s*(.*?)\s*)?", re.DOTALL)


@dataclass(frozen=True)
class RowNote:
    """Rows ``first`` to ``last`` of the file, and what is said about them."""

    first: int
    last: int
    said: str = ""

    def __str__(self) -> str:
        rows = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{rows}: {self.said}" if self.said else rows


def read_row_notes(text: str, field: str, *, reasons: str = "") -> tuple[RowNote, ...]:
    """The notes in a text, in the order of rows; entries stand apart by semicolons or line ends.

    ``reasons``: "" (a word is not asked for), "optional" or "required". ``field`` is what a fault names.

    >>> [str(note) for note in read_row_notes("120; 51: new tool", "Phases")]
    ['51: new tool', '120']
    """
    notes, faults = [], []
    for entry in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        found = _ENTRY.fullmatch(entry)
        last = int(found[2] or found[1]) if found else 0
        if found is None or int(found[1]) < 1 or last < int(found[1]):
            remedy = "Write row numbers like 51 or 60-62, a colon and what happened, and a semicolon between entries."
            faults.append(Fault(field, "must be rows of the file", entry, remedy))
        elif reasons == "required" and not found[3]:
            remedy = f"Write the cause behind the row: {found[1]}: chipped tool."
            faults.append(Fault(field, "must have a reason for each row", entry, remedy))
        else:
            notes.append(RowNote(int(found[1]), last, (found[3] or "")[:LONGEST]))
    if len(notes) > MOST:
        faults.append(Fault(field, f"must be at most {MOST} entries", len(notes), "Join neighbors: 60-62."))
    if faults:
        raise InvalidInput.many(faults)
    return tuple(sorted(notes, key=lambda note: (note.first, note.last)))


def write_row_notes(notes: Iterable[RowNote]) -> str:
    """The text that reads back as these notes."""
    return "; ".join(map(str, notes))
