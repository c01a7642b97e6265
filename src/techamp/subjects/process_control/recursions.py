"""The recursions of charts that remember, in one pass over the points: plain Python for few, compiled for many.

Both run the same source and give the same bits. A gap and a skipped point leave the memory as it was.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from techamp.contract.kernels import Kernel, part

if TYPE_CHECKING:
    from techamp.subjects.process_control.readings import Array, Flags

MANY = 2_000
"""Points from which machine code is worth loading."""

NONE_SKIPPED: Flags = np.zeros(0, dtype=np.bool_)


def ewma(
    x: Array, center: Array, sigma: Array, skipped: Flags, weight: float, k: float, exact: bool, out: tuple[Array, ...]
) -> None:
    """Fill ``out`` = (EWMA, lower limit, upper limit, standard error); ``skipped`` is empty when none is."""
    z, lower, upper, error = out
    _run("_ewma", len(x))(*_gapless(x, center, sigma), skipped, weight, k, exact, z, lower, upper, error)


def cusum(
    x: Array, center: Array, sigma: Array, skipped: Flags, reference: float, start: float, out: tuple[Array, Array]
) -> None:
    """Fill ``out`` = (upper sum, lower sum, shown negative), both beginning at ``start``."""
    _run("_cusum", len(x))(*_gapless(x, center, sigma), skipped, reference, start, *out)


def recurrence(decay: float, inputs: Array, start: float) -> Array:
    """Return y[t] = decay·y[t-1] + inputs[t], y before the first being ``start``."""
    found = np.empty(len(inputs))
    _run("_recurrence", len(inputs))(decay, *_gapless(inputs), start, found)
    return found


@part
def _ewma(
    x: Any, center: Any, sigma: Any, skipped: Any, weight: float, k: float, exact: bool,
    z: Any, lower: Any, upper: Any, error: Any,
) -> None:  # fmt: skip
    keep = 1.0 - weight
    square, keep_square = weight * weight, keep * keep
    memory, variance = 0.0, 0.0
    grown = math.sqrt(weight / (2.0 - weight))
    all_count = len(skipped) == 0
    for t in range(len(x)):
        if math.isnan(x[t]) or not (all_count or not skipped[t]):
            z[t] = lower[t] = upper[t] = error[t] = math.nan
            continue
        memory = keep * memory + weight * (x[t] - center[t])
        if exact:
            variance = keep_square * variance + square * (sigma[t] * sigma[t])
            error[t] = math.sqrt(variance)
        else:
            error[t] = sigma[t] * grown
        z[t] = center[t] + memory
        lower[t] = center[t] - k * error[t]
        upper[t] = center[t] + k * error[t]


@part
def _cusum(
    x: Any, center: Any, sigma: Any, skipped: Any, reference: float, start: float, upper: Any, lower: Any
) -> None:
    above = below = start
    all_count = len(skipped) == 0
    for t in range(len(x)):
        if math.isnan(x[t]) or not (all_count or not skipped[t]):
            upper[t] = lower[t] = math.nan
            continue
        z = (x[t] - center[t]) / sigma[t]
        above = max(0.0, above + (z - reference))
        below = max(0.0, below - (z + reference))
        upper[t], lower[t] = above, 0.0 - below


@part
def _recurrence(decay: float, inputs: Any, start: float, found: Any) -> None:
    for t in range(len(inputs)):
        start = decay * start + inputs[t]
        found[t] = start


RECURSIONS = Kernel(
    "recursions",
    __name__,
    {
        "_ewma": "floats floats floats flags float float bool floats floats floats floats",
        "_cusum": "floats floats floats flags float float floats floats",
        "_recurrence": "float floats float floats",
    },
)


def _run(name: str, count: int) -> Callable[..., None]:
    return RECURSIONS[name] if count > MANY else RECURSIONS[name].plain


def _gapless(*lines: Array) -> list[Array]:
    """The same numbers as the compiled steps take them: one value may stand for all points."""
    return [np.ascontiguousarray(line, dtype=np.float64) for line in lines]
