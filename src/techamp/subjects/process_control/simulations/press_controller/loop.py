"""The press and its controller, press by press, many runs at once.

The seat depth of press t misses the target by e[t] = s[t] + n[t], in micrometers. s is what the press is off by: it
grows by ``drift`` as the punch wears and jumps with each new batch of bearings; a change of the stop by u moves it by
``ratio``·u, while the controller believes that it moves by u. n is scatter from press to press. The controller sees
e[t - delay] before press t + 1. See model.md for sources.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random

Floats = NDArray[np.float64]
_SCATTER_CAUSE, _BATCH_CAUSE, _GAUGE_CAUSE = 1, 2, 3
TRAVEL = 400.0  # µm that the stop can move either way


@dataclass(frozen=True)
class Press:
    """Scatter and gauge: µm, standard deviations; drift: µm per press; batch: µm, standard deviation of a jump."""

    presses: int
    scatter: float
    gauge: float
    drift: float
    batch: float
    batch_size: int
    ratio: float
    delay: int


@dataclass(frozen=True)
class Tuning:
    """Weights of level and trend (0: none), and a dead band in µm (level only)."""

    level: float
    trend: float
    dead_band: float


@dataclass(frozen=True)
class Played:
    """True error, stop, and what the press is off by without the stop; shape (runs, presses), µm. ``moves``: counts."""

    error: Floats
    stop: Floats
    off: Floats
    moves: NDArray[np.int64]


def off_by_itself(press: Press, seed: int) -> Floats:
    """What wear and batches alone do, µm, from press to press; zero at the first."""
    number = np.arange(press.presses)
    jumps = press.batch * random.normal(seed, _BATCH_CAUSE, 0, np.arange(press.presses // press.batch_size + 1))
    jumps[0] = 0.0
    return press.drift * number + np.cumsum(jumps)[number // press.batch_size]


def scatter(press: Press, seed: int) -> tuple[Floats, Floats]:
    """Scatter of the depth, and error of the gauge, µm."""
    number = np.arange(press.presses)
    own = press.scatter * random.normal(seed, _SCATTER_CAUSE, 0, number)
    return own, press.gauge * random.normal(seed, _GAUGE_CAUSE, 0, number)


def play(press: Press, tuning: Tuning, seeds: list[int]) -> Played:
    """All runs side by side. With trend weight 0 and no dead band this is u ← u - level·e; see ``run_to_run``."""
    off = np.stack([off_by_itself(press, seed) for seed in seeds])
    luck = [scatter(press, seed) for seed in seeds]
    own, gauge = np.stack([pair[0] for pair in luck]), np.stack([pair[1] for pair in luck])
    error, stop = np.empty_like(off), np.zeros_like(off)
    at, trend, estimate = (np.zeros(len(seeds)) for _ in range(3))
    moves = np.zeros(len(seeds), dtype=np.int64)
    for t in range(press.presses):
        stop[:, t] = at
        error[:, t] = off[:, t] + press.ratio * at + own[:, t]
        if t < press.delay or (tuning.level == 0.0 and tuning.trend == 0.0):
            continue
        seen = error[:, t - press.delay] + gauge[:, t - press.delay]
        if tuning.trend > 0.0:
            change = -(tuning.level * (seen + trend) + tuning.trend * seen)
            trend = trend + tuning.trend * seen
        else:
            estimate = estimate + tuning.level * (seen - estimate)
            outside = np.abs(estimate) > tuning.dead_band
            change = np.where(outside, -estimate, 0.0)
            estimate = np.where(outside, 0.0, estimate)
        after = np.clip(at + change, -TRAVEL, TRAVEL)
        moves += after != at
        at = after
    return Played(error, stop, off, moves)
