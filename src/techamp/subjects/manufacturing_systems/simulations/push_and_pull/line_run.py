"""One run of the line on the factory engine under push, kanban or CONWIP, and its moments. Times in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Run, Trace
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.reading import model_from
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.inputs import (
    SHIFT,
    STATIONS,
    PushAndPullInputs,
)

Floats = NDArray[np.float64]
WARM_UP = 40.0 * 60.0
WINDOWS = 100
_WORK, _DOWN = 0, 1


@lru_cache(maxsize=512)
def line_model(inputs: PushAndPullInputs) -> Model:
    """The line as the engine reads it."""
    return model_from(
        {
            "name": "push and pull",
            "time_unit": "min",
            "stations": [_station(inputs, i) for i in range(len(STATIONS))],
            "products": [
                {
                    "name": "actuator",
                    "route": [one.name for one in STATIONS],
                    **({"arrivals": _plan(inputs)} if inputs.method == "push" else {}),
                }
            ],
            "release": {"policy": inputs.method, **({"wip": inputs.wip} if inputs.method == "conwip" else {})},
        }
    )


def _station(inputs: PushAndPullInputs, i: int) -> dict[str, Any]:
    one = STATIONS[i]
    made: dict[str, Any] = {"name": one.name, "time": _time(one.minutes, inputs.cv), "machines": one.machines}
    if inputs.repair:
        made["failures"] = [{"mttf": one.mttf, "mttr": one.mttr * inputs.repair / 100.0}]
    if inputs.method == "kanban":
        made["cards"] = cards_of(inputs, i)
        made["buffer_after"] = cards_of(inputs, i)  # a finished part that waits for the next card leaves the machine
    return made


def cards_of(inputs: PushAndPullInputs, i: int) -> int:
    """Cards of station ``i``: one for each machine, and the spare ones."""
    return STATIONS[i].machines + inputs.cards


def _time(mean: float, cv: float) -> dict[str, Any]:
    """A process time; constant below a variation of one in a thousand, which nobody sees."""
    return {"kind": "gamma", "mean": mean, "cv": cv} if cv >= 0.001 else {"kind": "constant", "value": mean}


def _plan(inputs: PushAndPullInputs) -> dict[str, Any]:
    """Releases at a fixed pace: one by one, or what an hour or a shift is to make."""
    hours = {"hour": 1.0, "shift": SHIFT}.get(inputs.lumps, 1.0 / inputs.rate)
    batch = max(1, round(inputs.rate * hours))
    return {"between": 60.0 * batch / inputs.rate, "batch": batch}


def run_line(inputs: PushAndPullInputs, seed: int, *, trace: bool = False, windows: int = 0) -> Run:
    """Forty hours to settle from an empty line, then as many as are counted."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    until = WARM_UP + 60.0 * inputs.hours
    return simulate(line_model(inputs), seed, until=until, warm_up=WARM_UP, trace=trace, windows=windows)


@dataclass(frozen=True)
class Replay:
    """Visits of parts to stations, in the order in which they ended: queued, started and ended there, off the machine
    at ``left``, gone to the next station (or out) at ``moved``. ``stops`` are (station, machine of it, from, to)."""

    part: NDArray[np.int64]
    station: NDArray[np.int64]
    machine: NDArray[np.int64]
    queued: Floats
    started: Floats
    ended: Floats
    left: Floats
    moved: Floats
    stops: tuple[tuple[int, int, float, float], ...]


def replay(inputs: PushAndPullInputs, seed: int, shown: float) -> Replay:
    """The first ``shown`` minutes of the counted time; moments since it began, negative before it."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    # A day more, so that visits begun within ``shown`` are known to their end.
    trace = simulate(line_model(inputs), seed, until=WARM_UP + shown + 1440.0, trace=True).trace
    if trace is None:
        raise RuntimeError("a traced run has a trace")
    work = np.flatnonzero(trace.kind == _WORK)
    work = work[np.lexsort((trace.station[work], trace.part[work]))]
    moved = _moved(trace, work)
    seen = (moved > WARM_UP) & (trace.queued[work] < WARM_UP + shown)
    order = np.argsort(trace.ended[work][seen], kind="stable")
    rows, moved = work[seen][order], moved[seen][order]
    first = np.cumsum([0, *(one.machines for one in STATIONS)])
    down = np.flatnonzero((trace.kind == _DOWN) & (trace.started < WARM_UP + shown) & (trace.ended > WARM_UP))
    return Replay(
        trace.part[rows],
        trace.station[rows].astype(np.int64),
        trace.machine[rows] - first[trace.station[rows]],
        trace.queued[rows] - WARM_UP,
        trace.started[rows] - WARM_UP,
        trace.ended[rows] - WARM_UP,
        trace.left[rows] - WARM_UP,
        moved - WARM_UP,
        tuple(
            (
                int(trace.station[i]),
                int(trace.machine[i] - first[trace.station[i]]),
                float(trace.started[i]) - WARM_UP,
                float(trace.ended[i]) - WARM_UP,
            )
            for i in down
        ),
    )


def _moved(trace: Trace, work: NDArray[np.intp]) -> Floats:
    """When each visit, in the order of parts and stations, gave the part up: next queue, or out of the last station."""
    part, station = trace.part[work], trace.station[work]
    goes_on = np.append(part[1:] == part[:-1], False)
    found = np.where(goes_on, np.append(trace.queued[work][1:], 0.0), np.inf)
    last = station == len(STATIONS) - 1
    found[last] = trace.left[work][last]
    return found
