"""A new mold on an injection molding press: plan a trial, read it, set the press, confirm."""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np

from techamp.contract import DataTable, Inputs, Measure, Outcome, Simulation, Trace
from techamp.subjects.process_control.simulations.molding_experiment.inputs import FACTORS, MoldingInputs
from techamp.subjects.process_control.simulations.molding_experiment.pictures import charts
from techamp.subjects.process_control.simulations.molding_experiment.press import NOMINAL, TOLERANCE
from techamp.subjects.process_control.simulations.molding_experiment.trial import Trial, run_trial
from techamp.subjects.process_control.simulations.molding_experiment.words import notes, real_and_false
from techamp.subjects.process_control.studies.experiment.tables import tables

# What the lesson is about. The rest stands in a table.
SHOWN = ("good", "cost", "confirmation", "expected", "off_target", "spread")


class MoldingExperiment(Simulation[MoldingInputs]):
    """Five settings, a length that comes out short, a spread that one setting changes, and a budget for trials."""

    id: ClassVar[str] = "process_control.molding_experiment"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "The molding experiment"
    summary: ClassVar[str] = "A new mold makes short parts. Plan a trial, read it, set the press and confirm."
    Inputs: ClassVar[type[Inputs]] = MoldingInputs

    def run(self, inputs: MoldingInputs, seed: int) -> Outcome:
        """One trial, its analysis, and the confirmation at the chosen settings."""
        trial = run_trial(inputs, seed)
        return Outcome(
            measures=tuple(measure for measure in _measures(trial) if measure.name in SHOWN),
            charts=charts(trial),
            tables=(
                *(table for table in tables(trial.found, None) if table.name in ("effects", "aliases", "runs")),
                _besides(trial),
            ),
            trace=_trace(trial),
            notes=notes(inputs, trial),
        )

    def measures(self, inputs: MoldingInputs, seeds: list[int]) -> dict[str, list[float]]:
        """The same numbers for many seeds, without charts."""
        found: dict[str, list[float]] = {}
        for seed in seeds:
            for measure in _measures(run_trial(inputs, seed)):
                if measure.value is not None and measure.name in SHOWN:
                    found.setdefault(measure.name, []).append(float(measure.value))
        return found


def _besides(trial: Trial) -> DataTable:
    """The measures that are not shown above the charts."""
    rows = tuple(
        (measure.label, f"{measure.value:,.{measure.decimals}f} {measure.unit}")
        for measure in _measures(trial)
        if measure.name not in SHOWN and measure.value is not None
    )
    return DataTable(name="besides", title="Time, money and effects", columns=("", "This run"), rows=rows)


def _measures(trial: Trial) -> tuple[Measure, ...]:
    e, press = trial.expected, trial.press
    right, _, false = real_and_false(trial)
    return (
        Measure(
            name="good",
            label="Good parts in production",
            value=100.0 * press.good(trial.settings),
            unit="%",
            better="higher",
            help="Within ±40 µm, over many lots of resin. The truth, which a trial can only estimate.",
        ),
        Measure(name="cost", label="Cost of the trial", value=trial.cost, unit="USD", better="lower", decimals=0),
        Measure(name="hours", label="Press time of the trial", value=trial.hours, unit="h", better="lower"),
        Measure(
            name="confirmation",
            label="Average of the confirmation shots",
            value=float(trial.confirmed.mean()),
            unit="µm",
            decimals=0,
            help="Ten shots on the next day, less 80 mm.",
        ),
        Measure(
            name="expected",
            label="Expected by the model",
            value=e.value,
            low=None if math.isnan(e.low) else e.low,
            high=None if math.isnan(e.high) else e.high,
            unit="µm",
            decimals=0,
        ),
        Measure(
            name="off_target",
            label="True average off target",
            value=abs(float(press.mean(trial.settings))),
            unit="µm",
            better="lower",
            decimals=0,
        ),
        Measure(
            name="spread",
            label="True spread from shot to shot",
            value=float(press.spread(trial.settings)),
            unit="µm",
            better="lower",
        ),
        Measure(
            name="found", label="Real effects found", value=len(right), unit="effects", better="higher", decimals=0
        ),
        Measure(
            name="false",
            label="Effects called that are none",
            value=len(false),
            unit="effects",
            better="lower",
            decimals=0,
        ),
        Measure(name="cycle", label="Cycle time", value=trial.cycle, unit="s", better="lower"),
        Measure(
            name="bill",
            label="Bill for the first 10,000 parts",
            value=trial.bill,
            unit="USD",
            better="lower",
            decimals=0,
            help="The trial, press time at 65 dollars an hour, and 1.20 dollars for each bad part.",
        ),
    )


def _trace(trial: Trial) -> Trace:
    """One row for each run and one for the confirmation; t is the hour at which it ends."""
    shots = [np.round(row, 1).tolist() for row in trial.lengths] + [np.round(trial.confirmed, 1).tolist()]
    settings = [*trial.sheet.settings, trial.in_units]
    e = trial.expected
    return Trace(
        t=tuple(np.round([*trial.ends, trial.hours], 4).tolist()),
        unit="h",
        columns={
            "shots": tuple(list(row) for row in shots),
            "settings": tuple([float(v) for v in row] for row in settings),
            "day": (*trial.day.tolist(), float(trial.day[-1]) + 1.0),
        },
        fixed={
            "names": [f.name for f in FACTORS],
            "units": [f.unit for f in FACTORS],
            "low": [f.low for f in FACTORS],
            "high": [f.high for f in FACTORS],
            "tolerance": TOLERANCE,
            "nominal": NOMINAL,
            "expected": [e.value, None if math.isnan(e.low) else e.low, None if math.isnan(e.high) else e.high],
            "good": 100.0 * trial.press.good(trial.settings),
            "cost": trial.cost,
        },
    )
