"""What each change brings in good parts a shift: alone and all together, with the same luck as today."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import TODAY, changed, good_parts

WEEK = 4500.0
SEEDS = tuple(range(1, 21))
"""Weeks behind the means: the same for everybody, so that two plans can be compared."""

Goals = tuple[tuple[str, float], ...]


@lru_cache(maxsize=512)
def mean_gain(goals: Goals) -> tuple[float, float]:
    """Mean gain in good parts a shift over ``SEEDS``, and its standard error."""
    gains = np.array([good_parts(goals, WEEK, seed) - _today(seed) for seed in SEEDS]) / 10.0
    return float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(len(gains)))


@lru_cache(maxsize=64)
def _today(seed: int) -> int:
    return good_parts(TODAY, WEEK, seed)


def alone(goals: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Gain and standard error of each change by itself."""
    today = dict(TODAY)
    return {name: mean_gain(tuple((today | {name: goals[name]}).items())) for name in changed(goals)}


def together(goals: dict[str, float]) -> tuple[float, float]:
    """Gain and standard error of all changes at once."""
    return mean_gain(tuple(goals.items()))
