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
from techamp.subjects.manufacturing_systems.engine.events.dispatching import attend
from techamp.subjects.manufacturing_systems.engine.events.failures import repaired, stop
from techamp.subjects.manufacturing_systems.engine.events.finishing import customer
from techamp.subjects.manufacturing_systems.engine.events.heap import close_hole, push
from techamp.subjects.manufacturing_systems.engine.events.leaving import fill_stocks
from techamp.subjects.manufacturing_systems.engine.events.lines import note
from techamp.subjects.manufacturing_systems.engine.events.locking import is_locked
from techamp.subjects.manufacturing_systems.engine.events.machines import machine_event
from techamp.subjects.manufacturing_systems.engine.events.measuring import measure
from techamp.subjects.manufacturing_systems.engine.events.places import moved
from techamp.subjects.manufacturing_systems.engine.events.release import arrive, release
from techamp.subjects.manufacturing_systems.engine.events.shifts import next_toggle, toggle


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
def events(what: Any, until: Any, parts: Any, I: Any, F: Any) -> Any:  # noqa: E741
    """The one entry: ``what`` is 0 to start, 1 to step, 2 to measure. Returns a status of ``words``."""
    if what == 0:
        start(I, F)
    elif what == 1:
        return step(until, parts, I, F)
    else:
        measure(I, F)
    return w.DONE
