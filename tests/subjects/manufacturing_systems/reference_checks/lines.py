"""What we compute for each published case: production lines."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

from techamp.subjects.manufacturing_systems import (
    best_buffers,
    best_work_split,
    decomposed_line,
    deterministic_line,
    exponential_line,
    exponential_throughput,
    two_machine_line,
    zero_buffer_efficiency,
)

CHECKS = ReferenceChecks(REFERENCES, "exponential_lines", "unreliable_lines")

Inputs = dict[str, Any]


def _ids(beginning: str) -> list[str]:
    return [case for case in CHECKS.cases if case.startswith(beginning)]


@CHECKS.case(*(case for case in _ids("exp_") if case != "exp_unbalanced_4"))
def balanced_exponential_line(inputs: Inputs) -> Inputs:
    machines = inputs["N"]
    line = exponential_line([inputs["mu"]] * machines, [inputs["buffer"]] * (machines - 1))
    return {"throughput": line.throughput}


@CHECKS.case("exp_unbalanced_4")
def unbalanced_exponential_line(inputs: Inputs) -> Inputs:
    return {"throughput": exponential_line(inputs["mu"], inputs["buffers"]).throughput}


@CHECKS.case("bowl3", tolerance={"best_end_mean": "rel_place", "best_mid_mean": "rel_place"})
def bowl_phenomenon(inputs: Inputs) -> Inputs:
    split = best_work_split([inputs["buffer"]] * (inputs["N"] - 1), inputs["total_work"])
    return {
        "best_end_mean": split.means[0],
        "best_mid_mean": split.means[1],
        "throughput": split.throughput,
        "balanced": split.balanced,
    }


@CHECKS.case(*_ids("bap_"))
def buffer_allocation(inputs: Inputs) -> Inputs:
    found = best_buffers(len(inputs["mu"]) - 1, inputs["total"], exponential_throughput(inputs["mu"]))
    return {"throughput": found.throughput, "allocation": list(found.buffers)}


@CHECKS.case(*_ids("det2_"))
def two_machines_in_closed_form(inputs: Inputs) -> Inputs:
    return {"E": two_machine_line(tuple(inputs["r"]), tuple(inputs["p"]), inputs["N"]).throughput}


@CHECKS.case(*_ids("det3_"))
def three_machines_by_markov_chain(inputs: Inputs) -> Inputs:
    return {"E": deterministic_line(inputs["r"], inputs["p"], inputs["N"]).throughput}


@CHECKS.case("zero_buffer_bound")
def no_buffers(inputs: Inputs) -> Inputs:
    p, r = zip(*inputs["p_r"], strict=True)
    return {"E": zero_buffer_efficiency(p, r)}


@CHECKS.case(*_ids("ddx_"))
def long_line_by_decomposition(inputs: Inputs) -> Inputs:
    r, p = [1.0 / time for time in inputs["mttr"]], [1.0 / time for time in inputs["mtbf"]]
    return {"throughput": decomposed_line(r, p, inputs["buffers"]).throughput}
