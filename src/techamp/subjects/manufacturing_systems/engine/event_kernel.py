"""Every factory that is no plain serial line: an event list over stations, machines, people and parts.

One event at a time is taken from a binary heap (time, then order of birth); its effects at that moment run through an
agenda of stations until nothing moves: parts are admitted, picked, loaded. A machine at work has one event pending,
whichever comes first of its end and its next failure; events of interrupted work are recognized by their key and
dropped. What the words of a model mean in time stands in the docstring of ``model``.

Written for Numba and WebAssembly alike: one block of memory, no allocation (a status asks for more), no exceptions, no
recursion, no C library. Records and their fields: ``event_words``.
"""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w

# ---- 1. The heap: pairs (time, key); key = order of birth · 2³² + offset · 2⁴ + type. -------------------------------


@part
def push(I: Any, F: Any, t: Any, record: Any, kind: Any) -> Any:  # noqa: E741
    """Add an event; returns its key. After a pop the hole at the top is filled first."""
    I[e.SEQUENCE] += 1
    key = ((I[e.SEQUENCE] & 0x7FFFFFFF) << 32) | (record << 4) | kind
    heap = I[e.HEAP]
    if I[e.HOLE] == 1:
        I[e.HOLE] = 0
        sink(I, F, heap, I[e.HEAP_USED], t, key)
        return key
    i = I[e.HEAP_USED]
    I[e.HEAP_USED] = i + 1
    while i > 0:
        p = (i - 1) >> 1
        tp = F[heap + 2 * p]
        if tp < t or (tp == t and I[heap + 2 * p + 1] < key):
            break
        F[heap + 2 * i] = tp
        I[heap + 2 * i + 1] = I[heap + 2 * p + 1]
        i = p
    F[heap + 2 * i] = t
    I[heap + 2 * i + 1] = key
    return key


@part
def sink(I: Any, F: Any, heap: Any, n: Any, t: Any, key: Any) -> None:  # noqa: E741
    """Put an event at the top and let it sink."""
    i = 0
    while True:
        c = 2 * i + 1
        if c >= n:
            break
        tc = F[heap + 2 * c]
        if c + 1 < n:
            tr = F[heap + 2 * c + 2]
            if tr < tc or (tr == tc and I[heap + 2 * c + 3] < I[heap + 2 * c + 1]):
                c += 1
                tc = tr
        if t < tc or (t == tc and key < I[heap + 2 * c + 1]):
            break
        F[heap + 2 * i] = tc
        I[heap + 2 * i + 1] = I[heap + 2 * c + 1]
        i = c
    F[heap + 2 * i] = t
    I[heap + 2 * i + 1] = key


@part
def close_hole(I: Any, F: Any) -> None:  # noqa: E741
    """Fill the hole that a pop left with the last event."""
    if I[e.HOLE] == 1:
        I[e.HOLE] = 0
        heap, n = I[e.HEAP], I[e.HEAP_USED] - 1
        I[e.HEAP_USED] = n
        if n > 0:
            sink(I, F, heap, n, F[heap + 2 * n], I[heap + 2 * n + 1])


# ---- 2. Lines of records, first come first served: ``head`` and ``head + 1`` hold both ends. -------------------------


@part
def join(I: Any, head: Any, record: Any) -> None:  # noqa: E741
    I[record] = 0
    if I[head] == 0:
        I[head] = record
    else:
        I[I[head + 1]] = record
    I[head + 1] = record


@part
def take(I: Any, head: Any) -> Any:  # noqa: E741
    record = I[head]
    I[head] = I[record]
    return record


@part
def leave(I: Any, head: Any, record: Any) -> Any:  # noqa: E741
    """Take a record out of the middle of a line; whether it was there."""
    before, at = int64(0), I[head]
    while at != 0 and at != record:
        before, at = at, I[at]
    if at == 0:
        return False
    if before == 0:
        I[head] = I[record]
    else:
        I[before] = I[record]
    if I[head + 1] == record:
        I[head + 1] = before
    return True


@part
def note(I: Any, station: Any) -> None:  # noqa: E741
    """Put a station on the agenda of this moment."""
    if I[station + e.ON_AGENDA] == 0:
        I[station + e.ON_AGENDA] = 1
        n = I[w.STATIONS]
        at = I[e.AGENDA_FROM] + I[e.AGENDA_COUNT]
        I[I[e.AGENDA] + (at - n if at >= n else at)] = station
        I[e.AGENDA_COUNT] += 1


# ---- 3. States and sums. ---------------------------------------------------------------------------------------------


@part
def set_state(I: Any, F: Any, m: Any, state: Any, t: Any) -> None:  # noqa: E741
    """Book the time in the old state; begin the new."""
    F[I[m + e.M_SUMS] + I[m + e.M_STATE]] += t - F[m + e.M_SINCE]
    F[m + e.M_SINCE] = t
    I[m + e.M_STATE] = state


