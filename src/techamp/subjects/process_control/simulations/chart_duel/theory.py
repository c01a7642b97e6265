"""Run lengths from the library: the limits that make two charts fair opponents, and what theory expects of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from techamp.subjects.process_control.simulations.chart_duel.inputs import (
    KINDS,
    LEAST_SHIFT,
    MOST_SHIFT,
    ChartDuelInputs,
)

WIDEST = 6.0  # sigmas; the four rules have nearly no other signals left there than eight in a row
NODES, WEIGHTS = np.polynomial.legendre.leggauss(10)  # the run length is smooth in the shift: ten sizes give six digits


@dataclass(frozen=True)
class Fighter:
    """One chart with its limit: sigmas for Shewhart and EWMA, the decision limit for CUSUM.

    ``memory`` is EWMA's weight or CUSUM's allowance.
    """

    kind: str
    limit: float
    memory: float = 0.0

    def numbers(self) -> list[float]:
        """In the order of the kernel."""
        return [float(list(KINDS).index(self.kind)), self.limit, self.memory]


def fighters(inputs: ChartDuelInputs) -> tuple[Fighter, Fighter]:
    """Chart A and chart B with the limits that hold in this duel."""
    return _fighter(inputs, "a"), _fighter(inputs, "b")


def _fighter(inputs: ChartDuelInputs, side: str) -> Fighter:
    kind = str(getattr(inputs, f"{side}_chart"))
    memory = {"ewma": getattr(inputs, f"{side}_weight"), "cusum": getattr(inputs, f"{side}_reference")}.get(kind, 0.0)
    if inputs.fair:
        return Fighter(kind, fair_limit(kind, memory, inputs.arl0), memory)
    return Fighter(kind, float(getattr(inputs, f"{side}_{'decision' if kind == 'cusum' else 'width'}")), memory)


@lru_cache(maxsize=4096)
def average(fighter: Fighter, shift: float) -> float:
    """Average run length at a shift, from a fresh start (``run_length`` and ``memory_run_length`` of the subject)."""
    from techamp.subjects.process_control.memory_run_length import cusum_run_length, ewma_run_length
    from techamp.subjects.process_control.run_length import average_run_length

    if fighter.kind == "ewma":
        return ewma_run_length(shift, weight=fighter.memory, k=fighter.limit)
    if fighter.kind == "cusum":
        return cusum_run_length(shift, reference=fighter.memory, decision=fighter.limit)
    rules = "limits_only" if fighter.kind == "shewhart" else "western_electric"
    widened = fighter.limit / 3.0  # all lines of the chart are this much farther out
    return average_run_length(rules, shift / widened, scale=1.0 / widened, full_window=True)


def expected(fighter: Fighter, inputs: ChartDuelInputs) -> float:
    """Average run length at the hidden shift; over all its sizes (Gauss-Legendre) when it is unknown."""
    if inputs.size == "given":
        return average(fighter, inputs.shift)
    sizes = (0.5 * (LEAST_SHIFT + MOST_SHIFT) + 0.5 * (MOST_SHIFT - LEAST_SHIFT) * NODES).tolist()
    lengths = [average(fighter, size) for size in sizes]
    return 0.5 * float(np.dot(WEIGHTS, lengths))


@lru_cache(maxsize=512)
def fair_limit(kind: str, memory: float, arl0: float) -> float:
    """The limit at which a chart gives one false alarm in ``arl0`` points on average.

    Eight in a row on one side come once in 255 points whatever the limits are, so the four rules cannot do better:
    asked for more they keep their usual lines (3.0).
    """
    from scipy.optimize import brentq

    def log_excess(limit: float) -> float:
        return math.log(average(Fighter(kind, limit, memory), 0.0) / arl0)

    if kind == "western_electric" and log_excess(WIDEST) <= 0.0:
        return 3.0
    low, high = 0.2, 1.0
    while log_excess(high) < 0.0:
        low, high = high, 1.5 * high
    return float(brentq(log_excess, low, high, xtol=1e-10))


def is_fair(inputs: ChartDuelInputs, fighter: Fighter) -> bool:
    """Whether the chart has the rate of false alarms that was asked for."""
    return not inputs.fair or abs(average(fighter, 0.0) / inputs.arl0 - 1.0) < 1e-6
