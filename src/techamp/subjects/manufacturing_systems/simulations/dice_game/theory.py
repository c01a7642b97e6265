"""What theory says of one and of two stations, exactly: the chance of each number of waiting pennies, by round."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.simulations.dice_game.inputs import (
    FACES,
    MEAN_ROLL,
    DiceGameInputs,
    strong_station,
)

Floats = NDArray[np.float64]


def expected_out(inputs: DiceGameInputs) -> Floats | None:
    """Expected pennies out in each round, shape (rounds,), for one station or two; None for more.

    The pennies waiting between two stations are a Markov chain: b' = b + m1 - m2 with m1 = min(roll, room) and
    m2 = min(roll, b), or min(roll, b + m1) where the second moves after the first. All chances are summed, none drawn.
    """
    if inputs.stations == 1:
        return _one(inputs)
    return _two(inputs) if inputs.stations == 2 else None


def _one(inputs: DiceGameInputs) -> Floats:
    extra = inputs.extra if strong_station(inputs) == 0 else 0
    faces = np.array(FACES[inputs.dice]) + extra
    if inputs.limit == "conwip":
        faces = np.minimum(faces, inputs.total)
    return np.full(inputs.rounds, float(faces.mean()))


def _two(inputs: DiceGameInputs) -> Floats:
    dice = [np.array(FACES[inputs.dice]) + (inputs.extra if strong_station(inputs) == i else 0) for i in (0, 1)]
    most = {"push": None, "kanban": inputs.cap, "conwip": inputs.total}[inputs.limit]
    chance = {inputs.start_wip: 1.0}
    found = np.zeros(inputs.rounds)
    for t in range(inputs.rounds):
        following: dict[int, float] = {}
        for waiting, p in chance.items():
            for first in dice[0].tolist():
                came = first if most is None else min(first, max(0, most - waiting))
                for second in dice[1].tolist():
                    left = min(second, waiting + (came if inputs.order == "in_turn" else 0))
                    q = p / (len(dice[0]) * len(dice[1]))
                    found[t] += q * left
                    after = waiting + came - left
                    following[after] = following.get(after, 0.0) + q
        chance = {waiting: q for waiting, q in following.items() if q > 1e-15}
    return found


def dice_spread(dice: str) -> float:
    """Standard deviation of one roll, pennies.

    >>> round(dice_spread("1-6"), 3), dice_spread("3-4")
    (1.708, 0.5)
    """
    faces = np.array(FACES[dice], dtype=np.float64)
    return float(np.sqrt(np.mean((faces - MEAN_ROLL) ** 2)))
