"""What setups and batches says: lead time and where it goes, what setups eat, and what the changeover costs."""

from __future__ import annotations

from collections.abc import Mapping

from techamp.subjects.manufacturing_systems.lots.batching import least_batch
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.changeover import TODAY, cost_of
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.inputs import SetupsAndBatchesInputs
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.lathe_run import LatheRun

Found = Mapping[str, float]
NEAR, FULL = 97.0, 99.5
"""Taken up, %, from which luck decides, and from which the queue is said to grow without end. Our choice."""


def notes(inputs: SetupsAndBatchesInputs, lathe: LatheRun, found: Found, parts: Mapping[str, float]) -> tuple[str, ...]:
    """What came out, what it is made of, what setups eat, whether it can be kept up, what the changeover costs."""
    if lathe.run.finished == 0:
        return (
            "No shaft moved on in the counted time: the lot is larger than what was ordered. Choose a smaller one.",
        )
    said = [
        _lead(inputs, found),
        _made_of(inputs, parts) if found["busy"] <= FULL else "",
        _lathe(inputs, lathe, found),
        _keeps_up(inputs, lathe, found),
        _limit(inputs, found),
        _bought(inputs),
    ]
    return tuple(text for text in said if text)


def _lead(inputs: SetupsAndBatchesInputs, found: Found) -> str:
    how = (
        f"In lots of {inputs.batch}"
        if inputs.plan == "lot"
        else f"With a release every {inputs.interval:g} h of production"
    )
    return (
        f"{how}, a shaft is ready {found['lead_time']:.1f} h after it was ordered, and 95 of 100 within "
        f"{found['promise']:.1f} h. The lathe was changed over {found['setups']:.1f} times a day."
    )


def _made_of(inputs: SetupsAndBatchesInputs, parts: Mapping[str, float]) -> str:
    gather = "for the lot to fill" if inputs.plan == "lot" else "for the next release"
    rest = f", {parts['lot']:.1f} h for the rest of its lot" if parts["lot"] > 0.005 else ""
    return (
        f"Of that, an order waits {parts['gather']:.1f} h {gather} and {parts['queue']:.1f} h for the lathe{rest}. "
        f"The shaft itself is on the lathe for {60 * parts['work']:.1f} min."
    )


def _lathe(inputs: SetupsAndBatchesInputs, lathe: LatheRun, found: Found) -> str:
    turning = 100.0 * lathe.run.station("lathe").share("busy")
    return (
        f"The lathe turns shafts {turning:.0f} % of its time, is changed over {found['setup_share']:.1f} % and stands "
        f"broken {found['down']:.1f} %. {max(0.0, 100.0 - found['busy']):.1f} % are left to catch up with."
    )


def _keeps_up(inputs: SetupsAndBatchesInputs, lathe: LatheRun, found: Found) -> str:
    if found["busy"] > FULL and (inputs.plan == "lot" or inputs.load >= 1.0):
        ordered = sum(step.parts_in for step in lathe.run.steps if step.station == "desk")
        made = sum(step.parts_out for step in lathe.run.steps if step.station == "lathe")
        return (
            f"The lathe does not keep up: {ordered} shafts were ordered and {made} made. The queue grows as long as "
            "this goes on, so the lead time says only how long you looked. Fewer changeovers, or shorter ones."
        )
    if found["busy"] > NEAR:
        return "So little is left that luck decides: a long stop is worked off for days. Run it with other seeds."
    return ""


def _limit(inputs: SetupsAndBatchesInputs, found: Found) -> str:
    if inputs.load >= 1.0:
        return "Turning and stops alone fill the lathe; no lot size helps."
    if inputs.plan == "lot":
        least = least_batch(inputs.rate, inputs.setup, inputs.turning)
        return (
            f"A changeover for every lot needs lots above {least:.0f}: demand × changeover ÷ free share. Where two "
            "lots of one length follow each other, the lathe saves one."
        )
    least = shortest_interval(inputs)
    told = f"Each length came up every {found['every']:.1f} h."
    return f"{told} One changeover to each of {len(inputs.names)} lengths fits into {least:.1f} h at the shortest."


def shortest_interval(inputs: SetupsAndBatchesInputs) -> float:
    """Hours in which every length can be made once: the common cycle of least length."""
    from techamp.subjects.manufacturing_systems.lots.economic_lots import Product, common_cycle

    each = [
        Product(name, inputs.rate * share, 1.0 / inputs.turning, inputs.setup, 0.0, 1.0)
        for name, share in zip(inputs.names, inputs.shares, strict=True)
    ]
    return common_cycle(each).least_cycle / 60.0


def _bought(inputs: SetupsAndBatchesInputs) -> str:
    cost = cost_of(inputs.setup)
    if not cost:
        return ""
    return f"A changeover of {inputs.setup:g} min instead of {TODAY:g} costs {cost:,.0f} dollars once; see the sheet."
