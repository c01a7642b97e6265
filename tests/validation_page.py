"""docs/validation.md: every published number that our tests hold us to, beside ours."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from tests.reference_cases import ALL_DIGITS, Comparison

PAGE = Path(__file__).resolve().parent.parent / "docs" / "validation.md"

_HEAD = """# Validation

Numbers that others published, beside what this software computes from the same inputs. The tests hold every line;
this page is written from them by `make validation`, and a test fails when it is stale.

*Digits* is how many leading digits agree; for a list, the fewest of any entry. "12+" is agreement to rounding. Few
digits mean that the source prints few, or rounds a constant (three-decimal d2).
"""

Row = tuple[str, str, str, str, str]  # case, quantity, expected, obtained, digits


def render(comparisons: Iterable[Comparison]) -> str:
    """Return the page as Markdown."""
    found = sorted(comparisons, key=lambda comparison: (comparison.area, comparison.case))
    cases = len({comparison.case for comparison in found})
    parts = [_HEAD, f"{cases} cases, {len(found)} quantities.\n"]
    for area, of_area in itertools.groupby(found, key=lambda comparison: comparison.area):
        parts.append(f"## {area[0].upper()}{area[1:]}\n")
        for case, of_case in itertools.groupby(of_area, key=lambda comparison: comparison.case):
            parts.append(_case(case, list(of_case)))
    return "\n".join(parts)


def rows(page: str) -> list[Row]:
    """Return the table rows of a page: case, quantity, expected, obtained, digits."""
    found: list[Row] = []
    case = ""
    for line in page.splitlines():
        if line.startswith("### "):
            case = line[4:].split(" · ")[0]
        elif line.startswith("| ") and not line.startswith("| Quantity"):
            quantity, expected, obtained, digits = (cell.strip() for cell in line.strip("|").split(" | "))
            found.append((case, quantity, expected, obtained, digits))
    return found


def _case(case: str, comparisons: list[Comparison]) -> str:
    first = comparisons[0]
    lines = [f"### {case} · {first.title}\n", f"Source: {first.source}\n"]
    lines += ["| Quantity | Expected | Obtained | Digits |", "|---|---|---|---|"]
    for one in comparisons:
        lines.append(f"| {one.quantity} | {_shown(one.expected)} | {_shown(one.obtained)} | {_digits(one)} |")
    return "\n".join(lines) + "\n"


def _digits(comparison: Comparison) -> str:
    if _whole(comparison.expected):
        return "exact" if comparison.error == 0.0 else "differs"
    return f"{ALL_DIGITS:.0f}+" if comparison.digits >= ALL_DIGITS else f"{comparison.digits:.1f}"


def _whole(value: Any) -> bool:
    array = np.asarray(value)
    return array.ndim > 0 and (array.size == 0 or array.dtype.kind in "iub")


def _shown(value: Any) -> str:
    array = np.asarray(value)
    if array.ndim == 0:
        return _number(array.item())
    if array.size == 0:
        return "none"
    flat = array.ravel().tolist()
    if len(flat) <= 6:
        return ", ".join(map(_number, flat))
    return f"{_number(flat[0])}, {_number(flat[1])} … {_number(flat[-1])} ({len(flat)} values)"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.10g}"
