"""What we compute for each published case: line balancing."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.reference_checks.folder import INSTANCES, REFERENCES

from techamp.subjects.manufacturing_systems import best_balance, parse_in2

CHECKS = ReferenceChecks(REFERENCES, "line_balancing")

Inputs = dict[str, Any]


@cache
def proven_stations(file: str, cycle_time: float) -> int | None:
    """The number of stations where it is proven optimal, else nothing."""
    found = best_balance(parse_in2((INSTANCES / file).read_text("utf-8")), cycle_time)
    return len(found.stations) if found.optimal else None


@CHECKS.case(*CHECKS.cases)
def fewest_stations(inputs: Inputs) -> Inputs:
    tasks = parse_in2((INSTANCES / inputs["file"]).read_text("utf-8"))
    assert (len(tasks), sum(tasks.times)) == (inputs["n"], inputs["time_sum"])
    asked = next(case for case in CHECKS.cases.values() if case["inputs"]["file"] == inputs["file"])["expected"]
    return {"stations": {cycle: proven_stations(inputs["file"], float(cycle)) for cycle in asked["stations"]}}
