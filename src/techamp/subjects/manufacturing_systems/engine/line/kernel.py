"""Serial lines by the max-plus recursion: no event list, one pass over the stations for each part.

A part's departure from station j follows from the part before it there, from itself upstream, and, blocked after
service, from the part that must make room downstream (B places in front of the next station, one on its machine):

    S_j(k) = max(D_{j−1}(k), D_j(k−1))            loaded
    F_j(k) = S_j(k) + processing + stops           finished
    D_j(k) = max(F_j(k), D_{j+1}(k−B−1))           left

``step`` carries out exactly the operations that are loaded by ``until``: all that they depend on is then there, and the
ragged edge (a part may stand at any station) is the state to go on from. Sums hold whole operations; ``measure`` takes
off what lies beyond ``until`` and adds what waits. So stopping and going on changes no bit of the future.

A machine takes its next part even while it is down, and works on it when repaired. Clocks of failure: by operating time
(runs while it works) or by calendar time (runs always but in repair).

Written for Numba and WebAssembly alike: one block of memory, no allocation, no exceptions, no C library.
"""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernel_random import log
from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine.line.clocks import by_calendar, record, stops, time_up
from techamp.subjects.manufacturing_systems.engine.line.measuring import measure
from techamp.subjects.manufacturing_systems.engine.line_words import (
    ALL_CONSTANT,
    ALL_EXPONENTIAL,
    ARRIVALS,
    BEGUN,
    BEHIND,
    BY_CALENDAR,
    CALENDAR,
    CLOCK,
    DIST_PROCESS,
    ENDLESS,
    ENTRIES,
    ENTRY_MASK,
    FINISH,
    FLOW_SQUARE,
    FLOW_TOTAL,
    KEY_ARRIVAL,
    KEY_DOWN,
    KEY_PROCESS,
    KEY_UP,
    KINDS,
    LAST,
    LAST_ARRIVAL,
    LAST_FLOW,
    LEAST,
    MACHINE,
    MASK,
    MOST,
    NEVER,
    NEXT_MASK,
    NEXT_RING,
    RECORD,
    RECORDS,
    RING,
    SCALES,
    SUM_BLOCKED,
    SUM_QUEUE,
    SUM_STARVED,
    TIMES,
)
from techamp.subjects.manufacturing_systems.engine.streams import (
    ARRIVAL,
    DOWN,
    PROCESS,
    UP,
    at,
    below,
    draw,
    first,
    unit,
)
from techamp.subjects.manufacturing_systems.engine.words import (
    DONE,
    FINISHED,
    GROW,
    MACHINE_BIT,
    PROCESSED,
    SEED,
    STATIONS,
    STEP_BIT,
    TRACE_AT,
    TRACE_FULL,
    TRACE_ROW,
    TRACE_SIZE,
    TRACE_USED,
    TRACED_WORK,
)


@part
def start(I: Any, F: Any) -> None:  # noqa: E741
    """Mix the keys and draw the first failures: once, before the first ``step``."""
    seed = I[SEED]
    I[KEY_ARRIVAL] = int64(below(first(seed, ARRIVAL), 0))
    I[KEY_PROCESS] = int64(first(seed, PROCESS))
    up, down = first(seed, UP), first(seed, DOWN)
    for j in range(I[STATIONS]):
        p = record(I, j)
        I[p + KEY_UP] = int64(below(up, I[p + MACHINE]))
        I[p + KEY_DOWN] = int64(below(down, I[p + MACHINE]))
        F[p + CLOCK] = time_up(I, F, p, 0)
    if I[ENDLESS] == 0:
        F[LAST_ARRIVAL] = draw(I, F, I[ARRIVALS], at(I[KEY_ARRIVAL], 0))
    F[LEAST] = NEVER


@part
def fill_times(I: Any, F: Any, k: Any) -> None:  # noqa: E741
    """Processing times of part k at every station."""
    n, x, scale = I[STATIONS], I[TIMES], I[SCALES]
    level = below(I[KEY_PROCESS], k)
    if I[KINDS] == ALL_EXPONENTIAL:
        for j in range(n):
            F[x + j] = -F[scale + j] * log(unit(at(level, j)))
    else:
        d = I[RECORDS] + DIST_PROCESS
        for j in range(n):
            F[x + j] = draw(I, F, I[d], at(level, j))
            d += RECORD


@part
def trace_part(I: Any, F: Any, j: Any, k: Any, t: Any, s: Any, f: Any, d: Any) -> None:  # noqa: E741
    """One row of the trace."""
    w = I[TRACE_AT] + I[TRACE_USED] * TRACE_ROW
    I[w] = TRACED_WORK + (j << STEP_BIT) + (j << MACHINE_BIT)
    I[w + 1] = k
    F[w + 2], F[w + 3], F[w + 4], F[w + 5] = t, s, f, d
    I[TRACE_USED] += 1


@part
def note_flow(I: Any, F: Any, k: Any, flow: Any) -> None:  # noqa: E741
    """Book the flow time of the part that finished before part k: by now it has left for sure."""
    if k > 0:
        before = F[LAST_FLOW]
        F[FLOW_TOTAL] += before
        F[FLOW_SQUARE] += before * before
        F[LEAST] = min(F[LEAST], before)
        F[MOST] = max(F[MOST], before)
    F[LAST_FLOW] = flow
    I[FINISHED] = k + 1


