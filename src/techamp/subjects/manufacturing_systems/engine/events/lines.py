"""Lines of records, first come first served: ``head`` and ``head + 1`` hold both ends. And the agenda of a moment."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import words as w


@part
def join(I: Any, head: Any, record: Any) -> None:  # noqa: E741
    I[record] = 0
    if I[head] == 0:
        I[head] = record
    else:
        I[I[head + 1]] = record
    I[head + 1] = record


@part
def take(I: Any, head: Any) -> Any:  # noqa: E741
    record = I[head]
    I[head] = I[record]
    return record


@part
def leave(I: Any, head: Any, record: Any) -> Any:  # noqa: E741
    """Take a record out of the middle of a line; whether it was there."""
    before, at = int64(0), I[head]
    while at != 0 and at != record:
        before, at = at, I[at]
    if at == 0:
        return False
    if before == 0:
        I[head] = I[record]
    else:
        I[before] = I[record]
    if I[head + 1] == record:
        I[head + 1] = before
    return True


@part
def note(I: Any, station: Any) -> None:  # noqa: E741
    """Put a station on the agenda of this moment."""
    if I[station + e.ON_AGENDA] == 0:
        I[station + e.ON_AGENDA] = 1
        n = I[w.STATIONS]
        at = I[e.AGENDA_FROM] + I[e.AGENDA_COUNT]
        I[I[e.AGENDA] + (at - n if at >= n else at)] = station
        I[e.AGENDA_COUNT] += 1
