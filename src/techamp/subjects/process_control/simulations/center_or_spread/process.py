"""The grinder as it truly is: center, four causes of spread, share of bad shafts, cost.

A diameter, in µm from 8.000 mm, is ``center + box + swing + wear + shaft``: the box of bar is normal, the temperature
of the day a sine, the wear of the wheel a sawtooth, and what is left from shaft to shaft normal. See model.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from techamp.contract import random
from techamp.subjects.process_control.process_capability import Ratios, capability_ratios, expected_ppm
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.center_or_spread.inputs import CenterOrSpreadInputs

LOWER, UPPER = -9.0, 0.0
MIDDLE = 0.5 * (LOWER + UPPER)
DEMAND = 1.33

CENTER = -3.0
SPINDLE, NEW_SPINDLE, BAR_HARDNESS = 0.9, 0.55, 0.4
BOX, BETTER_BOX = 0.8, 0.3
SWING, COOLED_SWING = 1.1, 0.3
WEAR = 0.015

PER_YEAR = 56_250
SETUP_PRICE, BAR_PRICE, SPINDLE_PRICE, COOLING_PRICE, DRESSING_PRICE = 40.0, 0.06, 4500.0, 9000.0, 12.0
SORT_PRICE, SCRAP_PRICE, ESCAPE_PRICE, READING_PRICE = 0.43, 8.17, 140.0, 0.80

_DRAWN = 11
_NODES = 32
_LEGENDRE, _WEIGHTS = np.polynomial.legendre.leggauss(_NODES)
_CHEBYSHEV = np.cos((2.0 * np.arange(1, _NODES + 1) - 1.0) * np.pi / (2.0 * _NODES))


@dataclass(frozen=True)
class Process:
    """``center``; standard deviations ``within`` and ``box``; ``swing``: the half height of the day's sine; ``growth``:
    from one dressing to the next, in ``interval`` shafts. All but the last in µm."""

    center: float
    within: float
    box: float
    swing: float
    growth: float
    interval: int

    @cached_property
    def variances(self) -> dict[str, float]:
        """What each cause adds to the overall variance, µm²."""
        return {
            "shaft": self.within**2,
            "box": self.box**2,
            "temperature": 0.5 * self.swing**2,
            "wear": self.growth**2 / 12.0,
        }

    @cached_property
    def overall(self) -> float:
        """Standard deviation of all shafts, µm."""
        return math.sqrt(sum(self.variances.values()))

    @cached_property
    def short(self) -> Ratios:
        """True Cp and Cpk: with the within sigma."""
        return capability_ratios(self.center, self.within, LOWER, UPPER)

    @cached_property
    def long(self) -> Ratios:
        """True Pp and Ppk: with the overall sigma."""
        return capability_ratios(self.center, self.overall, LOWER, UPPER)

    @cached_property
    def ppm(self) -> float:
        """True bad shafts in a million: the normal tails, averaged over the sine and the sawtooth."""
        sigma = math.hypot(self.within, self.box)
        tails = [expected_ppm(float(center), sigma, LOWER, UPPER) for center in self._centers.ravel()]
        return float(np.sum(np.reshape(tails, self._centers.shape) @ _WEIGHTS)) / (2.0 * _NODES)

    def density(self, at: Array) -> Array:
        """Share of shafts per µm at the diameters ``at``."""
        sigma = math.hypot(self.within, self.box)
        z = (at[:, None, None] - self._centers) / sigma
        bell = np.exp(-0.5 * z * z) / (sigma * math.sqrt(2.0 * math.pi))
        found: Array = (bell @ _WEIGHTS).sum(axis=1) / (2.0 * _NODES)
        return found

    @cached_property
    def _centers(self) -> Array:
        """Where the process stands, over swing (rows) and wear (columns), to be averaged."""
        grid: Array = self.center + self.swing * _CHEBYSHEV[:, None] + 0.5 * self.growth * _LEGENDRE
        return grid


def process_of(inputs: CenterOrSpreadInputs, seed: int) -> Process:
    """The grinder with what was bought for it, or one drawn by luck."""
    if inputs.grinder == "drawn":
        return drawn(seed)
    return Process(
        center=CENTER + inputs.move,
        within=math.hypot(NEW_SPINDLE if inputs.spindle else SPINDLE, BAR_HARDNESS),
        box=BETTER_BOX if inputs.bar else BOX,
        swing=COOLED_SWING if inputs.cooling else SWING,
        growth=WEAR * inputs.interval,
        interval=inputs.interval,
    )


def drawn(seed: int) -> Process:
    """A grinder by luck: half of them truly at Ppk 1.6 to 2.0, half at 0.8 to 1.1; none in between."""
    u = random.uniform(seed, _DRAWN, np.arange(8), 0)
    good = u[0] < 0.5
    ppk = 1.6 + 0.4 * u[1] if good else 0.8 + 0.3 * u[1]
    off = 0.35 * (2.0 * u[2] - 1.0) * MIDDLE
    sigma = (-MIDDLE - abs(off)) / (3.0 * ppk)
    within = 0.15 + 0.45 * u[3]
    rest = (1.0 - within) * sigma**2 * u[4:7] / float(np.sum(u[4:7]))
    box, temperature, wear = (float(v) for v in rest)
    return Process(
        center=float(MIDDLE + off),
        within=float(math.sqrt(within) * sigma),
        box=math.sqrt(box),
        swing=math.sqrt(2.0 * temperature),
        growth=math.sqrt(12.0 * wear),
        interval=100 + 25 * int(8 * u[7]),
    )


@dataclass(frozen=True)
class Cost:
    """USD a shaft: what was spent on changes, and what bad shafts cost."""

    changes: float
    bad: float

    @property
    def total(self) -> float:
        return self.changes + self.bad


def cost_of(inputs: CenterOrSpreadInputs, process: Process) -> Cost:
    """One-time prices are spread over the shafts of a year."""
    once = SETUP_PRICE * (inputs.move != 0.0) + SPINDLE_PRICE * inputs.spindle + COOLING_PRICE * inputs.cooling
    each = BAR_PRICE * inputs.bar + SORT_PRICE * inputs.sort + DRESSING_PRICE / process.interval
    return Cost(once / PER_YEAR + each, 1e-6 * process.ppm * (SCRAP_PRICE if inputs.sort else ESCAPE_PRICE))