@part
def step(until: Any, parts: Any, I: Any, F: Any) -> Any:  # noqa: E741
    """Carry out every operation loaded by ``until``, of at most ``parts`` parts in all.

    FINISHED counts the parts begun at the last station (the last of them may leave after ``until``).
    """
    n, endless, entries, entry_mask = I[STATIONS], I[ENDLESS] == 1, I[ENTRIES], I[ENTRY_MASK]
    x, first_record = I[TIMES], I[RECORDS]
    end = first_record + n * RECORD
    last_record = end - RECORD
    calendar, constant, tracing = I[CALENDAR] == 1, I[KINDS] == ALL_CONSTANT, I[TRACE_SIZE] > 0
    plain = not calendar and not tracing
    k, operations, status = I[last_record + BEGUN], I[PROCESSED], DONE
    ragged = I[first_record + BEGUN] > k  # some stations are ahead of others: BEGUN says how far each is
    while k < parts:
        if tracing and I[TRACE_USED] + n > I[TRACE_SIZE]:
            status = TRACE_FULL
            break
        # 1. Where the part stands and since when: before the station at p, at t.
        p, t = first_record, 0.0
        if ragged:
            while p < end and I[p + BEGUN] > k:
                p += RECORD
            ragged = p > first_record or I[last_record + BEGUN] < k
        if p > first_record:
            t = F[I[p - RECORD + RING] + (k & I[p - RECORD + MASK])]
        elif endless:
            t = F[first_record + LAST]
        else:
            t = F[LAST_ARRIVAL]
        if p == first_record:
            if t > until:
                break
            if ragged and k - I[last_record + BEGUN] > entry_mask:  # its place still holds when an older part came
                status = GROW
                break
            F[entries + (k & entry_mask)] = t
        if not constant:
            fill_times(I, F, k)
        # 2. Through the stations, as far as it is loaded by then.
        begin_at = p
        y = x + (p - first_record) // RECORD
        while plain and not ragged and p < end:  # the same as below, without what is not needed here
            l = F[p + LAST]  # noqa: E741
            s = t if t > l else l
            if s > until:
                break
            work = F[y]
            left = F[p + CLOCK]
            if work > left:
                f = s + (work + stops(I, F, p, k, s, work))
            else:
                F[p + CLOCK] = left - work
                f = s + work
            room = F[I[p + NEXT_RING] + ((k - I[p + BEHIND]) & I[p + NEXT_MASK])]
            d = f if f > room else room
            F[p + SUM_STARVED] += s - l
            F[p + SUM_BLOCKED] += d - f
            F[p + SUM_QUEUE] += s - t
            F[p + LAST] = d
            F[p + FINISH] = f
            F[I[p + RING] + (k & I[p + MASK])] = d
            t = d
            p += RECORD
            y += 1
        while p < end:
            l = F[p + LAST]  # noqa: E741
            s = t if t > l else l
            if s > until:
                break
            if ragged:
                if I[p + BEGUN] < k:
                    break
                ahead = p if p == last_record else p + RECORD
                if k - I[ahead + BEGUN] > I[p + MASK]:
                    status = GROW
                    break
            work = F[y]
            left = F[p + CLOCK]
            if calendar and I[p + BY_CALENDAR] == 1:
                f = by_calendar(I, F, p, k, s, work)
            elif work > left:
                f = s + (work + stops(I, F, p, k, s, work))
            else:
                F[p + CLOCK] = left - work
                f = s + work
            room = F[I[p + NEXT_RING] + ((k - I[p + BEHIND]) & I[p + NEXT_MASK])]
            d = f if f > room else room
            F[p + SUM_STARVED] += s - l
            F[p + SUM_BLOCKED] += d - f
            F[p + SUM_QUEUE] += s - t
            F[p + LAST] = d
            F[p + FINISH] = f
            F[I[p + RING] + (k & I[p + MASK])] = d
            if tracing:
                trace_part(I, F, y - x, k, t, s, f, d)
            t = d
            p += RECORD
            y += 1
        operations += (p - begin_at) // RECORD
        # 3. How far every station is, where they differ.
        if begin_at == first_record and p > first_record and not endless:
            F[LAST_ARRIVAL] += draw(I, F, I[ARRIVALS], at(I[KEY_ARRIVAL], k + 1))
        if ragged or p < end:
            for done in range(begin_at, p, RECORD):
                I[done + BEGUN] = k + 1
            if not ragged:
                for behind in range(p, end, RECORD):
                    I[behind + BEGUN] = k
                ragged = True
        if p == end:
            note_flow(I, F, k, t - F[entries + (k & entry_mask)])
        elif p == first_record or status == GROW:
            break
        k += 1
    if not ragged:
        for each in range(first_record, end, RECORD):
            I[each + BEGUN] = k
    I[PROCESSED] = operations
    return status


@part
def line(what: Any, until: Any, parts: Any, I: Any, F: Any) -> Any:  # noqa: E741
    """The one entry: ``what`` is 0 to start, 1 to step, 2 to measure. Returns a status of ``words``."""
    if what == 0:
        start(I, F)
    elif what == 1:
        return step(until, parts, I, F)
    else:
        measure(until, I, F)
    return DONE
