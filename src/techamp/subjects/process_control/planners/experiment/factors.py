"""Factors and a response as somebody writes them: numbers with a point or a comma, a unit in brackets."""

from __future__ import annotations

import math

from techamp.contract import Fault, InvalidInput, read_entries
from techamp.subjects.process_control.experiments.run_sheet import Factor

COLUMNS = ("Factor", "Low", "High", "Unit")
FEWEST, MOST = 2, 8
TAKEN = ("run", "block")


def read_factors(written: str, response: str) -> tuple[Factor, ...]:
    """The factors; raises InvalidInput with every line that is none."""
    made, faults = list[Factor](), list[Fault]()
    for name, low, high, unit in read_entries(written, "Factors", len(COLUMNS), least=FEWEST, most=MOST):
        if name.casefold() in {*TAKEN, response.casefold(), *(f.name.casefold() for f in made)}:
            faults.append(Fault("Factors", "must have different names", name, "Name each setting once."))
            continue
        try:
            made.append(Factor(name, *_levels(low, high), unit))
        except InvalidInput as error:
            faults += [Fault("Factors", f"{f.field} {f.rule}", f.value, f.remedy) for f in error.faults]
    if faults:
        raise InvalidInput.many(faults)
    return tuple(made)


def read_response(written: str) -> tuple[str, str]:
    """Name and unit: "Length (mm)" → ("Length", "mm")."""
    name, _bracket, rest = written.strip().partition("(")
    if not name.strip():
        raise InvalidInput("What you measure", "must have a name", written, "Write it like Length (mm).")
    return name.strip(), rest.rpartition(")")[0].strip()


def _levels(low: str, high: str) -> tuple[float | str, float | str]:
    """Two numbers, or else two names."""
    numbers = _number(low), _number(high)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0], numbers[1]
    return low, high


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().replace("−", "-").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
