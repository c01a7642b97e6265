"""Clocks of failure, in operating time or by the calendar, and what a failure takes of an operation."""

from __future__ import annotations

from typing import Any

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine.line_words import (
    BY_CALENDAR,
    CLOCK,
    DIST_DOWN,
    DIST_UP,
    FAILURES,
    FINISH,
    HIT,
    HIT_CLOCK,
    HIT_FAILURES,
    HIT_LOADED,
    KEY_DOWN,
    KEY_UP,
    LAST,
    NEVER,
    RECORD,
    RECORDS,
    SUM_BLOCKED,
    SUM_DOWN,
    SUM_HELD_DOWN,
    SUM_IDLE_DOWN,
    SUM_STARVED,
)
from techamp.subjects.manufacturing_systems.engine.streams import at, draw


@part
def record(I: Any, j: Any) -> Any:  # noqa: E741
    """Where the record of the j-th station on the way begins."""
    return I[RECORDS] + j * RECORD


@part
def time_up(I: Any, F: Any, p: Any, failure: Any) -> Any:  # noqa: E741
    """Working (or calendar) time before a failure of a station's machine."""
    d = I[p + DIST_UP]
    return NEVER if d < 0 else draw(I, F, d, at(I[p + KEY_UP], failure))


@part
def time_down(I: Any, F: Any, p: Any, failure: Any) -> Any:  # noqa: E741
    """Length of a repair of a station's machine."""
    return draw(I, F, I[p + DIST_DOWN], at(I[p + KEY_DOWN], failure))


@part
def remember(I: Any, F: Any, p: Any, k: Any, s: Any) -> None:  # noqa: E741
    """Keep where the clock stood when the machine loaded part k, for a ``measure`` in the midst of it."""
    I[p + HIT] = k + 1
    F[p + HIT_LOADED] = s
    F[p + HIT_CLOCK] = F[p + CLOCK]
    I[p + HIT_FAILURES] = I[p + FAILURES]


@part
def stops(I: Any, F: Any, p: Any, k: Any, s: Any, x: Any) -> Any:  # noqa: E741
    """Downtime within an operation of length x that meets a failure; the clock runs in operating time."""
    remember(I, F, p, k, s)
    left, failure = F[p + CLOCK], I[p + FAILURES]
    total, rest = 0.0, x
    while rest > left:
        rest -= left
        total += time_down(I, F, p, failure)
        failure += 1
        left = time_up(I, F, p, failure)
    F[p + CLOCK] = left - rest
    I[p + FAILURES] = failure
    F[p + SUM_DOWN] += total
    return total


@part
def overlap(a: Any, b: Any, low: Any, high: Any) -> Any:
    """How much of [a, b] lies in [low, high]."""
    return max(0.0, min(b, high) - max(a, low))


@part
def by_calendar(I: Any, F: Any, p: Any, k: Any, s: Any, x: Any) -> Any:  # noqa: E741
    """When an operation loaded at s is finished; the clock of failure runs in calendar time.

    Failures since the last operation come first: what they take of blocked and starved time is down time.
    """
    remember(I, F, p, k, s)
    left, failure = F[p + CLOCK], I[p + FAILURES]
    finished, last = F[p + FINISH], F[p + LAST]
    begin, down = s, 0.0
    while left <= s:
        end = left + time_down(I, F, p, failure)
        held, idle = overlap(left, end, finished, last), overlap(left, end, last, s)
        F[p + SUM_BLOCKED] -= held
        F[p + SUM_STARVED] -= idle
        F[p + SUM_HELD_DOWN] += held
        F[p + SUM_IDLE_DOWN] += idle
        down += end - left
        begin = max(begin, end)
        failure += 1
        left = end + time_up(I, F, p, failure)
    f = begin + x
    while left < f:
        r = time_down(I, F, p, failure)
        f += r
        down += r
        failure += 1
        left = left + r + time_up(I, F, p, failure)
    F[p + CLOCK] = left
    I[p + FAILURES] = failure
    F[p + SUM_DOWN] += down
    return f


@part
def beyond(I: Any, F: Any, p: Any, until: Any) -> Any:  # noqa: E741
    """Downtime of the operation in work that lies after ``until``, from where its clock stood."""
    calendar = I[p + BY_CALENDAR] == 1
    failure, t = I[p + HIT_FAILURES], F[p + HIT_LOADED]
    left, late = F[p + HIT_CLOCK], 0.0
    while failure < I[p + FAILURES]:
        t = left if calendar else t + left
        r = time_down(I, F, p, failure)
        late += overlap(t, t + r, until, NEVER)
        t += r
        failure += 1
        left = time_up(I, F, p, failure)
        if calendar:
            left += t
    return late


@part
def struck(I: Any, F: Any, p: Any, until: Any) -> Any:  # noqa: E741
    """How many failures have begun by ``until``, which lies in the operation in work."""
    calendar = I[p + BY_CALENDAR] == 1
    failure, t, left = I[p + HIT_FAILURES], F[p + HIT_LOADED], F[p + HIT_CLOCK]
    while failure < I[p + FAILURES]:
        t = left if calendar else t + left
        if t > until:
            break
        t += time_down(I, F, p, failure)
        failure += 1
        left = time_up(I, F, p, failure)
        if calendar:
            left += t
    return failure
