"""The shafts of sixty trials with one plan: thirty where the lathes differ, thirty where they do not.

A diameter, in µm from nominal, is ± half the difference + the day + the lathe's own setting that day + the bar + the
shaft. All but the first are normal around zero. Blanks that are halves of one bar share the bar's part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random
from techamp.subjects.process_control.simulations.fair_trial.inputs import FairTrialInputs

Floats = NDArray[np.float64]
REPEATS = 30
_DAY, _OWN, _BAR, _SHAFT, _COIN = 1, 2, 3, 4, 5
_LATHE = 1_000_000
_LONGEST_DAY = 1_000


@dataclass(frozen=True, eq=False)
class Trials:
    """``a``, ``b``: diameters (trials, days, shafts of a day) in µm from nominal; ``watched``: the one to look at.

    The first ``REPEATS`` trials have the difference, the others have none.
    """

    a: Floats
    b: Floats
    watched: int

    @property
    def differs(self) -> bool:
        """Whether the watched trial is one with a difference."""
        return self.watched < REPEATS


def turn(inputs: FairTrialInputs, seed: int) -> Trials:
    """All sixty trials. The same seed gives a shaft the same luck whatever the plan is."""
    trial, day, shaft = np.ogrid[: 2 * REPEATS, : inputs.days, : inputs.per_day]
    place = day * _LONGEST_DAY + shaft
    real = np.where(trial < REPEATS, inputs.difference, 0.0)
    made = []
    for lathe in (0, 1):
        bar_of = 0 if inputs.blanks == "halves" else lathe
        date = day + (inputs.days if lathe and inputs.order == "apart" else 0)
        x = (lathe - 0.5) * real
        x = x + inputs.day_sd * random.normal(seed, _DAY, trial, date)
        x = x + inputs.own_sd * random.normal(seed, _OWN, trial, lathe * _LATHE + day)
        x = x + inputs.bar_sd * random.normal(seed, _BAR, trial, bar_of * _LATHE + place)
        made.append(x + inputs.part_sd * random.normal(seed, _SHAFT, trial, lathe * _LATHE + place))
    return Trials(made[0], made[1], _watched(inputs, seed))


def _watched(inputs: FairTrialInputs, seed: int) -> int:
    if inputs.truth == "coin":
        return 0 if float(random.uniform(seed, _COIN, 0, 0)[0]) < 0.5 else REPEATS
    return 0 if inputs.truth == "real" else REPEATS
