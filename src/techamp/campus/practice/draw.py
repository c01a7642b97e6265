"""Draws for one variant: counter-based, so that a seed gives the same variant on every machine, for ever."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from techamp.campus.practice.schema import Among, Grid
from techamp.contract import random

T = TypeVar("T")


class Draw:
    """A stream of draws for (seed, cause); ``again`` is the number of the redraw. Generators get one as ``rng``."""

    def __init__(self, seed: int, cause: str, again: int = 0) -> None:
        self._seed, self._cause, self._again, self._step = seed, zlib.crc32(cause.encode()), again, 0

    def _uniform(self) -> float:
        self._step += 1
        return float(random.uniform(self._seed, self._cause, self._again, self._step)[0])

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible."""
        return low + int(self._uniform() * (high - low + 1))

    def pick(self, among: Sequence[T]) -> T:
        """One of a list."""
        return among[self.integer(0, len(among) - 1)]

    def number(self, low: float, high: float, step: float) -> float:
        """One of low, low + step … high, exact in the decimals of low and step; whole numbers when both are whole."""
        start, by = Decimal(str(low)), Decimal(str(step))
        count = int((Decimal(str(high)) - start) / by + Decimal("1e-9"))
        drawn = start + by * self.integer(0, count)
        return int(drawn) if whole(low) and whole(step) else float(drawn)

    def normal(self, mean: float = 0.0, sd: float = 1.0, *, decimals: int | None = None) -> float:
        """A normal draw; with decimals it is rounded as it will be shown."""
        self._step += 1
        value = mean + sd * float(random.normal(self._seed, self._cause, self._again, self._step)[0])
        return value if decimals is None else round(value, decimals) + 0.0

    def normals(self, count: int, mean: float = 0.0, sd: float = 1.0, *, decimals: int | None = None) -> list[float]:
        """A list of normal draws."""
        return [self.normal(mean, sd, decimals=decimals) for _i in range(count)]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in another order (Fisher and Yates)."""
        mixed = list(values)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.integer(0, last)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed


def whole(value: float) -> bool:
    """Whether a declared number has no decimals."""
    return float(value).is_integer()


def decimals_of(*numbers: Any) -> int:
    """Decimals that these numbers need: 0.25 → 2, 4 → 0; what is not a number needs none."""
    finite = [n for n in numbers if isinstance(n, float) and math.isfinite(n)]
    exponents = [Decimal(repr(n)).normalize().as_tuple().exponent for n in finite]
    return max([0, *(-e for e in exponents if isinstance(e, int))])


def drawn(name: str, declared: Grid | Among, seed: int, again: int) -> tuple[Any, int]:
    """A varied value and the decimals it is shown with. Each name has its own stream: adding one changes no other."""
    rng = Draw(seed, f"vary.{name}", again)
    if isinstance(declared, Grid):
        return rng.number(declared.low, declared.high, declared.step), decimals_of(declared.low, declared.step)
    return rng.pick(declared.among), decimals_of(*declared.among)
