"""Numbers as people read them."""

from __future__ import annotations

import math
import re
from typing import Any

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # 1,250 and 1,250.75; not 0,125
_NOISE = str.maketrans({"\u2212": "-", "$": "", " ": "", "\u00a0": "", "\u202f": ""})


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


def typed_number(text: str) -> float | None:
    """A number as people type it; None where it is none, not finite, or 10¹² and above.

    A comma before every three digits parts thousands, as in the US; any other single comma is a decimal comma.

    >>> typed_number("$1,250"), typed_number("2,5"), typed_number("−0.04"), typed_number("1e999"), typed_number("ten")
    (1250.0, 2.5, -0.04, None, None)
    """
    plain = text.translate(_NOISE)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain) if "_" not in plain else math.nan
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def typed_whole(text: str) -> int | None:
    """Up to six plain digits; None for anything else. (``"²".isdigit()`` is true, and ``int("²")`` fails.)

    >>> typed_whole("12"), typed_whole("²"), typed_whole("-1"), typed_whole("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
