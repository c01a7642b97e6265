"""From the end of work to the next place: yield, rework, what comes out besides, the way on, move batches."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.finishing import go_out
from techamp.subjects.manufacturing_systems.engine.events.lines import join, note, take
from techamp.subjects.manufacturing_systems.engine.events.parts import new_part, stand_outside, start_part
from techamp.subjects.manufacturing_systems.engine.events.places import go, may_go, wait_for_place
from techamp.subjects.manufacturing_systems.engine.events.sums import show, trace, visit


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
def fill_stocks(I: Any, F: Any, t: Any) -> None:  # noqa: E741
    I[e.STOCKED] = 0
    for i in range(I[w.PRODUCTS]):
        p = I[e.PRODUCT_AT] + i * e.PRODUCT
        while I[p + e.P_WAITERS] != 0 and I[p + e.P_STOCK] < I[p + e.P_STOCK_LIMIT]:
            admit(I, F, take(I, p + e.P_WAITERS), t)
