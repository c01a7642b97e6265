"""The mathematics of the dice game: what each station rolls, what it may move, what waits after each round.

Station 0 takes from a box that never runs out; buffer i, before station i + 1, is one of N - 1. In a round station i
moves ``min(roll, waiting before it, room after it)``. Games lie on the first axis and are worked out together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random
from techamp.subjects.manufacturing_systems.simulations.dice_game.inputs import FACES, DiceGameInputs, strong_station

Integers = NDArray[np.int64]
_ROLL = 1
_PLENTY = 1_000_000
"""Pennies in the box, and room where there is no limit."""


@dataclass(frozen=True, eq=False)
class Games:
    """Rolls and moves, shape (games, rounds, stations), and the pennies that wait after each round, (…, N - 1).

    ``starved`` and ``blocked`` are the pips that could not be used: too little waited, or there was no room ahead.
    """

    rolls: Integers
    moved: Integers
    waiting: Integers
    starved: Integers
    blocked: Integers

    @property
    def out(self) -> Integers:
        """Pennies that left in each round, (games, rounds)."""
        return self.moved[:, :, -1]

    @property
    def wip(self) -> Integers:
        """Pennies in the line after each round, (games, rounds)."""
        found: Integers = self.waiting.sum(axis=2)
        return found


def roll(seeds: list[int], rounds: int, stations: int, dice: str) -> Integers:
    """Rolls without any extra: shape (games, rounds, stations). One uniform number for each station and round.

    A station keeps its luck whatever else changes; a steadier die turns the same luck into a milder number.
    """
    faces = np.array(FACES[dice])
    station, step = np.arange(stations)[None, :], np.arange(1, rounds + 1)[:, None]
    luck = np.stack([random.uniform(seed, _ROLL, station, step) for seed in seeds])
    found: Integers = faces[(luck * len(faces)).astype(np.int64)]
    return found


def strengthened(rolls: Integers, station: int, extra: int) -> Integers:
    """The same rolls with ``extra`` added at one station; none where ``station`` is -1."""
    if station < 0:
        return rolls
    found = rolls.copy()
    found[:, :, station] += extra
    return found


def play(inputs: DiceGameInputs, seeds: list[int]) -> Games:
    """All games of these inputs."""
    rolls = roll(seeds, inputs.rounds, inputs.stations, inputs.dice)
    return move(inputs, strengthened(rolls, strong_station(inputs), inputs.extra))


def move(inputs: DiceGameInputs, rolls: Integers) -> Games:
    """Move the pennies by these rolls, by the order and the limit of the inputs."""
    games, rounds, stations = rolls.shape
    moved, starved, blocked = np.zeros_like(rolls), np.zeros_like(rolls), np.zeros_like(rolls)
    waiting = np.zeros((games, rounds, stations - 1), dtype=np.int64)
    # bins[0] is the box, bins[1..N-1] the buffers, bins[N] the shelf of what is done
    bins = np.full((games, stations + 1), inputs.start_wip, dtype=np.int64)
    bins[:, 0], bins[:, stations] = _PLENTY, 0
    turns = [slice(0, stations)] if inputs.order == "at_once" else [slice(i, i + 1) for i in range(stations)]
    for t in range(rounds):
        for who in turns:
            after = slice(who.start + 1, who.stop + 1)
            rolled = rolls[:, t, who]
            could = np.minimum(rolled, bins[:, who])
            done = np.minimum(could, _room(inputs, bins)[:, who])
            moved[:, t, who], starved[:, t, who], blocked[:, t, who] = done, rolled - could, could - done
            bins[:, who] -= done
            bins[:, after] += done
        waiting[:, t] = bins[:, 1:stations]
    return Games(rolls, moved, waiting, starved, blocked)


def _room(inputs: DiceGameInputs, bins: Integers) -> Integers:
    """Room ahead of each station, (games, stations), as things stand. What is above a limit at the start may leave."""
    stations = bins.shape[1] - 1
    room = np.full((len(bins), stations), _PLENTY, dtype=np.int64)
    if inputs.limit == "kanban":
        room[:, :-1] = np.maximum(0, inputs.cap - bins[:, 1:stations])
    elif inputs.limit == "conwip":
        room[:, 0] = np.maximum(0, inputs.total - bins[:, 1:stations].sum(axis=1))
    return room


def values(inputs: DiceGameInputs, games: Games) -> dict[str, NDArray[np.float64]]:
    """Each measure for each game."""
    out = games.out.sum(axis=1).astype(np.float64)
    rolled = games.rolls.sum(axis=(1, 2))
    wip = games.wip.mean(axis=1)
    return {
        "output": out,
        "a_round": out / inputs.rounds,
        "of_dice": 100.0 * out / (3.5 * inputs.rounds),
        "wip": wip,
        "wip_end": games.wip[:, -1].astype(np.float64),
        "time_in_line": wip * inputs.rounds / np.maximum(out, 1.0),
        "starved": 100.0 * games.starved.sum(axis=(1, 2)) / rolled,
        "blocked": 100.0 * games.blocked.sum(axis=(1, 2)) / rolled,
    }
