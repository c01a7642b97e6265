"""One run of a serial line: a flat call over arrays, and what comes back as arrays. Times in minutes.

Everything that a page shows is worked out from what this function returns, so that another machine may run the kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.line import Line

Floats = NDArray[np.float64]
STATES = ("busy", "blocked", "starved", "down")
_WORK, _DOWN = 0, 1


@dataclass(frozen=True)
class LineRun:
    """``states`` holds shares of time, a row for each station in the order of STATES. ``entered`` and ``left`` are the
    moments at which each part went onto the first station and off the last one (infinite: it is still inside), in
    their order. ``begin`` and ``end`` bound the counted time."""

    begin: float
    end: float
    states: Floats
    entered: Floats
    left: Floats
    run: Run

    @property
    def minutes(self) -> float:
        return self.end - self.begin

    @property
    def out(self) -> NDArray[np.bool_]:
        """Which parts left in the counted time."""
        return (self.left > self.begin) & (self.left <= self.end)

    @property
    def throughput(self) -> float:
        """Parts per minute."""
        return self.run.throughput

    @property
    def lead_time(self) -> float | None:
        """Mean minutes from first to last station; None while no part has left."""
        return self.run.flow_time if self.run.finished else None

    @property
    def lead_times(self) -> Floats:
        """Minutes from first to last station of the parts that left in the counted time."""
        return (self.left - self.entered)[self.out]

    @property
    def before(self) -> float:
        """Minutes that the parts inside at ``begin`` had spent there."""
        return _minutes_inside(self.entered, self.left, self.begin)

    @property
    def inside(self) -> float:
        """Minutes that the parts inside at ``end`` have spent there."""
        return _minutes_inside(self.entered, self.left, self.end)

    @property
    def wip(self) -> float:
        """Mean number of parts inside, as the engine counts it while it runs: not from the moments above."""
        return self.run.wip


def _minutes_inside(entered: Floats, left: Floats, at: float) -> float:
    return float(np.sum(at - entered[(entered <= at) & (left > at)]))


def run_line(
    minutes: Sequence[float],
    places: Sequence[int],
    mttf: Sequence[float],
    mttr: Sequence[float],
    cv: float,
    warm_up: float,
    counted: float,
    seed: int,
    trace: bool = True,
) -> LineRun:
    """Run a line from empty, with endless supply before its first station.

    ``minutes`` a part takes at each station on average, ``cv`` their variation; ``places`` between stations, one number
    fewer; ``mttf`` and ``mttr`` exponential, by running time (an mttr of 0: never fails). Nothing is counted for
    ``warm_up`` minutes, then for ``counted`` minutes. Without a ``trace`` the moments of single parts are not kept.
    """
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    model = line_model(tuple(minutes), tuple(places), tuple(mttf), tuple(mttr), cv)
    run = simulate(model, seed, until=warm_up + counted, warm_up=warm_up, trace=trace)
    states = np.array([[station.share(state) for state in STATES] for station in run.stations])
    entered, left = _doors(run, len(minutes)) if trace else (np.zeros(0), np.zeros(0))
    return LineRun(warm_up, warm_up + counted, states, entered, left, run)


@lru_cache(maxsize=256)
def line_model(
    minutes: tuple[float, ...], places: tuple[int, ...], mttf: tuple[float, ...], mttr: tuple[float, ...], cv: float
) -> Model:
    """The line as the engine reads it."""
    line = Line("the line", time_unit="min")
    names = [f"station {i}" for i in range(1, len(minutes) + 1)]
    for i, name in enumerate(names):
        line = line.buffer(places[i - 1]) if i else line
        stops = {"mttf": mttf[i], "mttr": mttr[i]} if mttr[i] > 0.0 else {}
        line = line.station(name, time=time_of(minutes[i], cv), **stops)
    return line.product("part", names).model()


def time_of(mean: float, cv: float) -> dict[str, Any]:
    """A process time of that mean and coefficient of variation; constant below one in a thousand, which nobody sees."""
    if cv < 0.001:
        return {"kind": "constant", "value": mean}
    return {"kind": "exponential", "mean": mean} if cv == 1.0 else {"kind": "gamma", "mean": mean, "cv": cv}


def _doors(run: Run, stations: int) -> tuple[Floats, Floats]:
    trace = run.trace
    if trace is None:
        raise RuntimeError("a traced run has a trace")
    work = trace.kind == _WORK
    entered = np.sort(trace.started[work & (trace.station == 0)])
    left = np.full(len(entered), np.inf)
    gone = np.sort(
        trace.left[work & (trace.station == stations - 1)]
    )  # first come, first served: parts keep their order
    left[: len(gone)] = gone
    return entered, left


@dataclass(frozen=True)
class Replay:
    """Moments of the counted time's first minutes: visits (part, station, queued, started, ended, left) in the order of
    ``left``, and stops (station, from, to); minutes since counting began, negative before it."""

    part: NDArray[np.int64]
    station: NDArray[np.int64]
    queued: Floats
    started: Floats
    ended: Floats
    left: Floats
    stops: tuple[tuple[int, float, float], ...]


def replay(model: Model, warm_up: float, shown: float, seed: int) -> Replay:
    """The same run as ``run_line`` by the event kernel, which also notes when machines stand still."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    # A day more, so that visits begun within ``shown`` are known to their end.
    trace = simulate(model, seed, until=warm_up + shown + 1440.0, trace=True, kernel="events").trace
    if trace is None:
        raise RuntimeError("a traced run has a trace")
    work = np.flatnonzero((trace.kind == _WORK) & (trace.queued <= warm_up + shown) & (trace.left > warm_up))
    work = work[np.lexsort((trace.part[work], trace.left[work]))]
    down = np.flatnonzero((trace.kind == _DOWN) & (trace.started < warm_up + shown) & (trace.ended > warm_up))
    return Replay(
        trace.part[work],
        trace.station[work].astype(np.int64),
        trace.queued[work] - warm_up,
        trace.started[work] - warm_up,
        trace.ended[work] - warm_up,
        trace.left[work] - warm_up,
        tuple(
            (int(trace.station[i]), float(trace.started[i]) - warm_up, float(trace.ended[i]) - warm_up) for i in down
        ),
    )
