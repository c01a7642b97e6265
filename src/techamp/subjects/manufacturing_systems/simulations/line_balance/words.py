"""What line balance says: the balance against takt, what the rules say, what the run showed."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.simulations.line_balance.inputs import DAY, LineBalanceInputs
from techamp.subjects.manufacturing_systems.simulations.line_balance.plan import (
    LETTERS,
    Plan,
    fairest,
    proven,
    tasks_of,
)


def notes(plan: Plan, inputs: LineBalanceInputs, output: float) -> tuple[str, ...]:
    """Whether it can run and what it made, takt, the fewest stations, the fairest split."""
    said = (
        _order(plan) or _made(plan, inputs, output),
        _takt(plan, inputs),
        _least(plan, inputs),
        _fair(plan, inputs),
    )
    return tuple(text for text in said if text)


def _order(plan: Plan) -> str:
    if plan.runs:
        return ""
    pairs = [f"{LETTERS[a]} must come before {LETTERS[b]}" for a, b in plan.broken]
    return f"The line cannot run: {listed(pairs)}, but the stations turn that around. Move one of each pair."


def _made(plan: Plan, inputs: LineBalanceInputs, output: float) -> str:
    steady, made = DAY / plan.longest, f"{output:.0f} actuators in a day, with {inputs.demand} wanted."
    where = name_of(plan, plan.balance.loads.index(plan.longest))
    beat = f"{where} has the most work, {plan.longest:.0f} s. If nothing varied, that would allow {steady:.0f} a day."
    lost = steady - output
    if inputs.cv and lost >= 1.0 and len(plan.numbers) > 1:
        return (
            f"{made} {beat} Hands that vary by {inputs.cv:g} % cost {lost:.0f} of them: stations wait for each other."
        )
    return f"{made} {beat}"


def _takt(plan: Plan, inputs: LineBalanceInputs) -> str:
    over = [
        f"{name_of(plan, i)} by {load - inputs.takt:.0f} s"
        for i, load in enumerate(plan.balance.loads)
        if load > inputs.takt * (1 + 1e-9)
    ]
    takt = f"Takt is 54,000 s ÷ {inputs.demand} = {inputs.takt:.1f} s."
    if over:
        return f"{takt} Over takt: {listed(over)}."
    idle = len(plan.numbers) * inputs.takt - sum(plan.balance.loads)
    return f"{takt} Every station keeps it. Together they are idle {idle:.0f} s in each takt."


def _least(plan: Plan, inputs: LineBalanceInputs) -> str:
    found = proven(tasks_of(inputs), inputs.takt)
    total, have = sum(plan.balance.loads), len(plan.numbers)
    if found is None:
        return (
            f"One task alone, {max(inputs.seconds)} s, is longer than takt. It must be split or done at two stations."
        )
    least, quick = len(found[0].stations), len(found[1].stations)
    share = f"{total:.0f} s of work ÷ {inputs.takt:.1f} s = {total / inputs.takt:.2f} stations."
    gap = "as many as you have" if have == least else f"you have {have}"
    proof = f"A search through all balances proves that {least} can keep takt and fewer cannot; {gap}."
    return f"{share} {proof} Ranked positional weight finds {quick}."


def _fair(plan: Plan, inputs: LineBalanceInputs) -> str:
    have = len(plan.numbers)
    best = fairest(tasks_of(inputs), have).cycle_time
    if not plan.runs:
        return ""
    if plan.longest <= best + 1e-9:
        return f"With {have} stations no longest station can be shorter than {best:.0f} s. Yours is as short as can be."
    return f"With {have} stations the longest one could be as short as {best:.0f} s; yours has {plan.longest:.0f} s."


def name_of(plan: Plan, i: int) -> str:
    """Station i of those that run, by the number she gave it."""
    return f"Station {plan.numbers[i]}"


def listed(parts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
