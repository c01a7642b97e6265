"""The measures of a moment: whole sums, less what lies beyond it, and what waits."""

from __future__ import annotations

from typing import Any

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine.line.clocks import (
    beyond,
    overlap,
    record,
    struck,
    time_down,
    time_up,
)
from techamp.subjects.manufacturing_systems.engine.line_words import (
    ARRIVALS,
    BEGUN,
    BY_CALENDAR,
    CLOCK,
    ENDLESS,
    FAILURES,
    FINISH,
    FLOW_SQUARE,
    FLOW_TOTAL,
    HIT,
    KEY_ARRIVAL,
    LAST,
    LAST_ARRIVAL,
    LAST_FLOW,
    LEAST,
    MASK,
    MOST,
    RECORD,
    RING,
    SUM_BLOCKED,
    SUM_DOWN,
    SUM_HELD_DOWN,
    SUM_IDLE_DOWN,
    SUM_QUEUE,
    SUM_STARVED,
)
from techamp.subjects.manufacturing_systems.engine.streams import at, draw
from techamp.subjects.manufacturing_systems.engine.words import (
    BLOCKED,
    BUSY,
    DOWN_TIME,
    FINISHED,
    FLOW_LEAST,
    FLOW_MOST,
    FLOW_SQUARES,
    FLOW_SUM,
    IN_BLOCK,
    IN_PROCESS,
    IN_QUEUE,
    IN_STOP,
    NOW,
    OPERATION_IN,
    OPERATION_OUT,
    OPERATION_ROW,
    OPERATION_ROWS,
    PRODUCT_IN,
    PRODUCT_OUT,
    PRODUCT_ROWS,
    STARVED,
    STATION_FAILURES,
    STATION_IN,
    STATION_OUT,
    STATION_ROW,
    STATION_ROWS,
    STATIONS,
    WIP_NOW,
    WIP_TIME,
)


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
