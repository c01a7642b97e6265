"""A queue whose answers are known, as a process for the statistics: Lindley's recursion in NumPy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from techamp.contract.random import exponential

ARRIVALS, SERVICES = 1, 2


def waits(seed: int, rho: float, customers: int) -> NDArray[np.float64]:
    """Waiting times of the first customers of an M/M/1 queue with service rate 1 that begins empty."""
    number = np.arange(customers)
    between = exponential(seed, ARRIVALS, number, 0) / rho
    service = exponential(seed, SERVICES, number, 0)
    walk = np.concatenate([[0.0], np.cumsum(service[:-1] - between[1:])])
    return np.asarray(walk - np.minimum.accumulate(walk))


def mm1(rho: float, customers: int = 4000, cut: int = 400) -> Callable[[int], dict[str, float]]:
    """seed → mean wait after the warm-up, and the share who wait."""

    def process(seed: int) -> dict[str, float]:
        seen = waits(seed, rho, customers)[cut:]
        return {"wait": float(seen.mean()), "waits": float((seen > 0).mean())}

    return process
