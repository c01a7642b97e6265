"""What push and pull says: what came out, with how much in the line, where it lay, and what the cap does."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.inputs import (
    STATIONS,
    TAKT_RATE,
    PushAndPullInputs,
    own_rates,
)
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.line_run import cards_of

NEAR = 0.97
"""Planned release over the slowest station's rate from which a plan is said to leave no room. Our choice."""
LUCK = 0.995
"""Share of takt that is taken for takt in one run. Our choice."""


def notes(inputs: PushAndPullInputs, run: Run, found: Mapping[str, float]) -> tuple[str, ...]:
    """The result, how work was let in, where parts lay, Little's law."""
    if not run.finished:
        return ("No part left the line in the counted time.",)
    return (_result(found), _release(inputs, found), _where(run), _takt(found), _little(found))


def _result(found: Mapping[str, float]) -> str:
    return (
        f"{found['throughput']:.2f} parts an hour left the line; {found['wip']:.1f} were in it on average, and a part "
        f"took {found['lead_time']:.2f} h, give or take {found['spread']:.2f}."
    )


def _release(inputs: PushAndPullInputs, found: Mapping[str, float]) -> str:
    slowest = min(own_rates(inputs))
    name = STATIONS[int(np.argmin(own_rates(inputs)))].name
    if inputs.method == "push":
        if inputs.rate > slowest:
            return (
                f"The plan releases {inputs.rate:g} an hour, and the {name.lower()} can make {slowest:.1f}. What is "
                "too much piles up as long as the plan stands, and nothing tells it to stop."
            )
        tight = (
            " That leaves little room: after a stop the pile goes away slowly." if inputs.rate > NEAR * slowest else ""
        )
        return (
            f"The plan releases {inputs.rate:g} an hour, and the slowest station, the {name.lower()}, can make "
            f"{slowest:.1f}.{tight} The plan sets the output; what lies in the line is whatever comes about."
        )
    if inputs.method == "conwip":
        return (
            f"No more than {inputs.wip} parts are let in. The cap sets what lies in the line; the output is what comes "
            f"about: {100 * found['throughput'] / slowest:.0f} % of what the {name.lower()}, the slowest, could make."
        )
    cards = sum(cards_of(inputs, i) for i in range(len(STATIONS)))
    return (
        f"{cards} cards in all, {inputs.cards} spare at each station. A station stops when its cards are used up, and "
        "so, one after the other, do those before it. The line makes "
        f"{100 * found['throughput'] / slowest:.0f} % of what the {name.lower()} could make."
    )


def _where(run: Run) -> str:
    held = at_stations(run)
    most = int(np.argmax(held))
    return (
        f"Most parts lie at the {STATIONS[most].name.lower()}: {held[most]:.1f} on average, on its machines, before "
        "and after them."
    )


def at_stations(run: Run) -> list[float]:
    """Mean number of parts at each station, finished ones that wait to move on counted."""
    return [sum(step.times.values()) / run.duration for step in run.steps]


def _takt(found: Mapping[str, float]) -> str:
    if found["throughput"] >= LUCK * TAKT_RATE:
        return f"Customers want {TAKT_RATE:g} an hour: the line keeps takt."
    return f"Customers want {TAKT_RATE:g} an hour: the line is {TAKT_RATE - found['throughput']:.2f} short."


def _little(found: Mapping[str, float]) -> str:
    return (
        f"Little’s law: {found['throughput']:.2f} an hour × {found['lead_time']:.3f} h = "
        f"{found['throughput'] * found['lead_time']:.1f} parts, and {found['wip']:.1f} were counted."
    )
