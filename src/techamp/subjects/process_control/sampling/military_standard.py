"""MIL-STD-105E: code letters and single plans for normal inspection (public domain; Z1.4 and ISO 2859-1 agree)."""

from __future__ import annotations

from bisect import bisect_left

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.sampling.attribute_plans import SinglePlan

LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
_DECADE = (1.0, 1.5, 2.5, 4.0, 6.5)
AQLS = (*(float(f"{first * 10.0**power:.2g}") for power in (-2, -1, 0, 1, 2) for first in _DECADE), 1000.0)
_LOT_ENDS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
_LEVELS = {"I": "AABCCDEFGHJKLMN", "II": "ABCDEFGHJKLMNPQ", "III": "BCDEFGHJKLMNPQR"}
_NUMBERS = (1, 2, 3, 5, 7, 10, 14, 21, 30, 44)
_ZERO, _ONE = 14, 17  # along every diagonal of table II-A: letter number + AQL number


def code_letter(lot: int, level: str = "II") -> str:
    """Return the sample size code letter of table I. ``level``: general inspection level I, II or III.

    Example: a lot of 1000 at level II: J. Raises InvalidInput for a lot below 2 or another level.
    """
    if level not in _LEVELS:
        raise InvalidInput("level", "must be I, II or III", level, "Use II unless the contract says otherwise.")
    if lot != int(lot) or lot < 2:
        raise InvalidInput("lot", "must be a whole number of at least 2", lot, "Inspect the single part.")
    return _LEVELS[level][bisect_left(_LOT_ENDS, lot)]


def normal_plan(lot: int, aql: float, level: str = "II") -> SinglePlan:
    """Return the single plan of table II-A for normal inspection; reject with one more than ``accept``.

    Where the table has an arrow, the first plan in its direction holds, with its own sample size; a sample as large as
    the lot means inspecting all of it. Example: a lot of 1000, AQL 1.0 %, level II: n 80, accept 2.
    Raises InvalidInput for an AQL that is not one of the table's.
    """
    return plan_of_letter(code_letter(lot, level), aql)


def plan_of_letter(letter: str, aql: float) -> SinglePlan:
    """Return the plan of a code letter and an AQL in percent (defects per hundred above 10), arrows followed.

    Table II-A is made of diagonals: plans of one acceptance number. Below that of 0 arrows point down to it; between 0
    and 1 first up, then down; beyond 21 (44 for letters A to E) up. Raises InvalidInput for another letter or AQL.
    """
    if letter not in LETTERS or len(letter) != 1:
        raise InvalidInput("letter", f"must be one of {LETTERS}", letter, "Find it with code_letter.")
    if aql not in AQLS:
        rule = f"must be one of {', '.join(f'{value:g}' for value in AQLS)}"
        raise InvalidInput("aql", rule, aql, "Use the next smaller AQL of the table.")
    column = AQLS.index(aql)
    row = _follow_arrow(LETTERS.index(letter), column)
    accept = 0 if row + column == _ZERO else _NUMBERS[row + column - _ONE]
    return SinglePlan(SIZES[row], accept) if accept < SIZES[row] else _of_defects(row, accept)


def _of_defects(row: int, accept: int) -> SinglePlan:
    rule = f"must be a share of parts: this plan accepts {accept} defects in {SIZES[row]} parts"
    raise InvalidInput("aql", rule, accept, "For defects per hundred parts judge counts of defects with a u chart.")


def _follow_arrow(row: int, column: int) -> int:
    """The row of the plan that an entry of the table stands for."""
    diagonal = row + column
    last = len(LETTERS) - 1
    if diagonal < _ZERO:
        return min(last, _ZERO - column)
    if _ZERO < diagonal < _ONE:
        upward = diagonal == _ZERO + 1 and row > 0
        down = _ONE - column
        return _ZERO - column if upward or down > last else down
    while row + column - _ONE > (len(_NUMBERS) - 1 if row <= LETTERS.index("E") else _NUMBERS.index(21)):
        row -= 1
    return row
