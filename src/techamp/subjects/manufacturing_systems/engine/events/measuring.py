"""The measures of a moment: sums so far, and what is under way."""

from __future__ import annotations

from typing import Any

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import words as w


@part
def measure(I: Any, F: Any) -> None:  # noqa: E741
    """Copy the sums to the rows of measures and add what is under way; the state stays as it is."""
    t = F[w.NOW]
    for i in range(I[w.STATIONS] * w.STATION_ROW):
        I[I[w.STATION_ROWS] + i] = I[I[e.STATION_SUMS] + i]
    for i in range(I[w.OPERATIONS] * w.OPERATION_ROW):
        I[I[w.OPERATION_ROWS] + i] = I[I[e.STEP_SUMS] + i]
    for i in range(I[w.PRODUCTS] * w.PRODUCT_ROW):
        I[I[w.PRODUCT_ROWS] + i] = I[I[e.PRODUCT_SUMS] + i]
    for i in range(I[e.MACHINE_COUNT]):
        m = I[e.MACHINE_AT] + i * e.MACHINE
        row = I[m + e.M_SUMS] - I[e.STATION_SUMS] + I[w.STATION_ROWS]
        if I[m + e.M_MERGED] == 1 and I[m + e.M_STATE] == w.SET_UP and t > F[m + e.M_BEGAN]:
            F[row + w.SET_UP] += F[m + e.M_BEGAN] - F[m + e.M_SINCE]
            F[row + w.BUSY] += t - F[m + e.M_BEGAN]
        else:
            F[row + I[m + e.M_STATE]] += t - F[m + e.M_SINCE]
    for i in range(I[w.PRODUCTS]):
        p = I[e.PRODUCT_AT] + i * e.PRODUCT
        row = I[w.PRODUCT_ROWS] + i * w.PRODUCT_ROW
        F[row + w.WIP_TIME] += I[p + e.P_WIP] * (t - F[p + e.P_CHANGED])
        I[row + w.WIP_NOW] = I[p + e.P_WIP]
        F[row + w.STOCK_TIME] += I[p + e.P_STOCK] * (t - F[p + e.P_BACK_CHANGED])
        F[row + w.BACKORDER_TIME] += I[p + e.P_BACK_COUNT] * (t - F[p + e.P_BACK_CHANGED])
    shift = I[w.OPERATION_ROWS] - I[e.STEP_SUMS]
    for c in range(I[e.CHUNKS]):
        for i in range(I[e.CHUNK_TABLE + 2 * c + 1]):
            measure_part(I, F, I[e.CHUNK_TABLE + 2 * c] + i * e.PART, shift, t)


@part
def measure_part(I: Any, F: Any, j: Any, shift: Any, t: Any) -> None:  # noqa: E741
    """Add the time of a part where it is."""
    where = I[j + e.J_WHERE]
    if where == e.NOWHERE or where == e.OUTSIDE_PART:
        return
    row = I[I[j + e.J_STEP] + e.T_SUMS] + shift
    spent = t - F[j + e.J_SINCE]
    if where == e.IN_QUEUE_PLACE:
        F[row + w.IN_QUEUE] += spent
    elif where == e.UNDER_WAY or where == e.ASKS_CARRIER:
        F[I[I[j + e.J_TARGET] + e.T_SUMS] + shift + w.IN_MOVE] += spent
    elif where == e.HELD or where == e.BESIDE:
        F[row + w.IN_BLOCK] += spent
    else:
        m = I[j + e.J_MACHINE]
        left = F[m + e.M_LEFT]
        phase = I[m + e.M_PHASE]
        if I[m + e.M_HALT] == 0 and (phase == e.IN_SETUP_PHASE or phase == e.PROCESS_PHASE):
            left -= max(0.0, t - F[m + e.M_BEGAN])
        setup, process = 0.0, F[m + e.M_WORKED]
        if phase == e.IN_SETUP_PHASE:
            setup = F[m + e.M_SETUP] - left
        elif phase == e.ASKS_PROCESS or phase == e.PROCESS_PHASE:
            setup = F[m + e.M_SETUP]
            if I[m + e.M_MERGED] == 1:
                setup = setup - max(0.0, F[m + e.M_BEGAN] - t) if phase == e.PROCESS_PHASE else 0.0
        if phase == e.PROCESS_PHASE:
            process += F[m + e.M_WORK] - left
        F[row + w.IN_SETUP] += setup
        F[row + w.IN_PROCESS] += process
        F[row + w.IN_STOP] += spent - setup - process
