"""Durations as people write them: "12 min", "0.5 h", "90 s", "6:30". Held as numbers of one unit."""

from __future__ import annotations

import math
import re

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0, "day": 86400.0, "week": 604800.0}
"""The units a model can count its time in, in seconds. A day has 24 hours here, whatever the shifts."""
_SPELLINGS = {
    "s": "s sec secs second seconds",
    "min": "min mins minute minutes",
    "h": "h hr hrs hour hours",
    "day": "day days d",
    "week": "week weeks",
}
_UNIT = {word: unit for unit, words in _SPELLINGS.items() for word in words.split()}
_SECONDS_OF = {**{word: SECONDS[unit] for word, unit in _UNIT.items()}, "ms": 0.001}
_NUMBER = r"[+\-−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_DURATION = re.compile(rf"^\s*(?P<number>{_NUMBER})\s*(?P<unit>[A-Za-z]*)\s*$")
_CLOCK = re.compile(r"^\s*(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?\s*$")


def is_time_unit(text: str) -> bool:
    """Whether a word is a unit of time that "12 …" may carry."""
    return text in _SECONDS_OF


def time_unit(text: str) -> str | None:
    """The unit of ``SECONDS`` that a spelling means ("minutes" → "min"), or None."""
    return _UNIT.get(text.strip().lower())


def duration(text: str | float, unit: str) -> float:
    """A duration in ``unit``. A bare number counts in ``unit``; "6:30" is six hours and thirty minutes.

    Raises ValueError if it is not a duration.

    >>> duration("0.5 h", "min"), duration("90 s", "min"), duration(4, "min"), duration("6:30", "h")
    (30.0, 1.5, 4.0, 6.5)
    """
    if isinstance(text, bool) or not isinstance(text, (int, float, str)):
        raise ValueError(f"not a duration: {text!r}")
    if not isinstance(text, str):
        return float(text)
    if clock := _CLOCK.match(text):
        seconds = 3600 * int(clock["hours"]) + 60 * int(clock["minutes"]) + int(clock["seconds"] or 0)
        return seconds / SECONDS[unit]
    found = _DURATION.match(text)
    if not found or (found["unit"] and found["unit"] not in _SECONDS_OF):
        raise ValueError(f"not a duration: {text!r}")
    number = float(found["number"].replace("−", "-"))
    given = _SECONDS_OF.get(found["unit"], SECONDS[unit])
    return number if given == SECONDS[unit] else number * given / SECONDS[unit]


def bare(number: float) -> str:
    """A number as short as it can stand without losing a bit: 2.0 → "2", 0.1 → "0.1".

    >>> bare(2.0), bare(0.1), bare(1e300)
    ('2', '0.1', '1e+300')
    """
    return str(int(number)) if math.isfinite(number) and number == int(number) and abs(number) < 1e15 else repr(number)


def write_duration(number: float, unit: str) -> str:
    """The duration with its unit; ``duration`` reads exactly this number back.

    >>> write_duration(12.0, "min"), duration(write_duration(0.1, "h"), "h")
    ('12 min', 0.1)
    """
    return f"{bare(number)} {unit}"
