"""What the duel says: names of the charts, notes, the limits as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from techamp.subjects.process_control.simulations.chart_duel.inputs import ChartDuelInputs
from techamp.subjects.process_control.simulations.chart_duel.theory import Fighter, is_fair

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.chart_duel.fighting import Duel


def chart_name(fighter: Fighter) -> str:
    """Short, with its numbers.

    >>> chart_name(Fighter("ewma", 2.8594, 0.2))
    'EWMA, weight 0.2, limits ±2.86σ'
    """
    return {
        "shewhart": f"Shewhart, limits ±{fighter.limit:.2f}σ",
        "western_electric": f"four rules, limits ±{fighter.limit:.2f}σ",
        "ewma": f"EWMA, weight {fighter.memory:g}, limits ±{fighter.limit:.2f}σ",
        "cusum": f"CUSUM, allowance {fighter.memory:g}σ, limit {fighter.limit:.2f}σ",
    }[fighter.kind]


def notes(
    inputs: ChartDuelInputs, pair: tuple[Fighter, Fighter], fought: Duel, values: dict[str, float]
) -> tuple[str, ...]:
    """Who was faster, what false alarms cost, how run lengths spread, and whether it was fair."""
    said = [_faster(inputs, pair, values), _alarms(inputs, values), _luck(fought), *_unfair(inputs, pair)]
    return tuple(text for text in said if text)


def _faster(inputs: ChartDuelInputs, pair: tuple[Fighter, Fighter], values: dict[str, float]) -> str:
    shift = f"a shift of {inputs.shift:g}σ" if inputs.size == "given" else "a shift of unknown size"
    if inputs.size == "given" and inputs.shift == 0.0:
        return (
            f"Nothing changed, so every signal was false. A ({chart_name(pair[0])}) gave one after "
            f"{values['delay_a']:.0f} points on average, B ({chart_name(pair[1])}) after {values['delay_b']:.0f}."
        )
    return (
        f"A ({chart_name(pair[0])}) found {shift} after {values['delay_a']:.1f} points on average, B "
        f"({chart_name(pair[1])}) after {values['delay_b']:.1f}. A was first in {values['a_first']:.0f} % of "
        f"{inputs.runs} runs."
    )


def _alarms(inputs: ChartDuelInputs, values: dict[str, float]) -> str:
    price = (
        f"While nothing changes A gives a false alarm once in {values['arl0_a']:,.0f} points and B once in "
        f"{values['arl0_b']:,.0f}."
    )
    if inputs.before == 0:
        return price
    return (
        f"{price} Before the shift, in {inputs.before} points, {values['false_a']:.0f} % of the runs had one from A "
        f"and {values['false_b']:.0f} % one from B."
    )


def _luck(fought: Duel) -> str:
    a, b = fought.delays(0), fought.delays(1)
    return (
        f"An average hides luck: A took from {int(a.min())} to {int(a.max())} points, and half of its runs at most "
        f"{int(np.median(a))}; B took from {int(b.min())} to {int(b.max())}, and half at most {int(np.median(b))}."
    )


def _unfair(inputs: ChartDuelInputs, pair: tuple[Fighter, Fighter]) -> list[str]:
    if all(is_fair(inputs, fighter) for fighter in pair):
        return []
    return [
        "The four rules cannot get to this rate: eight in a row on one side come once in 255 points, however far out "
        "the limits are. They play with their usual lines, so the duel is not fair."
    ]


def limit_equation(pair: tuple[Fighter, Fighter]) -> str:
    """How each chart decides, with this duel's numbers, as plain text."""
    return "; ".join(f"{name}: {_formula(fighter)}" for name, fighter in zip("AB", pair, strict=True))


def _formula(fighter: Fighter) -> str:
    limit, memory = f"{fighter.limit:.3f}", f"{fighter.memory:g}"
    if fighter.kind == "ewma":
        reach = fighter.limit * (fighter.memory / (2.0 - fighter.memory)) ** 0.5
        return f"|{memory}·z + (1 − {memory})·EWMA before| > {limit}·√({memory}/(2 − {memory})) = {reach:.3f}"
    if fighter.kind == "cusum":
        return f"max(0, C before ± z − {memory}) > {limit}"
    if fighter.kind == "western_electric":
        return f"1 beyond {limit}, 2 of 3 beyond ⅔ of it, 4 of 5 beyond ⅓ of it, 8 on one side"
    return f"|z| > {limit}"
