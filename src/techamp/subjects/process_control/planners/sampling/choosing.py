"""From what was asked to the plan: the standard’s, the smallest that holds two risks, or all-or-none by cost."""

from __future__ import annotations

from dataclasses import dataclass

from techamp.contract import InvalidInput
from techamp.subjects.process_control.planners.sampling.settings import SamplingPlanSettings
from techamp.subjects.process_control.sampling.attribute_plans import DoublePlan, Plan, SinglePlan, find_single_plan
from techamp.subjects.process_control.sampling.military_standard import code_letter, standard_plan
from techamp.subjects.process_control.sampling.plan_search import find_double_plan


@dataclass(frozen=True)
class Chosen:
    """``plan`` is None where all parts of a lot, or none, are inspected; ``why`` says how it was found."""

    plan: SinglePlan | DoublePlan | None
    inspect_all: bool
    why: tuple[str, ...]


def choose(settings: SamplingPlanSettings) -> Chosen:
    """The plan; raises InvalidInput where none can hold what is asked."""
    if settings.way == "cost":
        return _by_cost(settings)
    found, why = _by_standard(settings) if settings.way == "standard" else _by_points(settings)
    if sum(found.stages.sizes) >= settings.lot:
        said = f"The sample would be {sum(found.stages.sizes)} parts, the lot is {settings.lot}: inspect all of it."
        return Chosen(None, True, (*why, said))
    assert isinstance(found, SinglePlan | DoublePlan)
    return Chosen(found, False, why)


def _by_standard(s: SamplingPlanSettings) -> tuple[Plan, tuple[str, ...]]:
    plan = standard_plan(s.lot, float(s.aql), level=s.level, inspection=s.inspection, sampling=s.sampling)
    said = f"MIL-STD-105E: a lot of {s.lot} at level {s.level} has code letter {code_letter(s.lot, s.level)}."
    if s.sampling == "double" and isinstance(plan, SinglePlan):
        return plan, (said, "The standard has no double plan here; the single one stands for it.")
    return plan, (said,)


def _by_points(s: SamplingPlanSettings) -> tuple[Plan, tuple[str, ...]]:
    if not s.good < s.bad:
        raise InvalidInput("bad", f"must be above the good share ({s.good:g} %)", s.bad, "Widen the gap.")
    search = find_double_plan if s.sampling == "double" else find_single_plan
    alpha, beta = s.producer_risk / 100.0, s.consumer_risk / 100.0
    plan: Plan = search(s.good / 100.0, s.bad / 100.0, producer_risk=alpha, consumer_risk=beta)
    return plan, ("The fewest parts that hold both risks, by binomial chances.",)


def _by_cost(s: SamplingPlanSettings) -> Chosen:
    even = 100.0 * s.inspect_cost / s.escape_cost
    rule = (
        f"kp rule: k₁/k₂ = {s.inspect_cost:g}/{s.escape_cost:g} = {even:.3g} % defective is where both cost the same."
    )
    inspect_all = s.share > even
    side = (
        f"You expect {s.share:g} %, above it: inspecting every part costs least."
        if inspect_all
        else f"You expect {s.share:g} %, not above it: inspecting none costs least."
    )
    doubt = (
        "The rule holds while the process is stable. Where you do not know the share, or it jumps, take a plan by two "
        "risks until you know."
    )
    return Chosen(None, inspect_all, (rule, side, doubt))
