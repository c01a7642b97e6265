"""The patterns that run rules look for, found in a whole series at once.

Dialect, the same for all patterns (see ``rules`` for the sets):

- A series is z = (point - center)/standard error, so varying limits need no special case.
- A point on a line is not beyond it. "On" means within a billionth of a standard error, so that rounding decides
  nothing.
  Two neighbors closer than that are tied: neither rising nor falling.
- A pattern is completed by its last point, and every further point that completes it again is marked too.
  In "2 of 3 beyond" the completing point is itself beyond.
- A window must be full: "2 of 3" needs three points, also after a gap. ``full_window=False`` drops this
  (two points beyond are enough, as in the Markov chains of Champ & Woodall 1987).
- A window lies within one phase and spans no gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Array, Flags

ON_THE_LINE = 1e-9  # standard errors


class Series:
    """Standardized points in the order of time, without gaps, with the links between neighbors.

    ``link[i]`` tells whether point i follows point i - 1 directly (same phase, no gap); None means all do.
    ``above`` and ``below`` tell which points lie beyond the drawn limits; by default beyond three.
    """

    def __init__(
        self, z: Array, link: Flags | None = None, above: Flags | None = None, below: Flags | None = None
    ) -> None:
        self.z = z
        self.link = link
        self._limits = (above, below)
        self._beyond: dict[float, tuple[Flags, Flags]] = {}
        self._reach: dict[int, Flags] = {}

    def beyond(self, sigmas: float) -> tuple[Flags, Flags]:
        """Points above +``sigmas`` and points below -``sigmas``."""
        if sigmas not in self._beyond:
            edge = sigmas + ON_THE_LINE
            self._beyond[sigmas] = (self.z > edge, self.z < -edge)
        return self._beyond[sigmas]

    def beyond_limits(self) -> tuple[Flags, Flags]:
        """Points above the upper and points below the lower limit."""
        above, below = self._limits
        return self.beyond(3.0) if above is None or below is None else (above, below)

    @cached_property
    def steps(self) -> tuple[Flags, Flags]:
        """Points higher and points lower than the one before."""
        rising, falling = np.zeros(len(self.z), dtype=np.bool_), np.zeros(len(self.z), dtype=np.bool_)
        change = np.diff(self.z)
        np.greater(change, ON_THE_LINE, out=rising[1:])
        np.less(change, -ON_THE_LINE, out=falling[1:])
        return rising, falling

    def reaches(self, back: int) -> Flags:
        """Points that have ``back`` points directly before them."""
        if back not in self._reach:
            if self.link is None:
                reach = np.ones(len(self.z), dtype=np.bool_)
                reach[:back] = False
            else:
                reach = _unbroken(self.link, back)
            self._reach[back] = reach
        return self._reach[back]

    def runs(self, flags: Flags, length: int) -> Flags:
        """Points that complete ``length`` flagged points in a row."""
        found = _unbroken(flags, length)
        return found if self.link is None or length < 2 else found & self.reaches(length - 1)


Found = tuple[Flags, Flags]  # completed upward (or on no side), completed downward


class Pattern(Protocol):
    """A shape in the points. ``length`` is its window; ``uses_zones`` tells whether it needs symmetric sigma zones."""

    @property
    def length(self) -> int: ...

    @property
    def uses_zones(self) -> bool: ...

    @property
    def sided(self) -> bool: ...

    def find(self, series: Series) -> Found: ...

    def counted(self, series: Series, up: bool) -> Flags: ...


@dataclass(frozen=True)
class BeyondLimits:
    """One point beyond a control limit."""

    length = 1
    uses_zones = False
    sided = True

    def find(self, series: Series) -> Found:
        return series.beyond_limits()

    def counted(self, series: Series, up: bool) -> Flags:
        return series.beyond_limits()[0 if up else 1]


@dataclass(frozen=True)
class Beyond:
    """``k`` of ``of`` points in a row more than ``sigmas`` from the center, all on the same side."""

    k: int
    of: int
    sigmas: float = 0.0
    full_window: bool = True
    sided = True

    def __post_init__(self) -> None:
        if not 1 <= self.k <= self.of <= 255 or self.sigmas < 0:
            raise InvalidInput("rule", "must have 1 ≤ k ≤ of ≤ 255 and sigmas ≥ 0", self, "Change the rule's numbers.")

    @property
    def length(self) -> int:
        return self.of

    @property
    def uses_zones(self) -> bool:
        return self.sigmas > 0 or self.k < self.of

    def find(self, series: Series) -> Found:
        above, below = series.beyond(self.sigmas)
        if self.k == self.of:
            return series.runs(above, self.of), series.runs(below, self.of)
        return self._count(series, above), self._count(series, below)

    def counted(self, series: Series, up: bool) -> Flags:
        return series.beyond(self.sigmas)[0 if up else 1]

    def _count(self, series: Series, flags: Flags) -> Flags:
        ones = flags.view(np.uint8)
        count = ones.copy()
        for back in range(1, min(self.of, len(ones))):
            earlier = ones[:-back]
            count[back:] += earlier if series.link is None else earlier & series.reaches(back)[back:].view(np.uint8)
        found = np.asarray((count >= self.k) & flags, dtype=np.bool_)
        return found & series.reaches(self.of - 1) if self.full_window else found


@dataclass(frozen=True)
class Trend:
    """``points`` in a row, each higher than the one before, or each lower (six points are five steps)."""

    points: int
    uses_zones = False
    sided = True

    def __post_init__(self) -> None:
        _at_least(self.points, 2)

    @property
    def length(self) -> int:
        return self.points

    def find(self, series: Series) -> Found:
        found = [_unbroken(step, self.points - 1) & series.reaches(self.points - 1) for step in series.steps]
        return found[0], found[1]

    def counted(self, series: Series, up: bool) -> Flags:
        return np.ones(len(series.z), dtype=np.bool_)


@dataclass(frozen=True)
class Alternating:
    """``points`` in a row that go up and down by turns."""

    points: int
    uses_zones = False
    sided = False

    def __post_init__(self) -> None:
        _at_least(self.points, 3)

    @property
    def length(self) -> int:
        return self.points

    def find(self, series: Series) -> Found:
        rising, falling = series.steps
        turns = np.zeros(len(series.z), dtype=np.bool_)
        turns[1:] = (rising[1:] & falling[:-1]) | (falling[1:] & rising[:-1])
        return _unbroken(turns, self.points - 2) & series.reaches(self.points - 1), _none(series)

    def counted(self, series: Series, up: bool) -> Flags:
        return np.ones(len(series.z), dtype=np.bool_)


@dataclass(frozen=True)
class Within:
    """``points`` in a row no more than ``sigmas`` from the center, on either side."""

    points: int
    sigmas: float = 1.0
    uses_zones = True
    sided = False

    def __post_init__(self) -> None:
        _at_least(self.points, 2)

    @property
    def length(self) -> int:
        return self.points

    def find(self, series: Series) -> Found:
        return series.runs(self.counted(series, True), self.points), _none(series)

    def counted(self, series: Series, up: bool) -> Flags:
        above, below = series.beyond(self.sigmas)
        return np.asarray(~(above | below), dtype=np.bool_)


@dataclass(frozen=True)
class Outside:
    """``points`` in a row more than ``sigmas`` from the center; with ``both_sides``, not all of them on one side."""

    points: int
    sigmas: float = 1.0
    both_sides: bool = True
    uses_zones = True
    sided = False

    def __post_init__(self) -> None:
        _at_least(self.points, 2)

    @property
    def length(self) -> int:
        return self.points

    def find(self, series: Series) -> Found:
        found = series.runs(self.counted(series, True), self.points)
        if self.both_sides:
            above, below = series.beyond(self.sigmas)
            found &= ~(series.runs(above, self.points) | series.runs(below, self.points))
        return found, _none(series)

    def counted(self, series: Series, up: bool) -> Flags:
        above, below = series.beyond(self.sigmas)
        return np.asarray(above | below, dtype=np.bool_)


def _unbroken(flags: Flags, length: int) -> Flags:
    """Where ``length`` flags in a row end, by doubling: log2(length) passes over the array."""
    found, covered = flags.copy(), 1
    if length < 1:
        return np.ones(len(flags), dtype=np.bool_)
    while covered < length:
        step = min(covered, length - covered)
        found[step:] &= found[:-step]
        found[:step] = False
        covered += step
    return found


def _none(series: Series) -> Flags:
    return np.zeros(len(series.z), dtype=np.bool_)


def _at_least(points: int, least: int) -> None:
    if points != int(points) or not least <= points <= 255:
        raise InvalidInput("rule", f"must look at {least} to 255 points", points, "Change the rule's number of points.")
