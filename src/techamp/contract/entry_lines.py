"""What somebody writes into a form: a name, or a short list of lines with a few cells each. Bounded and printable."""

from __future__ import annotations

import re

from techamp.contract.errors import Fault, InvalidInput

LONGEST = 60
BETWEEN = "|"  # cells of a line; lines stand apart by line ends
# Control characters, and signs that turn the direction of what is written after them.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def tidy(text: str) -> str:
    """One line of visible characters, blanks joined.

    >>> tidy("  Mold\\ttemperature ")
    'Mold temperature'
    """
    return " ".join(_HIDDEN.sub("", " ".join(text.split())).split())


def check_text(value: str, field: str, most: int = LONGEST) -> Fault | None:
    """What is wrong with a name, if anything."""
    if len(value) > most:
        return Fault(field, f"must be at most {most} letters", f"{len(value)} letters", "Use a shorter name.")
    if _HIDDEN.search(value):
        return Fault(field, "must be one line of visible letters", tidy(value), "Type it again.")
    return None


def read_entries(text: str, field: str, columns: int, *, least: int = 0, most: int = 8) -> tuple[tuple[str, ...], ...]:
    """The lines in a text, each with as many cells as there are columns; empty lines are left out.

    Raises InvalidInput with all faults; ``field`` is what they name.

    >>> read_entries("Temperature|180|200\\n\\nNozzle|steel|brass", "Factors", 3)
    (('Temperature', '180', '200'), ('Nozzle', 'steel', 'brass'))
    """
    lines, faults = [], []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        cells = tuple(cell.strip() for cell in line.split(BETWEEN))
        if not any(cells):
            continue
        if len(cells) > columns:
            faults.append(Fault(f"{field}, line {number}", f"must have {columns} cells", len(cells), "Leave some out."))
        faults += [bad for cell in cells if (bad := check_text(cell, f"{field}, line {number}"))]
        lines.append((*cells, *[""] * (columns - len(cells))))
    if not least <= len(lines) <= most:
        rule = f"must be {least} to {most} lines" if least else f"must be at most {most} lines"
        faults.append(Fault(field, rule, len(lines), "Fill in more of them." if len(lines) < least else "Leave some."))
    if faults:
        raise InvalidInput.many(faults)
    return tuple(lines)


def write_entries(lines: list[list[str]]) -> str:
    """The text that reads back as these lines; a bar inside a cell becomes a stroke."""
    return "\n".join(BETWEEN.join(tidy(cell).replace(BETWEEN, "/") for cell in line) for line in lines if any(line))
