"""One run of the lathe on the factory engine, and what is read from it. Times in minutes of production time.

Two stations make the model. At the *desk* orders of a length gather, taking no time, until a lot can be released or the
interval ends; at the *lathe* they wait for their turn, with a changeover wherever the length changes. See model.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Run, Trace
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.line import Line
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.inputs import DAY, SetupsAndBatchesInputs

Floats = NDArray[np.float64]
WARM_UP = 10 * DAY
CYCLE_CV = 0.05
_DESK, _LATHE = 0, 1
_WORK, _DOWN, _SETUP = 0, 1, 2


@dataclass(frozen=True)
class Shafts:
    """One entry for each shaft that was begun, in the order of ``started``; infinite where it has not happened yet.

    ``released`` is when it came to the lathe's queue, ``left`` when it moved on, with its lot where lots move whole.
    """

    length: NDArray[np.int64]
    ordered: Floats
    released: Floats
    started: Floats
    ended: Floats
    left: Floats


@dataclass(frozen=True)
class LatheRun:
    """``spells`` are [kind, length, from, to] of the lathe: 1 down, 2 changeover (to that length)."""

    run: Run
    shafts: Shafts
    spells: tuple[tuple[int, int, float, float], ...]

    @property
    def done(self) -> NDArray[np.bool_]:
        """Which shafts moved on in the counted time."""
        return (self.shafts.left > self.run.counted_from) & (self.shafts.left <= self.run.until)

    @property
    def lead_times(self) -> Floats:
        """Minutes from order to moving on, of the shafts that moved on in the counted time."""
        return (self.shafts.left - self.shafts.ordered)[self.done]


@lru_cache(maxsize=512)
def lathe_model(inputs: SetupsAndBatchesInputs) -> Model:
    """The desk and the lathe as the engine reads them."""
    line = Line("setups and batches", time_unit="min")
    lots = inputs.plan == "lot"
    if lots:
        line = line.station("desk", time=0.0, move_batch=inputs.batch)
    else:
        every = 60.0 * inputs.interval
        line = line.calendar("release", every, [[0.0, 1e-6 * every]]).station("desk", time=0.0, calendar="release")
    stops = {"mttf": inputs.mttf, "mttr": inputs.mttr} if inputs.mttr > 0.0 else {}
    line = line.station(
        "lathe",
        time={"kind": "gamma", "mean": inputs.cycle_time, "cv": CYCLE_CV},
        setup={"time": inputs.setup},
        move_batch=inputs.batch if lots and inputs.move == "whole" else 1,
        dispatch="fifo" if lots else "setup",
        **stops,
    )
    for name, share in zip(inputs.names, inputs.shares, strict=True):
        between = {"kind": "exponential", "mean": 1.0 / (inputs.rate * share)}
        line = line.product(name, ["desk", "lathe"], arrivals={"between": between})
    return line.model()


def run_lathe(inputs: SetupsAndBatchesInputs, seed: int, trace: bool = True) -> Run:
    """Ten days to settle, then as many as are counted."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    return simulate(lathe_model(inputs), seed, until=WARM_UP + inputs.days * DAY, warm_up=WARM_UP, trace=trace)


def traced(inputs: SetupsAndBatchesInputs, seed: int) -> LatheRun:
    """A run with the moments of every shaft."""
    run = run_lathe(inputs, seed)
    if run.trace is None:
        raise RuntimeError("a traced run has a trace")
    lot = inputs.batch if inputs.plan == "lot" and inputs.move == "whole" else 1
    return LatheRun(run, _shafts(run.trace, len(inputs.names), lot), _spells(run.trace))


def _shafts(trace: Trace, lengths: int, lot: int) -> Shafts:
    work = trace.kind == _WORK
    at_desk, at_lathe = (
        np.flatnonzero(work & (trace.station == _DESK)),
        np.flatnonzero(work & (trace.station == _LATHE)),
    )
    at_lathe = at_lathe[np.argsort(trace.started[at_lathe], kind="stable")]
    number = trace.part * lengths + trace.product  # parts of each product count from 0
    desk = at_desk[np.argsort(number[at_desk])]
    place = np.searchsorted(number[desk], number[at_lathe])
    length, left = trace.product[at_lathe], trace.left[at_lathe].copy()
    if lot > 1:
        for k in range(lengths):
            mine = np.flatnonzero(length == k)
            left[mine] = _with_their_lot(left[mine], lot)
    return Shafts(
        length=length,
        ordered=trace.queued[desk[place]],
        released=trace.queued[at_lathe],
        started=trace.started[at_lathe],
        ended=trace.ended[at_lathe],
        left=left,
    )


def _with_their_lot(left: Floats, lot: int) -> Floats:
    """When shafts of one length move on: with the last of their lot, never where the lot is not whole yet."""
    whole = len(left) // lot * lot
    last = np.repeat(left[:whole].reshape(-1, lot).max(axis=1), lot)
    return np.concatenate([last, np.full(len(left) - whole, np.inf)])


def _spells(trace: Trace) -> tuple[tuple[int, int, float, float], ...]:
    rows = np.flatnonzero((trace.station == _LATHE) & np.isin(trace.kind, (_DOWN, _SETUP)))
    return tuple(
        (int(trace.kind[i]), int(trace.product[i]), float(trace.started[i]), float(trace.ended[i])) for i in rows
    )
