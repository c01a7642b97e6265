"""The study as it is carried out: who reads what when, and what the gauge shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.gauge_study.inputs import GaugeStudyInputs
from techamp.subjects.process_control.simulations.gauge_study.shop import (
    LOWER,
    MIDDLE,
    PROCESS,
    SPECK,
    UPPER,
    Shop,
)

Codes = NDArray[np.int64]
NEIGHBORS = 0.25  # shafts made one after the other spread a quarter as much as those of a week
MASTERS = (LOWER, UPPER)
_SIZE, _LEVEL, _ORDER, _NOISE, _ANGLE, _SPECK, _MARK = 11, 12, 13, 14, 15, 16, 17


@dataclass(frozen=True)
class Plan:
    """What the readings allow: parts, repeats and masters after the cut; ``said`` where something was cut."""

    parts: int
    operators: int
    repeats: int
    masters: int
    said: str


@dataclass(frozen=True, eq=False)
class Session:
    """One row for each reading in the order of time. ``part`` is -1 for a master; ``repeat`` counts from 0.

    ``truth`` is the mean diameter of the shaft (or the master's size), ``speck`` whether dirt lay in between.
    """

    plan: Plan
    part: Codes
    operator: Codes
    repeat: Codes
    truth: Array
    reading: Array
    speck: NDArray[np.bool_]
    sizes: Array

    @property
    def cells(self) -> Array:
        """Readings of shafts, (parts, operators, repeats)."""
        p = self.plan
        table = np.empty((p.parts, p.operators, p.repeats))
        mine = self.part >= 0
        table[self.part[mine], self.operator[mine], self.repeat[mine]] = self.reading[mine]
        return table

    @property
    def master_errors(self) -> Array:
        """Reading less size, for each reading of a master."""
        mine = self.part < 0
        return self.reading[mine] - self.truth[mine]


def plan_of(inputs: GaugeStudyInputs) -> Plan:
    """Masters first; then as many shafts as there are readings for, and only then fewer repeats."""
    left = inputs.budget - inputs.masters
    if left < 2 * inputs.operators:  # masters may not eat the whole study
        return _cut(inputs, inputs.budget - 2 * inputs.operators, 2, 1)
    repeats = min(inputs.repeats, left // (2 * inputs.operators))
    parts = min(inputs.parts, left // (inputs.operators * repeats))
    return _cut(inputs, inputs.masters, parts, repeats)


def _cut(inputs: GaugeStudyInputs, masters: int, parts: int, repeats: int) -> Plan:
    said = ""
    if (masters, parts, repeats) != (inputs.masters, inputs.parts, inputs.repeats):
        asked = inputs.parts * inputs.operators * inputs.repeats + inputs.masters
        said = (
            f"The plan asked for {asked} readings and there are {inputs.budget}: it was cut to {parts} shafts, "
            f"{repeats} {'reading' if repeats == 1 else 'readings'} of each by every operator."
        )
    return Plan(parts, inputs.operators, repeats, masters, said)


def carry_out(inputs: GaugeStudyInputs, shop: Shop, seed: int) -> Session:
    """All readings of the plan, with this shop and this luck."""
    plan = plan_of(inputs)
    part, operator, repeat = _timeline(plan, inputs.order, seed)
    n, sizes = len(part), sizes_of(inputs.pick, plan.parts, seed)
    number = np.cumsum(part < 0) - 1
    truth = np.where(part < 0, np.array(MASTERS)[number % 2], sizes[part])
    speck = random.uniform(seed, _SPECK, 0, np.arange(n)) < shop.dirt
    noise = random.normal(seed, _NOISE, _key(part, operator, number), repeat)
    raw = (
        truth
        + shop.slope * (truth - MIDDLE)
        + np.where(part < 0, 0.0, _shape(inputs.place, part, operator, repeat, shop.out_of_round, seed))
        + shop.bias
        + shop.drift * np.arange(n) / max(1, inputs.budget - 1)
        + shop.offset[operator]
        + SPECK * speck
        + shop.sigma * shop.scatter[operator] * noise
    )
    return Session(plan, part, operator, repeat, truth, _shown(raw, shop, part, operator, inputs.order), speck, sizes)


def sizes_of(pick: str, parts: int, seed: int) -> Array:
    """True mean diameters, µm from 8.000 mm."""
    z: Array = random.normal(seed, _SIZE, np.arange(parts), 0)
    if pick == "process":
        return MIDDLE + PROCESS * z
    if pick == "in_a_row":
        level = float(random.normal(seed, _LEVEL, 0, 0)[0])
        return MIDDLE + PROCESS * (math.sqrt(1.0 - NEIGHBORS**2) * level + NEIGHBORS * z)
    ends = np.concatenate([np.full(parts // 2, -2.3), np.full(parts - parts // 2, 2.3)])
    far: Array = MIDDLE + PROCESS * (ends + 0.3 * z)
    return far


def _timeline(plan: Plan, order: str, seed: int) -> tuple[Codes, Codes, Codes]:
    """Part, operator and repeat of each reading in the order of time, masters spread evenly between the shafts."""
    parts, people, times = (index.ravel() for index in np.indices((plan.parts, plan.operators, plan.repeats)))
    if order == "in_a_row":
        place = np.lexsort((times, parts, people))
    elif order == "rounds":
        place = np.lexsort((parts, times, people))
    else:
        place = np.argsort(random.uniform(seed, _ORDER, parts * 8 + people, times))
    n = len(parts) + plan.masters
    at = np.floor((np.arange(plan.masters) + 0.5) * n / max(1, plan.masters)).astype(np.int64)
    is_master = np.zeros(n, np.bool_)
    is_master[at] = True
    columns = []
    for values, master in ((parts, -1), (people, 0), (times, 0)):
        column = np.full(n, master, np.int64)
        column[~is_master] = values[place]
        columns.append(column)
    part, operator, repeat = columns
    operator[is_master] = np.arange(plan.masters) // 2 % plan.operators
    return part, operator, repeat


def _key(part: Codes, operator: Codes, number: Codes) -> Codes:
    """One luck for each shaft and operator, so that two plans share it; masters have their own."""
    return np.where(part < 0, 1000 + number, part * 8 + operator).astype(np.int64)


def _shape(place: str, part: Codes, operator: Codes, repeat: Codes, out_of_round: float, seed: int) -> Array:
    """An oval shaft, d + a·cos 2θ with a half of out of round: θ by luck anywhere, or the same at the shaft's mark."""
    if place == "mark":
        turn = random.uniform(seed, _MARK, np.maximum(part, 0), 0)
    else:
        turn = random.uniform(seed, _ANGLE, np.maximum(part, 0) * 8 + operator, repeat)
    shape: Array = 0.5 * out_of_round * np.cos(2.0 * np.pi * turn)
    return shape


def _shown(raw: Array, shop: Shop, part: Codes, operator: Codes, order: str) -> Array:
    """What is written down. Who reads one shaft again at once remembers, and reads halfway to the number before."""
    shown = np.empty_like(raw)
    for i in range(len(raw)):
        value = raw[i]
        if order == "in_a_row" and i and part[i] >= 0 and part[i] == part[i - 1] and operator[i] == operator[i - 1]:
            value = 0.5 * (value + shown[i - 1])
        step = shop.step[operator[i]]
        shown[i] = np.round(value / step) * step
    return np.round(shown, 6)
