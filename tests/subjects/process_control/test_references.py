"""Every published case of process control, quantity by quantity."""

from __future__ import annotations

import json

import pytest
from tests.reference_cases import Comparison, checks, collect
from tests.subjects.process_control.reference_checks.folder import REFERENCES

COMPARISONS = collect("process_control")


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda c: f"{c.case}-{c.quantity}")
def test_agrees_with_the_published_number(comparison: Comparison) -> None:
    assert comparison.agrees, (
        f"{comparison.quantity} of {comparison.case}: expected {comparison.expected}, obtained {comparison.obtained}, "
        f"error {comparison.error:.3g} where {comparison.allowed:.3g} is allowed"
    )


def test_every_case_has_a_check_and_every_check_a_case() -> None:
    files = {case["id"] for file in REFERENCES.glob("*.json") for case in json.loads(file.read_text("utf-8"))["cases"]}
    assert set().union(*(registered.unanswered() for registered in checks("process_control"))) == set()
    assert {comparison.case for comparison in COMPARISONS} == files
