"""What we compute for each published case: charts that cost least."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES

from techamp.subjects.process_control import ChartCosts, economic_design, hourly_cost

CHECKS = ReferenceChecks(REFERENCES, "economic_design")

Inputs = dict[str, Any]


def _costs(inputs: Inputs) -> ChartCosts:
    return ChartCosts(**{name: value for name, value in inputs.items() if name != "designs"})


@CHECKS.case("economic-x-bar-montgomery", tolerance={"cost": "cost_abs", "power": "power_abs"})
def glass_bottles(inputs: Inputs) -> Inputs:
    costs = _costs(inputs)
    found = [hourly_cost(costs, n, h, k) for n, k, h in inputs["designs"]]
    return {
        "best_n": economic_design(costs).n,
        "cost": [one.total for one in found],
        "power": [one.detection for one in found],
    }


@CHECKS.case(
    "economic-x-bar-exercise",
    tolerance={
        "cost": "cost_abs",
        "best_limits": "best_limits_abs",
        "best_power": "best_power_abs",
        "best_false_alarm": "best_false_alarm_abs",
    },
)
def exercise(inputs: Inputs) -> Inputs:
    costs = _costs(inputs)
    best = economic_design(costs)
    return {
        "best_n": best.n,
        "best_limits": best.limits,
        "best_power": best.cost.detection,
        "best_false_alarm": best.cost.false_alarm,
        "cost": [hourly_cost(costs, n, h, k).total for n, k, h in inputs["designs"]],
    }
