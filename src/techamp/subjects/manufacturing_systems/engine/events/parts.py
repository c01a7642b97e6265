"""Parts from a free record to their first key, and the cards of kanban that they hold."""

from __future__ import annotations

from typing import Any

from numpy import int64

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import streams as s
from techamp.subjects.manufacturing_systems.engine.events.lines import join, note, take


@part
def new_part(I: Any, F: Any) -> Any:  # noqa: E741
    j = take(I, int64(e.FREE))
    I[e.FREE_COUNT] -= 1
    I[j + e.J_KIND] = e.A_PART
    I[j + e.J_PASS] = 0
    I[j + e.J_CARD] = 0
    I[j + e.J_MACHINE] = 0
    return j


@part
def drop_part(I: Any, j: Any) -> None:  # noqa: E741
    I[j] = I[e.FREE]
    I[e.FREE] = j
    I[j + e.J_WHERE] = e.NOWHERE
    I[e.FREE_COUNT] += 1


@part
def start_part(I: Any, F: Any, j: Any, p: Any, t: Any) -> None:  # noqa: E741
    """A new part of a product, not yet in."""
    number = I[p + e.P_NUMBER]
    I[p + e.P_NUMBER] = number + 1
    I[j + e.J_PRODUCT], I[j + e.J_NUMBER] = p, number
    I[j + e.J_TARGET], I[j + e.J_STEP], I[j + e.J_LEG] = I[p + e.P_STEP], I[p + e.P_STEP], 0
    I[j + e.J_KEY] = int64(s.below(I[e.KEY_PROCESS], (I[p + e.P_INDEX] << 40) + number))
    F[j + e.J_DUE] = e.NO_DUE
    if I[p + e.P_DUE] > 0:
        F[j + e.J_DUE] = t + s.draw(I, F, I[p + e.P_DUE], s.at(I[p + e.P_KEY_DUE], number))


@part
def stand_outside(I: Any, j: Any) -> None:  # noqa: E741
    I[j + e.J_WHERE] = e.OUTSIDE_PART
    join(I, I[j + e.J_PRODUCT] + e.P_OUT, j)
    I[e.OUTSIDE] += 1
    I[e.RELEASE_WANTED] = 1


@part
def take_card(I: Any, F: Any, j: Any, station: Any) -> None:  # noqa: E741
    """Kanban: give back the card of the station behind, take one of the next (0: none)."""
    old = I[j + e.J_CARD]
    if old == station or I[e.KANBAN] == 0:
        return
    if old != 0:
        I[old + e.CARDS_USED] -= 1
        note(I, old)
        if I[old + e.SUPPLIES] == 1:
            I[e.RELEASE_WANTED] = 1
    if station != 0:
        I[station + e.CARDS_USED] += 1
    I[j + e.J_CARD] = station
