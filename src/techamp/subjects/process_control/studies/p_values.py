"""How a p is printed: never as zero."""

from __future__ import annotations

import math

from techamp.contract import Measure

LEAST = 0.001


def p_cell(p: float) -> str:
    """In a table: three decimals, "< 0.001" below; nothing where there is none."""
    if math.isnan(p):
        return ""
    return f"< {LEAST:g}" if p < LEAST else f"{p:.3f}"


def p_text(p: float) -> str:
    """In a sentence.

    >>> p_text(0.00002), p_text(0.0417)
    ('p below 0.001', 'p 0.042')
    """
    return f"p below {LEAST:g}" if p < LEAST else f"p {p:.3f}"


def p_measure(p: float) -> Measure:
    """Among the numbers of a study."""
    about = "The chance of data at least this far out if nothing differed. Not the chance that nothing differs."
    return Measure(name="p", label="p", value=p, decimals=3, least_shown=LEAST, help=about)
