"""Numbers as people read them, and as they type them."""

from __future__ import annotations

import math
import re

from techamp.contract.drawing.numbers import decimals_of, exact_number, plain_number

__all__ = ["decimals_of", "exact_number", "plain_number", "typed_number", "typed_whole"]

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # 1,250 and 1,250.75; not 0,125
_NOISE = str.maketrans({"\u2212": "-", "$": "", " ": "", "\u00a0": "", "\u202f": ""})


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
