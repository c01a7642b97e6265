"""What happened, most important first: the first note is the caption under the scene."""

from __future__ import annotations

import math

import numpy as np

from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.gauge_study.inputs import GaugeStudyInputs
from techamp.subjects.process_control.simulations.gauge_study.result import Result
from techamp.subjects.process_control.simulations.gauge_study.shop import GAUGES, OPERATORS, PROCESS

RULES = {
    "tolerance": "percent of tolerance at most 30",
    "tolerance_sure": "upper end of the interval at most 30 % of tolerance",
    "study": "percent of the study at most 30",
    "categories": "5 categories or more",
}


def notes(inputs: GaugeStudyInputs, found: Result) -> tuple[str, ...]:
    """Result, truth, decision, then what the plan did to it."""
    return (
        _found(found),
        *(_truth(found) if inputs.reveal else []),
        *(_decided(inputs, found) if inputs.reveal else []),
        *([found.session.plan.said] if found.session.plan.said else []),
        *_plan(inputs, found),
        *_people(found),
        *_bias(found),
    )


def _found(found: Result) -> str:
    plan, study = found.session.plan, found.study
    readings = "reading" if plan.repeats == 1 else "readings"
    size = f"{plan.parts} shafts, {plan.operators} operators, {plan.repeats} {readings} each"
    if study is None:
        return f"{size}: all readings are equal. The gauge shows no difference at all, so it measures nothing here."
    of = study.components["gauge"]
    return (
        f"{size}: the gauge takes {of.tolerance:.0f} % of the tolerance and {of.study:.0f} % of the spread in "
        f"the study."
    )


def _truth(found: Result) -> list[str]:
    truth = found.truth
    return [
        f"In truth it takes {truth.percent_tolerance:.0f} % of the tolerance, and of 1,000 shafts "
        f"{truth.miscalled:.1f} are "
        "judged wrong."
    ]


def _decided(inputs: GaugeStudyInputs, found: Result) -> list[str]:
    done = "Your rule takes the gauge" if found.taken else "Your rule does not take the gauge"
    verdict = "right" if found.right else "wrong"
    return [f"{done} ({RULES[inputs.rule]}). That is {verdict}: the truth decides at 30 % of the tolerance."]


def _plan(inputs: GaugeStudyInputs, found: Result) -> list[str]:
    said = []
    if inputs.order == "in_a_row" and found.session.plan.repeats > 1:
        said.append(
            "Who reads a shaft again at once remembers the number. The repeats are too much alike, and the gauge looks "
            "better than it is."
        )
    spread = float(np.std(found.session.sizes, ddof=1))
    if spread < 0.6 * PROCESS:
        said.append(
            "These shafts are nearly alike. Percent of the study and categories are then no judgment of the gauge."
        )
    elif spread > 1.5 * PROCESS:
        said.append("These shafts spread wider than the process. Percent of the study flatters the gauge.")
    if found.session.plan.operators < len(OPERATORS):
        who = ", ".join(OPERATORS[found.session.plan.operators :])
        said.append(f"Nothing was learned about {who}.")
    return said


def _people(found: Result) -> list[str]:
    """Who stands out in the readings, as an eye would see it in the charts."""
    cells, said = found.session.cells, []
    means = cells.mean(axis=(0, 2))
    off = means - np.median(means)
    far = int(np.argmax(np.abs(off)))
    if abs(off[far]) > 0.6:
        side = "above" if off[far] > 0 else "below"
        said.append(f"{OPERATORS[far]} reads {abs(off[far]):.1f} µm {side} the others.")
    steps = [_step(cells[:, o]) for o in range(cells.shape[1])]
    for o, step in enumerate(steps):
        if 1.8 * min(steps) < step < math.inf:
            said.append(f"{OPERATORS[o]} writes steps of {step:g} µm, coarser than the others.")
    return said


def _step(readings: Array) -> float:
    """The coarsest step of 0.5 µm or more that all readings lie on, else 0.1; infinite for one value."""
    if np.ptp(readings) < 1e-9:
        return math.inf
    for step in (5.0, 4.0, 3.0, 2.5, 2.0, 1.5, 1.0, 0.5):
        if np.all(np.abs(readings / step - np.round(readings / step)) < 1e-6):
            return step
    return 0.1


def _bias(found: Result) -> list[str]:
    if not len(found.session.master_errors):
        return ["No master was read, so nobody can say whether the gauge reads true."]
    if found.bias is None:
        return [f"All readings of the masters are off by {found.session.master_errors[0]:+.1f} µm."]
    b = found.bias
    return [f"On the masters the gauge is off by {b.bias:+.2f} µm, from {b.low:+.2f} to {b.high:+.2f}. {b.note}"]


def gauge_step(inputs: GaugeStudyInputs) -> float:
    """Step of the display, µm."""
    return GAUGES[inputs.gauge][2]
