"""What a station does when something has changed: load what the rule picks, alone or as a batch; admit who waits."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine.events.heap import push
from techamp.subjects.manufacturing_systems.engine.events.leaving import admit
from techamp.subjects.manufacturing_systems.engine.events.lines import leave, take
from techamp.subjects.manufacturing_systems.engine.events.loading import load
from techamp.subjects.manufacturing_systems.engine.events.places import has_room, unqueue


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
