"""Out of the system: finished or scrapped, into stock, to customers, owed to them."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.heap import push
from techamp.subjects.manufacturing_systems.engine.events.lines import join, note, take
from techamp.subjects.manufacturing_systems.engine.events.parts import drop_part, new_part, take_card
from techamp.subjects.manufacturing_systems.engine.events.sums import count_stock, count_wip, note_lateness


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
