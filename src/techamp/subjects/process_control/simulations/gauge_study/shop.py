"""The shop: its gauges, its people, what is wrong with them, and what is therefore true. Micrometers throughout."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from techamp.contract import random
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.gauge_study.inputs import GaugeStudyInputs

LOWER, UPPER = -9.0, 0.0  # 8.000 mm h6
MIDDLE, PROCESS = -4.5, 1.2  # mean and standard deviation of the shafts
OPERATORS = ("Ada", "Ben", "Cleo", "Dev")
BEN, CLEO = 1, 2
SPECK = 3.0
SCATTER_OF_SQUEEZE = 1.5
# gauge → standard deviation of repeating, standard deviation between operators, step of the display
GAUGES = {"hand": (0.6, 0.45, 1.0), "stand": (0.35, 0.2, 0.5), "fine": (0.25, 0.15, 0.1)}
COSTS = {"wipe": 15.0, "soak": 40.0, "ratchet": 25.0, "all_digits": 10.0, "calibrate": 120.0}
ACCEPT = 30.0  # percent of tolerance: the guide of AIAG
UNDECIDED = (24.0, 37.0)  # a drawn shop never lies in between: there 60 readings cannot tell
_OFFSETS, _LEVEL, _FAULTS = 1, 2, 3


@dataclass(frozen=True)
class Shop:
    """What every reading suffers. ``offset``, ``scatter``, ``step``: one number for each of the four operators."""

    sigma: float
    offset: Array
    scatter: Array
    step: Array
    bias: float
    slope: float
    drift: float
    dirt: float
    out_of_round: float


@dataclass(frozen=True)
class Truth:
    """What a study of all people over all time would find. Standard deviations, shares in percent, bias in µm."""

    repeatability: float
    reproducibility: float
    bias: float
    percent_tolerance: float
    percent_study: float
    categories: float
    miscalled: float

    @property
    def good(self) -> bool:
        return self.percent_tolerance <= ACCEPT


def shop_of(inputs: GaugeStudyInputs, seed: int) -> Shop:
    """The shop with this luck, after the repairs."""
    if inputs.shop == "set":
        return _built(inputs, seed, 1.0)
    for attempt in range(200):
        drawn = _drawn(inputs, seed, attempt)
        if not UNDECIDED[0] < truth_of(drawn, inputs.place).percent_tolerance < UNDECIDED[1]:
            return drawn
    return drawn  # after 200 draws in the gap, which luck gives once in many billions, the last one stands


def _drawn(inputs: GaugeStudyInputs, seed: int, attempt: int) -> Shop:
    """Repeatability from 0.7 to 1.9 times the usual one; each fault there once in five times, of a size by luck."""
    u = random.uniform(seed, _FAULTS, attempt, np.arange(12))
    there, size = u[:6] < 0.2, u[6:]
    faults = {
        "drift": 2.5 * size[0], "squeeze": 1.5 * size[1], "rounding": 1.0 if size[2] < 0.5 else 2.0,
        "dirt": 5.0 * size[3], "out_of_round": 2.5 * size[4], "bias": 3.0 * (2.0 * size[5] - 1.0),
    }  # fmt: skip
    values = {name: float(value) if here else 0.0 for (name, value), here in zip(faults.items(), there, strict=True)}
    level = 0.7 + 1.2 * float(random.uniform(seed, _LEVEL, attempt, 0)[0])
    return _built(inputs.model_copy(update=values), seed, level)


def _built(inputs: GaugeStudyInputs, seed: int, level: float) -> Shop:
    repeat, people, step = GAUGES[inputs.gauge]
    offset = people * random.normal(seed, _OFFSETS, np.arange(4), 0)
    offset = offset - offset.mean()
    scatter, steps = np.ones(4), np.full(4, step)
    if not inputs.ratchet and inputs.squeeze > 0.0:
        offset[BEN] -= inputs.squeeze
        scatter[BEN] = SCATTER_OF_SQUEEZE
    if not inputs.all_digits:
        steps[CLEO] = max(step, inputs.rounding)
    return Shop(
        sigma=repeat * level,
        offset=offset,
        scatter=scatter,
        step=steps,
        bias=0.0 if inputs.calibrate else inputs.bias,
        slope=0.0 if inputs.calibrate else inputs.linearity,
        drift=0.0 if inputs.soak else inputs.drift,
        dirt=0.0 if inputs.wipe else inputs.dirt / 100.0,
        out_of_round=inputs.out_of_round,
    )


def truth_of(shop: Shop, place: str) -> Truth:
    """What is true of daily use: any of the four operators, any moment of the session, any diameter unless marked.

    Variances add: repeating, the step (step²/12, a uniform error), drift (drift²/12, a uniform moment), the speck
    (q(1 - q)·3²) and, measured anywhere, out of round (with diameters d + a·cos 2θ, a²/2). The people: the variance of
    the four operators' offsets. Percent of study is against the process.
    """
    own = (shop.sigma * shop.scatter) ** 2 + shop.step**2 / 12.0
    speck = shop.dirt * (1.0 - shop.dirt) * SPECK**2
    shape = (0.5 * shop.out_of_round) ** 2 / 2.0 if place == "anywhere" else 0.0
    common = shop.drift**2 / 12.0 + shape
    repeat = float(own.mean()) + common + speck
    people = float(np.var(shop.offset, ddof=1))
    gauge = math.sqrt(repeat + people)
    bias = shop.bias + 0.5 * shop.drift + shop.dirt * SPECK + float(shop.offset.mean())
    part = PROCESS * (1.0 + shop.slope)
    return Truth(
        repeatability=math.sqrt(repeat),
        reproducibility=math.sqrt(people),
        bias=bias,
        percent_tolerance=600.0 * gauge / (UPPER - LOWER),
        percent_study=100.0 * gauge / math.hypot(gauge, part),
        categories=1.41 * part / gauge,
        miscalled=1000.0 * _miscalled(shop, own + common),
    )


def _miscalled(shop: Shop, variance: Array) -> float:
    """Share of shafts that are good and read bad, or bad and read good, over operators and with or without a speck."""
    from scipy.special import ndtr

    z = np.linspace(-6.0, 6.0, 601)
    weight = np.exp(-0.5 * z * z)
    weight /= weight.sum()
    size = MIDDLE + PROCESS * z
    good = (size >= LOWER) & (size <= UPPER)
    found = 0.0
    for offset, sd in zip(shop.offset, np.sqrt(variance), strict=True):
        for speck, chance in ((0.0, 1.0 - shop.dirt), (SPECK, shop.dirt)):
            mean = size + shop.slope * (size - MIDDLE) + shop.bias + 0.5 * shop.drift + offset + speck
            passes = ndtr((UPPER - mean) / sd) - ndtr((LOWER - mean) / sd)
            found += chance * float(weight @ np.where(good, 1.0 - passes, passes)) / len(OPERATORS)
    return found


def repair_cost(inputs: GaugeStudyInputs) -> float:
    """USD for all that is mended."""
    return sum(cost for name, cost in COSTS.items() if getattr(inputs, name))
