"""Which row holds the names of the columns: the one above the first rows of numbers, if it holds words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from techamp.contract.reading.cells import read_cell
from techamp.contract.reading.rules import ReadingRules
from techamp.contract.reading.units import is_unit

Row = Sequence[str]
MARKS = ("#", "//")  # signs with which a remark begins


def guess_header(rows: Sequence[Row], rules: ReadingRules, titles: int) -> ReadingRules:
    """Rules with header row, units row and titles to leave out. ``titles`` top rows are known to be none of it."""
    usual = usual_width(rows)
    rows = [[] if is_marked(row) and filled(row) < usual else row for row in rows]  # remarks are no names
    starts = _first_data(rows, rules, titles)
    if not starts:
        first = next((i for i in range(titles, len(rows)) if filled(rows[i])), titles)
        several = sum(1 for row in rows if filled(row)) > 1
        return rules.model_copy(update={"header_row": first + 1 if several else 0})
    start = next((i for i in starts if _words_above(rows, rules, i, titles)), starts[0])
    above = _words_above(rows, rules, start, titles)
    if not above:
        return rules.model_copy(update={"skipped": ((1, start),)} if start else {})
    units = above[-1] if len(above) > 1 and _are_units(rows[above[-1]]) else None
    names = [i for i in above if i != units]
    usual = usual_width(rows[start:])
    full = [i for i in names if filled(rows[i]) >= usual] if usual >= 3 else []
    header = full[0] if full else names[-1]
    return rules.model_copy(update={"header_row": header + 1, "units_row": 0 if units is None else units + 1})


def _first_data(rows: Sequence[Row], rules: ReadingRules, titles: int) -> list[int]:
    """Where the data may start: the first row with a number in a column of numbers, and the first without text in any.

    The first of the two is right where a cell of the first row is broken, the second where titles hold numbers.
    """
    usual, numeric = usual_width(rows), number_columns(rows, rules)
    candidates = [i for i in range(titles, len(rows)) if filled(rows[i])]

    def numbers(i: int, share: float) -> bool:
        said = [rows[i][j] for j in numeric if j < len(rows[i]) and rows[i][j].strip()]
        found = sum(is_number(cell, rules) for cell in said)
        return found > 0 and found >= share * len(said) and filled(rows[i]) >= 0.5 * usual

    starts = []
    for share in (0.0, 1.0):
        data = [i for i in candidates if numbers(i, share)]
        twice = (i for i, below in pairwise(candidates) if i in data and below in data)
        starts += [first for first in [next(twice, data[0] if data else None)] if first is not None]
    return starts


def number_columns(rows: Sequence[Row], rules: ReadingRules) -> list[int]:
    """Columns with numbers in at least half of their filled cells in the lower half of the sample."""
    lower = rows[len(rows) // 2 :] if len(rows) > 6 else rows[1:] or rows
    found = []
    for j in range(max(map(len, lower), default=0)):
        cells = [row[j] for row in lower if j < len(row) and row[j].strip().casefold() not in rules.missing_words]
        if cells and 2 * sum(is_number(cell, rules) for cell in cells) >= len(cells):
            found.append(j)
    return found or ([0] if rows and len(rows) == 1 and is_number((rows[0] or [""])[0], rules) else [])


def _words_above(rows: Sequence[Row], rules: ReadingRules, start: int, titles: int) -> list[int]:
    """Rows right above the data (blank ones between them aside) in which no cell is a number."""
    found: list[int] = []
    for i in range(start - 1, titles - 1, -1):
        if not filled(rows[i]):
            continue
        if any(cell.strip() and is_number(cell, rules) for cell in rows[i]):
            break
        found.insert(0, i)
    return found


def is_number(cell: str, rules: ReadingRules) -> bool:
    """Whether a cell holds a number and no blank."""
    value = read_cell(cell, rules).value
    return value is not None and value == value


def _are_units(row: Row) -> bool:
    cells = [cell.strip().strip("()[]") for cell in row if cell.strip()]
    return bool(cells) and all(is_unit(cell) or cell == "-" for cell in cells)


def is_marked(row: Row) -> bool:
    """Whether a row begins with the sign of a remark."""
    return next((cell for cell in row if cell.strip()), "").strip().startswith(MARKS)


def filled(row: Row) -> int:
    """How many of its cells say something."""
    return sum(1 for cell in row if cell.strip())


def usual_width(rows: Sequence[Row]) -> int:
    """Filled cells of most rows; of several such numbers the largest."""
    widths = Counter(width for row in rows if (width := filled(row)))
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0
