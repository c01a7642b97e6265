"""What the library says about a plan: the spread that one compared thing has, and so the power."""

from __future__ import annotations

import math

from techamp.subjects.process_control.comparing.power import t_power
from techamp.subjects.process_control.simulations.fair_trial.inputs import FairTrialInputs


def spread_of_one(inputs: FairTrialInputs) -> float:
    """Standard deviation in µm of a day's difference B − A: √2·√(day² + shaft²/n).

    ``day`` is what a day does to one lathe alone, ``shaft`` what differs among its n shafts of that day.
    """
    return math.sqrt(2.0 * (_of_day(inputs) ** 2 + _of_shaft(inputs) ** 2 / inputs.per_day))


def _of_day(inputs: FairTrialInputs) -> float:
    return math.hypot(inputs.own_sd, inputs.day_sd) if inputs.order == "apart" else inputs.own_sd


def _of_shaft(inputs: FairTrialInputs) -> float:
    return inputs.part_sd if inputs.blanks == "halves" else math.hypot(inputs.part_sd, inputs.bar_sd)


def spread_equation(inputs: FairTrialInputs) -> str:
    """The same with this run's numbers, as plain text."""
    return (
        f"σ of a day’s difference = √2·√(day² + shaft²/n) = √2·√({_of_day(inputs):.2f}² + "
        f"{_of_shaft(inputs):.2f}²/{inputs.per_day}) = {spread_of_one(inputs):.2f} µm"
    )


def comparable(inputs: FairTrialInputs) -> bool:
    """Whether days are what is compared, so that a t test of days has exactly the power that the library gives."""
    return inputs.judge == "pairs" and inputs.days > 1 and inputs.difference != 0.0


def power_of_days(inputs: FairTrialInputs) -> float:
    """Chance that the differences of days show the difference (noncentral t; both directions counted)."""
    return t_power(
        inputs.difference, spread_of_one(inputs), inputs.days, kind="paired", confidence=float(inputs.confidence)
    )
