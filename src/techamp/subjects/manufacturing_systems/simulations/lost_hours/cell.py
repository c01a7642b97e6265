"""The cell as the engine's model, one run of it, and the event log that the run leaves behind. Times in minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Trace
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.reading import model_from
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import MACHINES
from techamp.subjects.manufacturing_systems.simulations.lost_hours.plan import BY_NAME, GOALS
from techamp.subjects.manufacturing_systems.studies.event_log.log import STATES, EventLog

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
IDEAL: Mapping[str, float] = {"lathe": 3.2, "press": 2.2, "cell": 3.3}
"""Minutes of one part by the data sheet: the plant's cycle times."""
SLOW = 1.5
"""A slow shaft takes that many times the ideal. Our choice."""
STOP = {"lathe": 1.5, "cell": 1.0}
"""Mean minutes of a short stop. Our choice."""
MTTF = {"lathe": 600.0, "press": 900.0, "cell": 450.0}
CELL_MTTR, PRESS_SCRAP, CELL_SCRAP = 12.0, 0.008, 0.005
"""With MTTF: the plant's numbers that nobody improves here."""
LOT, PLACES = 120, 20
"""Shafts between two changeovers (the plant's), and places before press and robot cell (our choice)."""
SHIFT, WARM_UP, BEYOND = 450.0, 450.0, 720.0
"""Production minutes of a shift; the shift before counting; and what is run on to see what became of the last parts."""
TODAY: tuple[tuple[str, float], ...] = tuple((goal.name, goal.today) for goal in GOALS)
_WORK, _DOWN, _SETUP = 0, 1, 2
_KINDS = {_WORK: "work", _DOWN: "down", _SETUP: "setup"}


@dataclass(frozen=True, eq=False)
class CellRun:
    """The counted time of a run, which begins at 0.

    ``log`` is what the machines would write; a row of work with case −1 had not ended with it. Arrays over visits of
    parts to machines: place of the machine, start, end, leaving, whether the part was bad. ``stops``: machine, from,
    to, and 1 for a changeover. ``out`` are the moments of good parts.
    """

    minutes: float
    log: EventLog
    machine: Whole
    started: Floats
    ended: Floats
    left: Floats
    bad: NDArray[np.bool_]
    stops: tuple[Whole, Floats, Floats, Whole]
    out: Floats

    @property
    def a_shift(self) -> float:
        """Good parts per shift."""
        return len(self.out) / self.minutes * SHIFT

    def blocked(self, place: int) -> float:
        """Minutes in which the machine held a finished part for want of room."""
        mine = self.machine == place
        waits = np.clip(self.left[mine], 0.0, self.minutes) - np.clip(self.ended[mine], 0.0, self.minutes)
        return float(waits.sum())


@lru_cache(maxsize=256)
def cell_model(goals: tuple[tuple[str, float], ...]) -> Model:
    """Lathe, press and robot cell in a row, endless bars before them, and a counter of good parts behind."""
    at = dict(goals)
    times = [IDEAL["lathe"]] * round(100 - at["lathe_slow"]) + [SLOW * IDEAL["lathe"]] * round(at["lathe_slow"])
    lathe = {
        "name": "lathe",
        "time": {"kind": "empirical", "values": times},
        "failures": [
            {"mttf": MTTF["lathe"], "mttr": at["lathe_mttr"]},
            {"mttf": 60.0 / at["lathe_stops"], "mttr": STOP["lathe"]},
        ],
        "setup": {"time": at["lathe_setup"]},
        "scrap": at["lathe_scrap"] / 100.0,
    }
    press = {
        "name": "press",
        "time": IDEAL["press"],
        "buffer": PLACES,
        "failures": [{"mttf": MTTF["press"], "mttr": at["press_mttr"]}],
        "scrap": PRESS_SCRAP,
    }
    cell = {
        "name": "cell",
        "time": IDEAL["cell"],
        "buffer": PLACES,
        "failures": [
            {"mttf": MTTF["cell"], "mttr": CELL_MTTR},
            {"mttf": 60.0 / at["cell_stops"], "mttr": STOP["cell"]},
        ],
        "scrap": CELL_SCRAP,
    }
    stations = [lathe, press, cell, {"name": "counter", "time": 0.0}]
    route = [station["name"] for station in stations]
    lots = ["standard", "short", "standard", "long"]
    return model_from(
        {
            "name": "lost hours",
            "time_unit": "min",
            "stations": stations,
            "products": [{"name": name, "route": route} for name in dict.fromkeys(lots)],
            "release": {"policy": "push", "sequence": [name for name in lots for _ in range(LOT)]},
        }
    )


