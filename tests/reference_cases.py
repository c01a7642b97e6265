"""Published numbers, compared with ours: the ground for the tests and for docs/validation.md.

A subject keeps its cases in ``references/*.json`` and beside it modules ``reference_checks/*.py`` with ``CHECKS``: for
each case a function that computes from its inputs what the publication printed.
"""

from __future__ import annotations

import importlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

TESTS = Path(__file__).resolve().parent
ALL_DIGITS = 12.0  # beyond this, agreement is rounding


@dataclass(frozen=True)
class Comparison:
    """One published quantity and ours. ``digits`` is how many leading digits agree, for a list the fewest."""

    area: str
    case: str
    title: str
    source: str
    quantity: str
    expected: Any
    obtained: Any
    allowed: float
    relative: bool

    @property
    def error(self) -> float:
        """The largest error, absolute or relative as the tolerance asks; infinite if shapes or whole numbers differ."""
        expected, obtained = np.asarray(self.expected, dtype=float), np.asarray(self.obtained, dtype=float)
        if expected.shape != obtained.shape:
            return math.inf
        gap = np.abs(expected - obtained)
        if self.relative:
            gap = gap / np.where(expected == 0.0, 1.0, np.abs(expected))
        return float(np.max(gap, initial=0.0)) if not np.isnan(gap).any() else math.inf

    @property
    def agrees(self) -> bool:
        return self.error <= self.allowed

    @property
    def digits(self) -> float:
        expected, obtained = np.asarray(self.expected, dtype=float), np.asarray(self.obtained, dtype=float)
        if expected.shape != obtained.shape:
            return 0.0
        scale = np.where(expected == 0.0, 1.0, np.abs(expected))
        worst = float(np.max(np.abs(expected - obtained) / scale, initial=0.0))
        return ALL_DIGITS if worst <= 10.0**-ALL_DIGITS else max(0.0, -math.log10(worst))


Compute = Callable[[dict[str, Any]], Mapping[str, Any]]
Arrange = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class _Check:
    compute: Compute
    tolerance: Mapping[str, str]
    arrange: Arrange | None
    skip: frozenset[str]


class ReferenceChecks:
    """The cases of some files of a folder, and the functions that answer them."""

    def __init__(self, folder: Path, *files: str) -> None:
        read = {file.stem: json.loads(file.read_text("utf-8"))["cases"] for file in sorted(folder.glob("*.json"))}
        self._all = {case["id"]: case for cases in read.values() for case in cases}
        self.cases = {case["id"]: case for file in files for case in read[file]}
        self._checks: dict[str, _Check] = {}

    def case(
        self,
        *ids: str,
        tolerance: Mapping[str, str] | None = None,
        arrange: Arrange | None = None,
        skip: tuple[str, ...] = (),
    ) -> Callable[[Compute], Compute]:
        """Register a function for cases. ``tolerance`` names for a quantity which entry of the case's tolerance holds;
        ``arrange`` reshapes what is expected; ``skip`` names what the function does not compute."""

        def register(compute: Compute) -> Compute:
            for case_id in ids:
                self._checks[case_id] = _Check(compute, tolerance or {}, arrange, frozenset(skip))
            return compute

        return register

    def unanswered(self) -> set[str]:
        """Cases without a function, and functions without a case."""
        return set(self.cases) ^ set(self._checks)

    def comparisons(self) -> Iterator[Comparison]:
        """Every published quantity of every case beside ours."""
        for case_id, check in self._checks.items():
            case = self.cases[case_id]
            expected = case["expected"] if check.arrange is None else check.arrange(case["expected"])
            obtained = dict(_leaves(check.compute(self._inputs(case))))
            for quantity, value in _leaves(expected):
                if quantity.split(".")[0] in check.skip:
                    continue
                allowed, relative = _tolerance(case["tolerance"], check.tolerance, quantity)
                mine = obtained.get(quantity, math.nan)
                source = _source(case["source"])
                yield Comparison(case["area"], case_id, case["title"], source, quantity, value, mine, allowed, relative)

    def _inputs(self, case: dict[str, Any]) -> dict[str, Any]:
        """The inputs, with those of the case that it points to ("see")."""
        inputs = case["inputs"]
        seen = self._all[inputs["see"].split()[0]]["inputs"] if "see" in inputs else {}
        return {**seen, **inputs}


def checks(subject: str = "*") -> list[ReferenceChecks]:
    """The reference checks of a subject, or of all."""
    modules = sorted(TESTS.glob(f"subjects/{subject}/reference_checks/*.py"))
    names = ["tests." + ".".join(path.relative_to(TESTS).with_suffix("").parts) for path in modules]
    found = [getattr(importlib.import_module(name), "CHECKS", None) for name in names]
    return [registered for registered in found if registered is not None]


def collect(subject: str = "*") -> list[Comparison]:
    """Every comparison of a subject, or of all."""
    return [found for registered in checks(subject) for found in registered.comparisons()]


def _leaves(value: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, part in value.items():
        here = f"{path}.{key}" if path else str(key)
        if isinstance(part, Mapping):
            yield from _leaves(part, here)
        elif not isinstance(part, str):
            yield here, part


def _tolerance(given: Mapping[str, Any], chosen: Mapping[str, str], quantity: str) -> tuple[float, bool]:
    if given.get("exact"):
        return 0.0, False
    first = quantity.split(".")[0]
    key = chosen.get(quantity) or chosen.get(first) or ("rel" if "rel" in given else "abs")
    allowed = given[key]
    if isinstance(allowed, Mapping):
        allowed = allowed[first]
    return float(allowed), key.startswith("rel")


def _source(source: Mapping[str, str]) -> str:
    return "; ".join(source.values())
