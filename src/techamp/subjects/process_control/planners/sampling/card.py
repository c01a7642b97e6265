"""The words on the card: what to do with a lot, and when to change the inspection."""

from __future__ import annotations

from techamp.contract import SheetColumn
from techamp.subjects.process_control.planners.sampling.choosing import Chosen
from techamp.subjects.process_control.planners.sampling.settings import SamplingPlanSettings
from techamp.subjects.process_control.sampling.attribute_plans import DoublePlan, SinglePlan

_SWITCHING = {
    "normal": (
        "Go to tightened inspection when 2 of 5 lots in a row, or fewer, were rejected.",
        "You may go to reduced inspection after 10 lots in a row were accepted, while production is steady and the "
        "buyer agrees.",
    ),
    "tightened": (
        "Go back to normal inspection when 5 lots in a row were accepted.",
        "When 10 lots in a row stay on tightened inspection, stop taking lots until the supplier has mended the cause.",
    ),
    "reduced": (
        "Go back to normal inspection when a lot is rejected, when the count falls between the two numbers, or when "
        "production is no longer steady.",
    ),
}


def instructions(settings: SamplingPlanSettings, chosen: Chosen) -> tuple[str, ...]:
    """What to do with each lot, most important first."""
    if chosen.plan is None:
        do = (
            f"Inspect all {settings.lot} parts."
            if chosen.inspect_all
            else "Inspect no part. Count what the line finds."
        )
        return (do, *chosen.why)
    said = [_what_to_do(chosen.plan), "Draw the parts at random from the whole lot, not from the top of a box."]
    said += ["Write down the count of every lot, also of those that pass: the chart of these counts shows the process."]
    return (*said, *(_SWITCHING[settings.inspection] if settings.way == "standard" else ()))


def _what_to_do(plan: SinglePlan | DoublePlan) -> str:
    if isinstance(plan, SinglePlan):
        said = f"Inspect {plan.n}. Accept the lot with {plan.accept} defective or fewer, reject it with {plan.reject}."
        between = " A count between accepts this lot and ends reduced inspection."
        return said + (between if plan.reject > plan.accept + 1 else "")
    return (
        f"Inspect {plan.n1}. Accept with {plan.accept1} or fewer, reject with {plan.reject1} or more. In between "
        f"inspect {plan.n2} more, and accept with {plan.accept2} or fewer in both samples together."
    )


def columns(chosen: Chosen) -> tuple[SheetColumn, ...]:
    """Lot, parts inspected, and the count to fill in."""
    heads = (SheetColumn("Lot", role="order"), SheetColumn("Inspected", role="size"))
    if isinstance(chosen.plan, DoublePlan):
        first = SheetColumn("Defective, sample 1", blank=True, role="measure")
        return (*heads, first, SheetColumn("Defective, sample 2", blank=True, optional=True))
    return (*heads, SheetColumn("Defective", blank=True, role="measure"))


def size(settings: SamplingPlanSettings, chosen: Chosen) -> int:
    """Parts behind the first count of a lot."""
    return chosen.plan.stages.sizes[0] if chosen.plan is not None else settings.lot
