"""What we compute for each published case: flow, WIP and variability."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

from techamp.subjects.manufacturing_systems import best_case, gg1, ggm, line_limits, practical_worst_case, worst_case

CHECKS = ReferenceChecks(REFERENCES, "flow")

Inputs = dict[str, Any]


@CHECKS.case("pennyfab2")
def penny_fab_two(inputs: Inputs) -> Inputs:
    fab = line_limits(inputs["hours"], inputs["machines"])
    wips = CHECKS.cases["pennyfab2"]["expected"]["pwc"]
    return {
        "rates": list(fab.rates),
        "rb_per_h": fab.bottleneck_rate,
        "T0_h": fab.raw_process_time,
        "W0": fab.critical_wip,
        "pwc": {wip: practical_worst_case(fab, int(wip)).throughput for wip in wips},
    }


@CHECKS.case("penny-fab")
def penny_fab_one(inputs: Inputs) -> Inputs:
    fab = line_limits([inputs["process_time_h"]] * inputs["stations"])
    practical = [practical_worst_case(fab, wip) for wip in inputs["WIP"]]
    return {
        "rb": fab.bottleneck_rate,
        "T0": fab.raw_process_time,
        "W0": fab.critical_wip,
        "TH_best": [best_case(fab, wip).throughput for wip in inputs["WIP"]],
        "TH_worst": worst_case(fab, 1).throughput,
        "TH_pwc": [found.throughput for found in practical],
        "CT_pwc": [found.cycle_time for found in practical],
    }


@CHECKS.case("kingman-mm1")
def kingman(inputs: Inputs) -> Inputs:
    rate, te = inputs["u"] / inputs["te"], inputs["te"]
    return {"CTq_mm1": gg1(rate, te, 1.0, 1.0).Wq, "CTq_ca1_ce0.25": gg1(rate, te, 1.0, 0.25).Wq}


@CHECKS.case("vut")
def variability_utilization_time(inputs: Inputs) -> Inputs:
    rate = inputs["u"] * inputs["m"] / inputs["te"]
    return {"CTq": ggm(rate, inputs["te"], inputs["ca2"], inputs["ce2"], inputs["m"]).Wq}
