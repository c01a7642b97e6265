"""What we compute for each published case: queueing networks."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

from techamp.subjects.manufacturing_systems import jackson_network

CHECKS = ReferenceChecks(REFERENCES, "networks")

Inputs = dict[str, Any]


@CHECKS.case("jackson3")
def three_stations_with_feedback(inputs: Inputs) -> Inputs:
    found = jackson_network(inputs["external"], inputs["routing"], inputs["mu"], inputs["c"])
    queues = [queue for queue in found.queues if queue is not None]
    return {"lam": [queue.arrival_rate for queue in queues], "L": [queue.L for queue in queues], "W_system": found.W}
