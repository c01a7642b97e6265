"""A stream of luck for each person, counter-based: the same on every machine, and nobody's depends on another's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from techamp.contract import random

T = TypeVar("T")
SEED, CAUSE = 20, 7  # our choice


class Luck:
    """The luck of the person with that number."""

    def __init__(self, entity: int) -> None:
        self.entity, self.step = entity, 0

    def uniform(self) -> float:
        """From 0 to 1, ends excluded."""
        self.step += 1
        return float(random.uniform(SEED, CAUSE, self.entity, self.step)[0])

    def normal(self, mean: float, sigma: float) -> float:
        """From a normal distribution."""
        self.step += 1
        return mean + sigma * float(random.normal(SEED, CAUSE, self.entity, self.step)[0])

    def happens(self, chance: float) -> bool:
        """True with that chance."""
        return self.uniform() < chance

    def between(self, low: float, high: float) -> float:
        """Anywhere between two numbers."""
        return low + (high - low) * self.uniform()

    def one_of(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[int(self.uniform() * len(things))]
