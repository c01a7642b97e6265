"""States and what is summed up: machine time by state, parts in the system, stock, lateness, the trace."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import words as w


@part
def set_state(I: Any, F: Any, m: Any, state: Any, t: Any) -> None:  # noqa: E741
    """Book the time in the old state; begin the new."""
    F[I[m + e.M_SUMS] + I[m + e.M_STATE]] += t - F[m + e.M_SINCE]
    F[m + e.M_SINCE] = t
    I[m + e.M_STATE] = state


@part
def show(I: Any, F: Any, m: Any, t: Any) -> None:  # noqa: E741
    """The state that a machine's phase and halts make."""
    phase = I[m + e.M_PHASE]
    state = int64(w.STARVED)
    if I[m + e.M_HALT] & e.OFF_BIT:
        state = int64(w.OFF_SHIFT)
    elif I[m + e.M_HALT] & e.DOWN_BIT:
        state = int64(w.DOWN_TIME)
        for i in range(I[m + e.M_FAILURE_COUNT]):
            if I[I[m + e.M_FAILURES] + i * e.FAILURE + e.X_WAITS] == 2:
                state = int64(w.WAITING_REPAIR)
    elif phase == e.PROCESS_PHASE:
        state = int64(w.SET_UP) if I[m + e.M_MERGED] == 1 else int64(w.BUSY)
    elif phase == e.IN_SETUP_PHASE:
        state = int64(w.SET_UP)
    elif phase == e.BLOCKED_PHASE:
        state = int64(w.BLOCKED)
    elif phase != e.IDLE_PHASE:
        state = int64(w.WAITING_OPERATOR)
    set_state(I, F, m, state, t)


@part
def count_wip(I: Any, F: Any, p: Any, change: Any, t: Any) -> None:  # noqa: E741
    """Parts of a product in the system, and their integral over time."""
    F[I[p + e.P_SUMS] + w.WIP_TIME] += I[p + e.P_WIP] * (t - F[p + e.P_CHANGED])
    F[p + e.P_CHANGED] = t
    I[p + e.P_WIP] += change
    I[e.WIP] += change


@part
def count_stock(I: Any, F: Any, p: Any, change: Any, t: Any) -> None:  # noqa: E741
    F[I[p + e.P_SUMS] + w.STOCK_TIME] += I[p + e.P_STOCK] * (t - F[p + e.P_BACK_CHANGED])
    F[I[p + e.P_SUMS] + w.BACKORDER_TIME] += I[p + e.P_BACK_COUNT] * (t - F[p + e.P_BACK_CHANGED])
    F[p + e.P_BACK_CHANGED] = t
    I[p + e.P_STOCK] += change


@part
def note_lateness(I: Any, F: Any, p: Any, late: Any) -> None:  # noqa: E741
    sums = I[p + e.P_SUMS]
    I[sums + w.ORDERS] += 1
    F[sums + w.LATENESS] += late
    F[sums + w.LATENESS_SQUARES] += late * late
    if late > 0.0:
        I[sums + w.LATE] += 1
        F[sums + w.TARDINESS] += late


@part
def visit(I: Any, j: Any) -> Any:  # noqa: E741
    """The step of a part's keys: which operation of its route, in which pass."""
    return (I[j + e.J_PASS] << 16) + I[I[j + e.J_STEP] + e.T_INDEX]


@part
def trace(I: Any, F: Any, m: Any, kind: Any, j: Any, step: Any, queued: Any, began: Any, ended: Any, left: Any) -> None:  # noqa: E741
    """One row of the trace."""
    at = I[w.TRACE_AT] + I[w.TRACE_USED] * w.TRACE_ROW
    code = kind + (I[m + e.M_NUMBER] << w.MACHINE_BIT)
    I[at + 1] = -1
    if j > 0:
        code += (I[step + e.T_INDEX] << w.STEP_BIT) + (I[I[j + e.J_PRODUCT] + e.P_INDEX] << w.PRODUCT_BIT)
        I[at + 1] = I[j + e.J_NUMBER]
    I[at] = code
    F[at + 2], F[at + 3], F[at + 4], F[at + 5] = queued, began, ended, left
    I[w.TRACE_USED] += 1
