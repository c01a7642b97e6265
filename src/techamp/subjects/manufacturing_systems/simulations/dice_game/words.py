"""What the dice game says: notes after a game, and a sentence for each chart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.simulations.dice_game.inputs import (
    MEAN_ROLL,
    DiceGameInputs,
    strong_station,
)
from techamp.subjects.manufacturing_systems.simulations.dice_game.rounds import Games

Values = dict[str, NDArray[np.float64]]


def notes(inputs: DiceGameInputs, game: Games, found: Values, typical: Values) -> tuple[str, ...]:
    """What came out, where the rolls were lost, what waits, what the limit and the stronger station did."""
    said = [
        _output(inputs, found, typical),
        _lost(inputs, game),
        _waiting(inputs, found),
        _limit(inputs, found),
        _strong(inputs, found),
    ]
    return tuple(text for text in said if text)


def one(values: NDArray[np.float64]) -> float:
    """The value of a single game."""
    return float(values[0])


def _output(inputs: DiceGameInputs, found: Values, typical: Values) -> str:
    out, possible, usual = one(found["output"]), MEAN_ROLL * inputs.rounds, float(typical["output"].mean())
    luck = f"{abs(out - usual):.0f} {'more' if out >= usual else 'fewer'}"
    return (
        f"{out:.0f} pennies came out in {inputs.rounds} rounds. Dice with a mean of 3.5 promise {possible:g}. "
        f"Over 300 games this line gives {usual:.1f} on average; the luck of this game made it {luck}."
    )


def _lost(inputs: DiceGameInputs, game: Games) -> str:
    starved, blocked = game.starved[0].sum(axis=0), game.blocked[0].sum(axis=0)
    if not starved.any() and not blocked.any():
        return "No roll was lost."
    worst = int(np.argmax(starved + blocked))
    first = f"Of all the dots rolled, {int(starved.sum())} were lost because too little waited (starved)"
    second = f" and {int(blocked.sum())} because there was no room ahead (blocked)" if inputs.limit != "push" else ""
    return f"{first}{second}. Station {worst + 1} lost most: {int(starved[worst] + blocked[worst])}."


def _waiting(inputs: DiceGameInputs, found: Values) -> str:
    if inputs.stations == 1:
        return "With one station nothing waits, and nothing is lost: its output is the sum of its rolls."
    wip, time = one(found["wip"]), one(found["time_in_line"])
    end = one(found["wip_end"])
    return (
        f"On average {wip:.1f} pennies waited in the line, and {end:.0f} at the end. By Little’s law a "
        f"penny takes about {wip:.1f} ÷ {one(found['a_round']):.2f} = {time:.1f} rounds to get through."
    )


def _limit(inputs: DiceGameInputs, found: Values) -> str:
    if inputs.limit == "push":
        return ""
    lost, saved = one(found["against_push"]), one(found["wip_saved"])
    return (
        f"Without the limit and with the very same rolls, {abs(lost):.0f} pennies {'more' if lost <= 0 else 'fewer'} "
        f"would have come out, with {abs(saved):.1f} {'more' if saved >= 0 else 'fewer'} in the line on average."
    )


def _strong(inputs: DiceGameInputs, found: Values) -> str:
    station = strong_station(inputs)
    if station < 0:
        return ""
    gain = one(found["gain"])
    return (
        f"Station {station + 1} rolled {inputs.extra} more each time. Against equal stations with the same luck that "
        f"made {abs(gain):.0f} pennies {'more' if gain >= 0 else 'fewer'} in {inputs.rounds} rounds; its die alone "
        f"grew by {inputs.extra * inputs.rounds}."
    )


def chart_words(inputs: DiceGameInputs, game: Games, name: str) -> str:
    """One sentence that says what the chart shows."""
    if name == "out":
        out = int(game.out[0].sum())
        short = MEAN_ROLL * inputs.rounds - out
        than = f"{abs(short):g} {'fewer' if short >= 0 else 'more'} than 3.5 a round"
        rest = "The straight line is 3.5 a round. The band holds nine of ten games of this line."
        return f"{out} pennies out after {inputs.rounds} rounds, {than}. {rest}"
    wip = game.wip[0]
    if name == "wip":
        first, last, most = int(wip[0]), int(wip[-1]), int(wip.max())
        return f"From {first} pennies after the first round to {last} after the last; at most {most}."
    means = game.waiting[0].mean(axis=0)
    highest = int(np.argmax(means))
    return f"The largest pile is before station {highest + 2}: {means[highest]:.1f} pennies on average."
