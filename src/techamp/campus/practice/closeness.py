"""When a number counts as the right one. Stated before she answers; the same rule for the check and for the page."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NOISE = 1e-9  # relative: what unit conversion and floating point may add


def rounded(value: float, decimals: int) -> float:
    """The number as it is shown: half away from zero, as people round, and free of floating point dust.

    >>> rounded(2.675, 2), rounded(-0.0004, 3), rounded(0.1 + 0.2, 1)
    (2.68, 0.0, 0.3)
    """
    exact = Decimal(f"{value:.12g}")
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0


def accepts(ask: Mapping[str, Any], given: float) -> bool:
    """Whether ``given`` (in the ask's unit) is within tolerance of the exact answer or of the answer as shown."""
    return is_near(given, ask["value"], ask["decimals"], ask["tolerance"])


def is_near(given: float, value: float, decimals: int, tolerance: float) -> bool:
    """Within tolerance of the value or of the value as shown."""
    room = tolerance * (1 + NOISE) + NOISE * abs(value)
    return min(abs(given - value), abs(given - rounded(value, decimals))) <= room


def rounded_too_far(given: float, typed_decimals: int, value: float, decimals: int) -> bool:
    """Whether it is the right value with fewer decimals than asked, and at least two digits that say something."""
    digits = f"{abs(given):.{typed_decimals}f}".replace(".", "").lstrip("0")
    if typed_decimals >= decimals or len(digits) < 2:
        return False
    return abs(rounded(value, typed_decimals) - given) <= NOISE * abs(value)