@lru_cache(maxsize=4096)
def good_parts(goals: tuple[tuple[str, float], ...], minutes: float, seed: int) -> int:
    """Good parts of the counted time alone, without a log."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    return simulate(cell_model(goals), seed, until=WARM_UP + minutes, warm_up=WARM_UP).finished


def run_cell(goals: tuple[tuple[str, float], ...], minutes: float, seed: int) -> CellRun:
    """One run and its log."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    trace = simulate(cell_model(goals), seed, until=WARM_UP + minutes + BEYOND, trace=True).trace
    if trace is None:
        raise RuntimeError("a traced run has a trace")
    place, started, ended, left = trace.station, trace.started - WARM_UP, trace.ended - WARM_UP, trace.left - WARM_UP
    within = (started < minutes) & (left > 0.0) & (place < len(MACHINES))
    work, down = within & (trace.kind == _WORK), within & (trace.kind != _WORK)
    arrived = (trace.kind == _WORK) & (place == len(MACHINES))
    out = np.sort(left[arrived])
    return CellRun(
        minutes=minutes,
        log=_log(trace, within, started, ended, minutes),
        machine=place[work].astype(np.int64),
        started=started[work],
        ended=ended[work],
        left=left[work],
        bad=_bad(trace)[work],
        stops=(
            place[down].astype(np.int64),
            started[down],
            ended[down],
            (trace.kind[down] == _SETUP).astype(np.int64),
        ),
        out=out[(out > 0.0) & (out <= minutes)],
    )


def _part(trace: Trace) -> Whole:
    """A number for each part (the engine counts the parts of each product by themselves); −1 where there is none."""
    products = int(trace.product.max()) + 1
    return np.where(trace.kind == _WORK, trace.part * products + trace.product, -1).astype(np.int64)


def _bad(trace: Trace) -> NDArray[np.bool_]:
    """Which visits ended in scrap: the part never came to the next machine."""
    part, work = _part(trace), trace.kind == _WORK
    reached = np.zeros(int(part.max()) + 1, dtype=np.int64)
    np.maximum.at(reached, part[work], trace.station[work].astype(np.int64))
    bad: NDArray[np.bool_] = work & (reached[np.maximum(part, 0)] == trace.station)
    return bad


def _log(trace: Trace, within: NDArray[np.bool_], started: Floats, ended: Floats, minutes: float) -> EventLog:
    """What the machines wrote in the counted time, cut at its ends, with a row of nothing over all of it for each."""
    n = len(MACHINES)
    kind, part = trace.kind[within], _part(trace)[within]
    unended = (kind == _WORK) & (ended[within] > minutes)
    cases, case = np.unique(part[part >= 0], return_inverse=True)
    place = np.full(len(part), -1, dtype=np.int64)
    place[part >= 0] = case
    code = np.array([STATES.index(_KINDS[k]) for k in range(len(_KINDS))], dtype=np.int64)
    start = np.concatenate([np.zeros(n), np.clip(started[within], 0.0, minutes)])
    order = np.argsort(start, kind="stable")
    names = tuple(MACHINES.values())
    machine = np.concatenate([np.arange(n), trace.station[within]]).astype(np.int64)
    return EventLog(
        unit="min",
        cases=tuple(str(one) for one in cases.tolist()),
        machines=names,
        steps=names,
        case=np.concatenate([np.full(n, -1), np.where((kind == _WORK) & ~unended, place, -1)])[order],
        machine=machine[order],
        step=machine[order],
        state=np.concatenate([np.full(n, STATES.index("idle")), code[kind]])[order],
        start=start[order],
        end=np.concatenate([np.full(n, minutes), np.clip(ended[within], 0.0, minutes)])[order],
        bad=np.concatenate([np.zeros(n, dtype=np.bool_), _bad(trace)[within]])[order],
        left_out=0,
        unknown_states=(),
    )


def changed(goals: Mapping[str, float]) -> tuple[str, ...]:
    """Names of the goals that are not as today."""
    return tuple(name for name, value in goals.items() if value != BY_NAME[name].today)
