"""What we compute for each published case: lot sizes."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

from techamp.subjects.manufacturing_systems import economic_order_quantity, lot_cost, wagner_whitin

CHECKS = ReferenceChecks(REFERENCES, "lots")

Inputs = dict[str, Any]


@CHECKS.case("eoq-snyder-3-1")
def order_quantity(inputs: Inputs) -> Inputs:
    terms = inputs["K"], inputs["h"], inputs["lambda"]
    best = economic_order_quantity(*terms)
    return {"Q": best.quantity, "cost": best.cost, "cost_at_Q250": lot_cost(250, *terms).cost}


@CHECKS.case("ww-snyder-3-9")
def lots_for_changing_demand(inputs: Inputs) -> Inputs:
    plan = wagner_whitin(inputs["demand"], inputs["K"], inputs["h"])
    return {"orders": list(plan.lots), "cost": plan.cost}
