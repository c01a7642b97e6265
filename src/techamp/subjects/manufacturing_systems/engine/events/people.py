"""Crews: asked for, waited for, given back."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine.events.lines import join, take
from techamp.subjects.manufacturing_systems.engine.events.work import begin_repair, go_on, set_off


@part
def ask(I: Any, crew: Any, record: Any, people: Any) -> Any:  # noqa: E741
    """Whether so many people are there at once; else the record stands in line for them."""
    if I[crew + e.C_LINE] == 0 and I[crew + e.C_FREE] >= people and I[crew + e.C_CLOSED] == 0:
        I[crew + e.C_FREE] -= people
        return True
    join(I, crew + e.C_LINE, record)
    return False


@part
def give_back(I: Any, F: Any, crew: Any, people: Any, t: Any) -> None:  # noqa: E741
    I[crew + e.C_FREE] += people
    serve(I, F, crew, t)


@part
def serve(I: Any, F: Any, crew: Any, t: Any) -> None:  # noqa: E741
    """Send people to those who wait for them, in order."""
    while I[crew + e.C_LINE] != 0 and I[crew + e.C_CLOSED] == 0:
        record = I[crew + e.C_LINE]
        kind = I[record + e.KIND]
        people = int64(1)
        if kind == e.A_MACHINE:
            people = I[record + e.M_NEEDS]
        elif kind == e.A_FAILURE:
            people = I[record + e.X_PEOPLE]
        if I[crew + e.C_FREE] < people:
            return
        I[crew + e.C_FREE] -= people
        take(I, crew + e.C_LINE)
        if kind == e.A_MACHINE:
            I[record + e.M_HOLDS] = people
            I[record + e.M_ASKS] = 2  # has them, goes on at the next turn of the agenda
            go_on(I, F, record, t)
        elif kind == e.A_FAILURE:
            begin_repair(I, F, record, t)
        else:
            set_off(I, F, record, t)
