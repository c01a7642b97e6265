"""What we compute for each published case: job shops, by a search of fixed length from a fixed seed."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.reference_checks.folder import INSTANCES, REFERENCES

from techamp.subjects.manufacturing_systems import parse_job_shop, search_schedule

CHECKS = ReferenceChecks(REFERENCES, "job_shop")

Inputs = dict[str, Any]


@cache
def shortest_found(file: str) -> float:
    shop = parse_job_shop((INSTANCES / file).read_text("utf-8"))
    return search_schedule(shop, seed=2, moves=8_000).schedule.makespan


@CHECKS.case(*CHECKS.cases)
def makespan(inputs: Inputs) -> Inputs:
    return {"optimum": shortest_found(inputs["file"])}
