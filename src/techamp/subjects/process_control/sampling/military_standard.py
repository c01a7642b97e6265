"""MIL-STD-105E: code letters and plans for normal, tightened and reduced inspection.

ANSI/ASQ Z1.4 has the same tables; ISO 2859-1 descends from them.
"""

from __future__ import annotations

from bisect import bisect_left

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.sampling import military_tables as tables
from techamp.subjects.process_control.sampling.attribute_plans import DoublePlan, Plan, SinglePlan
from techamp.subjects.process_control.sampling.staged_plan import MultiplePlan

LETTERS = tables.LETTERS[:16]
SIZES = tables.SIZES[:16]
AQLS = tables.AQLS
INSPECTIONS = tuple(tables.MASTERS)
SAMPLINGS = ("single", "double", "multiple")
DEFECTS_ABOVE = 10.0


def code_letter(lot: int, level: str = "II") -> str:
    """Return the sample size code letter of table I. ``level``: general I, II, III or special S-1 to S-4.

    Example: a lot of 1000 at level II: J. Raises InvalidInput for a lot below 2 or another level.
    """
    if level not in tables.LEVELS:
        rule = f"must be one of {', '.join(tables.LEVELS)}"
        raise InvalidInput("level", rule, level, "Use II unless the contract says otherwise.")
    if lot != int(lot) or lot < 2:
        raise InvalidInput("lot", "must be a whole number of at least 2", lot, "Inspect the single part.")
    return tables.LEVELS[level][bisect_left(tables.LOT_ENDS, lot)]


def normal_plan(lot: int, aql: float, level: str = "II") -> SinglePlan:
    """Return the single plan of table II-A for normal inspection; as ``standard_plan``.

    Example: a lot of 1000, AQL 1.0 %, level II: n 80, accept 2.
    """
    return plan_of_letter(code_letter(lot, level), aql)


def standard_plan(
    lot: int, aql: float, *, level: str = "II", inspection: str = "normal", sampling: str = "single"
) -> Plan:
    """Return the plan of the standard for a lot and an AQL in percent (defects per hundred parts above 10).

    ``inspection``: normal, tightened or reduced; ``sampling``: single, double or multiple. Where the table has an
    arrow, the first plan in its direction holds, with its own sample size; where it has no double or multiple plan, the
    plan with fewer stages holds, as the standard says. A sample as large as the lot means inspecting all of it.
    Example: a lot of 1000, AQL 1.0 %, tightened: n 80, accept 1; reduced: n 32, accept 1, reject 3.
    Raises InvalidInput for an AQL that is not one of the table's, or another inspection or sampling.
    """
    letter = code_letter(lot, level)
    if sampling == "single":
        return plan_of_letter(letter, aql, inspection)
    if sampling not in SAMPLINGS:
        raise InvalidInput("sampling", "must be single, double or multiple", sampling, "Use single.")
    return staged_plan_of_letter(letter, aql, inspection, sampling)


def plan_of_letter(letter: str, aql: float, inspection: str = "normal") -> SinglePlan:
    """Return the single plan of a code letter and an AQL, arrows followed (tables II-A, II-B, II-C).

    Raises InvalidInput for another letter, AQL or inspection.
    """
    master = _master(inspection)
    row, place = _find(letter, aql, inspection)
    if place < 0:
        accept, reject = 0, 1
    else:
        accept, reject = _small_reduced(row, place, inspection) or master.single[place]
    counting = "defects" if aql > DEFECTS_ABOVE else "defectives"
    return SinglePlan(master.sizes[row], accept, reject, counting)


def staged_plan_of_letter(letter: str, aql: float, inspection: str = "normal", sampling: str = "double") -> Plan:
    """Return the double (tables III) or multiple (IV) plan of a code letter and an AQL, arrows followed.

    Single where the table says so: acceptance number 0, and letters too small for stages.
    Raises InvalidInput as ``plan_of_letter``.
    """
    master = _master(inspection)
    row, place = _find(letter, aql, inspection)
    if place < 0 or row < master.double_from:
        return plan_of_letter(letter, aql, inspection)
    if sampling == "multiple" and row >= master.multiple_from:
        accepts, rejects = zip(*master.multiple[place], strict=True)
        return MultiplePlan((_stage_size(master, row, 3),) * len(accepts), accepts, rejects)
    (accept1, reject1), (accept2, reject2) = master.double[place]
    n = _stage_size(master, row, 1)
    return DoublePlan(n, n, accept1, reject1, accept2, reject2)


def _stage_size(master: tables.Master, row: int, letters_back: int) -> int:
    """A sample of a double plan is one letter smaller than the single plan's, of a multiple plan three."""
    return master.sizes[row - letters_back]


def _master(inspection: str) -> tables.Master:
    if inspection not in tables.MASTERS:
        raise InvalidInput("inspection", "must be normal, tightened or reduced", inspection, "Begin with normal.")
    return tables.MASTERS[inspection]


def _find(letter: str, aql: float, inspection: str) -> tuple[int, int]:
    """Letter number and diagonal (-1: acceptance number 0) of the plan that an entry of the table stands for."""
    if letter not in LETTERS or len(letter) != 1:
        raise InvalidInput("letter", f"must be one of {LETTERS}", letter, "Find it with code_letter.")
    if aql not in AQLS:
        rule = f"must be one of {', '.join(f'{value:g}' for value in AQLS)}"
        raise InvalidInput("aql", rule, aql, "Use the next smaller AQL of the table.")
    master, column = _master(inspection), AQLS.index(aql)
    row = _follow_arrow(master, LETTERS.index(letter), column)
    place = row + column - master.one
    return row, -1 if row + column == master.zero else place


def _small_reduced(row: int, place: int, inspection: str) -> tuple[int, int] | None:
    """Reduced inspection: letters A and B have rows of their own."""
    if inspection != "reduced" or row not in tables.REDUCED_SMALL:
        return None
    return tables.REDUCED_SMALL[row][place]


def _follow_arrow(master: tables.Master, row: int, column: int) -> int:
    to_zero, to_one = master.zero - column, master.one - column
    has_zero = to_zero >= master.first_zero_letter
    if row <= to_zero:
        return to_zero if has_zero else to_one
    if row < to_one:
        up = row - to_zero <= master.upward and has_zero
        return to_zero if up or to_one > master.last else to_one
    while row - to_one >= (master.long if row <= LETTERS.index("E") else master.short):
        row -= 1
    return row
