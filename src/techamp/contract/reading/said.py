"""What a reading says about itself."""

from __future__ import annotations

from techamp.contract.reading.cells import Numbers
from techamp.contract.reading.formats import Content
from techamp.contract.reading.headers import Header
from techamp.contract.reading.rules import ReadingRules
from techamp.contract.reading.sheets import sheet_names
from techamp.contract.reading.splitting import Split


def say_blanks(header: Header, cells: list[str], found: Numbers, split: Split, notes: list[str]) -> None:
    """What counts as blank because the rules say so, and where."""
    if found.bad:
        shown = ", ".join(f"row {int(split.rows[i])} (“{cells[i].strip()[:30]}”)" for i in found.bad[:5])
        more = f" and {len(found.bad) - 5:,} more" if len(found.bad) > 5 else ""
        count = len(found.bad)
        word = "cell with text counts" if count == 1 else "cells with text count"
        notes.append(f"{count:,} {word} as blank in {header.name}: {shown}{more}.")


def say_layout(split: Split, rules: ReadingRules, notes: list[str]) -> None:
    """Header, marks, blank rows, short rows, rows left out."""
    above = rules.header_row - 1
    if above > 0:
        what = "The row above it was" if above == 1 else f"The {above} rows above it were"
        notes.append(f"Row {rules.header_row} holds the column names. {what} left out.")
    if rules.decimal == ",":
        notes.append("Commas are decimal marks: 8,25 means eight and a quarter.")
    if rules.thousands:
        sign = {" ": "1 250", "'": "1'250"}.get(rules.thousands, f"1{rules.thousands}250")
        notes.append(f"Thousands are set apart: {sign} means one thousand two hundred fifty.")
    if split.blank_rows:
        notes.append(f"{split.blank_rows:,} blank {'row was' if split.blank_rows == 1 else 'rows were'} left out.")
    if split.short:
        shown = ", ".join(map(str, split.short[:5])) + (", …" if len(split.short) > 5 else "")
        word = "row has" if len(split.short) == 1 else "rows have"
        notes.append(f"{len(split.short):,} {word} too few cells; the missing ones count as blank (row {shown}).")
    if rules.skipped:
        spans = [str(first) if first == last else f"{first} to {last}" for first, last in rules.skipped]
        shown = ", ".join(spans[:5]) + (f" and {len(spans) - 5} more" if len(spans) > 5 else "")
        one = len(spans) == 1 and rules.skipped[0][0] == rules.skipped[0][1]
        which = f"Row {shown} was" if one else f"Rows {shown} were"
        notes.append(f"{which} left out: remarks, or rows that were not wanted.")


def say_sheets(content: Content, rules: ReadingRules, notes: list[str]) -> None:
    """Which sheet was read, where there are others."""
    others = [name for name in sheet_names(content) if name != rules.sheet]
    if others:
        notes.append(f"The sheet “{rules.sheet}” was read. The file also has: {', '.join(others[:10])}.")
