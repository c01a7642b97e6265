"""Dates and times as people and gauges write them: ISO, American, European, with a month's name."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

_DATE = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[-\s.]+([A-Za-z]{3})[a-z]*\.?[-\s,]+(\d{2,4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?(?:\s*([AaPp])\.?[Mm]\.?)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_START = datetime(1970, 1, 1)
_DAY = 86_400.0
Order = tuple[int, int, int]  # places of year, month and day among the three numbers
YEAR_FIRST, MONTH_FIRST, DAY_FIRST = (0, 1, 2), (2, 0, 1), (2, 1, 0)


def seconds_of(texts: Sequence[str]) -> NDArray[np.float64] | None:
    """Seconds since 1970 of each text as its clock shows them, not-a-number where blank; None if one is no moment.

    With slashes the month comes first, unless that is no date or lets time run backwards where the other way does not.
    With points the day does.

    >>> seconds_of(["11/3/2026 6:04 AM", "11/13/2026 1:04 PM"]).tolist()
    [1793685840.0, 1794575040.0]
    >>> seconds_of(["3.11.2026 06:04", "13.11.2026 13:04"]).tolist()
    [1793685840.0, 1794575040.0]
    """
    plain = [text.strip() for text in texts]
    try:
        return np.array([_iso(text) if text else np.nan for text in plain], dtype=np.float64)
    except ValueError:
        pass
    first = next((text for text in plain if text), "")
    parts = _parted(plain, named=_NAMED.match(first) is not None)
    read = []
    for order in _orders(first):
        found = _read(parts, order)
        if found is not None and _runs_forwards(found):
            return found
        read += [] if found is None else [found]
    return read[0] if read else None


def _iso(text: str) -> float:
    moment = datetime.fromisoformat(text)
    return (moment.replace(tzinfo=None) - (moment.utcoffset() or moment - moment) - _START).total_seconds()


def _orders(first: str) -> tuple[Order, ...]:
    found = _DATE.match(first)
    if found is not None and len(found[1]) == 4:
        return (YEAR_FIRST,)
    return (DAY_FIRST, MONTH_FIRST) if found is not None and found[2] == "." else (MONTH_FIRST, DAY_FIRST)


def _runs_forwards(seconds: NDArray[np.float64]) -> bool:
    told = seconds[~np.isnan(seconds)]
    return bool(np.all(told[1:] >= told[:-1]))


def _read(parts: Sequence[tuple[str, str]], order: Order) -> NDArray[np.float64] | None:
    """Each day and each time of day is read once, however often it comes."""
    days, clocks = dict[str, float](), dict[str, float]()
    for date, clock in set(parts):
        day, time = _day(date, order), _clock(clock)
        if day is None or time is None:
            return None
        days[date], clocks[clock] = day, time
    return np.array([days[date] + clocks[clock] for date, clock in parts], dtype=np.float64)


def _parted(plain: Sequence[str], named: bool) -> list[tuple[str, str]]:
    """Date and clock of each: ``3 Nov 2026, 6:04 AM`` → ``3 Nov 2026`` and ``6:04 AM``."""
    if named:  # blanks stand in the date itself
        return [_parted_by_colon(text) for text in plain]
    return [(date, clock) for date, _, clock in (text.partition(" ") for text in plain)]


def _parted_by_colon(text: str) -> tuple[str, str]:
    colon = text.find(":")
    if colon < 0:
        return text, ""
    start = max(0, text.rfind(" ", 0, colon))
    return text[:start], text[start:]


def _day(date: str, order: Order) -> float | None:
    """Seconds to the beginning of the day, not-a-number for a blank; None for what is no date."""
    date = date.rstrip(" ,")
    if not date:
        return math.nan
    if found := _DATE.fullmatch(date):
        said = (int(found[1]), int(found[3]), int(found[4]))
        year, month, day = (said[place] for place in order)
    elif (found := _NAMED.fullmatch(date)) and found[2].lower() in _MONTHS:
        year, month, day = int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])
    else:
        return None
    try:
        return (datetime(year + 2000 if year < 100 else year, month, day) - _START).days * _DAY
    except ValueError:
        return None


def _clock(clock: str) -> float | None:
    """Seconds since midnight, 0 where it is left out; None for what no clock shows."""
    if not clock.strip():
        return 0.0
    found = _CLOCK.fullmatch(clock.strip())
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), float((found[3] or "0").replace(",", "."))
    if found[4] is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4] in "pP" else 0)
    return 3600.0 * hour + 60.0 * minute + second if hour < 24 and minute < 60 and second < 60.0 else None
