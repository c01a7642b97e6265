"""Deadlock: stations that block each other for good."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import words as w


@part
def is_locked(I: Any) -> Any:  # noqa: E741
    """Whether stations block each other for good: all machines of each hold parts for another of them.

    From all stations whose machines are all blocked, those are taken off that have a part for a station that is not
    among them, until none is left or nothing changes. NUMBER marks them above its bit 32.
    """
    marked = int64(0)
    for i in range(I[w.STATIONS]):
        station = I[e.STATION_AT] + i * e.STATION
        stuck = True
        for n in range(I[station + e.MACHINES]):
            if I[I[station + e.MACHINES_AT] + n * e.MACHINE + e.M_PHASE] != e.BLOCKED_PHASE:
                stuck = False
        I[station + e.NUMBER] = (I[station + e.NUMBER] & 0xFFFFFFFF) | (1 << 32 if stuck else 0)
        marked += 1 if stuck else 0
    changed: Any = marked > 0
    while changed:
        changed = False
        for i in range(I[w.STATIONS]):
            station = I[e.STATION_AT] + i * e.STATION
            if I[station + e.NUMBER] >> 32 and can_move(I, station):
                I[station + e.NUMBER] &= 0xFFFFFFFF
                marked -= 1
                changed = True
    return marked > 0


@part
def can_move(I: Any, station: Any) -> Any:  # noqa: E741
    """Whether a blocked station may get rid of a part one day."""
    for n in range(I[station + e.MACHINES]):
        m = I[station + e.MACHINES_AT] + n * e.MACHINE
        j = I[m + e.M_PART]
        if I[j + e.J_WHERE] != e.HELD or I[j + e.J_MACHINE] != m:
            return True
        target = I[j + e.J_TARGET]
        if target == 0 or I[I[target + e.T_STATION] + e.NUMBER] >> 32 == 0:
            return True
    return False
