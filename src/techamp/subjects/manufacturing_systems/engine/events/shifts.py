"""Calendars that open and close stations and crews."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.heap import push
from techamp.subjects.manufacturing_systems.engine.events.lines import note
from techamp.subjects.manufacturing_systems.engine.events.people import serve
from techamp.subjects.manufacturing_systems.engine.events.work import halt, resume


@part
def toggle(I: Any, F: Any, k: Any, t: Any) -> None:  # noqa: E741
    """A calendar opens or closes: its stations and crews with it."""
    opens = I[k + e.K_OPEN] == 0
    I[k + e.K_OPEN] = 1 if opens else 0
    next_toggle(I, F, k)
    for i in range(I[w.STATIONS]):
        station = I[e.STATION_AT] + i * e.STATION
        if I[station + e.CALENDAR] == k:
            I[station + e.CLOSED] = 0 if opens else 1
            for n in range(I[station + e.MACHINES]):
                m = I[station + e.MACHINES_AT] + n * e.MACHINE
                if opens:
                    resume(I, F, m, int64(e.OFF_BIT), t)
                else:
                    halt(I, F, m, int64(e.OFF_BIT), t)
            note(I, station)
            if I[station + e.SUPPLIES] == 1:
                I[e.RELEASE_WANTED] = 1
    for i in range(I[e.CREW_COUNT]):
        crew = I[e.CREW_AT] + i * (e.CREW_WORDS + 1)
        if I[crew + e.CREW_WORDS] == k:
            I[crew + e.C_CLOSED] = 0 if opens else 1
            serve(I, F, crew, t)


@part
def next_toggle(I: Any, F: Any, k: Any) -> None:  # noqa: E741
    at, times = I[k + e.K_NEXT], I[k + e.K_TIMES]
    push(I, F, I[k + e.K_ROUND] * F[k + e.K_CYCLE] + F[times + at], k, int64(e.OPENS_OR_CLOSES))
    at += 1
    if at == I[k + e.K_COUNT]:
        at = 0
        I[k + e.K_ROUND] += 1
    I[k + e.K_NEXT] = at
