"""Work on a machine as its clock runs: begun, halted, gone on with. Every wait for people ends here."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine.events.heap import push
from techamp.subjects.manufacturing_systems.engine.events.lines import note
from techamp.subjects.manufacturing_systems.engine.events.sums import show, visit


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
def begin_repair(I: Any, F: Any, x: Any, t: Any) -> None:  # noqa: E741
    waited = I[x + e.X_WAITS] == 2
    I[x + e.X_WAITS] = 3
    if waited:
        show(I, F, I[x + e.X_MACHINE], t)
    r = s.draw(I, F, I[x + e.X_DOWN], s.at(I[x + e.X_KEY_DOWN], I[x + e.X_COUNT]))
    push(I, F, t + r, x, int64(e.REPAIRED))


@part
def set_off(I: Any, F: Any, j: Any, t: Any) -> None:  # noqa: E741
    """A part is under way."""
    I[j + e.J_WHERE] = e.UNDER_WAY
    level = s.below(s.below(I[e.KEY_MOVE], I[j + e.J_NUMBER]), I[j + e.J_PRODUCT])
    push(I, F, t + s.draw(I, F, I[I[j + e.J_LEG]], s.at(level, visit(I, j))), j, int64(e.MOVED))
