"""What the player of lost hours sets: whose log, what counts as a loss, and what is improved."""

from __future__ import annotations

from typing import Any

from techamp.contract import Inputs, choice, quantity
from techamp.subjects.manufacturing_systems.simulations.lost_hours.plan import BY_NAME, GOALS

MACHINES = {"lathe": "Lathe", "press": "Press", "cell": "Robot cell"}
SETUPS = {"loss": "A loss of availability", "planned": "Planned: left out of OEE"}
WAITING = {"loss": "A loss of performance", "outside": "Not the machine’s fault: left out of OEE"}
STANDARDS = {"sheet": "The time on the data sheet", "usual": "The time it usually takes"}


def _goal(name: str) -> Any:
    goal = BY_NAME[name]
    return quantity(
        goal.today, goal.unit, range=(goal.low, goal.high), step=goal.slider, label=goal.label, help=goal.help
    )


class LostHoursInputs(Inputs):
    """Defaults are the cell as it is today, and OEE as it is counted with nothing left out."""

    machine: str = choice("lathe", MACHINES, label="Whose log and OEE")
    lathe_mttr: float = _goal("lathe_mttr")
    lathe_stops: float = _goal("lathe_stops")
    lathe_slow: float = _goal("lathe_slow")
    lathe_setup: float = _goal("lathe_setup")
    lathe_scrap: float = _goal("lathe_scrap")
    press_mttr: float = _goal("press_mttr")
    cell_stops: float = _goal("cell_stops")
    short_stop: float = quantity(
        5.0,
        "min",
        range=(0.0, 60.0),
        step=1.0,
        label="A stop below this is a short stop",
        help="Short stops count as lost performance, longer ones as breakdowns.",
    )
    setups: str = choice("loss", SETUPS, label="A changeover counts as")
    waiting: str = choice("loss", WAITING, label="Waiting for parts or room counts as")
    standard: str = choice("sheet", STANDARDS, label="Full speed is")
    shifts: int = quantity(
        10, "shifts", range=(2, 40), step=2, label="Shifts", help="Of 450 minutes of production; ten are a week."
    )

    @property
    def goals(self) -> dict[str, float]:
        """The cell's numbers by name."""
        return {goal.name: float(getattr(self, goal.name)) for goal in GOALS}
