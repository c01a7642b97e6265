"""Box-Cox: the power that makes readings most nearly normal."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Array, as_readings, constant_to_the_last_digit, without_missing
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import chi_square_quantile, confidence_level

PLAIN_POWERS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
REACH = 5.0  # powers beyond it say that another distribution is wanted


@dataclass(frozen=True)
class BoxCox(Shown):
    """``best`` power with its interval ``low`` to ``high``, and ``power``: a plain one within it if there is one."""

    best: float
    low: float
    high: float
    power: float
    log_likelihood: float
    note: str


def box_cox_power(values: ArrayLike, *, confidence: float = 0.95) -> BoxCox:
    """Return the power λ that maximizes the likelihood of a normal distribution of (x^λ - 1)/λ, or ln x at 0.

    ℓ(λ) = -n/2 · ln s²(λ) + (λ - 1)Σ ln x; the interval holds the λ within χ²/2 of the maximum (Box & Cox 1964).
    Readings must be above zero. Example: lognormal readings: an interval that holds 0, the logarithm.
    Raises InvalidInput for readings at or below zero, fewer than five, or equal ones.
    """
    x = _positive(values)
    logs = np.log(x / np.exp(np.log(x).mean()))  # geometric mean 1: then the second term vanishes
    best = _highest(logs)
    top = _likelihood(logs, best)
    drop = 0.5 * chi_square_quantile(confidence_level(confidence), 1.0)
    low, high = (_edge(logs, best, side, top - drop) for side in (-REACH, REACH))
    plain = [power for power in PLAIN_POWERS if low <= power <= high]
    power = min(plain, key=lambda candidate: abs(candidate - best)) if plain else round(best, 2)
    if low <= 1.0 <= high:
        note = "The interval holds 1: the readings need no transform."
        power = 1.0
    elif abs(best) > REACH - 0.01:
        note = "The best power lies at the end of the range: fit a distribution family instead."
    else:
        note = f"Use {_NAMES.get(power, f'the power {power:g}')} of the readings and of the limits."
    return BoxCox(best, low, high, power, top, note)


def box_cox(values: ArrayLike, power: float) -> Array:
    """Return (x^λ - 1)/λ, or ln x for λ = 0, in which order is kept. Raises InvalidInput unless all are above 0."""
    x = as_readings(values)
    if float(np.nanmin(x)) <= 0.0:
        raise InvalidInput("values", "must be above zero", float(np.nanmin(x)), "Add a constant, or fit a family.")
    logs = np.log(x)
    return logs if power == 0.0 else np.expm1(power * logs) / power


_NAMES = {
    -2.0: "1/x²",
    -1.0: "1/x",
    -0.5: "1/√x",
    0.0: "the logarithm",
    0.5: "the square root",
    1.0: "the readings themselves",
    2.0: "the square",
}


def _positive(values: ArrayLike) -> Array:
    x = without_missing(as_readings(values))
    if len(x) < 5:
        raise InvalidInput("values", "must hold five readings at least", len(x), "Measure more parts.")
    if float(x.min()) <= 0.0:
        raise InvalidInput("values", "must be above zero", float(x.min()), "Add a constant, or fit a family.")
    if constant_to_the_last_digit(float(np.std(x - x[0])), float(x[0])):
        raise InvalidInput("values", "must vary", 0.0, "Check that the gauge shows enough digits.")
    return x


def _likelihood(logs: Array, power: float) -> float:
    y = logs if abs(power) < 1e-12 else np.expm1(power * logs) / power
    return -0.5 * len(logs) * math.log(float(np.mean((y - y.mean()) ** 2)))


def _highest(logs: Array) -> float:
    """Golden section: the likelihood has one maximum."""
    ratio = 0.5 * (math.sqrt(5.0) - 1.0)
    low, high = -REACH, REACH
    for _ in range(60):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if _likelihood(logs, left) < _likelihood(logs, right):
            low = left
        else:
            high = right
    return 0.5 * (low + high)


def _edge(logs: Array, best: float, end: float, level: float) -> float:
    """Where the likelihood falls to ``level`` between the best power and the end of the range."""
    if _likelihood(logs, end) >= level:
        return end
    inside, outside = best, end
    for _ in range(60):
        middle = 0.5 * (inside + outside)
        inside, outside = (middle, outside) if _likelihood(logs, middle) >= level else (inside, middle)
    return 0.5 * (inside + outside)
