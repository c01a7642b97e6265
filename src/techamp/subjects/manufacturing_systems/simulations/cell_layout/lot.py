"""A lot of shafts on its way: part by part at each machine, box by box between them. Times in seconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random
from techamp.subjects.manufacturing_systems.simulations.cell_layout.floor import way
from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import (
    IN,
    MACHINES,
    OUT,
    SHAFT,
    CellLayoutInputs,
)
from techamp.subjects.manufacturing_systems.simulations.cell_layout.people import SPEED

Floats = NDArray[np.float64]
_TIME = 1
TRIP = 10.0
"""Seconds to pick up a box and put it down. Our choice."""


@dataclass(frozen=True)
class LotRun:
    """``began`` and ``ended`` of each part at each machine of SHAFT, shape (machines, parts); ``moves``: meters to the
    first machine, between machines and out. ``sent``: moment at which each part's box leaves a machine."""

    began: Floats
    ended: Floats
    sent: Floats
    moves: tuple[float, ...]

    @property
    def lead_time(self) -> float:
        """Seconds until the last box is out."""
        return float(self.sent[-1, -1]) + carried(self.moves[-1])


def carried(far: float) -> float:
    """Seconds for one box over so many meters."""
    return TRIP + far / SPEED


def times(inputs: CellLayoutInputs, seed: int) -> Floats:
    """Seconds of each shaft at each machine, (machines, parts): mean times a factor around 1, a fifth at least."""
    mean = np.array([MACHINES[m].hands + MACHINES[m].alone for m in SHAFT], dtype=np.float64)
    mean[0] = 60.0  # the saw cuts shaft and housing; a shaft alone takes it 1.0 min
    luck = random.normal(seed, _TIME, np.arange(len(SHAFT))[:, None], np.arange(inputs.lot)[None, :])
    found: Floats = mean[:, None] * np.maximum(0.2, 1.0 + inputs.cv / 100.0 * luck)
    return found


def follow(inputs: CellLayoutInputs, spots: tuple[int, ...], seed: int) -> LotRun:
    """The lot from the moment at which it is picked up at the door.

    A part begins when its box is there and the machine has done the part before; a box leaves when its last part is
    done: b(i, n) = max(arrival of its box, e(i, n − 1)), e = b + time.
    """
    moves = tuple(way(inputs.floor, spots, (IN, *SHAFT, OUT)))
    work = times(inputs, seed)
    began, ended, sent = np.zeros_like(work), np.zeros_like(work), np.zeros_like(work)
    last = np.minimum((np.arange(inputs.lot) // inputs.box + 1) * inputs.box, inputs.lot) - 1  # of each part's box
    here = np.zeros(inputs.lot)
    for i in range(len(SHAFT)):
        here = here + carried(moves[i])
        total = np.cumsum(work[i])
        # e(n) = total(n) + max over k ≤ n of (arrival(k) − total(k − 1)): the recursion, unrolled
        ended[i] = total + np.maximum.accumulate(here - (total - work[i]))
        began[i] = ended[i] - work[i]
        sent[i] = ended[i][last]
        here = sent[i]
    return LotRun(began, ended, sent, moves)
