"""Raw readings made into arrays that the mathematics can trust."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.contract.errors import InvalidInput

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


def as_readings(values: ArrayLike, field: str = "values") -> Array:
    """Return ``values`` as float64. Not-a-number marks a missing reading; infinity is refused.

    Raises InvalidInput for text, complex numbers, infinity, or no reading at all.
    """
    try:
        readings = np.asarray(values)
        if readings.dtype.kind not in "fiub":
            readings = np.asarray(values, dtype=np.float64)
        readings = np.ascontiguousarray(readings, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InvalidInput(field, "must be numbers", values, "Remove text and units from the column.") from error
    if readings.size and is_complete(readings):
        return readings
    _refuse_infinity(readings, field)
    if bool(np.isnan(readings).all()):
        raise InvalidInput(field, "must hold at least one reading", "none", "Enter the measured values.")
    return readings


def is_complete(readings: Array) -> bool:
    """Whether every reading is a finite number: one cheap pass; the exact search only when the sum is none."""
    with np.errstate(over="ignore", invalid="ignore"):
        return math.isfinite(float(np.sum(readings))) or bool(np.isfinite(readings).all())


def finite(value: float, field: str, remedy: str, *, above: float | None = None) -> float:
    """Return ``value`` as a float, or raise InvalidInput if it is not finite or not greater than ``above``."""
    number = float(value)
    if not math.isfinite(number) or (above is not None and number <= above):
        rule = "must be a finite number" if above is None else f"must be a finite number greater than {above:g}"
        raise InvalidInput(field, rule, value, remedy)
    return number


def deviations(readings: Array) -> tuple[Array, float]:
    """Return readings minus one of them, and that one.

    Sums of squares of large numbers with small differences lose every digit; the differences do not.
    """
    origin = float(readings[(0,) * readings.ndim])
    if math.isnan(origin):
        origin = float(readings[~np.isnan(readings)][0])
    return readings - origin, origin


def without_missing(readings: Array) -> Array:
    """Return the readings that are not missing, in one row; no copy if that is all of them."""
    return readings.ravel() if is_complete(readings) else readings[~np.isnan(readings)]


def constant_to_the_last_digit(sigma: float, scale: float) -> bool:
    """True when ``sigma`` is zero, or so small next to the readings that it is their rounding."""
    return not sigma > 4.0 * np.finfo(np.float64).eps * abs(scale)


def shown(value: Any, sigma: float) -> str:
    """Return a number with as many decimals as four figures of ``sigma`` need: 74.0012 at sigma 0.0098."""
    number = float(value)
    if not math.isfinite(number):
        return "none"
    if not (math.isfinite(sigma) and sigma > 0.0):
        return f"{number:.6g}"
    decimals = 3 - math.floor(math.log10(sigma))
    if decimals > 12 or decimals < -6:
        return f"{number:.6g}"
    return f"{number:.{max(0, decimals)}f}"


def _refuse_infinity(readings: Array, field: str) -> None:
    infinite = np.argwhere(np.isinf(readings))
    if infinite.size:
        where = ", ".join(str(int(i) + 1) for i in infinite[0])
        raise InvalidInput(
            f"{field} at position {where}",
            "must be a finite number",
            float(readings[tuple(infinite[0])]),
            "Correct the reading, or leave it empty if it is missing.",
        )
