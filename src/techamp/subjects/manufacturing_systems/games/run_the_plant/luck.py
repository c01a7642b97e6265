"""Draws that every team shares: functions of the seed, the cause, the thing and the count, taken in blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random

ORDERS, FAMILY, BREAKDOWN, REPAIR, PROCESS, SUPPLY, WHEN = range(1, 8)
_LAW: dict[str, Callable[[int, int, int, NDArray[np.int64]], NDArray[np.float64]]] = {
    "uniform": random.uniform,
    "normal": random.normal,
    "exponential": random.exponential,
}
BLOCK = 64


@dataclass
class Draws:
    """The draws of one cause and thing, one after the other."""

    seed: int
    cause: int
    thing: int
    law: str
    taken: int = 0
    _block: list[float] = field(default_factory=list, repr=False)

    def next(self) -> float:
        """The next draw."""
        place = self.taken % BLOCK
        if place == 0:
            steps = np.arange(self.taken, self.taken + BLOCK)
            self._block = _LAW[self.law](self.seed, self.cause, self.thing, steps).tolist()
        self.taken += 1
        return self._block[place]


def customers(seed: int, day: int, mean: float) -> list[tuple[float, float]]:
    """Orders of that day when ``mean`` are expected: (when, as a share of the day; uniform that picks the length).

    A Poisson number by inversion of one uniform, so that all teams, whatever they do, meet the same customers.
    """
    u = float(random.uniform(seed, ORDERS, day, 0)[0])
    number, chance = 0, float(np.exp(-mean))
    total = chance
    while u > total and number < 10 * mean + 50:
        number += 1
        chance *= mean / number
        total += chance
    steps = np.arange(number)
    times = np.sort(random.uniform(seed, WHEN, day, steps)) if number else np.empty(0)
    kinds = random.uniform(seed, FAMILY, day, steps) if number else np.empty(0)
    return list(zip(times.tolist(), kinds.tolist(), strict=True))
