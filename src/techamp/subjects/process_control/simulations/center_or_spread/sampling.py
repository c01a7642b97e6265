"""Samples of shafts as one would take them, and the capability that the library finds in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techamp.contract import random
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.process_capability import Capability, capability
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.center_or_spread.inputs import CenterOrSpreadInputs
from techamp.subjects.process_control.simulations.center_or_spread.process import DEMAND, LOWER, UPPER, Process
from techamp.subjects.process_control.subgrouping import Integers
from techamp.subjects.process_control.x_bar import x_bar_s_chart

IN_A_ROW = 5
PER_BOX, PER_DAY, HORIZON = 60, 225, 2250
OTHERS = 30
_WHEN, _BOX, _SHAFT, _START = 1, 2, 3, 4


@dataclass(frozen=True)
class Sample:
    """Shafts in the order in which they were made: ``number`` counts those of the two weeks; the parts of each diameter
    in µm."""

    number: Integers
    box_number: Integers
    box: Array
    temperature: Array
    wear: Array
    worn: Array
    diameter: Array


def take(process: Process, inputs: CenterOrSpreadInputs, seed: int, person: int = 0) -> Sample:
    """The sample of ``person``: 0 is the learner, others take theirs in other weeks."""
    number = _numbers(inputs, seed, person)
    start = random.uniform(seed, _START, np.array([person]), np.array([0, 1, 2]))
    boxes = (number + int(PER_BOX * start[0])) // PER_BOX
    worn = ((number + int(process.interval * start[1])) % process.interval + 0.5) / process.interval
    box = process.box * random.normal(seed, _BOX, person, boxes)
    temperature = process.swing * np.sin(2.0 * np.pi * (number / PER_DAY + start[2]))
    wear = process.growth * (worn - 0.5)
    shaft = process.within * random.normal(seed, _SHAFT, person, number)
    diameter = process.center + box + temperature + wear + shaft
    return Sample(number, boxes - int(boxes[0]) + 1, box, temperature, wear, worn, diameter)


def _numbers(inputs: CenterOrSpreadInputs, seed: int, person: int) -> Integers:
    """Which shafts: groups of five, one by luck in each equal stretch of the two weeks, or all in one row."""
    groups = inputs.sample // IN_A_ROW
    if inputs.spread_out == "row":
        first = int((HORIZON - inputs.sample) * random.uniform(seed, _WHEN, person, 0)[0])
        return np.arange(first, first + inputs.sample)
    stretch = HORIZON / groups
    luck = random.uniform(seed, _WHEN, person, np.arange(groups))
    firsts = np.floor(stretch * np.arange(groups) + luck * (stretch - IN_A_ROW)).astype(np.int64)
    found: Integers = (firsts[:, None] + np.arange(IN_A_ROW)).ravel()
    return found


def chart_of(sample: Sample) -> ControlChart:
    """The chart of means and standard deviations of its subgroups."""
    return x_bar_s_chart(sample.diameter, size=IN_A_ROW, estimator="pooled")


def judge(sample: Sample, signals: int | None = None) -> Capability:
    """Capability of the sample against 7.991 to 8.000 mm; the within sigma is that of its chart."""
    within = chart_of(sample).sigma
    return capability(sample.diameter, within=within, lower=LOWER, upper=UPPER, signals=signals)


def released(inputs: CenterOrSpreadInputs, found: Capability) -> bool:
    """Whether the learner's rule releases the grinder."""
    if inputs.rule == "none_bad":
        return found.observed_outside == 0
    if inputs.rule == "cpk":
        return found.indices["Cpk"].value >= DEMAND
    ppk = found.indices["Ppk"]
    return (ppk.low if inputs.rule == "ppk_sure" else ppk.value) >= DEMAND


def others(process: Process, inputs: CenterOrSpreadInputs, seed: int) -> list[Capability]:
    """What thirty more people find, each with a sample of the same kind from other weeks."""
    return [judge(take(process, inputs, seed, person)) for person in range(1, OTHERS + 1)]
