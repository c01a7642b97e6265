"""The trial: run sheet, shots, clock and bill; then the analysis, the chosen settings, and the confirmation."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from techamp.contract import InvalidInput, Table, TableColumn
from techamp.subjects.process_control.experiments.chosen_settings import Confirmation, confirmation
from techamp.subjects.process_control.experiments.effects import log_variances
from techamp.subjects.process_control.experiments.linear_model import fit_model
from techamp.subjects.process_control.experiments.run_sheet import RunSheet, plan_experiment
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.molding_experiment.inputs import FACTORS, MELT, MoldingInputs
from techamp.subjects.process_control.simulations.molding_experiment.press import (
    Press,
    coded,
    lots,
    luck,
    press_of,
    shoot,
)
from techamp.subjects.process_control.studies.experiment.advice import advise
from techamp.subjects.process_control.studies.experiment.analysis import BLOCK, Analysis, analyze
from techamp.subjects.process_control.studies.experiment.settings import ExperimentSettings
from techamp.subjects.process_control.studies.experiment.spread import SpreadEffects

DAY, WARM_UP = 480.0, 30.0  # minutes
SETTLE, MELT_SETTLE, SHOT = 8.0, 14.0, 1.0  # minutes for a run, more where the melt temperature changes, for a shot
RATE = 98.0  # USD/h: press and operator
SHOT_COST = 1.5  # USD: material and measuring
CONFIRMATION_SHOTS = 10
PARTS = 10_000
MOST_DAYS = 40  # more than any plan takes
TOLD = 0.9
PRESS_RATE, PART_COST, OTHER_TIME = 65.0, 1.2, 9.0  # USD/h, USD for a bad part, s of a cycle beside hold and cooling


@dataclass(frozen=True, eq=False)
class Trial:
    """``lengths``: (runs, shots), µm from nominal, in run order; ``ends``: hours of work at the end of each run;
    ``day``: of each run, from 1. ``settings``: coded, for production; ``expected``: by the model there;
    ``confirmed``: the confirmation shots."""

    sheet: RunSheet
    press: Press
    lengths: Array
    ends: Array
    day: Array
    found: Analysis
    settings: Array
    expected: Confirmation
    confirmed: Array
    hours: float
    cost: float

    @property
    def in_units(self) -> tuple[float, ...]:
        """The production settings in units."""
        return tuple(float(f.setting(float(x))) for f, x in zip(FACTORS, self.settings, strict=True))

    @property
    def cycle(self) -> float:
        """Seconds from shot to shot in production."""
        return OTHER_TIME + self.in_units[1] + self.in_units[3]

    @property
    def told(self) -> bool:
        """Whether the truth is told: once the settings make 90 good parts in 100, so that nobody starts from it."""
        return self.press.good(self.settings) >= TOLD

    @property
    def bill(self) -> float:
        """USD: the trial, and machine time and bad parts of the first 10,000."""
        bad = 1.0 - self.press.good(self.settings)
        return self.cost + PARTS * (self.cycle / 3600.0 * PRESS_RATE + bad * PART_COST)


def run_trial(inputs: MoldingInputs, seed: int) -> Trial:
    """Everything that one run of the simulation gives."""
    press = press_of(inputs, seed)
    sheet = plan_experiment(
        FACTORS,
        inputs.plan,
        seed=seed,
        repeats=inputs.repeats,
        blocks=inputs.repeats,
        center_points=inputs.center_points,
        shots=inputs.shots,
        random_order=inputs.order == "random",
    )
    noise, lot = luck(seed, len(sheet), max(inputs.shots, CONFIRMATION_SHOTS)), lots(seed, MOST_DAYS)
    lengths, ends, day = _make_shots(inputs, press, sheet, noise[1:, : inputs.shots], lot)
    found = _analyze(sheet, lengths, day)
    settings = _chosen(inputs, found)
    model_settings = {f.letter: float(x) for f, x in zip(found.runs.factors, settings, strict=True)}
    expected = confirmation(found.model, model_settings, runs=1, averaged=(BLOCK,))
    # A new day and a new lot, in the middle of the day.
    confirmed = shoot(press, noise[0, :CONFIRMATION_SHOTS], float(lot[int(day[-1])]), 0.0, settings)
    hours = float(ends[-1]) + (WARM_UP + SETTLE + MELT_SETTLE + SHOT * CONFIRMATION_SHOTS) / 60.0
    cost = RATE * hours + SHOT_COST * (lengths.size + CONFIRMATION_SHOTS)
    return Trial(sheet, press, lengths, ends, day, found, settings, expected, confirmed, hours, cost)


def _make_shots(
    inputs: MoldingInputs, press: Press, sheet: RunSheet, noise: Array, lot: Array
) -> tuple[Array, Array, Array]:
    """Shots of every run with the clock: a new day where a block begins, or where a run would not end in time."""
    lengths, ends, days = [], [], []
    worked, minute, day, melt = 0.0, WARM_UP, 1, math.nan
    for i, x in enumerate(sheet.coded):
        takes = SETTLE + (MELT_SETTLE if float(x[MELT]) != melt else 0.0) + SHOT * inputs.shots
        if (i and sheet.block[i] != sheet.block[i - 1]) or minute + takes > DAY:
            worked, minute, day = worked + minute, WARM_UP, day + 1
            takes = SETTLE + MELT_SETTLE + SHOT * inputs.shots
        minute, melt = minute + takes, float(x[MELT])
        # Hours since the middle of the day: a lot's average is that of its day.
        since = (minute - SHOT * np.arange(inputs.shots, dtype=np.float64)[::-1] - 0.5 * DAY) / 60.0
        lengths.append(shoot(press, noise[i], float(lot[day - 1]), inputs.drift * since, x))
        ends.append((worked + minute) / 60.0)
        days.append(float(day))
    return np.array(lengths), np.array(ends), np.array(days)


def _analyze(sheet: RunSheet, lengths: Array, day: Array) -> Analysis:
    """The experiment study on the means of the runs; the spread from the shots, where a run has two or more.

    Shots in a row are no repeats of the run: they share its set-up and its hour. So their mean is one result.
    """
    settings = np.array(sheet.settings, dtype=np.float64)
    columns = [
        TableColumn(f"factor_{j + 1}", settings[:, j], f.unit, header=f.name) for j, f in enumerate(sheet.factors)
    ]
    means = lengths.mean(axis=1)
    columns += [
        TableColumn("response", means, "µm", header="Length"),
        TableColumn("order", np.arange(1.0, len(sheet) + 1)),
    ]
    if sheet.blocked:
        columns.append(TableColumn("block", sheet.block.astype(np.float64)))
    # Nothing in a plan of single steps tells the noise: as everybody does, each step is taken at its word.
    model = "all" if sheet.design.kind == "one factor at a time" else "active"
    found = analyze(Table(tuple(columns)), ExperimentSettings(goal="target", target=0.0, model=model))
    return replace(found, spread=_spread(found, lengths)) if lengths.shape[1] > 1 else found


def _spread(found: Analysis, lengths: Array) -> SpreadEffects | None:
    """Main effects on ln s² of the runs; the margin from trigamma(ν/2), the variance of ln s² for normal shots."""
    try:
        columns = {f.letter: f.coded for f in found.runs.factors}
        fit = fit_model(columns, log_variances(lengths), list(columns))
    except InvalidInput:
        return None
    from scipy.special import polygamma

    variance = float(polygamma(1, 0.5 * (lengths.shape[1] - 1)))
    errors = [2.0 * np.sqrt(variance * fit.fit.unscaled_covariance[j + 1, j + 1]) for j in range(len(columns))]
    return SpreadEffects({k: 2.0 * fit.coefficient(k) for k in columns}, 2.0 * float(max(errors)), "repeats")


def _chosen(inputs: MoldingInputs, found: Analysis) -> Array:
    """Her settings, or what the analysis says, with the middle where it says nothing."""
    if inputs.choose == "mine":
        return coded(inputs.settings)
    advice = advise(found)
    assert advice is not None  # the goal is the target
    return np.array([advice.coded.get(f.letter, 0.0) for f in found.runs.factors])
