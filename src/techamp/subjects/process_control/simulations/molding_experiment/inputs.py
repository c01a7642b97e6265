"""What the player plans, and what she sets afterwards."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity
from techamp.subjects.process_control.experiments.run_sheet import Factor

# The levels that the trial compares. The sliders reach a little further.
FACTORS = (
    Factor("Hold pressure", 45.0, 65.0, "MPa"),
    Factor("Hold time", 4.0, 8.0, "s"),
    Factor("Injection speed", 40.0, 80.0, "mm/s"),
    Factor("Cooling time", 14.0, 18.0, "s"),
    Factor(
        "Melt temperature", 205.0, 225.0, "°C"
    ),  # last: slow to change, so a list in standard order changes it least
)
MELT = 4
NAMES = tuple(factor.name for factor in FACTORS)

PLANS = {
    "one_at_a_time": "One factor at a time: 6 runs",
    "quarter": "A quarter of all combinations: 8 runs",
    "half": "Half of all combinations: 16 runs",
    "full": "All combinations: 32 runs",
}


class MoldingInputs(Inputs):
    """The plan, the settings for production, and the press."""

    plan: str = choice("one_at_a_time", PLANS, label="Plan", help="Five settings, each at a low and a high level.")
    shots: int = quantity(
        1,
        "shots",
        range=(1, 8),
        label="Shots measured in each run",
        help="Parts in a row at the same settings. They show the spread from shot to shot.",
    )
    center_points: int = quantity(
        0, "runs", range=(0, 4), label="Center points", help="Runs with every setting in the middle."
    )
    repeats: int = quantity(
        1,
        "days",
        range=(1, 3),
        label="Days: the whole plan once a day",
        help="With two days or more, each day is a block: differences between days do not count as noise.",
    )
    order: str = choice(
        "random",
        {"random": "Random", "standard": "As the plan lists them"},
        label="Order of the runs",
        help="The plan lists them so that the melt temperature, which is slow to change, changes least.",
    )
    choose: str = choice(
        "mine",
        {"mine": "I set the press", "analysis": "Set what the analysis says"},
        label="Who chooses the settings",
        help="For the confirmation and for production.",
    )
    pressure: float = quantity(50.0, "MPa", range=(40.0, 70.0), step=1.0, label="Hold pressure")
    hold: float = quantity(5.0, "s", range=(3.0, 9.0), step=0.5, label="Hold time")
    speed: float = quantity(60.0, "mm/s", range=(30.0, 90.0), step=5.0, label="Injection speed")
    cooling: float = quantity(16.0, "s", range=(12.0, 20.0), step=0.5, label="Cooling time")
    melt: float = quantity(210.0, "°C", range=(200.0, 230.0), step=1.0, label="Melt temperature")
    press: str = choice(
        "this",
        {"this": "This press and mold", "any": "A press and mold that nobody knows yet"},
        label="Press",
        help="“Nobody knows yet” draws which setting does what from the seed.",
    )
    drift: float = quantity(
        4.0,
        "µm/h",
        range=(0.0, 15.0),
        step=0.5,
        label="Drift within a day",
        help="The resin takes up moisture and the hall warms up, so parts grow a little from hour to hour.",
    )
    lot: float = quantity(
        10.0,
        "µm",
        range=(0.0, 40.0),
        step=1.0,
        label="Difference between resin lots",
        help="Standard deviation. Each day begins with a new lot.",
    )
    sigma: float = quantity(
        18.0,
        "µm",
        range=(2.0, 40.0),
        step=1.0,
        label="Spread from shot to shot",
        help="Standard deviation with every setting in the middle.",
    )

    @property
    def settings(self) -> tuple[float, float, float, float, float]:
        """The player's settings, in the order of the factors."""
        return self.pressure, self.hold, self.speed, self.cooling, self.melt
