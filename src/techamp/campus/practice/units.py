"""Units as people type them, looked up in ``units.txt``: a short list that a shop uses, so that ``pcs`` are no parsecs.

pint converts. It is imported when somebody first types another unit than the asked one: about 0.2 s, once a process.
"""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import Any

UNITS = Path(__file__).with_name("units.txt")
_SPELLED = {"°": "deg", "°C": "degC", "°F": "degF", '"': "in", "''": "in", "'": "ft", "%": "percent", "$": "dollar",
            "€": "euro", "Ω": "ohm", "in.": "in", "Nm": "N*m", "N m": "N*m", "sq in": "in^2"}  # fmt: skip
_INSIDE = (("%", "percent"), ("$", "dollar"), ("€", "euro"), ("°C", "degC"), ("°F", "degF"), ('"', "in"))
_SHORT = {"degC": "C", "degF": "F"}
_POWERS = str.maketrans({"²": "^2", "³": "^3", "μ": "µ", "·": "*"})
_KIN = (("mm", "m", "in", "µm"), ("s", "min", "h"), ("g", "kg", "lb"), ("N", "kN", "lbf"),
        ("degC", "degF"), ("V", "mV"), ("A", "mA"), ("W", "kW"), ("bar", "kPa", "psi"))  # fmt: skip


@cache
def registry() -> Any:
    """pint's registry with the units of ``units.txt`` and no others."""
    import pint

    units: Any = pint.UnitRegistry(None, cache_folder=None)
    units.load_definitions(UNITS.read_text(encoding="utf-8").splitlines())
    return units


def is_asked(typed: str, asked: str) -> bool:
    """Whether it is the asked unit, also as a phone capitalizes it; ``mW`` is never ``MW``."""
    typed, asked = _spelled(typed), _spelled(asked)
    return typed in {asked, _SHORT.get(asked)} or (asked.islower() and typed.lower() == asked)


def is_unit(typed: str) -> bool:
    """Whether what was typed is a unit at all."""
    return _tried(lambda: _unit(typed)) is not None


def convert(number: float, typed: str, asked: str) -> float | None:
    """The number in the asked unit; None where the units do not measure the same kind of thing or are not known."""
    wanted = asked_unit(asked)
    value = _tried(lambda: float(registry().Quantity(number, _unit(typed)).to(wanted).magnitude))
    return value if value is not None and math.isfinite(value) else None


def kin(asked: str) -> tuple[str, ...]:
    """Other units of the same kind that a learner may use."""
    own = _spelled(asked)
    return next((tuple(u for u in family if u != own) for family in _KIN if own in family), ())


def written(unit: str) -> str:
    """A unit as people read it.

    >>> written("degC"), written("W/degC"), written("mm"), written("degrees")
    ('°C', 'W/°C', 'mm', 'degrees')
    """
    return re.sub(r"\bdeg([CF])\b", r"°\1", unit)


@cache
def asked_unit(unit: str) -> Any:
    """An author's unit. A word that is no unit (``shafts``) is a count; ValueError for what cannot be one."""
    name = _named(_spelled(unit))
    for word in re.findall(r"[A-Za-zµΩ]+", name):
        if word not in registry():
            one = word[:-1] if word.endswith("s") and len(word) > 3 else word
            registry().define(f"{one} = [] = _ = {one}s")
    found = _tried(lambda: registry().parse_units(name))
    if found is None:
        raise ValueError(f"{unit!r} is no unit.")
    return found


def _tried(lookup: Any) -> Any:
    import pint

    try:
        return lookup()
    except (pint.PintError, ArithmeticError, ValueError, TypeError, AttributeError, AssertionError):
        return None


def _spelled(unit: str) -> str:
    """One spelling for each unit: ``N · m`` → N*m, ``mm2`` → mm^2, ``/min`` → 1/min, ``°C`` → degC."""
    plain = re.sub(r"(^|\s)per\s", "/", unit.strip().translate(_POWERS))
    plain = re.sub(r"\s*([/*^()])\s*", r"\1", plain)
    plain = re.sub(r"([A-Za-zµ])([23])(?!\d)", r"\1^\2", plain)
    return _SPELLED.get(plain, f"1{plain}" if plain.startswith("/") else plain)


def _named(unit: str) -> str:
    for sign, name in _INSIDE:
        unit = unit.replace(sign, name)
    return unit


def _unit(text: str) -> Any:
    """A typed unit, looked up. ``12.5 MM`` means mm: where the letters as typed are no unit, the small ones may be."""
    import pint

    name = _named(_spelled(text))
    try:
        return registry().parse_units(name)
    except pint.UndefinedUnitError:
        return registry().parse_units(name.lower())
