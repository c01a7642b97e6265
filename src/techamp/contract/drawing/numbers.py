"""Numbers as people read them, in a drawing, a page or a terminal."""

from __future__ import annotations

import math
from typing import Any


def plain_number(value: Any, decimals: int = 1, grouped_from: float = 9999.5) -> str:
    """Fixed decimals, a true minus sign, thin spaces between thousands from 10 000 on; an en dash for nothing.

    >>> plain_number(-0.0004, 3), plain_number(1234.5, 0), plain_number(None)
    ('0.000', '1234', '–')
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    text = f"{abs(float(value)):,.{decimals}f}"
    text = text.replace(",", "\u202f" if abs(float(value)) >= grouped_from else "")
    negative = float(value) < 0 and any(c in "123456789" for c in text)
    return f"\u2212{text}" if negative else text


def decimals_of(value: float) -> int:
    """Decimals that a number needs to be written as it is, at most nine.

    >>> decimals_of(1.01), decimals_of(58.0), decimals_of(1 / 3)
    (2, 0, 9)
    """
    return next((d for d in range(9) if round(value, d) == value), 9)


def exact_number(value: float, grouped_from: float = 9999.5) -> str:
    """A number with the decimals that it has, and no more: 16, 2.5, −0.04."""
    return plain_number(value, decimals_of(value), grouped_from)
