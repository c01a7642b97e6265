"""Readings of the kinds that turn up on a floor."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

SEEDS = st.integers(0, 2**32 - 1)


def normal_readings(seed: int, count: int, decimals: int | None = None) -> np.ndarray:
    """Normal readings, rounded when ``decimals`` is given, so that ties and points on lines occur."""
    drawn = np.random.default_rng(seed).normal(size=count)
    return drawn if decimals is None else np.round(drawn, decimals)


def with_gaps(readings: np.ndarray, seed: int, share: float) -> np.ndarray:
    """The readings with some missing."""
    missing = np.random.default_rng(seed + 1).random(readings.shape) < share
    return np.where(missing, np.nan, readings)
