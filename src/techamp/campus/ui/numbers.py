"""Numbers as people read them."""

from __future__ import annotations

import math
from typing import Any


def plain_number(value: Any, decimals: int = 1) -> str:
    """Fixed decimals, a true minus sign, thin spaces between thousands from 10 000 on; an en dash for nothing.

    >>> plain_number(-0.0004, 3), plain_number(12345.6, 0), plain_number(None)
    ('0.000', '12 346', '–')
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    text = f"{abs(float(value)):,.{decimals}f}"
    text = text.replace(",", "\u202f" if abs(float(value)) >= 9999.5 else "")
    negative = float(value) < 0 and any(c in "123456789" for c in text)
    return f"\u2212{text}" if negative else text
