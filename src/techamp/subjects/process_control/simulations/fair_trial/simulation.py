"""A fair trial: do two lathes turn the same diameter? Plan it, see one trial, then the same plan sixty times."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.process_control.simulations.fair_trial.inputs import FairTrialInputs


class FairTrial(Simulation[FairTrialInputs]):
    """A comparison with bars and days in it: power and false alarms of a plan made visible."""

    id: ClassVar[str] = "process_control.fair_trial"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "A fair trial"
    summary: ClassVar[str] = (
        "Two lathes, bars that differ, warm and cold days. Plan a comparison that finds a real difference and gives "
        "few false alarms."
    )
    Inputs: ClassVar[type[Inputs]] = FairTrialInputs

    # The intervals bring SciPy: imported when a run needs them, so that a list of titles stays quick.

    def run(self, inputs: FairTrialInputs, seed: int) -> Outcome:
        """One trial to look at, and sixty with the same plan."""
        from techamp.subjects.process_control.simulations.fair_trial.judging import intervals, values
        from techamp.subjects.process_control.simulations.fair_trial.pictures import charts, tables, trace
        from techamp.subjects.process_control.simulations.fair_trial.trials import turn
        from techamp.subjects.process_control.simulations.fair_trial.words import notes

        trials = turn(inputs, seed)
        found = intervals(inputs, trials)
        known = values(inputs, trials, found)
        return Outcome(
            measures=_measures(inputs, known),
            charts=charts(inputs, trials, found),
            tables=tables(inputs, trials),
            trace=trace(inputs, trials, found),
            notes=notes(inputs, trials, found, known),
        )

    def measures(self, inputs: FairTrialInputs, seeds: list[int]) -> dict[str, list[float]]:
        """The same numbers without pictures."""
        from techamp.subjects.process_control.simulations.fair_trial.judging import intervals, values
        from techamp.subjects.process_control.simulations.fair_trial.trials import turn

        kept: dict[str, list[float]] = {}
        for seed in seeds:
            trials = turn(inputs, seed)
            for name, value in values(inputs, trials, intervals(inputs, trials)).items():
                if value is not None:
                    kept.setdefault(name, []).append(value)
        return kept


def _measures(inputs: FairTrialInputs, known: dict[str, float | None]) -> tuple[Measure, ...]:
    seen, reach = known["seen"], known["reach"]
    ends = (None, None) if seen is None or reach is None else (seen - reach, seen + reach)
    level = f"{100 * float(inputs.confidence):g} %"
    return (
        Measure(
            name="found",
            label="Real differences found",
            value=known["found"],
            unit="%",
            better="higher",
            decimals=0,
            help="Of 30 trials with this plan in which the lathes differ: the interval lies on the right side of zero.",
        ),
        Measure(
            name="wolf",
            label="False alarms",
            value=known["wolf"],
            unit="%",
            better="lower",
            decimals=0,
            help="Of 30 trials with this plan in which the lathes are equal: the interval does not hold zero.",
        ),
        Measure(
            name="held",
            label="Intervals that hold the truth",
            value=known["held"],
            unit="%",
            better="higher",
            decimals=0,
            help=f"Of all 60 trials. A fair plan keeps its promise of {level}.",
        ),
        Measure(
            name="seen",
            label="Difference seen, B − A",
            value=seen,
            unit="µm",
            low=ends[0],
            high=ends[1],
            decimals=2,
            help=f"Of the trial that you watch, with its {level} interval.",
        ),
        Measure(
            name="reach",
            label="Reach of the interval",
            value=reach,
            unit="µm",
            better="lower",
            decimals=2,
            help="To either side of the difference seen.",
        ),
        Measure(name="shafts", label="Shafts measured", value=known["shafts"], unit="shafts", decimals=0),
        Measure(name="calendar", label="Working days", value=known["calendar"], unit="days", decimals=0),
        Measure(
            name="trial_cost",
            label="Cost of the trial",
            value=known["trial_cost"],
            unit="USD",
            better="lower",
            decimals=0,
        ),
        Measure(
            name="whole_cost",
            label="Trial and wrong decisions",
            value=known["whole_cost"],
            unit="USD",
            better="lower",
            decimals=0,
            help="The trial, and what its wrong decisions cost on average when half of such lathes really differ.",
        ),
    )
