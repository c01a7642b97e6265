"""What the funnel says: names of the rules, notes, words for the charts, equations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techamp.subjects.process_control.simulations.funnel.drops import best_share

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.funnel.simulation import FunnelInputs

RULE_NAMES = {
    "leave": "Rule 1: leave the funnel alone",
    "move_back": "Rule 2: move it back by the last error",
    "reset_back": "Rule 3: from the target, set it opposite the last error",
    "over_last": "Rule 4: set it over the last drop",
    "share": "Take back a share of the error",
}

_WHAT_HAPPENED = {
    "leave": "Nobody moved the funnel.",
    "move_back": "After each drop the funnel moved back by the whole error.",
    "reset_back": (
        "After each drop the funnel was set as far on the other side of the target as the drop had missed it."
    ),
    "over_last": "After each drop the funnel was set over the spot where the ball had landed.",
    "share": "After each drop the funnel moved back by a share of the error.",
}

_WHY = {
    "leave": (
        "The scatter is the funnel’s own. With a process that stands still, nothing you do to the aim makes it smaller."
    ),
    "move_back": "Each move answers a miss that was luck, so the luck of two drops adds up: the variance doubles, "
    "and distances grow by the root of 2, about 1.41.",
    "reset_back": (
        "Each miss is thrown to the other side and a new one is added: the drops swing left and right, wider and wider."
    ),
    "over_last": "Each drop starts from the last miss and adds a new one. Nothing pulls it back, so it walks away.",
    "share": (
        "A small share follows a process that moves and hardly stirs one that stands still; a large share chases luck."
    ),
}

_WHY_MOVING = {
    "leave": "The stand itself creeps, and nobody brings it back. Here leaving it alone is not the best.",
    "move_back": "The stand itself creeps, so bringing it back pays; but taking back the whole error also chases luck.",
}


def notes(inputs: FunnelInputs, values: dict[str, float]) -> tuple[str, ...]:
    """What happened, what it means against leaving the funnel alone, and why."""
    spread, ratio = values["spread"], values["against_leave"]
    first = (
        f"{_WHAT_HAPPENED[inputs.rule]} The {inputs.drops} drops lie typically {spread:.1f} mm from the target; "
        f"{values['within']:.0f} % are inside the circle."
    )
    moving = best_share(inputs.spread, inputs.drift, inputs.wander) > 0.0
    why = _WHY_MOVING.get(inputs.rule, _WHY[inputs.rule]) if moving else _WHY[inputs.rule]
    return (first, _compared(inputs.rule, ratio, spread), why, *_unused(inputs))


def _compared(rule: str, ratio: float, spread: float) -> str:
    if rule == "leave":
        return "Change the rule and keep the luck: the same drops, with you moving the funnel between them."
    left = f"Left alone, the same drops would lie typically {spread / ratio:.1f} mm away"
    if ratio > 1.02:
        return f"{left}: the adjusting made it {ratio:.2f} times as much."
    if ratio < 0.98:
        return f"{left}: the adjusting took away {100 * (1 - ratio):.0f} % of that."
    return f"{left}: the adjusting made next to no difference."


def _unused(inputs: FunnelInputs) -> tuple[str, ...]:
    if inputs.rule == "share" and inputs.dead_band >= 3.0 * inputs.spread and inputs.drift == inputs.wander == 0.0:
        return ("With this dead band nearly no drop is far enough away to move the funnel.",)
    return ()


def chart_words(inputs: FunnelInputs, name: str) -> str:
    """One sentence that says what the chart shows."""
    if name == "target":
        return (
            f"{inputs.drops} drops around the target at 0, 0. The thin ring is the circle of {inputs.tolerance:g} mm. "
            f"{RULE_NAMES[inputs.rule]}."
        )
    if name == "sideways":
        return (
            "How far each drop lies to the right (above 0) or left (below 0) of the target, in the order of the drops."
        )
    shape = {
        "leave": "stays level",
        "move_back": "rises once, from drop 1 to drop 2, and stays level",
        "reset_back": "grows with the root of the number of drops",
        "over_last": "grows with the root of the number of drops",
        "share": "rises over the first drops and stays level",
    }[inputs.rule]
    if inputs.drift > 0.0 or inputs.wander > 0.0:
        shape = "also holds what the creeping stand adds"
    return f"Distance of each drop from the target. The soft line, what is typical by theory, {shape}."


def equation(inputs: FunnelInputs) -> str:
    """The variance of drop n in each direction, with this run's numbers, as plain text."""
    square, n, share = inputs.spread**2, inputs.drops, inputs.share
    if inputs.drift > 0.0 or inputs.wander > 0.0:
        return (
            f"y(t) = f(t) + d(t) + e(t), spread of e {inputs.spread:g} mm; "
            f"d(t+1) = d(t) + {inputs.drift:g} mm + w(t), spread of w {inputs.wander:g} mm"
        )
    grows = f"variance of drop n = n·σ²; at drop {n}: {n} · {inputs.spread:g}² = {n * square:g} mm²"
    return {
        "leave": f"variance of each drop = σ² = {inputs.spread:g}² = {square:g} mm²",
        "move_back": f"variance from drop 2 on = 2·σ² = 2 · {inputs.spread:g}² = {2 * square:g} mm²",
        "reset_back": grows,
        "over_last": grows,
        "share": f"variance in the long run = 2/(2 − λ) · σ² = 2/(2 − {share:g}) · {inputs.spread:g}² = "
        f"{2 * square / (2 - share):.4g} mm²",
    }[inputs.rule]