@part
def show(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """The state that a machine's phase and halts make."""
    phase = I[m + e.M_PHASE]
    state = int64(w.STARVED)
    if I[m + e.M_HALT] & e.OFF_BIT:
        state = int64(w.OFF_SHIFT)
    elif I[m + e.M_HALT] & e.DOWN_BIT:
        state = int64(w.DOWN_TIME)
        for i in range(I[m + e.M_FAILURE_COUNT]):
            if I[I[m + e.M_FAILURES] + i * e.FAILURE + e.X_WAITS] == 2:
                state = int64(w.WAITING_REPAIR)
    elif phase == e.PROCESS_PHASE:
        state = int64(w.SET_UP) if I[m + e.M_MERGED] == 1 else int64(w.BUSY)
    elif phase == e.IN_SETUP_PHASE:
        state = int64(w.SET_UP)
    elif phase == e.BLOCKED_PHASE:
        state = int64(w.BLOCKED)
    elif phase != e.IDLE_PHASE:
        state = int64(w.WAITING_OPERATOR)
    set_state(I, F, m, state, t)


@part
def count_wip(I: Any, F: Any, p: Any, change: Any, t: Any) -> None:  # noqa: E741
    """Parts of a product in the system, and their integral over time."""
    F[I[p + e.P_SUMS] + w.WIP_TIME] += I[p + e.P_WIP] * (t - F[p + e.P_CHANGED])
    F[p + e.P_CHANGED] = t
    I[p + e.P_WIP] += change
    I[e.WIP] += change


@part
def count_stock(I: Any, F: Any, p: Any, change: Any, t: Any) -> None:  # noqa: E741
    F[I[p + e.P_SUMS] + w.STOCK_TIME] += I[p + e.P_STOCK] * (t - F[p + e.P_BACK_CHANGED])
    F[I[p + e.P_SUMS] + w.BACKORDER_TIME] += I[p + e.P_BACK_COUNT] * (t - F[p + e.P_BACK_CHANGED])
    F[p + e.P_BACK_CHANGED] = t
    I[p + e.P_STOCK] += change


@part
def new_part(I: Any, F: Any) -> Any:  # noqa: E741
    j = take(I, int64(e.FREE))
    I[e.FREE_COUNT] -= 1
    I[j + e.J_KIND] = e.A_PART
    I[j + e.J_PASS] = 0
    I[j + e.J_CARD] = 0
    I[j + e.J_MACHINE] = 0
    return j


@part
def drop_part(I: Any, j: Any) -> None:  # noqa: E741
    I[j] = I[e.FREE]
    I[e.FREE] = j
    I[j + e.J_WHERE] = e.NOWHERE
    I[e.FREE_COUNT] += 1


# ---- 4. People. ------------------------------------------------------------------------------------------------------


@part
def ask(I: Any, crew: Any, record: Any, people: Any) -> Any:  # noqa: E741
    """Whether so many people are there at once; else the record stands in line for them."""
    if I[crew + e.C_LINE] == 0 and I[crew + e.C_FREE] >= people and I[crew + e.C_CLOSED] == 0:
        I[crew + e.C_FREE] -= people
        return True
    join(I, crew + e.C_LINE, record)
    return False


@part
def give_back(I: Any, F: Any, crew: Any, people: Any, t: Any) -> None:  # noqa: E741
    I[crew + e.C_FREE] += people
    serve(I, F, crew, t)


@part
def serve(I: Any, F: Any, crew: Any, t: Any) -> None:  # noqa: E741
    """Send people to those who wait for them, in order."""
    while I[crew + e.C_LINE] != 0 and I[crew + e.C_CLOSED] == 0:
        record = I[crew + e.C_LINE]
        kind = I[record + e.KIND]
        people = int64(1)
        if kind == e.A_MACHINE:
            people = I[record + e.M_NEEDS]
        elif kind == e.A_FAILURE:
            people = I[record + e.X_PEOPLE]
        if I[crew + e.C_FREE] < people:
            return
        I[crew + e.C_FREE] -= people
        take(I, crew + e.C_LINE)
        if kind == e.A_MACHINE:
            I[record + e.M_HOLDS] = people
            I[record + e.M_ASKS] = 2  # has them, goes on at the next turn of the agenda
            go_on(I, F, record, t)
        elif kind == e.A_FAILURE:
            begin_repair(I, F, record, t)
        else:
            set_off(I, F, record, t)


# ---- 5. Work on a machine. -------------------------------------------------------------------------------------------


@part
def go_on(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """A machine has its people: begin what it waited for, unless it is halted (then when the halt ends)."""
    if I[m + e.M_PHASE] == e.ASKS_SETUP:
        I[m + e.M_PHASE] = e.IN_SETUP_PHASE
        F[m + e.M_LEFT] = F[m + e.M_SETUP]
    else:
        I[m + e.M_PHASE] = e.PROCESS_PHASE
        F[m + e.M_LEFT] = F[m + e.M_WORK]
    I[m + e.M_ASKS] = 0
    if I[m + e.M_HALT] == 0:
        run(I, F, m, t)
    show(I, F, m, t)


@part
def run(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """(Re)start setup or processing: the event is its end, or the failure of a running clock that comes before."""
    left = F[m + e.M_LEFT]
    I[m + e.M_NEXT_FAILURE] = 0
    begins = t + (F[m + e.M_SETUP] if I[m + e.M_MERGED] == 1 else 0.0)
    if I[m + e.M_PHASE] == e.PROCESS_PHASE:
        for i in range(I[m + e.M_FAILURE_COUNT]):
            x = I[m + e.M_FAILURES] + i * e.FAILURE
            if I[x + e.X_BY_CALENDAR] == 0 and F[x + e.X_LEFT] < left:
                left = F[x + e.X_LEFT]
                I[m + e.M_NEXT_FAILURE] = x
    F[m + e.M_BEGAN] = begins
    F[m + e.M_END] = begins + left
    I[m + e.M_EVENT] = push(I, F, begins + left, m, int64(e.FINISHED_WORK))


@part
def worked(I: Any, F: Any, m: Any, done: Any) -> None:  # noqa: E741
    """So much of the work is done: the running clocks have run."""
    F[m + e.M_LEFT] -= done
    if I[m + e.M_PHASE] == e.PROCESS_PHASE:
        for i in range(I[m + e.M_FAILURE_COUNT]):
            x = I[m + e.M_FAILURES] + i * e.FAILURE
            if I[x + e.X_BY_CALENDAR] == 0:
                F[x + e.X_LEFT] -= done


@part
def halt(I: Any, F: Any, m: Any, bit: Any, t: Any) -> None:  # noqa: E741
    """Stop a machine where it is."""
    phase = I[m + e.M_PHASE]
    if I[m + e.M_HALT] == 0 and (phase == e.PROCESS_PHASE or phase == e.IN_SETUP_PHASE):
        worked(I, F, m, t - F[m + e.M_BEGAN])
        I[m + e.M_EVENT] = 0
    I[m + e.M_HALT] |= bit
    show(I, F, m, t)


@part
def resume(I: Any, F: Any, m: Any, bit: Any, t: Any) -> None:  # noqa: E741
    """One reason to stand still is gone; with the last, work goes on."""
    I[m + e.M_HALT] &= ~bit
    phase = I[m + e.M_PHASE]
    if I[m + e.M_HALT] == 0 and (phase == e.PROCESS_PHASE or phase == e.IN_SETUP_PHASE):
        run(I, F, m, t)
    show(I, F, m, t)
    if phase == e.IDLE_PHASE:
        note(I, I[m + e.M_STATION])


@part
def stop(I: Any, F: Any, x: Any, t: Any) -> None:  # noqa: E741
    """A failure strikes its machine; the repair begins when its people are there."""
    m = I[x + e.X_MACHINE]
    if I[m + e.M_HALT] & e.DOWN_BIT:  # a stop that falls due in another begins after it
        I[x + e.X_WAITS] = 1
        return
    I[I[m + e.M_SUMS] + w.STATION_FAILURES] += 1
    F[x + e.X_BEGAN] = t
    I[x + e.X_WAITS] = 3
    if I[x + e.X_CREW] == 0 or ask(I, I[x + e.X_CREW], x, I[x + e.X_PEOPLE]):
        halt(I, F, m, int64(e.DOWN_BIT), t)
        begin_repair(I, F, x, t)
    else:
        I[x + e.X_WAITS] = 2
        halt(I, F, m, int64(e.DOWN_BIT), t)


@part
def begin_repair(I: Any, F: Any, x: Any, t: Any) -> None:  # noqa: E741
    waited = I[x + e.X_WAITS] == 2
    I[x + e.X_WAITS] = 3
    if waited:
        show(I, F, I[x + e.X_MACHINE], t)
    r = s.draw(I, F, I[x + e.X_DOWN], s.at(I[x + e.X_KEY_DOWN], I[x + e.X_COUNT]))
    push(I, F, t + r, x, int64(e.REPAIRED))


@part
def repaired(I: Any, F: Any, x: Any, t: Any) -> None:  # noqa: E741
    """The clock starts anew; a stop that fell due meanwhile strikes now."""
    m = I[x + e.X_MACHINE]
    if I[w.TRACE_SIZE] > 0:
        trace(I, F, m, int64(w.TRACED_DOWN), int64(-1), int64(0), F[x + e.X_BEGAN], F[x + e.X_BEGAN], t, t)
    I[x + e.X_WAITS] = 0
    I[x + e.X_COUNT] += 1
    up = s.draw(I, F, I[x + e.X_UP], s.at(I[x + e.X_KEY_UP], I[x + e.X_COUNT]))
    F[x + e.X_LEFT] = up
    if I[x + e.X_BY_CALENDAR] == 1:
        push(I, F, t + up, x, int64(e.FAILS))
    waiting = int64(0)
    for i in range(I[m + e.M_FAILURE_COUNT]):
        other = I[m + e.M_FAILURES] + i * e.FAILURE
        if I[other + e.X_WAITS] == 1 and waiting == 0:
            waiting = other
    if waiting != 0:
        I[m + e.M_HALT] &= ~e.DOWN_BIT
        stop(I, F, waiting, t)
    else:
        resume(I, F, m, int64(e.DOWN_BIT), t)
    if I[x + e.X_CREW] != 0:
        give_back(I, F, I[x + e.X_CREW], I[x + e.X_PEOPLE], t)


@part
def load(I: Any, F: Any, m: Any, j: Any, count: Any, t: Any) -> None:  # noqa: E741
    """Begin with a part (the first of a batch): components, people, setup, work."""
    station, step = I[m + e.M_STATION], I[j + e.J_STEP]
    I[m + e.M_PART], I[m + e.M_COUNT] = j, count
    F[m + e.M_LOADED], F[m + e.M_WORK], F[m + e.M_SETUP] = t, F[j + e.J_WORK], 0.0
    F[m + e.M_WORKED] = 0.0
    part, idle = j, F[m + e.M_SINCE]
    for _i in range(count):
        sums, since = I[I[part + e.J_STEP] + e.T_SUMS], F[part + e.J_SINCE]
        matched = t - (idle if idle > since else since)
        F[sums + w.IN_MATCH] += matched
        F[sums + w.IN_QUEUE] += (t - since) - matched
        I[part + e.J_WHERE], I[part + e.J_MACHINE] = e.ON_MACHINE, m
        F[part + e.J_CAME] = since
        F[part + e.J_SINCE] = t
        part = I[part]
    for i in range(I[step + e.T_TAKE_COUNT]):
        product = I[I[step + e.T_TAKES] + 2 * i]
        count_stock(I, F, product, -I[I[step + e.T_TAKES] + 2 * i + 1] * count, t)
        I[e.RELEASE_WANTED] = 1
        wake_full_stock(I, product)
    family = I[step + e.T_FAMILY]
    setup = int64(-1)
    if I[station + e.SETUPS] != 0 and I[m + e.M_FAMILY] >= 0:
        setup = I[I[station + e.SETUPS] + I[m + e.M_FAMILY] * I[station + e.FAMILIES] + family]
    I[m + e.M_FAMILY] = family
    if setup > 0:
        level = s.below(s.below(I[e.KEY_SETUP], I[j + e.J_NUMBER]), I[j + e.J_PRODUCT])
        F[m + e.M_SETUP] = s.draw(I, F, setup, s.at(level, visit(I, j)))
        I[I[m + e.M_SUMS] + w.STATION_SETUPS] += 1
        merged = I[station + e.MERGES]  # one event for setup and work where nothing can come between
        I[m + e.M_MERGED] = merged
        begin(I, F, m, int64(e.ASKS_PROCESS) if merged == 1 else int64(e.ASKS_SETUP), I[station + e.ATTEND_SETUP], t)
    else:
        begin(I, F, m, int64(e.ASKS_PROCESS), I[station + e.ATTEND_PROCESS], t)


@part
def begin(I: Any, F: Any, m: Any, phase: Any, attended: Any, t: Any) -> None:  # noqa: E741
    """Setup or processing, once its people are there."""
    I[m + e.M_PHASE] = phase
    station = I[m + e.M_STATION]
    crew = I[station + e.CREW]
    if attended == 1 and I[m + e.M_HOLDS] == 0:
        if not ask(I, crew, m, I[m + e.M_NEEDS]):
            I[m + e.M_ASKS] = 1
            show(I, F, m, t)
            return
        I[m + e.M_HOLDS] = I[m + e.M_NEEDS]
    go_on(I, F, m, t)


@part
def visit(I: Any, j: Any) -> Any:  # noqa: E741
    """The step of a part's keys: which operation of its route, in which pass."""
    return (I[j + e.J_PASS] << 16) + I[I[j + e.J_STEP] + e.T_INDEX]


@part
def trace(I: Any, F: Any, m: Any, kind: Any, j: Any, step: Any, queued: Any, began: Any, ended: Any, left: Any) -> None:  # noqa: E741
    """One row of the trace."""
    at = I[w.TRACE_AT] + I[w.TRACE_USED] * w.TRACE_ROW
    code = kind + (I[m + e.M_NUMBER] << w.MACHINE_BIT)
    I[at + 1] = -1
    if j > 0:
        code += (I[step + e.T_INDEX] << w.STEP_BIT) + (I[I[j + e.J_PRODUCT] + e.P_INDEX] << w.PRODUCT_BIT)
        I[at + 1] = I[j + e.J_NUMBER]
    I[at] = code
    F[at + 2], F[at + 3], F[at + 4], F[at + 5] = queued, began, ended, left
    I[w.TRACE_USED] += 1


@part
def machine_event(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """The end of a setup or of work, or the failure that comes before."""
    I[m + e.M_EVENT] = 0
    if I[m + e.M_MERGED] == 1:
        end_of_merged_setup(I, F, m)
    if I[m + e.M_PHASE] == e.IN_SETUP_PHASE:
        station = I[m + e.M_STATION]
        if I[w.TRACE_SIZE] > 0:
            j = I[m + e.M_PART]
            trace(I, F, m, int64(w.TRACED_SETUP), j, I[j + e.J_STEP], F[m + e.M_LOADED], F[m + e.M_LOADED], t, t)
        if I[station + e.ATTEND_PROCESS] == 0 and I[m + e.M_HOLDS] > 0:
            people, I[m + e.M_HOLDS] = I[m + e.M_HOLDS], 0
            begin(I, F, m, int64(e.ASKS_PROCESS), int64(0), t)
            give_back(I, F, I[station + e.CREW], people, t)
        else:
            begin(I, F, m, int64(e.ASKS_PROCESS), I[station + e.ATTEND_PROCESS], t)
        late_stops(I, F, m, t)
        return
    x = I[m + e.M_NEXT_FAILURE]
    if x != 0:
        worked(I, F, m, F[x + e.X_LEFT])
        F[m + e.M_BEGAN] = t
        stop(I, F, x, t)
        return
    if I[m + e.M_FAILURE_COUNT] > 0:
        worked(I, F, m, F[m + e.M_LEFT])
    finish_work(I, F, m, t)


@part
def end_of_merged_setup(I: Any, F: Any, m: Any) -> None:  # noqa: E741
    """Book a setup whose end was no event of its own."""
    began = F[m + e.M_BEGAN]
    I[m + e.M_MERGED] = 0
    set_state(I, F, m, int64(w.BUSY), began)
    if I[w.TRACE_SIZE] > 0:
        j = I[m + e.M_PART]
        from_ = began - F[m + e.M_SETUP]
        trace(I, F, m, int64(w.TRACED_SETUP), j, I[j + e.J_STEP], from_, from_, began, began)


@part
def late_stops(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """A calendar failure does not stop a setup; it strikes when the setup is done."""
    for i in range(I[m + e.M_FAILURE_COUNT]):
        x = I[m + e.M_FAILURES] + i * e.FAILURE
        if I[x + e.X_WAITS] == 1 and I[m + e.M_HALT] & e.DOWN_BIT == 0:
            stop(I, F, x, t)


@part
def finish_work(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """Processing is done: yield, rework, what comes out besides, and on to the next step."""
    station, count = I[m + e.M_STATION], I[m + e.M_COUNT]
    I[w.PROCESSED] += count
    j = I[m + e.M_PART]
    step = I[j + e.J_STEP]
    F[m + e.M_WORKED] += F[m + e.M_WORK]
    if I[step + e.T_REWORK_TO] == step and I[step + e.T_REWORK] > 0 and count == 1:
        good = judged(I, F, j)
        if good == 1:  # again at once, on the same machine
            I[I[m + e.M_SUMS] + w.STATION_REWORK] += 1
            I[j + e.J_PASS] += 1
            F[m + e.M_WORK] = s.draw(I, F, I[step + e.T_TIME], s.at(I[j + e.J_KEY], visit(I, j)))
            F[m + e.M_LEFT] = F[m + e.M_WORK]
            run(I, F, m, t)
            return
    if I[m + e.M_HOLDS] > 0:
        people, I[m + e.M_HOLDS] = I[m + e.M_HOLDS], 0
        I[m + e.M_PHASE] = e.BLOCKED_PHASE
        give_back(I, F, I[station + e.CREW], people, t)
    I[m + e.M_PHASE] = e.BLOCKED_PHASE
    next_part = j
    for _i in range(count):
        part = next_part
        next_part = I[part]
        leave_step(I, F, m, part, t)
    if I[m + e.M_COUNT] > 0:
        show(I, F, m, t)
        if I[e.CAN_LOCK] == 1:
            I[e.BLOCKED_NEW] = 1


@part
def judged(I: Any, F: Any, j: Any) -> Any:  # noqa: E741
    """0 good, 1 rework, 2 scrap: one draw for a part, step and pass."""
    step = I[j + e.J_STEP]
    scrap, rework = F[step + e.T_SCRAP], F[step + e.T_REWORK]
    if scrap == 0.0 and rework == 0.0:
        return 0
    level = s.below(s.below(I[e.KEY_YIELD], I[j + e.J_NUMBER]), I[j + e.J_PRODUCT])
    u = s.unit(s.at(level, visit(I, j)))
    if u < scrap:
        return 2
    return 1 if u < scrap + (1.0 - scrap) * rework else 0


@part
def leave_step(I: Any, F: Any, m: Any, j: Any, t: Any) -> None:  # noqa: E741
    """A part's work at a step is done: book it, and see where it goes."""
    step, station = I[j + e.J_STEP], I[m + e.M_STATION]
    sums = I[step + e.T_SUMS]
    F[sums + w.IN_PROCESS] += F[m + e.M_WORKED]
    F[sums + w.IN_SETUP] += F[m + e.M_SETUP]
    F[sums + w.IN_STOP] += (t - F[m + e.M_LOADED]) - F[m + e.M_WORKED] - F[m + e.M_SETUP]
    F[j + e.J_SINCE] = t
    verdict = judged(I, F, j)
    if verdict == 2:
        I[I[m + e.M_SUMS] + w.STATION_SCRAP] += 1
        I[I[I[j + e.J_PRODUCT] + e.P_SUMS] + w.PRODUCT_SCRAP] += 1
        off_machine(I, F, m, j, t)
        go_out(I, F, j, t)
        return
    for i in range(I[step + e.T_GIVE_COUNT]):
        at = I[step + e.T_GIVES] + 2 * i
        for _k in range(I[at + 1]):
            born = new_part(I, F)
            start_part(I, F, born, I[at], t)
            stand_outside(I, born)
    target = int64(0)
    if verdict == 1:
        I[I[m + e.M_SUMS] + w.STATION_REWORK] += 1
        target = I[step + e.T_REWORK_TO]
        I[j + e.J_LEG] = 0
        I[j + e.J_PASS] += 1
    else:
        target = way_on(I, F, j, t)
    I[j + e.J_TARGET] = target
    if I[step + e.T_MOVE_BATCH] > 1 and verdict == 0:
        off_machine(I, F, m, j, t)
        gather(I, F, step, j, t)
        return
    if may_go(I, j):
        off_machine(I, F, m, j, t)
        go(I, F, j, t)
        return
    wait_for_place(I, j)
    if I[station + e.AFTER_USED] < I[station + e.AFTER]:
        I[station + e.AFTER_USED] += 1
        off_machine(I, F, m, j, t)
        I[j + e.J_WHERE] = e.BESIDE
        I[j + e.J_MACHINE] = station
    else:
        I[j + e.J_WHERE] = e.HELD
        I[m + e.M_PART] = j


@part
def way_on(I: Any, F: Any, j: Any, t: Any) -> Any:  # noqa: E741
    """The next step (0: out): by chance, or the shortest queue per machine."""
    step = I[j + e.J_STEP]
    ways, count = I[step + e.T_WAYS], I[step + e.T_WAY_COUNT]
    pick = int64(0)
    if count > 1 and I[step + e.T_SHORTEST] == 1:
        least = e.NEVER
        for i in range(count):
            to, load_ = I[ways + e.WAY * i], 0.0
            if to != 0:
                station = I[to + e.T_STATION]
                busy = I[station + e.MACHINES] - I[station + e.IDLE_COUNT]
                load_ = (I[station + e.QUEUED] + I[station + e.RESERVED] + busy) / I[station + e.MACHINES]
            if load_ < least:
                least, pick = load_, int64(i)
    elif count > 1:
        level = s.below(s.below(I[e.KEY_ROUTE], I[j + e.J_NUMBER]), I[j + e.J_PRODUCT])
        u = s.unit(s.at(level, visit(I, j)))
        while pick < count - 1 and u >= F[ways + e.WAY * pick + 1]:
            pick += 1
    target = I[ways + e.WAY * pick]
    I[j + e.J_LEG] = I[ways + e.WAY * pick + 2]
    if target != 0 and I[target + e.T_INDEX] <= I[step + e.T_INDEX]:
        I[j + e.J_PASS] += 1
    return target


@part
def gather(I: Any, F: Any, step: Any, j: Any, t: Any) -> None:  # noqa: E741
    """Parts of a move batch stand beside the station until it is full; then each goes when there is a place."""
    I[j + e.J_WHERE] = e.BESIDE
    join(I, step + e.T_GATHERED, j)
    I[step + e.T_GATHERED_COUNT] += 1
    if I[step + e.T_GATHERED_COUNT] < I[step + e.T_MOVE_BATCH]:
        return
    while I[step + e.T_GATHERED] != 0:
        part = take(I, step + e.T_GATHERED)
        if may_go(I, part):
            go(I, F, part, t)
        else:
            wait_for_place(I, part)
    I[step + e.T_GATHERED_COUNT] = 0


@part
def off_machine(I: Any, F: Any, m: Any, j: Any, t: Any) -> None:  # noqa: E741
    """A part leaves its machine (or the places after it); the last one leaves it free."""
    step = I[j + e.J_STEP]
    I[I[m + e.M_SUMS] + w.STATION_OUT] += 1
    I[I[step + e.T_SUMS] + w.OPERATION_OUT] += 1
    if I[w.TRACE_SIZE] > 0:
        trace(I, F, m, int64(w.TRACED_WORK), j, step, F[j + e.J_CAME], F[m + e.M_LOADED], F[j + e.J_SINCE], t)
    I[j + e.J_MACHINE] = 0
    I[m + e.M_COUNT] -= 1
    if I[m + e.M_COUNT] == 0:
        station = I[m + e.M_STATION]
        I[m + e.M_PHASE] = e.IDLE_PHASE
        I[m + e.M_PART] = 0
        show(I, F, m, t)
        join(I, station + e.IDLE, m)
        I[station + e.IDLE_COUNT] += 1
        note(I, station)
        if I[station + e.SUPPLIES] == 1:
            I[e.RELEASE_WANTED] = 1


# ---- 6. Places. ------------------------------------------------------------------------------------------------------


@part
def has_room(I: Any, station: Any) -> Any:  # noqa: E741
    """Whether one more part may come: a place before the station, or a machine that waits; and a card."""
    if I[station + e.CARDS_USED] >= I[station + e.CARDS]:
        return False
    return I[station + e.QUEUED] + I[station + e.RESERVED] < I[station + e.BUFFER] + I[station + e.IDLE_COUNT]


@part
def may_go(I: Any, j: Any) -> Any:  # noqa: E741
    """Whether a part can leave for its target now, nobody before it."""
    target = I[j + e.J_TARGET]
    if target == 0:
        p = I[j + e.J_PRODUCT]
        return I[p + e.P_STOCKED] == 0 or (I[p + e.P_WAITERS] == 0 and I[p + e.P_STOCK] < I[p + e.P_STOCK_LIMIT])
    station = I[target + e.T_STATION]
    return I[station + e.WAITERS] == 0 and has_room(I, station)


@part
def wait_for_place(I: Any, j: Any) -> None:  # noqa: E741
    target = I[j + e.J_TARGET]
    join(I, I[j + e.J_PRODUCT] + e.P_WAITERS if target == 0 else I[target + e.T_STATION] + e.WAITERS, j)


@part
def go(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """Leave for the target, which has a place: book what blocked, then out, on the way, or into the queue."""
    F[I[I[j + e.J_STEP] + e.T_SUMS] + w.IN_BLOCK] += t - F[j + e.J_SINCE]
    F[j + e.J_SINCE] = t
    target = I[j + e.J_TARGET]
    if target == 0:
        complete(I, F, j, t)
        return
    if I[j + e.J_LEG] == 0:
        enter_queue(I, F, j, t)
        return
    I[I[target + e.T_STATION] + e.RESERVED] += 1
    take_card(I, F, j, I[target + e.T_STATION])
    crew = I[I[j + e.J_LEG] + e.L_CREW]
    I[j + e.J_WHERE] = e.ASKS_CARRIER
    if crew == 0 or ask(I, crew, j, int64(1)):
        set_off(I, F, j, t)


@part
def set_off(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """A part is under way."""
    I[j + e.J_WHERE] = e.UNDER_WAY
    level = s.below(s.below(I[e.KEY_MOVE], I[j + e.J_NUMBER]), I[j + e.J_PRODUCT])
    push(I, F, t + s.draw(I, F, I[I[j + e.J_LEG]], s.at(level, visit(I, j))), j, int64(e.MOVED))


@part
def moved(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """A part has come to its next station."""
    target, leg = I[j + e.J_TARGET], I[j + e.J_LEG]
    F[I[target + e.T_SUMS] + w.IN_MOVE] += t - F[j + e.J_SINCE]
    I[I[target + e.T_STATION] + e.RESERVED] -= 1
    F[j + e.J_SINCE] = t
    enter_queue(I, F, j, t)
    if I[leg + e.L_CREW] != 0:
        give_back(I, F, I[leg + e.L_CREW], int64(1), t)


@part
def take_card(I: Any, F: Any, j: Any, station: Any) -> None:  # noqa: E741
    """Kanban: give back the card of the station behind, take one of the next (0: none)."""
    old = I[j + e.J_CARD]
    if old == station or I[e.KANBAN] == 0:
        return
    if old != 0:
        I[old + e.CARDS_USED] -= 1
        note(I, old)
        if I[old + e.SUPPLIES] == 1:
            I[e.RELEASE_WANTED] = 1
    if station != 0:
        I[station + e.CARDS_USED] += 1
    I[j + e.J_CARD] = station


@part
def enter_queue(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """Take a place in the queue of the target, where the rule puts it; draw the processing time."""
    step = I[j + e.J_TARGET]
    station = I[step + e.T_STATION]
    I[j + e.J_STEP], I[j + e.J_WHERE] = step, e.IN_QUEUE_PLACE
    F[j + e.J_SINCE] = t
    F[j + e.J_WORK] = s.draw(I, F, I[step + e.T_TIME], s.at(I[j + e.J_KEY], visit(I, j)))
    I[I[step + e.T_SUMS] + w.OPERATION_IN] += 1
    I[I[station + e.SUMS] + w.STATION_IN] += 1
    take_card(I, F, j, station)
    rule = I[station + e.RULE]
    I[station + e.QUEUED] += 1
    order = 0.0
    if rule == e.SPT:
        order = F[j + e.J_WORK]
    elif rule == e.EDD:
        order = F[j + e.J_DUE]
    elif rule == e.PRIORITY:
        order = F[I[j + e.J_PRODUCT] + e.P_PRIORITY]
    F[j + e.J_ORDER] = order
    after = I[station + e.QUEUE_END]
    if rule == e.LIFO:
        after = int64(0)
    elif rule == e.SPT or rule == e.EDD or rule == e.PRIORITY:
        while after != 0 and F[after + e.J_ORDER] > order:
            after = I[after + e.J_BEFORE]
    following = I[station + e.QUEUE] if after == 0 else I[after + e.J_NEXT]
    I[j + e.J_BEFORE], I[j + e.J_NEXT] = after, following
    if after == 0:
        I[station + e.QUEUE] = j
    else:
        I[after + e.J_NEXT] = j
    if following == 0:
        I[station + e.QUEUE_END] = j
    else:
        I[following + e.J_BEFORE] = j
    note(I, station)


@part
def unqueue(I: Any, station: Any, j: Any) -> None:  # noqa: E741
    before, following = I[j + e.J_BEFORE], I[j + e.J_NEXT]
    if before == 0:
        I[station + e.QUEUE] = following
    else:
        I[before + e.J_NEXT] = following
    if following == 0:
        I[station + e.QUEUE_END] = before
    else:
        I[following + e.J_BEFORE] = before
    I[station + e.QUEUED] -= 1
    if I[station + e.SUPPLIES] == 1:
        I[e.RELEASE_WANTED] = 1


@part
def attend(I: Any, F: Any, station: Any, t: Any) -> None:  # noqa: E741
    """Load what can be loaded and admit who can be admitted, until neither is possible."""
    while True:
        while I[station + e.IDLE] != 0 and I[station + e.QUEUE] != 0 and I[station + e.CLOSED] == 0:
            if not dispatch(I, F, station, t):
                break
        if I[station + e.WAITERS] == 0 or not has_room(I, station):
            break
        admit(I, F, take(I, station + e.WAITERS), t)


@part
def admit(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """A part that waited for a place may go: its machine, or its place beside, is free again."""
    held = I[j + e.J_MACHINE]
    if I[j + e.J_WHERE] == e.HELD:
        off_machine(I, F, held, j, t)
    elif I[j + e.J_WHERE] == e.BESIDE and held != 0:
        I[j + e.J_MACHINE] = 0
        step_aside(I, F, held, t)
    go(I, F, j, t)


@part
def step_aside(I: Any, F: Any, station: Any, t: Any) -> None:  # noqa: E741
    """A place after a station is free: the part that has been held longest on its machines takes it."""
    longest, held = e.NEVER, int64(0)
    for i in range(I[station + e.MACHINES]):
        m = I[station + e.MACHINES_AT] + i * e.MACHINE
        j = I[m + e.M_PART]
        held_here = I[j + e.J_WHERE] == e.HELD and I[j + e.J_MACHINE] == m and I[m + e.M_COUNT] == 1
        if held_here and F[m + e.M_END] < longest:
            longest, held = F[m + e.M_END], m
    if held == 0:
        I[station + e.AFTER_USED] -= 1
        return
    j = I[held + e.M_PART]
    off_machine(I, F, held, j, t)
    I[j + e.J_WHERE] = e.BESIDE
    I[j + e.J_MACHINE] = station


@part
def ready_machine(I: Any, station: Any) -> Any:  # noqa: E741
    """The machine idle longest that is up. A single machine takes its part even while it is down."""
    m = I[station + e.IDLE]
    if I[station + e.MACHINES] > 1:
        while m != 0 and I[m + e.M_HALT] & e.DOWN_BIT:
            m = I[m]
    return m


@part
def dispatch(I: Any, F: Any, station: Any, t: Any) -> Any:  # noqa: E741
    """Load a machine with what the rule picks; whether anything was loaded."""
    m = ready_machine(I, station)
    if m == 0:
        return False
    j, rule = I[station + e.QUEUE], I[station + e.RULE]
    if rule == e.SETUP_FIRST:
        part = j
        while part != 0 and I[I[part + e.J_STEP] + e.T_FAMILY] != I[m + e.M_FAMILY]:
            part = I[part + e.J_NEXT]
        if part != 0:
            j = part
    elif rule == e.CR:
        least, part = e.NEVER, j
        while part != 0:
            ratio = (F[part + e.J_DUE] - t) / max(1e-12, F[I[part + e.J_STEP] + e.T_TO_COME])
            if ratio < least:
                least, j = ratio, part
            part = I[part + e.J_NEXT]
    if I[station + e.TAKES_ANY] == 1:
        while j != 0 and not has_components(I, j):
            j = I[j + e.J_NEXT]
        if j == 0:
            return False
    if I[station + e.BATCH] == 1:
        I[j] = 0
        unqueue(I, station, j)
        take_idle(I, station, m)
        load(I, F, m, j, int64(1), t)
        return True
    return dispatch_batch(I, F, station, m, j, t)


@part
def take_idle(I: Any, station: Any, m: Any) -> None:  # noqa: E741
    leave(I, station + e.IDLE, m)
    I[station + e.IDLE_COUNT] -= 1


@part
def has_components(I: Any, j: Any) -> Any:  # noqa: E741
    step = I[j + e.J_STEP]
    for i in range(I[step + e.T_TAKE_COUNT]):
        at = I[step + e.T_TAKES] + 2 * i
        if I[I[at] + e.P_STOCK] < I[at + 1]:
            return False
    return True


@part
def alike(I: Any, station: Any, a: Any, b: Any) -> Any:  # noqa: E741
    """Whether two parts may share a run: 0 any, 1 same family, 2 same product at the same step."""
    rule = I[station + e.ALIKE]
    if rule == 0:
        return True
    if rule == 1:
        return I[I[a + e.J_STEP] + e.T_FAMILY] == I[I[b + e.J_STEP] + e.T_FAMILY]
    return I[a + e.J_PRODUCT] == I[b + e.J_PRODUCT]


@part
def dispatch_batch(I: Any, F: Any, station: Any, m: Any, first: Any, t: Any) -> Any:  # noqa: E741
    """A run of parts alike to the picked one; if too few are there and none has waited long enough, nothing."""
    count, part, oldest = int64(0), I[station + e.QUEUE], e.NEVER
    while part != 0 and count < I[station + e.BATCH]:
        if alike(I, station, first, part):
            count += 1
            oldest = min(oldest, F[part + e.J_SINCE])
        part = I[part + e.J_NEXT]
    if count < I[station + e.LEAST]:
        due = oldest + F[station + e.LONGEST_WAIT]
        if due > t:
            if due < e.NEVER and F[station + e.WAIT_EVENT] != due:
                F[station + e.WAIT_EVENT] = due
                push(I, F, due, station, int64(e.WAITED))
            return False
    unqueue(I, station, first)
    last, taken, part = first, int64(1), I[station + e.QUEUE]
    while part != 0 and taken < I[station + e.BATCH]:
        following = I[part + e.J_NEXT]
        if alike(I, station, first, part):
            unqueue(I, station, part)
            I[last] = part
            last = part
            taken += 1
        part = following
    I[last] = 0
    take_idle(I, station, m)
    load(I, F, m, first, taken, t)
    return True


# ---- 7. Into the system and out. -------------------------------------------------------------------------------------


@part
def start_part(I: Any, F: Any, j: Any, p: Any, t: Any) -> None:  # noqa: E741
    """A new part of a product, not yet in."""
    number = I[p + e.P_NUMBER]
    I[p + e.P_NUMBER] = number + 1
    I[j + e.J_PRODUCT], I[j + e.J_NUMBER] = p, number
    I[j + e.J_TARGET], I[j + e.J_STEP], I[j + e.J_LEG] = I[p + e.P_STEP], I[p + e.P_STEP], 0
    I[j + e.J_KEY] = int64(s.below(I[e.KEY_PROCESS], (I[p + e.P_INDEX] << 40) + number))
    F[j + e.J_DUE] = e.NO_DUE
    if I[p + e.P_DUE] > 0:
        F[j + e.J_DUE] = t + s.draw(I, F, I[p + e.P_DUE], s.at(I[p + e.P_KEY_DUE], number))


@part
def stand_outside(I: Any, j: Any) -> None:  # noqa: E741
    I[j + e.J_WHERE] = e.OUTSIDE_PART
    join(I, I[j + e.J_PRODUCT] + e.P_OUT, j)
    I[e.OUTSIDE] += 1
    I[e.RELEASE_WANTED] = 1


@part
def arrive(I: Any, F: Any, p: Any, t: Any) -> None:  # noqa: E741
    """Parts of a product arrive together; who finds no place waits outside or is lost."""
    I[p + e.P_ARRIVED] += 1
    if I[p + e.P_COUNT_LEFT] > 1:
        I[p + e.P_COUNT_LEFT] -= 1
        gap = s.draw(I, F, I[p + e.P_BETWEEN], s.at(I[p + e.P_KEY_ARRIVAL], I[p + e.P_ARRIVED]))
        push(I, F, t + gap, p, int64(e.ARRIVE))
    for _i in range(I[p + e.P_BATCH]):
        may = may_enter(I, p) and I[p + e.P_OUT] == 0 and first_is_open(I, p)
        if not may and I[p + e.P_LOSES] == 1:
            I[I[p + e.P_SUMS] + w.PRODUCT_LOST] += 1
            I[p + e.P_NUMBER] += 1
            continue
        j = new_part(I, F)
        start_part(I, F, j, p, t)
        if may:
            enter(I, F, j, t)
        else:
            stand_outside(I, j)


@part
def first_is_open(I: Any, p: Any) -> Any:  # noqa: E741
    station = I[I[p + e.P_STEP] + e.T_STATION]
    return I[station + e.WAITERS] == 0 and has_room(I, station)


@part
def may_enter(I: Any, p: Any) -> Any:  # noqa: E741
    """Whether the limits on work in process let one more part of a product in."""
    if I[e.WIP] >= I[e.WIP_LIMIT] or I[p + e.P_WIP] >= I[p + e.P_WIP_LIMIT]:
        return False
    return I[p + e.P_STOCK] + I[p + e.P_WIP] - I[p + e.P_BACK_COUNT] < I[p + e.P_BASE]


@part
def enter(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """Into the system: the clock of flow time starts."""
    p = I[j + e.J_PRODUCT]
    F[j + e.J_ENTERED] = t
    I[I[p + e.P_SUMS] + w.PRODUCT_IN] += 1
    count_wip(I, F, p, int64(1), t)
    enter_queue(I, F, j, t)


@part
def release(I: Any, F: Any, t: Any) -> None:  # noqa: E741
    """Let in who waits outside, then what the endless supply may give; one part at a time."""
    I[e.RELEASE_WANTED] = 0
    for i in range(I[w.PRODUCTS]):
        p = I[e.PRODUCT_AT] + i * e.PRODUCT
        while I[p + e.P_OUT] != 0 and may_enter(I, p) and first_is_open(I, p):
            j = take(I, p + e.P_OUT)
            I[e.OUTSIDE] -= 1
            enter(I, F, j, t)
            if I[e.AGENDA_COUNT] > 0:
                I[e.RELEASE_WANTED] = 1
                return
    while I[e.ENDLESS] > 0 and I[e.FREE_COUNT] > I[e.MARGIN]:
        p = next_supplied(I, F)
        station = I[I[p + e.P_STEP] + e.T_STATION]
        limited = I[e.WIP_LIMIT] < e.UNBOUNDED or I[p + e.P_WIP_LIMIT] < e.UNBOUNDED or I[p + e.P_BASE] < e.UNBOUNDED
        free = (
            first_is_open(I, p)
            if limited or I[station + e.CARDS] < e.UNBOUNDED
            else I[station + e.QUEUED] + I[station + e.RESERVED] < I[station + e.IDLE_COUNT]
            and I[station + e.CLOSED] == 0
            and I[station + e.WAITERS] == 0
        )
        if not free or not may_enter(I, p):
            return
        I[e.NEXT_PRODUCT] = 0
        I[e.RELEASED] += 1
        j = new_part(I, F)
        start_part(I, F, j, p, t)
        enter(I, F, j, t)
        I[e.RELEASE_WANTED] = 1
        return
    if I[e.ENDLESS] > 0:
        I[e.RELEASE_WANTED] = 1


@part
def next_supplied(I: Any, F: Any) -> Any:  # noqa: E741
    """The product whose turn it is in the endless supply: by sequence, or by chance in proportion to the shares."""
    if I[e.NEXT_PRODUCT] == 0:
        turn = I[e.RELEASED]
        if I[e.SEQUENCE_LENGTH] > 0:
            I[e.NEXT_PRODUCT] = I[I[e.SEQUENCE_AT] + turn % I[e.SEQUENCE_LENGTH]]
        else:
            pick, shares = int64(0), I[e.SHARES]
            if I[e.ENDLESS] > 1:
                u = s.unit(s.at(I[e.KEY_MIX], turn))
                while pick < I[e.ENDLESS] - 1 and u >= F[shares + 2 * pick + 1]:
                    pick += 1
            I[e.NEXT_PRODUCT] = I[shares + 2 * pick]
    return I[e.NEXT_PRODUCT]


@part
def go_out(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """Leave the system, finished or scrapped."""
    take_card(I, F, j, int64(0))
    count_wip(I, F, I[j + e.J_PRODUCT], int64(-1), t)
    drop_part(I, j)
    I[e.RELEASE_WANTED] = 1


@part
def complete(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """A good part at the end of its route: flow time, due date, stock."""
    p = I[j + e.J_PRODUCT]
    sums = I[p + e.P_SUMS]
    flow = t - F[j + e.J_ENTERED]
    I[w.FINISHED] += 1
    I[sums + w.PRODUCT_OUT] += 1
    F[sums + w.FLOW_SUM] += flow
    F[sums + w.FLOW_SQUARES] += flow * flow
    F[sums + w.FLOW_LEAST] = min(F[sums + w.FLOW_LEAST], flow)
    F[sums + w.FLOW_MOST] = max(F[sums + w.FLOW_MOST], flow)
    if F[j + e.J_DUE] < e.NO_DUE and I[p + e.P_STOCKED] == 0:
        note_lateness(I, F, p, t - F[j + e.J_DUE])
    go_out(I, F, j, t)
    if I[p + e.P_STOCKED] == 1:
        count_stock(I, F, p, int64(1), t)
        sell(I, F, p, t)
        note_takers(I)


@part
def note_lateness(I: Any, F: Any, p: Any, late: Any) -> None:  # noqa: E741
    sums = I[p + e.P_SUMS]
    I[sums + w.ORDERS] += 1
    F[sums + w.LATENESS] += late
    F[sums + w.LATENESS_SQUARES] += late * late
    if late > 0.0:
        I[sums + w.LATE] += 1
        F[sums + w.TARDINESS] += late


@part
def note_takers(I: Any) -> None:  # noqa: E741
    """Stock has come: stations that wait for components look again."""
    for i in range(I[w.STATIONS]):
        station = I[e.STATION_AT] + i * e.STATION
        if I[station + e.TAKES_ANY] == 1:
            note(I, station)


@part
def wake_full_stock(I: Any, p: Any) -> None:  # noqa: E741
    """Stock was taken: parts that wait for a place there go at the end of this moment."""
    if I[p + e.P_WAITERS] != 0:
        I[e.STOCKED] = 1


@part
def fill_stocks(I: Any, F: Any, t: Any) -> None:  # noqa: E741
    I[e.STOCKED] = 0
    for i in range(I[w.PRODUCTS]):
        p = I[e.PRODUCT_AT] + i * e.PRODUCT
        while I[p + e.P_WAITERS] != 0 and I[p + e.P_STOCK] < I[p + e.P_STOCK_LIMIT]:
            admit(I, F, take(I, p + e.P_WAITERS), t)


@part
def customer(I: Any, F: Any, p: Any, t: Any) -> None:  # noqa: E741
    """A customer takes from stock, waits, or goes away."""
    number = I[p + e.P_CUSTOMERS]
    I[p + e.P_CUSTOMERS] = number + 1
    push(I, F, t + s.draw(I, F, I[p + e.P_DEMAND], s.at(I[p + e.P_KEY_CUSTOMER], number + 1)), p, int64(e.CUSTOMER))
    size = I[p + e.P_DEMAND_SIZE]
    sums = I[p + e.P_SUMS]
    I[sums + w.DEMANDED] += size
    due = t
    if I[p + e.P_DEMAND_DUE] > 0:
        due += s.draw(I, F, I[p + e.P_DEMAND_DUE], s.at(I[p + e.P_KEY_PATIENCE], number))
    if I[p + e.P_BACK] == 0 and I[p + e.P_STOCK] >= size:
        count_stock(I, F, p, -size, t)
        I[sums + w.SERVED] += size
        note_lateness(I, F, p, t - due)
        wake_full_stock(I, p)
    elif I[p + e.P_DEMAND_LOSES] == 1:
        I[sums + w.PRODUCT_LOST] += size
    else:
        count_stock(I, F, p, int64(0), t)
        j = new_part(I, F)
        I[j + e.J_KIND], I[j + e.J_WHERE], I[j + e.J_PRODUCT] = e.A_CUSTOMER, e.NOWHERE, p
        F[j + e.J_DUE] = due
        join(I, p + e.P_BACK, j)
        I[p + e.P_BACK_COUNT] += size
        I[sums + w.BACKORDERED] += size
    I[e.RELEASE_WANTED] = 1


@part
def sell(I: Any, F: Any, p: Any, t: Any) -> None:  # noqa: E741
    """Fill backorders from stock, in order."""
    size = I[p + e.P_DEMAND_SIZE]
    while I[p + e.P_BACK] != 0 and I[p + e.P_STOCK] >= size:
        j = take(I, p + e.P_BACK)
        count_stock(I, F, p, -size, t)
        I[p + e.P_BACK_COUNT] -= size
        I[I[p + e.P_SUMS] + w.SERVED] += size
        note_lateness(I, F, p, t - F[j + e.J_DUE])
        drop_part(I, j)


# ---- 8. Shifts. ------------------------------------------------------------------------------------------------------


@part
def toggle(I: Any, F: Any, k: Any, t: Any) -> None:  # noqa: E741
    """A calendar opens or closes: its stations and crews with it."""
    opens = I[k + e.K_OPEN] == 0
    I[k + e.K_OPEN] = 1 if opens else 0
    next_toggle(I, F, k)
    for i in range(I[w.STATIONS]):
        station = I[e.STATION_AT] + i * e.STATION
        if I[station + e.CALENDAR] == k:
            I[station + e.CLOSED] = 0 if opens else 1
            for n in range(I[station + e.MACHINES]):
                m = I[station + e.MACHINES_AT] + n * e.MACHINE
                if opens:
                    resume(I, F, m, int64(e.OFF_BIT), t)
                else:
                    halt(I, F, m, int64(e.OFF_BIT), t)
            note(I, station)
            if I[station + e.SUPPLIES] == 1:
                I[e.RELEASE_WANTED] = 1
    for i in range(I[e.CREW_COUNT]):
        crew = I[e.CREW_AT] + i * (e.CREW_WORDS + 1)
        if I[crew + e.CREW_WORDS] == k:
            I[crew + e.C_CLOSED] = 0 if opens else 1
            serve(I, F, crew, t)


@part
def next_toggle(I: Any, F: Any, k: Any) -> None:  # noqa: E741
    at, times = I[k + e.K_NEXT], I[k + e.K_TIMES]
    push(I, F, I[k + e.K_ROUND] * F[k + e.K_CYCLE] + F[times + at], k, int64(e.OPENS_OR_CLOSES))
    at += 1
    if at == I[k + e.K_COUNT]:
        at = 0
        I[k + e.K_ROUND] += 1
    I[k + e.K_NEXT] = at


# ---- 9. The entry. ---------------------------------------------------------------------------------------------------


@part
def start(I: Any, F: Any) -> None:  # noqa: E741
    """Keys, first failures, first arrivals, first customers, calendars; then what may be released at time 0."""
    seed = I[w.SEED]
    I[e.KEY_PROCESS] = int64(s.first(seed, s.PROCESS))
    I[e.KEY_SETUP] = int64(s.first(seed, s.SETUP))
    I[e.KEY_YIELD] = int64(s.first(seed, s.YIELD))
    I[e.KEY_ROUTE] = int64(s.first(seed, s.ROUTE))
    I[e.KEY_MOVE] = int64(s.first(seed, s.MOVE))
    I[e.KEY_MIX] = int64(s.below(s.first(seed, s.MIX), 0))
    up, down = s.first(seed, s.UP), s.first(seed, s.DOWN)
    for i in range(I[e.MACHINE_COUNT]):
        m = I[e.MACHINE_AT] + i * e.MACHINE
        for n in range(I[m + e.M_FAILURE_COUNT]):
            x = I[m + e.M_FAILURES] + n * e.FAILURE
            I[x + e.X_KEY_UP] = int64(s.below(up, i + (n << 32)))
            I[x + e.X_KEY_DOWN] = int64(s.below(down, i + (n << 32)))
            F[x + e.X_LEFT] = s.draw(I, F, I[x + e.X_UP], s.at(I[x + e.X_KEY_UP], 0))
            if I[x + e.X_BY_CALENDAR] == 1:
                push(I, F, F[x + e.X_LEFT], x, int64(e.FAILS))
    for i in range(I[w.PRODUCTS]):
        p = I[e.PRODUCT_AT] + i * e.PRODUCT
        I[p + e.P_KEY_ARRIVAL] = int64(s.below(s.first(seed, s.ARRIVAL), i))
        I[p + e.P_KEY_DUE] = int64(s.below(s.first(seed, s.DUE), i))
        I[p + e.P_KEY_CUSTOMER] = int64(s.below(s.first(seed, s.CUSTOMER), i))
        I[p + e.P_KEY_PATIENCE] = int64(s.below(s.first(seed, s.PATIENCE), i))
        F[I[p + e.P_SUMS] + w.FLOW_LEAST] = e.NEVER
        if I[p + e.P_BETWEEN] > 0:
            t = F[p + e.P_FIRST]
            if t < 0.0:
                t = s.draw(I, F, I[p + e.P_BETWEEN], s.at(I[p + e.P_KEY_ARRIVAL], 0))
            push(I, F, t, p, int64(e.ARRIVE))
        if I[p + e.P_DEMAND] > 0:
            push(I, F, s.draw(I, F, I[p + e.P_DEMAND], s.at(I[p + e.P_KEY_CUSTOMER], 0)), p, int64(e.CUSTOMER))
    for i in range(I[e.CALENDAR_COUNT]):
        next_toggle(I, F, I[e.CALENDAR_AT] + i * e.CALENDAR_WORDS)
    I[e.RELEASE_WANTED] = 1


@part
def settle(I: Any, F: Any, t: Any) -> None:  # noqa: E741
    """All that happens at this moment because of what has happened."""
    n = I[w.STATIONS]
    while True:
        while I[e.AGENDA_COUNT] > 0:
            at = I[e.AGENDA_FROM]
            station = I[I[e.AGENDA] + at]
            I[e.AGENDA_FROM] = 0 if at + 1 == n else at + 1
            I[e.AGENDA_COUNT] -= 1
            I[station + e.ON_AGENDA] = 0
            attend(I, F, station, t)
        if I[e.STOCKED] == 1:
            fill_stocks(I, F, t)
        elif I[e.RELEASE_WANTED] == 1 and (I[e.ENDLESS] > 0 or I[e.OUTSIDE] > 0):
            release(I, F, t)
            if I[e.AGENDA_COUNT] == 0:
                return
        else:
            I[e.RELEASE_WANTED] = 0
            return


@part
def is_locked(I: Any) -> Any:  # noqa: E741
    """Whether stations block each other for good: all machines of each hold parts for another of them.

    From all stations whose machines are all blocked, those are taken off that have a part for a station that is not
    among them, until none is left or nothing changes. NUMBER marks them above its bit 32.
    """
    marked = int64(0)
    for i in range(I[w.STATIONS]):
        station = I[e.STATION_AT] + i * e.STATION
        stuck = True
        for n in range(I[station + e.MACHINES]):
            if I[I[station + e.MACHINES_AT] + n * e.MACHINE + e.M_PHASE] != e.BLOCKED_PHASE:
                stuck = False
        I[station + e.NUMBER] = (I[station + e.NUMBER] & 0xFFFFFFFF) | (1 << 32 if stuck else 0)
        marked += 1 if stuck else 0
    changed: Any = marked > 0
    while changed:
        changed = False
        for i in range(I[w.STATIONS]):
            station = I[e.STATION_AT] + i * e.STATION
            if I[station + e.NUMBER] >> 32 and can_move(I, station):
                I[station + e.NUMBER] &= 0xFFFFFFFF
                marked -= 1
                changed = True
    return marked > 0


@part
def can_move(I: Any, station: Any) -> Any:  # noqa: E741
    """Whether a blocked station may get rid of a part one day."""
    for n in range(I[station + e.MACHINES]):
        m = I[station + e.MACHINES_AT] + n * e.MACHINE
        j = I[m + e.M_PART]
        if I[j + e.J_WHERE] != e.HELD or I[j + e.J_MACHINE] != m:
            return True
        target = I[j + e.J_TARGET]
        if target == 0 or I[I[target + e.T_STATION] + e.NUMBER] >> 32 == 0:
            return True
    return False


@part
def step(until: Any, parts: Any, I: Any, F: Any) -> Any:  # noqa: E741
    """Carry out every event up to ``until``, or until ``parts`` parts are finished."""
    if I[e.LOCKED] == 1:
        return w.STUCK
    settle(I, F, F[w.NOW])
    machines = 2 * I[e.MACHINE_COUNT] + I[w.PRODUCTS] + I[w.STATIONS] + I[e.CALENDAR_COUNT] + 16
    while I[w.FINISHED] < parts:
        close_hole(I, F)
        if I[e.FREE_COUNT] <= I[e.MARGIN] or I[e.HEAP_USED] + machines + I[e.MOVES] > I[e.HEAP_SIZE]:
            return w.GROW
        if I[w.TRACE_SIZE] > 0 and I[w.TRACE_USED] + machines + I[e.MARGIN] > I[w.TRACE_SIZE]:
            return w.TRACE_FULL
        heap = I[e.HEAP]
        if I[e.HEAP_USED] == 0 or F[heap] > until:
            if I[e.HEAP_USED] == 0 and (I[e.WIP] > 0 or until >= e.NEVER):
                I[e.LOCKED] = 1
                return w.STUCK
            F[w.NOW] = until
            return w.DONE
        t, key = F[heap], I[heap + 1]
        I[e.HOLE] = 1
        kind, record = key & 15, (key & 0xFFFFFFFF) >> 4
        if kind == e.FINISHED_WORK:
            if I[record + e.M_EVENT] != key:
                continue
            F[w.NOW] = t
            machine_event(I, F, record, t)
        else:
            F[w.NOW] = t
            if kind == e.ARRIVE:
                arrive(I, F, record, t)
            elif kind == e.REPAIRED:
                repaired(I, F, record, t)
            elif kind == e.MOVED:
                moved(I, F, record, t)
            elif kind == e.FAILS:
                if I[I[record + e.X_MACHINE] + e.M_PHASE] == e.IN_SETUP_PHASE:
                    I[record + e.X_WAITS] = 1
                else:
                    stop(I, F, record, t)
            elif kind == e.OPENS_OR_CLOSES:
                toggle(I, F, record, t)
            elif kind == e.WAITED:
                F[record + e.WAIT_EVENT] = 0.0
                note(I, record)
            else:
                customer(I, F, record, t)
        I[w.EVENTS] += 1
        settle(I, F, t)
        if I[e.BLOCKED_NEW] == 1:
            I[e.BLOCKED_NEW] = 0
            if is_locked(I):
                I[e.LOCKED] = 1
                return w.STUCK
    return w.DONE


@part
def measure(I: Any, F: Any) -> None:  # noqa: E741
    """Copy the sums to the rows of measures and add what is under way; the state stays as it is."""
    t = F[w.NOW]
    for i in range(I[w.STATIONS] * w.STATION_ROW):
        I[I[w.STATION_ROWS] + i] = I[I[e.STATION_SUMS] + i]
    for i in range(I[w.OPERATIONS] * w.OPERATION_ROW):
        I[I[w.OPERATION_ROWS] + i] = I[I[e.STEP_SUMS] + i]
    for i in range(I[w.PRODUCTS] * w.PRODUCT_ROW):
        I[I[w.PRODUCT_ROWS] + i] = I[I[e.PRODUCT_SUMS] + i]
    for i in range(I[e.MACHINE_COUNT]):
        m = I[e.MACHINE_AT] + i * e.MACHINE
        row = I[m + e.M_SUMS] - I[e.STATION_SUMS] + I[w.STATION_ROWS]
        if I[m + e.M_MERGED] == 1 and I[m + e.M_STATE] == w.SET_UP and t > F[m + e.M_BEGAN]:
            F[row + w.SET_UP] += F[m + e.M_BEGAN] - F[m + e.M_SINCE]
            F[row + w.BUSY] += t - F[m + e.M_BEGAN]
        else:
            F[row + I[m + e.M_STATE]] += t - F[m + e.M_SINCE]
    for i in range(I[w.PRODUCTS]):
        p = I[e.PRODUCT_AT] + i * e.PRODUCT
        row = I[w.PRODUCT_ROWS] + i * w.PRODUCT_ROW
        F[row + w.WIP_TIME] += I[p + e.P_WIP] * (t - F[p + e.P_CHANGED])
        I[row + w.WIP_NOW] = I[p + e.P_WIP]
        F[row + w.STOCK_TIME] += I[p + e.P_STOCK] * (t - F[p + e.P_BACK_CHANGED])
        F[row + w.BACKORDER_TIME] += I[p + e.P_BACK_COUNT] * (t - F[p + e.P_BACK_CHANGED])
    shift = I[w.OPERATION_ROWS] - I[e.STEP_SUMS]
    for c in range(I[e.CHUNKS]):
        for i in range(I[e.CHUNK_TABLE + 2 * c + 1]):
            measure_part(I, F, I[e.CHUNK_TABLE + 2 * c] + i * e.PART, shift, t)


@part
def measure_part(I: Any, F: Any, j: Any, shift: Any, t: Any) -> None:  # noqa: E741
    """Add the time of a part where it is."""
    where = I[j + e.J_WHERE]
    if where == e.NOWHERE or where == e.OUTSIDE_PART:
        return
    row = I[I[j + e.J_STEP] + e.T_SUMS] + shift
    spent = t - F[j + e.J_SINCE]
    if where == e.IN_QUEUE_PLACE:
        F[row + w.IN_QUEUE] += spent
    elif where == e.UNDER_WAY or where == e.ASKS_CARRIER:
        F[I[I[j + e.J_TARGET] + e.T_SUMS] + shift + w.IN_MOVE] += spent
    elif where == e.HELD or where == e.BESIDE:
        F[row + w.IN_BLOCK] += spent
    else:
        m = I[j + e.J_MACHINE]
        left = F[m + e.M_LEFT]
        phase = I[m + e.M_PHASE]
        if I[m + e.M_HALT] == 0 and (phase == e.IN_SETUP_PHASE or phase == e.PROCESS_PHASE):
            left -= max(0.0, t - F[m + e.M_BEGAN])
        setup, process = 0.0, F[m + e.M_WORKED]
        if phase == e.IN_SETUP_PHASE:
            setup = F[m + e.M_SETUP] - left
        elif phase == e.ASKS_PROCESS or phase == e.PROCESS_PHASE:
            setup = F[m + e.M_SETUP]
            if I[m + e.M_MERGED] == 1:
                setup = setup - max(0.0, F[m + e.M_BEGAN] - t) if phase == e.PROCESS_PHASE else 0.0
        if phase == e.PROCESS_PHASE:
            process += F[m + e.M_WORK] - left
        F[row + w.IN_SETUP] += setup
        F[row + w.IN_PROCESS] += process
        F[row + w.IN_STOP] += spent - setup - process


@part
def events(what: Any, until: Any, parts: Any, I: Any, F: Any) -> Any:  # noqa: E741
    """The one entry: ``what`` is 0 to start, 1 to step, 2 to measure. Returns a status of ``words``."""
    if what == 0:
        start(I, F)
    elif what == 1:
        return step(until, parts, I, F)
    else:
        measure(I, F)
    return w.DONE
