"""Column names: with their units taken off, never blank, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from techamp.contract.reading.rules import ReadingRules
from techamp.contract.reading.units import split_unit

LONGEST = 80


@dataclass(frozen=True)
class Header:
    """One column's name and unit."""

    name: str
    unit: str = ""


def headers_of(
    names: Sequence[str], units: Sequence[str], width: int, rules: ReadingRules, notes: list[str]
) -> list[Header]:
    """``width`` headers from the cells of the header row and of the units row; says what had to be renamed."""
    taken: set[str] = set()
    found = []
    for index in range(width):
        raw = " ".join(names[index].split()) if index < len(names) else ""
        name, unit = split_unit(raw) if rules.units_in_header else (raw, "")
        if index < len(units) and units[index].strip():
            unit = units[index].strip().strip("()[]")
        name = name[:LONGEST] or _unnamed(index, width)
        unique = _unique(name, taken)
        if unique != name:
            notes.append(
                f"The name “{name}” stands over several columns; the one in column {index + 1} is “{unique}” here."
            )
        taken.add(unique)
        found.append(Header(unique, unit[:LONGEST]))
    return found


def _unnamed(index: int, width: int) -> str:
    return "Value" if width == 1 else f"Column {index + 1}"


def _unique(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} #{number}" in taken:
        number += 1
    return f"{name} #{number}"
