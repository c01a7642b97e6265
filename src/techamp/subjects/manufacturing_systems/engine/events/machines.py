"""The end of a setup or of work, or the failure that comes before."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.failures import late_stops, stop
from techamp.subjects.manufacturing_systems.engine.events.leaving import judged, leave_step
from techamp.subjects.manufacturing_systems.engine.events.loading import begin
from techamp.subjects.manufacturing_systems.engine.events.people import give_back
from techamp.subjects.manufacturing_systems.engine.events.sums import set_state, show, trace, visit
from techamp.subjects.manufacturing_systems.engine.events.work import run, worked


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
