"""What we compute for each published case: run lengths."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES

from techamp.subjects.process_control import average_run_length, cusum_run_length

CHECKS = ReferenceChecks(REFERENCES, "run_length")

Inputs = dict[str, Any]


@CHECKS.case("arl-shewhart")
def shewhart_run_lengths(inputs: Inputs) -> Inputs:
    return {"ARL": [average_run_length("WE1", shift) for shift in inputs["shifts"]]}


@CHECKS.case("arl-champ-woodall")
def champ_woodall(inputs: Inputs) -> Inputs:
    sets = CHECKS.cases["arl-champ-woodall"]["expected"]["ARL0"]
    return {"ARL0": {digits: average_run_length([f"WE{digit}" for digit in digits]) for digits in sets}}


@CHECKS.case("arl-cusum", tolerance={"printed": "rel_printed", "computed": "rel_computed"})
def cusum_run_lengths(inputs: Inputs) -> Inputs:
    found = {
        f"h{h}": [cusum_run_length(shift, reference=inputs["k"], decision=h) for shift in inputs["shifts_in_sigma"]]
        for h in (4, 5)
    }
    return {"printed": found, "computed": found}


@CHECKS.case("arl-cusum-fir")
def cusum_run_lengths_with_head_start(inputs: Inputs) -> Inputs:
    share = inputs["headstart"] / inputs["h"]
    found = [
        cusum_run_length(shift, reference=inputs["k"], decision=inputs["h"], head_start=share)
        for shift in inputs["shifts"]
    ]
    return {"computed": found, "printed": found}
