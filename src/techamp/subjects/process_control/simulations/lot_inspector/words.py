"""What the lot inspector says: plans in words, notes, and words for the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techamp.subjects.process_control.sampling.attribute_plans import Plan
from techamp.subjects.process_control.simulations.lot_inspector.receiving import REJECTED, UNSEEN, Lots, Policy

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.lot_inspector.inputs import LotInputs

INSPECTION_NAMES = ("Normal", "Tightened", "Reduced", "None", "Every motor")
VERDICTS = {0: "Accepted", REJECTED: "Rejected", UNSEEN: "Let through"}


def plan_words(plan: Plan) -> str:
    """'inspect 50, accept with 1, reject with 2'; stages joined by 'then'."""
    stages = plan.stages
    said = []
    for n, accept, reject in zip(stages.sizes, stages.accepts, stages.rejects, strict=True):
        low = "accept none yet" if accept is None else f"accept with {accept}"
        said.append(f"inspect {n}, {low}, reject with {reject}")
    return "; then ".join(said[:2]) + (f"; and so on, up to {len(said)} samples" if len(said) > 2 else "")


def notes(inputs: LotInputs, policy: Policy, lots: Lots, values: dict[str, float]) -> tuple[str, ...]:
    """What happened, what it cost against the two plain policies, and what the rules did."""
    count = len(lots.bad)
    rejected = sum(verdict == REJECTED for verdict in lots.verdict)
    first = (
        f"{count} lots came in; you rejected {rejected}. {values['escapes']:.0f} bad motors reached the line, "
        f"and a lot cost {values['cost_per_lot']:.0f} USD on average."
    )
    against = (
        f"Letting every lot through would have cost {values['none_cost']:.0f} USD a lot, inspecting every motor "
        f"{values['all_cost']:.0f}. Who knew each lot beforehand would have paid {values['all_knowing']:.0f}."
    )
    return (first, against, *_errors(policy, lots, values), *_break_even(inputs))


def _errors(policy: Policy, lots: Lots, values: dict[str, float]) -> tuple[str, ...]:
    if not policy.plans:
        return ()
    bad_lots = sum(lots.spell)
    said = (
        f"{values['good_rejected']:.0f} lots from good times were rejected, and {values['bad_accepted']:.0f} of "
        f"{bad_lots} lots from bad times were accepted."
    )
    if not policy.switching:
        return (said,)
    shares = [sum(code == k for code in lots.inspection) for k in range(3)]
    stops = int(values["stops"])
    often = "Once" if stops == 1 else f"{stops} times"
    halt = f" {often} ten lots in a row stayed on tightened, and the supplier was stopped." if stops else ""
    return (said, f"Normal inspection: {shares[0]} lots; tightened: {shares[1]}; reduced: {shares[2]}.{halt}")


def _break_even(inputs: LotInputs) -> tuple[str, ...]:
    if inputs.escape_cost <= 0.0:
        return ()
    even = 100.0 * inputs.inspect_cost / inputs.escape_cost
    return (
        f"Inspecting a motor costs {inputs.inspect_cost:.2f} USD, a bad one on the line {inputs.escape_cost:.2f}. "
        f"Above {even:.2f} % bad, inspecting every motor is cheaper; below it, inspecting none. "
        "A sample pays when you do not know.",
    )
