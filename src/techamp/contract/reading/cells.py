"""From the cells of one column to numbers or text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from techamp.contract.reading.rules import ReadingRules
from techamp.contract.reading.units import is_unit

SAMPLE = 1000
_SPACES = " \u00a0\u202f"
_DIGIT_UNIT = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Cell:
    """What one cell says: a number with its unit, a blank (not-a-number), or neither (``value`` None)."""

    value: float | None
    unit: str = ""


@dataclass
class Numbers:
    """A column of numbers. ``bad`` holds the positions of cells that are neither number nor blank."""

    values: NDArray[np.float64]
    bad: list[int] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)  # position → unit written behind the number

    @property
    def unit(self) -> str:
        """The unit that most cells carry, or none."""
        return Counter(self.units.values()).most_common(1)[0][0] if self.units else ""


@cache
def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    mark = f"[{_SPACES}]" if thousands == " " else "['’]" if thousands == "'" else re.escape(thousands)
    whole = rf"\d{{1,3}}(?:{mark}\d{{3}})+|\d+" if thousands else r"\d+"
    point = re.escape(decimal)
    number = rf"[+\-−]?(?:(?:{whole})(?:{point}\d*)?|{point}\d+)(?:[eE][+\-−]?\d+)?"
    unit = r"(?P<unit>[^\s\d.,+\-−][^\s]{0,9})?"
    return re.compile(rf"(?P<money>[$€£]\s?)?(?P<number>{number})(?P<gap>[\s{_SPACES}]*){unit}", re.ASCII)


def read_cell(cell: str, rules: ReadingRules) -> Cell:
    """One cell, exactly."""
    text = cell.strip()
    if text.casefold() in rules.missing_words:
        return Cell(float("nan"))
    found = _pattern(rules.decimal, rules.thousands).fullmatch(text)
    if found is None:
        return Cell(None)
    unit = found["unit"] or (found["money"] or "").strip()
    if found["unit"] and not _is_behind_a_number(found["unit"], found["gap"]):
        return Cell(None)
    digits = found["number"].replace("−", "-")
    if rules.thousands:
        digits = re.sub(rf"[{_SPACES}'’]" if rules.thousands in " '" else re.escape(rules.thousands), "", digits)
    value = float(digits.replace(rules.decimal, "."))
    return Cell(value, unit) if np.isfinite(value) else Cell(None)


def _is_behind_a_number(unit: str, gap: str) -> bool:
    """A single letter needs its space: 8A is a name, 8 A is a current."""
    return is_unit(unit) and bool(gap or len(unit) > 1 or not _DIGIT_UNIT.match(unit))


def holds_numbers(cells: Sequence[str], rules: ReadingRules) -> bool:
    """Whether at least half of the cells that say something are numbers, judged by 1,000 of them, evenly spread."""
    sample = _spread(_filled(_spread(cells, 20 * SAMPLE), rules)) or _spread(_filled(cells, rules))
    numbers = sum(read_cell(cell, rules).value is not None for cell in sample)
    return bool(sample) and 2 * numbers >= len(sample)


def _filled(cells: Sequence[str], rules: ReadingRules) -> list[str]:
    return [cell for cell in cells if cell.strip().casefold() not in rules.missing_words]


def _spread(cells: Sequence[str], most: int = SAMPLE) -> Sequence[str]:
    return cells if len(cells) <= most else [cells[int(i)] for i in np.linspace(0, len(cells) - 1, most)]


def read_numbers(cells: list[str], rules: ReadingRules) -> Numbers:
    """All cells as numbers; what is none stands in ``bad``. Clean columns take the quick way."""
    plain = _with_points(cells, rules)
    if plain is not None:
        try:
            values = np.fromiter(map(float, plain), np.float64, len(plain))
        except ValueError:
            pass
        else:
            if np.isfinite(values).all():
                return Numbers(values)
    return _one_by_one(cells, plain or cells, rules, plain is not None)


def _with_points(cells: list[str], rules: ReadingRules) -> list[str] | None:
    """Cells in which Python's own number reader means what the rules mean, or None where it might not."""
    joined = "\n".join(cells)
    if not joined.isascii() or "_" in joined or joined.count("\n") != max(0, len(cells) - 1):
        return None
    if rules.decimal == ".":
        return cells
    return None if "." in joined else joined.replace(",", ".").split("\n")


def _one_by_one(cells: list[str], plain: list[str], rules: ReadingRules, quick: bool) -> Numbers:
    found = Numbers(np.empty(len(cells), np.float64))
    values, known = found.values, dict[str, Cell]()
    for position, text in enumerate(plain):
        if quick:
            try:
                values[position] = value = float(text)
            except ValueError:
                pass
            else:
                if value - value == 0.0:  # finite
                    continue
        cell = cells[position]
        read = known.get(cell)
        if read is None:
            read = read_cell(cell, rules)
            if len(known) < SAMPLE:
                known[cell] = read
        values[position] = float("nan") if read.value is None else read.value
        if read.value is None:
            found.bad.append(position)
        elif read.unit:
            found.units[position] = read.unit
    return found


def read_text(cells: list[str], rules: ReadingRules) -> NDArray[np.object_]:
    """All cells as text without spaces around; "" where blank."""
    stripped = list(map(str.strip, cells))
    blanks = {cell for cell in set(stripped) if cell.casefold() in rules.missing_words}
    values = np.empty(len(cells), dtype=object)
    values[:] = ["" if cell in blanks else cell for cell in stripped] if blanks - {""} else stripped
    return values
