"""What we compute for each published case: acceptance sampling."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES

from techamp.subjects.process_control import (
    DoublePlan,
    SinglePlan,
    acceptance,
    average_outgoing_quality,
    average_total_inspection,
    code_letter,
    find_single_plan,
    find_variables_plan,
    sequential_plan,
)
from techamp.subjects.process_control.sampling.military_standard import LETTERS, plan_of_letter

CHECKS = ReferenceChecks(REFERENCES, "acceptance_sampling")

Inputs = dict[str, Any]


@CHECKS.case("z14-normal-level")
def military_standard(inputs: Inputs) -> Inputs:
    ranges = CHECKS.cases["z14-normal-level"]["expected"]["code_letters_as_numbers_A_is_0"]
    numbers = {}
    for lots in ranges:
        ends = [int(end) for end in lots.replace("+", "-900000").split("-")]
        found = [[LETTERS.index(code_letter(lot, level)) for level in ("I", "II", "III")] for lot in ends]
        assert found[0] == found[1], "both ends of a row of table I must agree"
        numbers[lots] = found[0]
    plans = {letter: [plan_of_letter(letter, aql) for aql in aqls] for letter, aqls in inputs["aqls"].items()}
    own = {letter: [plan.n for plan in found] for letter, found in plans.items()}
    sizes = [2, 3, 5, 8, 13, *(own[letter][0] for letter in "FGHJKLM"), 500, 800, 1250, 2000]
    assert all(len(set(n)) == 1 for n in own.values()), "no arrow where the table has a plan"
    from techamp.subjects.process_control.sampling.military_standard import SIZES

    assert tuple(sizes) == SIZES
    return {
        "code_letters_as_numbers_A_is_0": numbers,
        "sample_size": list(SIZES),
        "Ac": {letter: [plan.accept for plan in found] for letter, found in plans.items()},
    }


@CHECKS.case("lot-findplan")
def plan_search(inputs: Inputs) -> Inputs:
    (good, accepted), (bad, risk) = inputs["PRP"], inputs["CRP"]
    risks = {"producer_risk": 1.0 - accepted, "consumer_risk": risk}
    count = find_single_plan(good, bad, **risks)
    unknown = find_variables_plan(good, bad, **risks)
    known = find_variables_plan(good, bad, sigma_known=True, **risks)
    return {
        "attributes": {"n": count.n, "c": count.accept},
        "variables_sigma_unknown": {"n": unknown.n, "k": unknown.k},
        "variables_sigma_known": {"n": known.n, "k": known.k},
    }


@CHECKS.case("lot-double-125")
def double_sampling(inputs: Inputs) -> Inputs:
    plan = DoublePlan(*inputs["n"], inputs["c"][0], inputs["r"][0], inputs["c"][1])
    return {"Pa": [acceptance(plan, p) for p in inputs["p"]]}


@CHECKS.case("lot-single-89", tolerance={"ATI": "abs_count"})
def rectifying(inputs: Inputs) -> Inputs:
    plan, p, lot = SinglePlan(inputs["n"], inputs["c"]), inputs["p"], inputs["N"]
    return {
        "Pa": acceptance(plan, p),
        "AOQ": average_outgoing_quality(plan, p, lot),
        "ATI": average_total_inspection(plan, p, lot),
    }


@CHECKS.case("lot-sequential")
def part_by_part(inputs: Inputs) -> Inputs:
    plan = sequential_plan(**inputs)
    return {"s": plan.slope, "h1": plan.accept_at, "h2": plan.reject_at}
