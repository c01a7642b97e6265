"""The charts: shots in the order they were made, then those of the experiment study, then the truth."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, RefLine, Series
from techamp.subjects.process_control.simulations.molding_experiment.press import TOLERANCE
from techamp.subjects.process_control.simulations.molding_experiment.trial import Trial
from techamp.subjects.process_control.studies.experiment.pictures import charts as study_charts


def charts(trial: Trial) -> tuple[Chart, ...]:
    """Shots first; the truth last, and only when it is told."""
    truth = (_truth(trial),) if trial.told else ()
    return (_shots(trial), *study_charts(trial.found), *truth)


def _shots(trial: Trial) -> Chart:
    runs, shots = trial.lengths.shape
    run = np.repeat(np.arange(1.0, runs + 1), shots)
    after = np.full(len(trial.confirmed), runs + 2.0)
    lines = [
        RefLine(label="Upper tolerance", value=TOLERANCE, kind="spec"),
        RefLine(label="Nominal", value=0.0, kind="target"),
        RefLine(label="Lower tolerance", value=-TOLERANCE, kind="spec"),
    ]
    for day in np.unique(trial.day)[1:]:
        first = float(np.flatnonzero(trial.day == day)[0]) + 0.5
        lines.append(RefLine(label=f"Day {day:.0f}", value=first, kind="phase", axis="x"))
    return Chart(
        name="shots",
        title="Every shot, in the order of the runs",
        x_label="Run (the last column: confirmation)",
        y_label="Length less 80 mm",
        y_unit="µm",
        series=(
            Series(name="shots", label="Trial", x=tuple(run.tolist()), y=_um(trial.lengths.ravel()), shape="points"),
            Series(
                name="confirmation",
                label="Confirmation",
                x=tuple(after.tolist()),
                y=_um(trial.confirmed),
                shape="points",
                role="aside",
            ),
        ),
        lines=tuple(lines),
        words="A column of points is one run. Most runs lie outside: that is what trial settings are for.",
        zero=True,
    )


def _truth(trial: Trial) -> Chart:
    """Effects as estimated, and as they are."""
    real = trial.press.real_effects()
    terms = [e.term for e in trial.found.effects if "·" not in e.term]
    terms += [term for term in real if "·" in term]
    estimated = {e.term: e.value for e in trial.found.effects}
    for left, kept in trial.found.terms.alias.items():
        if kept.lstrip("-") in estimated:
            estimated[left] = estimated[kept.lstrip("-")] * (-1.0 if kept.startswith("-") else 1.0)
    place = tuple(float(i + 1) for i in range(len(terms)))
    return Chart(
        name="truth",
        title="What the trial said, and the truth",
        x_label="Effect",
        y_label="Change from low to high",
        y_unit="µm",
        series=(
            Series(
                name="trial",
                label="The trial",
                x=place,
                y=tuple(None if t not in estimated else round(estimated[t], 1) for t in terms),
                shape="bars",
            ),
            Series(
                name="truth",
                label="The truth",
                x=place,
                y=tuple(round(real.get(t, 0.0), 1) for t in terms),
                shape="points",
                role="aside",
            ),
        ),
        x_names=tuple(trial.found.runs.name(t) for t in terms),
        words="Bars are estimates, points the truth. A missing bar is an effect that this plan cannot see.",
        zero=True,
    )


def _um(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, ...]:
    return tuple(np.round(values, 1).tolist())
