"""Charts, table and trace of a run."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, DataTable, RefLine, Series, Trace
from techamp.subjects.process_control.comparing.power import t_power
from techamp.subjects.process_control.simulations.fair_trial.inputs import FairTrialInputs
from techamp.subjects.process_control.simulations.fair_trial.judging import Intervals
from techamp.subjects.process_control.simulations.fair_trial.theory import comparable, spread_equation, spread_of_one
from techamp.subjects.process_control.simulations.fair_trial.trials import REPEATS, Floats, Trials

_PLAYED = 30.0  # steps in which the watched trial is played; the repeats take one step each


def charts(inputs: FairTrialInputs, trials: Trials, found: Intervals) -> tuple[Chart, ...]:
    """The readings of the trial, thirty intervals with and thirty without a difference, and the power of the plan."""
    made = [
        _readings(inputs, trials),
        _intervals(inputs, found, "with_difference", "Thirty trials where the lathes differ", 0),
        _intervals(inputs, found, "without_difference", "Thirty trials where they are equal", REPEATS),
    ]
    return (*made, _power(inputs)) if comparable(inputs) else tuple(made)


def _rounded(values: Floats, decimals: int = 2) -> tuple[float, ...]:
    return tuple(np.round(values, decimals).tolist())


def _readings(inputs: FairTrialInputs, trials: Trials) -> Chart:
    x = np.arange(1.0, inputs.days * inputs.per_day + 1)
    made = [("a", "Lathe A", trials.a, "now"), ("b", "Lathe B", trials.b, "aside")]
    same = "on the same day" if inputs.order == "together" else "on another day"
    return Chart(
        name="readings",
        title="Shafts of the trial that you watch",
        x_label="Shaft of each lathe",
        y_label="Diameter from nominal",
        y_unit="µm",
        series=tuple(
            Series(name=name, label=label, x=_rounded(x), y=_rounded(values[trials.watched].ravel()),
                   shape="line+points" if role == "now" else "points", role=role)
            for name, label, values, role in made
        ),
        lines=tuple(
            RefLine(label=f"day {day + 1}", value=day * inputs.per_day + 0.5, kind="phase", axis="x")
            for day in range(1, inputs.days if inputs.days <= 10 else 1)
        ),
        words=f"Shaft by shaft; one that stands over another was made {same}.",
    )  # fmt: skip


def _intervals(inputs: FairTrialInputs, found: Intervals, name: str, title: str, first: int) -> Chart:
    part = slice(first, first + REPEATS)
    x = _rounded(np.arange(1.0, REPEATS + 1))
    finite = bool(np.isfinite(found.reach[part]).all())
    band = (
        Series(name="interval", label="Interval", x=x, y=_rounded(found.low[part]), y2=_rounded(found.high[part]),
               shape="band", role="aside"),
    ) if finite else ()  # fmt: skip
    out = int(np.count_nonzero(found.shown[part]))
    told = "lies" if out == 1 else "lie"
    lines = [RefLine(label="No difference", value=0.0)]
    if first == 0 and inputs.difference:
        lines.append(RefLine(label="True difference", value=inputs.difference, kind="target"))
    return Chart(
        name=name,
        title=title,
        x_label="Trial",
        y_label="B − A",
        y_unit="µm",
        series=(
            Series(name="seen", label="Difference seen", x=x, y=_rounded(found.seen[part]), shape="points"),
            *band,
        ),
        lines=tuple(lines),
        words=f"{out} of {REPEATS} intervals {told} on one side of zero.",
    )


def _power(inputs: FairTrialInputs) -> Chart:
    """Chance of finding the difference by days, with today's shafts a day: from the noncentral t distribution."""
    sd, confidence = spread_of_one(inputs), float(inputs.confidence)
    days = np.arange(2, 21)
    chance = [100.0 * t_power(inputs.difference, sd, int(n), kind="paired", confidence=confidence) for n in days]
    return Chart(
        name="power",
        title="Chance of finding the difference, by days",
        x_label="Days of each lathe",
        y_label="Found",
        y_unit="%",
        series=(
            Series(
                name="power",
                label="Differences of days",
                x=_rounded(days.astype(np.float64)),
                y=_rounded(np.array(chance), 1),
                shape="line+points",
            ),
        ),
        lines=(RefLine(label="90 %", value=90.0, kind="zone"),),
        words=(
            f"With {inputs.per_day} shafts of each lathe a day, a day’s difference has a standard deviation of "
            f"{sd:.2f} µm. Theory, not luck: the noncentral t distribution."
        ),
        equation=spread_equation(inputs),
        zero=True,
    )


def tables(inputs: FairTrialInputs, trials: Trials) -> tuple[DataTable, ...]:
    """The sheet of the watched trial: one row for each shaft of A and of B."""
    a, b = trials.a[trials.watched], trials.b[trials.watched]
    rows = tuple(
        (day + 1, shaft + 1, round(float(a[day, shaft]), 2), round(float(b[day, shaft]), 2),
         round(float(b[day, shaft]) - float(a[day, shaft]), 2))
        for day in range(inputs.days) for shaft in range(inputs.per_day)
    )  # fmt: skip
    columns = ("Day of the lathe", "Shaft", "A, µm", "B, µm", "B − A, µm")
    return (DataTable(name="sheet", title="The sheet of the trial", columns=columns, rows=rows),)


def trace(inputs: FairTrialInputs, trials: Trials, found: Intervals) -> Trace:
    """First a row for each shaft of A with the one of B beside it (30 steps in all), then a row for each repeat.

    A repeat's row holds its two intervals: with the difference, and without. Reach −1 stands for “no interval”.
    """
    a, b = trials.a[trials.watched].ravel(), trials.b[trials.watched].ravel()
    n = len(a)
    t = [_PLAYED * (i + 1) / n for i in range(n)] + [_PLAYED + 1 + i for i in range(REPEATS)]
    reach = np.where(np.isfinite(found.reach), found.reach, -1.0)
    return Trace(
        t=tuple(round(value, 4) for value in t),
        unit="steps",
        columns={
            "a": (*_rounded(a), *([None] * REPEATS)),
            "b": (*_rounded(b), *([None] * REPEATS)),
            "seen": (*([None] * n), *_rounded(found.seen[:REPEATS])),
            "reach": (*([None] * n), *_rounded(reach[:REPEATS])),
            "seen_none": (*([None] * n), *_rounded(found.seen[REPEATS:])),
            "reach_none": (*([None] * n), *_rounded(reach[REPEATS:])),
        },
        fixed={
            "shafts": n,
            "per_day": inputs.per_day,
            "days": inputs.days,
            "together": inputs.order == "together",
            "halves": inputs.blanks == "halves",
            "pairs": inputs.judge == "pairs",
            "difference": inputs.difference,
            "true": inputs.difference if trials.differs else 0.0,
            "coin": inputs.truth == "coin",
            "level": round(100 * float(inputs.confidence)),
            "result": {
                "seen": round(float(found.seen[trials.watched]), 2),
                "reach": round(float(reach[trials.watched]), 2),
            },
        },
    )
