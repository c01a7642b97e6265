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
    BLOCKED,
    BUSY,
    DONE,
    DOWN_TIME,
    FINISHED,
    FLOW_LEAST,
    FLOW_MOST,
    FLOW_SQUARES,
    FLOW_SUM,
    GROW,
    IN_BLOCK,
    IN_PROCESS,
    IN_QUEUE,
    IN_STOP,
    MACHINE_BIT,
    NOW,
    OPERATION_IN,
    OPERATION_OUT,
    OPERATION_ROW,
    OPERATION_ROWS,
    PROCESSED,
    PRODUCT_IN,
    PRODUCT_OUT,
    PRODUCT_ROWS,
    SEED,
    STARVED,
    STATION_FAILURES,
    STATION_IN,
    STATION_OUT,
    STATION_ROW,
    STATION_ROWS,
    STATIONS,
    STEP_BIT,
    TRACE_AT,
    TRACE_FULL,
    TRACE_ROW,
    TRACE_SIZE,
    TRACE_USED,
    TRACED_WORK,
    WIP_NOW,
    WIP_TIME,
)

# Header words of this kernel. TIMES and SCALES: a word for each station; RECORDS: a record for each station.
(
    ENTRIES, ENTRY_MASK, RECORDS, TIMES, SCALES, ENDLESS, ARRIVALS, LAST_ARRIVAL, KINDS, CALENDAR,
    KEY_ARRIVAL, KEY_PROCESS, LAST_FLOW, FLOWS, FLOW_TOTAL, FLOW_SQUARE, LEAST, MOST,
) = range(16, 34)  # fmt: skip
HEADER = 40
ALL_EXPONENTIAL, ALL_CONSTANT, MIXED = range(3)

# A station's record: model, then state, then sums.
(
    BEHIND, NEXT_RING, NEXT_MASK, RING, MASK, BY_CALENDAR, DIST_PROCESS, DIST_UP, DIST_DOWN, KEY_UP, KEY_DOWN, MACHINE,
    LAST, FINISH, CLOCK, BEGUN, FAILURES, HIT, HIT_LOADED, HIT_CLOCK, HIT_FAILURES,
    SUM_STARVED, SUM_BLOCKED, SUM_QUEUE, SUM_DOWN, SUM_IDLE_DOWN, SUM_HELD_DOWN,
) = range(27)  # fmt: skip
RECORD = 28
STATE_FROM = LAST
"""From here on a record is state, before it model."""
NEVER = 1e300
"""BEHIND is the buffer in front of the next station plus one; part k leaves when part k − BEHIND has left there. Rings
begin with zeros, so the first parts find room; where nothing blocks, NEXT_RING is a word that stays zero."""


@part
def record(I: Any, j: Any) -> Any:  # noqa: E741
    """Where the record of the j-th station on the way begins."""
    return I[RECORDS] + j * RECORD


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
                if k - I[ahead + BEGUN] > I[p + MASK] or k - I[last_record + BEGUN] > entry_mask:
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


@part
def measure_station(I: Any, F: Any, j: Any, until: Any) -> None:  # noqa: E741
    """Machine times of a station up to ``until``, and part times at it but for the queue."""
    out, part, p = I[STATION_ROWS] + j * STATION_ROW, I[OPERATION_ROWS] + j * OPERATION_ROW, record(I, j)
    d, f, begun = F[p + LAST], F[p + FINISH], I[p + BEGUN]
    starved, blocked = F[p + SUM_STARVED], F[p + SUM_BLOCKED]
    down, idle_down, held_down = F[p + SUM_DOWN], F[p + SUM_IDLE_DOWN], F[p + SUM_HELD_DOWN]
    failures = I[p + FAILURES]
    if f > until:  # at work
        blocked -= d - f
        if I[p + HIT] == begun:
            down -= beyond(I, F, p, until)
            failures = struck(I, F, p, until)
    else:
        starved += max(0.0, until - d)
        blocked -= max(0.0, d - until)
        if I[p + BY_CALENDAR] == 1:
            left = F[p + CLOCK]
            while left <= until:
                end = left + time_down(I, F, p, failures)
                held, idle = overlap(left, end, f, min(d, until)), overlap(left, end, d, until)
                blocked -= held
                starved -= idle
                idle_down += idle
                held_down += held
                down += held + idle
                failures += 1
                left = end + time_up(I, F, p, failures)
    F[out + BUSY] = until - starved - blocked - down
    F[out + BLOCKED], F[out + STARVED], F[out + DOWN_TIME] = blocked, starved, down
    I[out + STATION_FAILURES] = failures
    gone = begun - (1 if d > until else 0)
    I[out + STATION_OUT] = gone
    I[part + OPERATION_OUT] = gone
    F[part + IN_PROCESS], F[part + IN_BLOCK] = F[out + BUSY], blocked + held_down
    F[part + IN_STOP] = down - idle_down - held_down
    F[part + IN_QUEUE] = F[p + SUM_QUEUE]


@part
def measure(until: Any, I: Any, F: Any) -> None:  # noqa: E741
    """Write the rows of measures for the time from 0 to ``until``; the state stays as it is."""
    n, wip, inside = I[STATIONS], 0.0, 0
    for j in range(n):
        measure_station(I, F, j, until)
        p = record(I, j)
        part, waiting, came = I[OPERATION_ROWS] + j * OPERATION_ROW, 0.0, I[p + BEGUN]
        if j > 0:
            for k in range(came, I[p - RECORD + BEGUN]):
                t = F[I[p - RECORD + RING] + (k & I[p - RECORD + MASK])]
                if t <= until:
                    waiting += until - t
                    came += 1
        elif I[ENDLESS] == 0:
            t = F[LAST_ARRIVAL]
            while t <= until:
                waiting += until - t
                came += 1
                t += draw(I, F, I[ARRIVALS], at(I[KEY_ARRIVAL], came))
        F[part + IN_QUEUE] += waiting
        I[part + OPERATION_IN] = came
        I[I[STATION_ROWS] + j * STATION_ROW + STATION_IN] = came
        wip += F[part + IN_QUEUE] + F[part + IN_PROCESS] + F[part + IN_STOP] + F[part + IN_BLOCK]
        inside += came - I[part + OPERATION_OUT]
    p = I[PRODUCT_ROWS]
    F[p + FLOW_SUM], F[p + FLOW_SQUARES] = F[FLOW_TOTAL], F[FLOW_SQUARE]
    F[p + FLOW_LEAST], F[p + FLOW_MOST] = F[LEAST], F[MOST]
    gone = I[I[OPERATION_ROWS] + (n - 1) * OPERATION_ROW + OPERATION_OUT]
    if gone == I[FINISHED] and gone > 0:  # the last one has left too
        flow = F[LAST_FLOW]
        F[p + FLOW_SUM] += flow
        F[p + FLOW_SQUARES] += flow * flow
        F[p + FLOW_LEAST], F[p + FLOW_MOST] = min(F[LEAST], flow), max(F[MOST], flow)
    I[p + PRODUCT_IN], I[p + PRODUCT_OUT] = I[I[OPERATION_ROWS] + OPERATION_IN], gone
    F[p + WIP_TIME], I[p + WIP_NOW] = wip, inside
    F[NOW] = until


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
