"""A formula as one would say it: for the reading voice, the search and whoever cannot see it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

SIGNS = {
    "=": "equals", "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "∓": "minus or plus", "×": "times",
    "·": "times", "⋅": "times", "÷": "divided by", "/": "over", "<": "is less than", ">": "is greater than",
    "≤": "is at most", "≥": "is at least", "≠": "is not", "≈": "is about",
    "∼": "is distributed as", "∝": "is proportional to",
    "→": "to", "⇒": "so", "∞": "infinity", "∑": "the sum of", "∏": "the product of",
    "∫": "the integral of", "%": "percent",
    "!": "factorial", "…": "and so on", "⋯": "and so on", "|": "", "∈": "in", "∂": "partial",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Σ": "Sigma", "Φ": "Phi",
    "Ω": "Omega", "(": ",", ")": ",", "[": ",", "]": ",", "{": ",", "}": ",",
}  # fmt: skip
ACCENTS = {
    "¯": "bar",
    "―": "bar",
    "‾": "bar",
    "^": "hat",
    "ˆ": "hat",
    "~": "tilde",
    "˜": "tilde",
    "˙": "dot",
    "→": "vector",
}
POWERS = {"2": "squared", "3": "cubed"}


def in_words(node: ET.Element) -> str:
    """The formula in words.

    >>> in_words(ET.fromstring("<msub><mi>A</mi><mn>2</mn></msub>"))
    'A 2'
    """
    said = re.sub(r"\s+", " ", _say(node)).strip()
    return re.sub(r"(?: ?,)+", ",", said).strip(" ,")


def _say(node: ET.Element) -> str:
    parts = list(node)
    if not parts:
        text = (node.text or "").strip()
        return SIGNS.get(text, text)
    said = [_say(part) for part in parts]
    match node.tag:
        case "mfrac":
            return f"{said[0]} over {said[1]}" if _plain(parts) else f", {said[0]}, over, {said[1]}, "
        case "msqrt":
            return f"the square root of {' '.join(said)}"
        case "mroot":
            return f"the {said[1]} root of {said[0]}"
        case "msup":
            return f"{said[0]} {_power(said[1])}"
        case "mover":
            return f"{said[0]} {ACCENTS.get(_text(parts[1]), said[1])}"
        case "msubsup" | "munderover":
            if _text(parts[0]) in {"∑", "∏", "∫"}:
                return f"{said[0]}, from {said[1]} to {said[2]}, of".replace(" of,", ",", 1)
            return f"{said[0]} {said[1]} {_power(said[2])}"
    return " ".join(said)


def _power(said: str) -> str:
    return POWERS.get(said.strip(), f"to the power {said}")


def _plain(parts: list[ET.Element]) -> bool:
    return all(len(list(part.iter())) <= 3 for part in parts)


def _text(node: ET.Element) -> str:
    return "".join(node.itertext()).strip()
