"""Into the system: arrivals, limits on work in process, endless supply."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.heap import push
from techamp.subjects.manufacturing_systems.engine.events.lines import take
from techamp.subjects.manufacturing_systems.engine.events.parts import new_part, stand_outside, start_part
from techamp.subjects.manufacturing_systems.engine.events.places import enter_queue, has_room
from techamp.subjects.manufacturing_systems.engine.events.sums import count_wip


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
