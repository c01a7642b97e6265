"""Failures: a clock that runs out stops its machine; the repair needs its people, then the clock starts anew."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.heap import push
from techamp.subjects.manufacturing_systems.engine.events.people import ask, give_back
from techamp.subjects.manufacturing_systems.engine.events.sums import trace
from techamp.subjects.manufacturing_systems.engine.events.work import begin_repair, halt, resume


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
def late_stops(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """A calendar failure does not stop a setup; it strikes when the setup is done."""
    for i in range(I[m + e.M_FAILURE_COUNT]):
        x = I[m + e.M_FAILURES] + i * e.FAILURE
        if I[x + e.X_WAITS] == 1 and I[m + e.M_HALT] & e.DOWN_BIT == 0:
            stop(I, F, x, t)
