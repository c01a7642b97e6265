"""What we compute for each published case: queues."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

from techamp.subjects.manufacturing_systems import machine_repair, mg1, mmc, priority_mg1

CHECKS = ReferenceChecks(REFERENCES, "queues")

Inputs = dict[str, Any]


@CHECKS.case("mmc_3_2.7", "mmc_2_1.8", "mmc_10_9")
def several_servers(inputs: Inputs) -> Inputs:
    queue = mmc(inputs["lam"], inputs["mu"], inputs["c"])
    return {"P_wait": queue.p_wait, "Wq": queue.Wq, "Lq": queue.Lq, "W": queue.W}


@CHECKS.case("mg1_constant", "mg1_uniform", "mg1_scv4")
def pollaczek_khinchine(inputs: Inputs) -> Inputs:
    return {"Wq": mg1(inputs["lam"], inputs["mean"], inputs["scv"]).Wq}


@CHECKS.case("cobham")
def two_classes(inputs: Inputs) -> Inputs:
    mean = 1.0 / inputs["mu"]
    return {"Wq": [queue.Wq for queue in priority_mg1(inputs["lam"], [mean, mean], [1.0, 1.0])]}


@CHECKS.case("repair")
def repairman(inputs: Inputs) -> Inputs:
    found = machine_repair(inputs["N"], inputs["fail_rate"], inputs["repair_rate"])
    return {"mean_down": found.mean_down, "repairman_util": found.crew_utilization}
