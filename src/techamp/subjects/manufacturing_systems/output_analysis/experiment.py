"""An experiment: replications of a model until its throughput is known well enough, with every run checked."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.model.checking import model_warnings
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.output_analysis.checks import broken_laws
from techamp.subjects.manufacturing_systems.output_analysis.intervals import Interval
from techamp.subjects.manufacturing_systems.output_analysis.replications import (
    CAP,
    FIRST,
    Cancelled,
    Precision,
    Replications,
    replicate,
    replicate_until,
    replication_seed,
)
from techamp.subjects.manufacturing_systems.output_analysis.run_length import horizon as horizon
from techamp.subjects.manufacturing_systems.output_analysis.warm_up import WarmUp, mser5

PILOTS, WINDOWS = 5, 200
TRACED = 300_000
"""Operations up to which a trace costs next to nothing."""
SLICED = 1_000_000
"""Operations from which on a single run says how far it is and can be stopped midway."""


@dataclass(frozen=True)
class Experiment:
    """What came out. ``runs`` in the order of replications, without traces but the first where one was asked for.

    ``warm_up`` was left out of each run; ``found`` is how MSER-5 found it, None where it was given. ``faults`` are
    laws that runs broke: then nothing else is worth reading.
    """

    model: Model
    until: float
    warm_up: float
    found: WarmUp | None
    replications: Replications
    runs: tuple[Run, ...]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    series: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def steady(self) -> bool:
        """Whether long-run averages exist: nothing is overloaded, nothing locked."""
        return not any("overloaded" in said for said in self.warnings) and not any(r.deadlock for r in self.runs)

    def interval(self, measure: str) -> Interval:
        """The mean of "throughput", "wip", "flow_time", "flow_sd" or "on_time", with its interval."""
        return self.replications.interval(measure)


def measures_of(run: Run) -> dict[str, float]:
    """What is compared between models. ``on_time``: share of orders with a due date that met it; NaN without any."""
    orders = sum(product.orders for product in run.products)
    late = sum(product.late for product in run.products)
    return {
        "throughput": run.throughput,
        "wip": run.wip,
        "flow_time": run.flow_time,
        "flow_sd": run.flow_sd,
        "on_time": 1.0 - late / orders if orders else math.nan,
    }


Watch = Callable[[float, int, Replications | None], bool]
"""Called with replications done (parts of them counted), how many are expected (0: pilots for the warm-up), and what
there is. False stops."""


def experiment(
    model: Model,
    *,
    until: float | None = None,
    warm_up: float | None = None,
    replications: int | None = None,
    precision: float | None = None,
    seed: int | None = None,
    trace: bool | None = None,
    workers: int | None = None,
    cap: int = CAP,
    watch: Watch | None = None,
) -> Experiment:
    """Run a model as its plan says, or as the arguments say instead.

    Without a warm-up, five pilot runs and MSER-5 find one. Without a number of replications, they go on until the
    throughput's interval is as narrow as ``precision``. ``trace``: of the first replication; None takes one where it is
    short. An interrupt keeps the replications that are done, and is passed on if none is.
    """
    plan = model.plan
    seed = plan.seed if seed is None else seed
    until = horizon(model) if until is None else until
    warm_up = plan.warm_up if warm_up is None else warm_up
    replications = plan.replications if replications is None else replications
    pilot = pilot_runs(model, seed, until, watch)
    cut = warm_up if warm_up is not None else pilot.cut
    traced = pilot.operations <= TRACED if trace is None else trace
    sliced = pilot.operations >= SLICED
    kept = _Kept(model, until, cut, replication_seed(seed, 0) if traced else None, sliced, watch)
    goal = Precision("throughput", plan.precision if precision is None else precision, cap)
    workers = workers or os.cpu_count() or 1
    if replications is not None:
        done = replicate(kept, replications, seed, workers=workers, progress=kept.progress, cancel=kept.cancel)
    else:
        done = replicate_until(kept, goal, seed, workers=workers, progress=kept.progress, cancel=kept.cancel)
    runs = tuple(kept.runs[one] for one in done.seeds)
    found = pilot.found if warm_up is None else None
    warnings = [*model_warnings(model), *_said(runs, found, done, goal)]
    return Experiment(model, until, cut, found, done, runs, tuple(kept.faults), tuple(warnings), pilot.series)


class _Kept:
    """A process that keeps its runs beside their measures, and can be told to stop."""

    def __init__(
        self, model: Model, until: float, warm_up: float, traced_seed: int | None, sliced: bool, watch: Watch | None
    ) -> None:
        self.model, self.until, self.warm_up, self.traced = model, until, warm_up, traced_seed
        self.runs: dict[int, Run] = {}
        self.faults: list[str] = []
        self.watch, self.sliced = watch, sliced
        self.stopping = threading.Event()
        self.shares: dict[int, float] = {}
        self.expected = FIRST

    def __call__(self, seed: int) -> dict[str, float]:
        def tick(share: float) -> bool:
            self.shares[seed] = share
            if self.watch and not self.watch(sum(self.shares.copy().values()), self.expected, None):
                self.cancel()
            return not self.stopping.is_set()

        if self.stopping.is_set():
            raise Cancelled
        heard = tick if self.sliced else None
        trace = seed == self.traced
        run = simulate(self.model, seed, until=self.until, warm_up=self.warm_up, trace=trace, progress=heard)
        if self.stopping.is_set() and run.until < self.until and not run.deadlock:
            raise Cancelled
        self.runs[seed] = run
        self.faults += broken_laws(run)
        return measures_of(run)

    def progress(self, done: int, expected: int, so_far: Replications) -> bool:
        self.expected = expected
        return not self.stopping.is_set() and (self.watch is None or self.watch(float(done), expected, so_far))

    def cancel(self) -> None:
        self.stopping.set()


@dataclass(frozen=True)
class Pilot:
    """Five runs from the empty state: ``series`` over time, the warm-up that they show, how much work one run is."""

    found: WarmUp | None
    cut: float
    operations: int
    series: Mapping[str, NDArray[np.float64]]


def pilot_runs(model: Model, seed: int, until: float, watch: Watch | None = None) -> Pilot:
    """Run the pilots, with the seeds of the first replications. Raises Cancelled if ``watch`` says to stop."""
    runs = []
    for i in range(PILOTS):
        if watch and not watch(0.0, 0, None):
            raise Cancelled
        runs.append(simulate(model, replication_seed(seed, i), until=until, windows=WINDOWS))
    operations = max(run.operations for run in runs)
    kept = [run.series for run in runs if run.series is not None and len(run.series.wip) == WINDOWS]
    if not kept:  # a deadlock cut them short
        return Pilot(None, 0.0, operations, {})
    wip = np.array([series.wip for series in kept])
    rate = np.array([series.throughput for series in kept])
    time = np.asarray((np.arange(WINDOWS) + 0.5) * kept[0].width, dtype=np.float64)
    found = max((mser5(wip), mser5(rate)), key=lambda one: one.cut)
    return Pilot(found, _cut(found, until), operations, {"time": time, "wip": wip, "throughput": rate})


def _cut(found: WarmUp, until: float) -> float:
    """The warm-up in time; never more than half of the run."""
    return min(found.cut, WINDOWS // 2) / WINDOWS * until


def _said(runs: tuple[Run, ...], found: WarmUp | None, done: Replications, goal: Precision) -> list[str]:
    said = []
    if locked := next((run for run in runs if run.deadlock), None):
        circle = " → ".join((*locked.deadlock, locked.deadlock[0]))
        said.append(f"Deadlock at {locked.until:.5g}: {circle} wait for each other, and nothing moves any more.")
    if found and not found.settled:
        said.append("The run never settles: it is too short for a long-run average, or there is none. Run it longer.")
    if done.stopped:
        said.append(f"Stopped after {len(done)} replications; what is shown is from these.")
    elif not done.reached:
        said.append(f"{len(done)} replications did not reach ±{100 * goal.relative:g} %. Run each of them longer.")
    return said


def paired(
    first: Model,
    second: Model,
    *,
    until: float | None = None,
    warm_up: float | None = None,
    replications: int | None = None,
    precision: float | None = None,
    seed: int | None = None,
    trace: bool | None = None,
    workers: int | None = None,
    watch: Watch | None = None,
) -> tuple[Experiment, Experiment]:
    """Two models under common random numbers: same seeds, same length, same warm-up, as many replications.

    The first model's plan counts; the longer of both lengths and warm-ups holds for both. Raises ValueError if their
    units of time differ.
    """
    if first.time_unit != second.time_unit:
        raise ValueError(f"models in {first.time_unit} and in {second.time_unit} cannot be paired")
    seed = first.plan.seed if seed is None else seed
    until = max(horizon(first), horizon(second)) if until is None else until
    warm_up = first.plan.warm_up if warm_up is None else warm_up
    found: tuple[WarmUp | None, ...] = (None, None)
    if warm_up is None:
        pilots = [pilot_runs(model, seed, until, watch) for model in (first, second)]
        warm_up, found = max(pilot.cut for pilot in pilots), tuple(pilot.found for pilot in pilots)
    common: dict[str, Any] = {"until": until, "warm_up": warm_up, "seed": seed, "workers": workers, "watch": watch}
    one = experiment(first, **common, replications=replications, precision=precision, trace=trace)
    two = experiment(second, **common, replications=len(one.runs), trace=trace)
    return replace(one, found=found[0]), replace(two, found=found[1])
