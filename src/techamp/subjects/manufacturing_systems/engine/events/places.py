"""Places before stations: whether there is one, who waits for it, how a part moves there and where it stands."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.finishing import complete
from techamp.subjects.manufacturing_systems.engine.events.lines import join, note
from techamp.subjects.manufacturing_systems.engine.events.parts import take_card
from techamp.subjects.manufacturing_systems.engine.events.people import ask, give_back
from techamp.subjects.manufacturing_systems.engine.events.sums import visit
from techamp.subjects.manufacturing_systems.engine.events.work import set_off


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
