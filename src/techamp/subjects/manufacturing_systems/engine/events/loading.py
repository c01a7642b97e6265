"""Onto a machine: components, people, setup, work."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.events.finishing import wake_full_stock
from techamp.subjects.manufacturing_systems.engine.events.people import ask
from techamp.subjects.manufacturing_systems.engine.events.sums import count_stock, show, visit
from techamp.subjects.manufacturing_systems.engine.events.work import go_on


@part
def load(I: Any, F: Any, m: Any, j: Any, count: Any, t: Any) -> None:  # noqa: E741
    """Begin with a part (the first of a batch): components, people, setup, work."""
    station, step = I[m + e.M_STATION], I[j + e.J_STEP]
    I[m + e.M_PART], I[m + e.M_COUNT] = j, count
    F[m + e.M_LOADED], F[m + e.M_WORK], F[m + e.M_SETUP] = t, F[j + e.J_WORK], 0.0
    F[m + e.M_WORKED] = 0.0
    part, idle = j, F[m + e.M_SINCE]
    for _i in range(count):
        sums, since = I[I[part + e.J_STEP] + e.T_SUMS], F[part + e.J_SINCE]
        matched = t - (idle if idle > since else since)
        F[sums + w.IN_MATCH] += matched
        F[sums + w.IN_QUEUE] += (t - since) - matched
        I[part + e.J_WHERE], I[part + e.J_MACHINE] = e.ON_MACHINE, m
        F[part + e.J_CAME] = since
        F[part + e.J_SINCE] = t
        part = I[part]
    for i in range(I[step + e.T_TAKE_COUNT]):
        product = I[I[step + e.T_TAKES] + 2 * i]
        count_stock(I, F, product, -I[I[step + e.T_TAKES] + 2 * i + 1] * count, t)
        I[e.RELEASE_WANTED] = 1
        wake_full_stock(I, product)
    family = I[step + e.T_FAMILY]
    setup = int64(-1)
    if I[station + e.SETUPS] != 0 and I[m + e.M_FAMILY] >= 0:
        setup = I[I[station + e.SETUPS] + I[m + e.M_FAMILY] * I[station + e.FAMILIES] + family]
    I[m + e.M_FAMILY] = family
    if setup > 0:
        level = s.below(s.below(I[e.KEY_SETUP], I[j + e.J_NUMBER]), I[j + e.J_PRODUCT])
        F[m + e.M_SETUP] = s.draw(I, F, setup, s.at(level, visit(I, j)))
        I[I[m + e.M_SUMS] + w.STATION_SETUPS] += 1
        merged = I[station + e.MERGES]  # one event for setup and work where nothing can come between
        I[m + e.M_MERGED] = merged
        begin(I, F, m, int64(e.ASKS_PROCESS) if merged == 1 else int64(e.ASKS_SETUP), I[station + e.ATTEND_SETUP], t)
    else:
        begin(I, F, m, int64(e.ASKS_PROCESS), I[station + e.ATTEND_PROCESS], t)


@part
def begin(I: Any, F: Any, m: Any, phase: Any, attended: Any, t: Any) -> None:  # noqa: E741
    """Setup or processing, once its people are there."""
    I[m + e.M_PHASE] = phase
    station = I[m + e.M_STATION]
    crew = I[station + e.CREW]
    if attended == 1 and I[m + e.M_HOLDS] == 0:
        if not ask(I, crew, m, I[m + e.M_NEEDS]):
            I[m + e.M_ASKS] = 1
            show(I, F, m, t)
            return
        I[m + e.M_HOLDS] = I[m + e.M_NEEDS]
    go_on(I, F, m, t)
