"""Every published case of manufacturing systems, quantity by quantity."""

from __future__ import annotations

import json
from functools import cache

import pytest
from tests.reference_cases import Comparison, ReferenceChecks, checks
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

REGISTERED = {id_: found for found in checks("manufacturing_systems") for id_ in found.cases}


@cache
def _comparisons(registered: ReferenceChecks) -> list[Comparison]:
    return list(registered.comparisons())


@pytest.mark.parametrize("case", sorted(REGISTERED))
def test_agrees_with_the_published_numbers(case: str) -> None:
    found = [one for one in _comparisons(REGISTERED[case]) if one.case == case]
    assert found
    for comparison in found:
        assert comparison.agrees, (
            f"{comparison.quantity}: expected {comparison.expected}, obtained {comparison.obtained}, "
            f"error {comparison.error:.3g} where {comparison.allowed:.3g} is allowed"
        )


def test_every_case_has_a_check_and_every_check_a_case() -> None:
    files = {case["id"] for file in REFERENCES.glob("*.json") for case in json.loads(file.read_text("utf-8"))["cases"]}
    assert set().union(*(found.unanswered() for found in checks("manufacturing_systems"))) == set()
    assert set(REGISTERED) == files
