"""Each run rule read literally, one window at a time: slow, and so plain that it can be checked by eye."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from techamp.subjects.process_control.patterns import (
    ON_THE_LINE,
    Alternating,
    Beyond,
    BeyondLimits,
    Outside,
    Pattern,
    Trend,
    Within,
)


def literal_points(z: Sequence[float], pattern: Pattern, phases: Sequence[int] | None = None) -> list[int]:
    """The points that complete the pattern, found window by window."""
    found = []
    for end in range(len(z)):
        start = end - pattern.length + 1
        if isinstance(pattern, Beyond) and not pattern.full_window:
            start = max(start, 0)
            while start < end and not _whole(z, start, end, phases):
                start += 1
        if start >= 0 and _whole(z, start, end, phases) and _completes(list(z[start : end + 1]), pattern):
            found.append(end)
    return found


def _whole(z: Sequence[float], start: int, end: int, phases: Sequence[int] | None) -> bool:
    """No gap in the window, and all of it in one phase."""
    window = range(start, end + 1)
    return not any(math.isnan(z[i]) for i in window) and (phases is None or len({phases[i] for i in window}) == 1)


def _completes(window: list[float], pattern: Pattern) -> bool:
    steps = [after - before for before, after in itertools.pairwise(window)]
    match pattern:
        case BeyondLimits():
            return abs(window[-1]) > 3 + ON_THE_LINE
        case Beyond(k=k, sigmas=sigmas):
            sides = (window, [-value for value in window])
            return any(
                side[-1] > sigmas + ON_THE_LINE and sum(value > sigmas + ON_THE_LINE for value in side) >= k
                for side in sides
            )
        case Trend():
            return all(step > ON_THE_LINE for step in steps) or all(step < -ON_THE_LINE for step in steps)
        case Alternating():
            ups = [1 if step > ON_THE_LINE else -1 if step < -ON_THE_LINE else 0 for step in steps]
            return all(first * second == -1 for first, second in itertools.pairwise(ups))
        case Within(sigmas=sigmas):
            return all(abs(value) <= sigmas + ON_THE_LINE for value in window)
        case Outside(sigmas=sigmas, both_sides=both_sides):
            outside = all(abs(value) > sigmas + ON_THE_LINE for value in window)
            return outside and not (both_sides and (min(window) > 0 or max(window) < 0))
        case _:
            raise AssertionError(pattern)
