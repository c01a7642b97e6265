"""A block of memory in the making: regions are claimed one after another, then filled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random
from techamp.subjects.manufacturing_systems.engine import streams
from techamp.subjects.manufacturing_systems.model.distributions import KINDS, Distribution, constant

Words = NDArray[np.int64]
Floats = NDArray[np.float64]
LEAST_CV = 1e-8
"""Below it a gamma time is taken as constant."""


class Claims:
    """Where things will lie. ``distribution`` hands out one record for equal distributions, if they are ``shared``."""

    def __init__(self, header: int, shared: bool = True) -> None:
        self.size, self._shared = header, shared
        self._records: list[tuple[Distribution, int]] = []
        self._known: dict[Distribution, int] = {}

    def claim(self, words: int) -> int:
        """The offset of so many new words."""
        self.size += words
        return self.size - words

    def distribution(self, wanted: Distribution | None) -> int:
        """The offset of its record; −1 for none."""
        if wanted is None:
            return -1
        if wanted not in self._known or not self._shared:
            extra = len(wanted.parameters) if wanted.kind == "empirical" else 0
            self._known[wanted] = self.claim(streams.RECORD + extra)
            self._records.append((wanted, self._known[wanted]))
        return self._known[wanted]

    def block(self) -> tuple[Words, Floats]:
        """The memory as integers and as floats, distributions filled in."""
        floats = np.zeros(self.size, dtype=np.float64)
        words = floats.view(np.int64)
        for wanted, offset in self._records:
            write_distribution(words, floats, offset, wanted)
        return words, floats


def write_distribution(words: Words, floats: Floats, offset: int, wanted: Distribution) -> None:
    """The record that ``streams.draw`` reads. Parameters go through our own logarithm, so that every machine agrees."""
    if wanted.kind == "gamma" and wanted.parameters[1] <= LEAST_CV * wanted.parameters[0]:
        wanted = constant(wanted.parameters[0])  # its shape would leave what a float can tell apart
    words[offset] = KINDS.index(wanted.kind)
    p = wanted.parameters
    if wanted.kind == "empirical":
        at = offset + streams.RECORD
        floats[at : at + len(p)] = p
        p = (float(at), float(len(p)))
    numbers = _constants(wanted.kind, p)
    floats[offset + 1 : offset + 1 + len(numbers)] = numbers


def _constants(kind: str, p: Sequence[float]) -> Sequence[float]:
    """The numbers a, b, c of a record."""
    match kind:
        case "uniform":
            return (p[0], p[1] - p[0])
        case "normal":
            return (p[0], p[1], below_zero(p[0], p[1]))
        case "lognormal":
            spread = _log(1.0 + (p[1] / p[0]) ** 2)
            return (_log(p[0]) - 0.5 * spread, float(np.sqrt(spread)))
        case "gamma":
            return ((p[0] / p[1]) * (p[0] / p[1]), p[1] * p[1] / p[0])
        case "weibull":
            return (1.0 / p[0], p[1])
        case "erlang":
            return (p[1], p[0] / p[1])
        case _:
            return p


def _log(x: float) -> float:
    return float(random.log(x)[0])


def below_zero(mean: float, sd: float) -> float:
    """Φ(−mean/sd), the share of a normal that is cut away, by bisection of our own quantile: the same everywhere."""
    if sd == 0.0 or mean / sd > 37.0:
        return 0.0
    low, high = 0.0, 0.5 if mean >= 0 else 1.0
    for _halving in range(1100):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if float(random.normal_quantile(max(middle, 5e-300))[0]) < -mean / sd:
            low = middle
        else:
            high = middle
    return high
