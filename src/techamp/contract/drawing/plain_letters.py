"""Text on paper of fixed width: how wide it is, and how to say it where only ASCII can be shown."""

from __future__ import annotations

import unicodedata

_ASCII = {
    "x̿": "xbarbar", "x̄": "xbar", "X̄": "Xbar", "R̄": "Rbar", "S̄": "Sbar", "σ̂": "sigma",
    "C⁺": "C+", "C⁻": "C-", "\u0304": "bar", "\u0302": "^", "\u033f": "barbar", "√": "sqrt ", "Σ": "sum ",
    "·": "*", "×": "x", "−": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "±": "+/-",
    "≥": ">=", "≤": "<=", "≈": "~", "\u202f": ",", "\u00a0": " ", "²": "^2", "³": "^3", "′": "'", "µ": "u", "°": "deg",
    "σ": "sigma", "λ": "lambda", "δ": "delta", "Δ": "delta", "χ": "chi", "α": "alpha", "β": "beta", "μ": "mu",
    "ν": "nu", "κ": "kappa", "θ": "theta", "π": "pi", "→": "->", "↑": "up", "↓": "down", "ₓ": "x", "∞": "inf",
    "•": "*", "◆": "#", "○": "o", "─": "-", "┄": ".", "│": "|", "┤": "+", "└": "+", "█": "#", "▏": "#",
    "▎": "#", "▍": "#", "▌": "#", "▋": "#", "▊": "#", "▉": "#", "╌": "-", "┈": ".",
}  # fmt: skip


def shown_width(text: str) -> int:
    """Columns that a text takes on a terminal: a bar or hat over a letter takes none.

    >>> shown_width("X̄-R"), len("X̄-R")
    (3, 4)
    """
    return sum(1 for letter in text if not unicodedata.combining(letter))


def fitted(text: str, width: int, right: bool = False) -> str:
    """A text with spaces, left or right, so that it takes ``width`` columns; a longer one as it is."""
    space = " " * max(0, width - shown_width(text))
    return space + text if right else text + space


def in_ascii(text: str) -> str:
    """The same in ASCII: symbols by their names, letters without accents, a question mark for the rest.

    >>> in_ascii("UCL = x̄ + 3·σ̂ ≥ 8.01 – “good”")
    'UCL = xbar + 3*sigma >= 8.01 - "good"'
    """
    if text.isascii():
        return text
    for symbol, said in _ASCII.items():
        text = text.replace(symbol, said)
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).encode("ascii", "replace").decode("ascii")
