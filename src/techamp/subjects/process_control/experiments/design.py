"""A plan of runs in coded units, and its run sheet in the units of the plant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.shown import Shown

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # without I, which is the identity


@dataclass(frozen=True)
class Design(Shown):
    """``coded``: (runs, factors), -1 low and +1 high, 0 in the middle. ``block``: number of the block of each run.

    ``generators`` such as ("E=ABC",) speak of letters: A is the first factor, B the second (I is left out).
    """

    kind: str
    factors: tuple[str, ...]
    coded: Array
    block: NDArray[np.int64]
    generators: tuple[str, ...] = ()
    block_generators: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.coded)

    def columns(self) -> dict[str, Array]:
        """Coded settings by factor, as ``fit_model`` takes them."""
        return {name: self.coded[:, j] for j, name in enumerate(self.factors)}

    def natural(self, ranges: Mapping[str, tuple[float, float]]) -> dict[str, Array]:
        """Settings in units: middle + coded·half range. ``ranges``: low and high of every factor.

        Raises InvalidInput for a factor without a range, or a low that is not below its high.
        """
        found = {}
        for j, name in enumerate(self.factors):
            if name not in ranges:
                raise InvalidInput("ranges", f"must name {name}", sorted(ranges), "Give its low and high setting.")
            low, high = ranges[name]
            if not low < high:
                raise InvalidInput(f"ranges, {name}", f"must have a low below {high:g}", low, "Exchange the two.")
            found[name] = 0.5 * (low + high) + 0.5 * (high - low) * self.coded[:, j]
        return found

    def run_order(self, rng: np.random.Generator) -> NDArray[np.int64]:
        """Return the rows in random order, block after block: chance spreads what drifts over all settings."""
        order = [rng.permutation(np.flatnonzero(self.block == block)) for block in np.unique(self.block)]
        return np.concatenate(order).astype(np.int64)

    def with_center_points(self, count: int) -> Design:
        """Return the design with ``count`` middle runs added to each block. Raises InvalidInput for a count below 1."""
        if count != int(count) or count < 1:
            raise InvalidInput("count", "must be a whole number of at least 1", count, "Use 3 to 5.")
        blocks = np.unique(self.block)
        middle = np.zeros((count * len(blocks), len(self.factors)))
        return replace(
            self,
            coded=np.concatenate([self.coded, middle]),
            block=np.concatenate([self.block, np.repeat(blocks, count)]),
        )

    def replicated(self, times: int) -> Design:
        """Return the design with every run ``times`` over. Raises InvalidInput for times below 1."""
        if times != int(times) or times < 1:
            raise InvalidInput("times", "must be a whole number of at least 1", times, "Use 2 to see the noise.")
        return replace(self, coded=np.tile(self.coded, (times, 1)), block=np.tile(self.block, times))


def factor_names(factors: int | list[str] | tuple[str, ...], least: int = 1) -> tuple[str, ...]:
    """Return names, or the letters A, B, C … for a number. Raises InvalidInput for too few, or a name used twice."""
    if isinstance(factors, int):
        factors = list(LETTERS[: max(0, factors)])
    names = tuple(str(name) for name in factors)
    if len(names) < least or len(set(names)) != len(names):
        rule = f"must be {least} different names at least"
        raise InvalidInput("factors", rule, list(names), "Name each factor once.")
    return names
