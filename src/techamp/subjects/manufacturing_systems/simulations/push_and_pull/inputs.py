"""What the player of push and pull sets, and the line itself."""

from __future__ import annotations

from dataclasses import dataclass

from techamp.contract import Inputs, choice, quantity

METHODS = {
    "push": "Push: a plan releases work, whatever is in the line",
    "kanban": "Pull: cards at each station (kanban)",
    "conwip": "Pull: one cap for the whole line (CONWIP)",
}
LUMPS = {"one": "One part after the other", "hour": "An hour’s work at once", "shift": "A shift’s work at once"}
SHIFT = 7.5
"""Hours of production time in a shift of the model plant."""
TAKT_RATE = 15.0
"""Parts per hour that customers want."""


@dataclass(frozen=True)
class LineStation:
    """One station of the model plant: minutes for a part, machines in parallel, mean times to failure and to repair."""

    name: str
    minutes: float
    machines: int
    mttf: float
    mttr: float


STATIONS = (
    LineStation("Lathe", 3.2, 1, 600.0, 30.0),
    LineStation("Press", 2.2, 1, 900.0, 15.0),
    LineStation("Cell", 3.3, 1, 450.0, 12.0),
    LineStation("Motor", 9.6, 3, 5000.0, 10.0),
    LineStation("Test", 6.0, 2, 1500.0, 20.0),
    LineStation("Pack", 2.6, 1, 4000.0, 10.0),
)


class PushAndPullInputs(Inputs):
    """How work is released, and how much the line varies."""

    method: str = choice("push", METHODS, label="What lets work in")
    rate: float = quantity(
        15.0,
        "parts/h",
        range=(8.0, 20.0),
        step=0.5,
        label="Planned release",
        help="The plan releases so many, whether they are done or not.",
        when=("method", ("push",)),
    )
    lumps: str = choice("one", LUMPS, label="How the plan releases them", when=("method", ("push",)))
    cards: int = quantity(
        4,
        "cards",
        range=(0, 30),
        label="Spare cards at each station",
        help="Besides one for each of its machines. A part needs a card of a station to be there.",
        when=("method", ("kanban",)),
    )
    wip: int = quantity(
        20,
        "parts",
        range=(1, 150),
        label="Most parts in the line",
        help="A new part is let in when one leaves.",
        when=("method", ("conwip",)),
    )
    cv: float = quantity(
        0.5,
        "",
        range=(0.0, 1.5),
        step=0.25,
        label="Variation of the times (cv)",
        help="Standard deviation divided by the mean, at every station.",
    )
    repair: int = quantity(
        100,
        "%",
        range=(0, 300),
        step=25,
        label="Repair times",
        help="Of what they are today. 0 %: nothing ever stops.",
    )
    hours: int = quantity(200, "h", range=(100, 1000), step=50, label="Hours counted", help="After 40 h to settle.")


def own_rates(inputs: PushAndPullInputs) -> tuple[float, ...]:
    """Parts per hour that each station could make if it never waited, stops counted."""
    return tuple(
        60.0 * one.machines / one.minutes * one.mttf / (one.mttf + one.mttr * inputs.repair / 100.0) for one in STATIONS
    )
