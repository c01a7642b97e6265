"""The press as it is. Lengths are µm from nominal; settings are coded, −1 to +1."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from techamp.contract import random
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.molding_experiment.inputs import FACTORS, MoldingInputs
from techamp.subjects.process_control.tail_areas import normal_upper

TOLERANCE = 40.0  # µm to either side of 80.000 mm
NOMINAL = 80.0  # mm
_SHOT, _LOT, _PRESS = 1, 2, 3
STRONG, WEAK, PAIR, THIRD, FOURTH = 42.0, -18.0, 30.0, 20.0, 8.0  # µm for one coded unit
BEND, QUIET = -10.0, 0.55


@dataclass(frozen=True)
class Press:
    """mean = base + main·x + pair·x_i·x_j + bend·x_k²;  ln σ = ln sigma − quiet·x_k.

    ``pair``: the two factors that act together; ``third``: the factor that bends the mean and changes the spread.
    """

    base: float
    main: tuple[float, ...]
    pair: tuple[int, int]
    pair_effect: float
    third: int
    quiet: float
    sigma: float
    lot: float
    LETTERS: ClassVar[str] = "ABCDE"

    def mean(self, x: Array) -> Array:
        """Mean length at coded settings (…, 5), µm from nominal, with an average lot and no drift."""
        i, j = self.pair
        bend = BEND * x[..., self.third] ** 2
        return np.asarray(self.base + x @ np.array(self.main) + self.pair_effect * x[..., i] * x[..., j] + bend)

    def spread(self, x: Array) -> Array:
        """Standard deviation from shot to shot at coded settings (…, 5), µm."""
        return np.asarray(self.sigma * np.exp(-self.quiet * x[..., self.third]))

    def good(self, x: Array) -> float:
        """Share of parts inside the tolerance in production, over many lots: exact for normal shots and lots."""
        mean, sd = float(self.mean(x)), math.hypot(float(self.spread(x)), self.lot)
        return 1.0 - normal_upper((TOLERANCE - mean) / sd) - normal_upper((TOLERANCE + mean) / sd)

    def real_effects(self) -> dict[str, float]:
        """True change from low to high by term, for every term that is not zero."""
        found = {self.LETTERS[j]: 2.0 * value for j, value in enumerate(self.main) if value}
        i, j = sorted(self.pair)
        return found | {f"{self.LETTERS[i]}·{self.LETTERS[j]}": 2.0 * self.pair_effect}


def press_of(inputs: MoldingInputs, seed: int) -> Press:
    """The one press, or one whose factors and signs are drawn from the seed.

    Drawn so that the nominal length lies 3 µm beyond what the best corner with the quiet setting gives, as it does on
    this press: whoever misses the two factors that act together stays short (or long) of it.
    """
    if inputs.press == "this":
        return Press(-75.0, (STRONG, THIRD, 0.0, FOURTH, WEAK), (0, 4), PAIR, 1, QUIET, inputs.sigma, inputs.lot)
    place = np.argsort(random.uniform(seed, _PRESS, 0, np.arange(5)))
    sign = np.where(random.uniform(seed, _PRESS, 1, np.arange(6)) < 0.5, -1.0, 1.0)
    main = np.zeros(5)
    for k, size in enumerate((STRONG, WEAK, THIRD, FOURTH)):
        main[place[k]] = sign[k] * size
    pair = (int(place[0]), int(place[1]))
    quiet = QUIET * float(sign[4])
    drawn = Press(
        0.0, tuple(main.tolist()), pair, float(sign[5]) * PAIR, int(place[2]), quiet, inputs.sigma, inputs.lot
    )
    return _with_base(drawn, float(sign[0]))


def _with_base(press: Press, side: float) -> Press:
    """The same press with the nominal 3 µm beyond its best corner on the quiet side."""
    corners = np.array(np.meshgrid(*[[-1.0, 1.0]] * 5)).reshape(5, -1).T
    calm = corners[corners[:, press.third] == math.copysign(1.0, press.quiet)]
    means = press.mean(calm)
    best = float(means.max()) if side > 0 else float(means.min())
    values = {**press.__dict__, "base": -best - side * 3.0}
    return Press(**values)


def coded(settings: tuple[float, ...]) -> Array:
    """Settings in units → coded, low −1 and high +1."""
    found = []
    for factor, value in zip(FACTORS, settings, strict=True):
        low, high = float(factor.low), float(factor.high)
        found.append((value - 0.5 * (low + high)) / (0.5 * (high - low)))
    return np.array(found)


def luck(seed: int, runs: int, shots: int) -> Array:
    """Standard normal noise (runs + 1, shots): row r for run r, row 0 for the confirmation."""
    return random.normal(seed, _SHOT, np.arange(runs + 1)[:, None], np.arange(1, shots + 1)[None, :])


def lots(seed: int, days: int) -> Array:
    """Standard normal difference of the lot of each day, from day 1; the days of the trial and one more."""
    return random.normal(seed, _LOT, 0, np.arange(1, days + 1))


def shoot(press: Press, noise: Array, lot: float, drift: Array | float, x: Array) -> Array:
    """Lengths of shots, µm from nominal: mean + lot + drift + noise; ``noise`` and ``lot`` standard normal."""
    return np.asarray(float(press.mean(x)) + press.lot * lot + drift + float(press.spread(x)) * noise)
