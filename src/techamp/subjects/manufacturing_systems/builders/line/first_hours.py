"""The first hours of a line, from empty: what each machine did when. For the Gantt chart and for the scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from techamp.contract import Trace
from techamp.subjects.manufacturing_systems.model.factory_model import Model

MOST_VISITS = 500
PARTS = 24
"""Parts that leave while we look on: enough to see the line fill and a queue grow. Our choice."""
KINDS = ("work", "down", "setup", "off")


@dataclass(frozen=True)
class Interval:
    """One machine doing one thing. ``part`` is −1 where it works on none; ``queued`` and ``left`` as the engine has
    them, for work."""

    station: int
    machine: int
    kind: str
    product: int
    part: int
    step: int
    queued: float
    started: float
    ended: float
    left: float


@dataclass(frozen=True)
class FirstHours:
    """Intervals that begin before ``shown``, in the order in which they begin."""

    model: Model
    shown: float
    intervals: tuple[Interval, ...]


def first_hours(model: Model, seed: int, throughput: float) -> FirstHours:
    """The same luck as the first replication, from time 0, by the kernel that notes every stop."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    passing = sum(model.process_time(p, s).mean for p in model.products for s in p.route) / len(model.products)
    shown = _round_up(max(PARTS / throughput if throughput > 0 else 0.0, 1.5 * passing) or 1.0)
    trace = simulate(model, seed, until=2.0 * shown, trace=True, kernel="events").trace
    if trace is None:
        raise RuntimeError("a traced run has a trace")
    order = np.argsort(trace.started, kind="stable")
    order = order[trace.started[order] < shown][:MOST_VISITS]
    if len(order) == MOST_VISITS:
        shown = float(trace.started[order[-1]])
    columns = (trace.station, trace.machine, trace.kind, trace.product, trace.part, trace.step)
    times = (trace.queued, trace.started, trace.ended, trace.left)
    rows = zip(*(column[order].tolist() for column in (*columns, *times)), strict=True)
    found = [Interval(st, m, KINDS[k], p, part, step, q, s, e, le) for st, m, k, p, part, step, q, s, e, le in rows]
    return FirstHours(model, shown, tuple(found))


def _round_up(time: float) -> float:
    """The next of 1, 1.5, 2, 3, 4, 6, 8 × 10ᵏ."""
    power = float(10.0 ** np.floor(np.log10(time)))
    return next(m * power for m in (1, 1.5, 2, 3, 4, 6, 8, 10) if m * power >= time * (1 - 1e-9))


def trace_of(hours: FirstHours) -> Trace:
    """One row for each interval, by when it ends; ``fixed`` names stations, machines and places."""
    end = hours.shown
    model = hours.model
    rows = sorted(
        hours.intervals, key=lambda one: (min(one.left if one.kind == "work" else one.ended, end), one.station)
    )
    firsts = np.cumsum([0, *(s.machines for s in model.stations)]).tolist()

    def rounded(value: float) -> float:
        return round(min(value, 2.0 * end), 3)

    last = (end, -1, 0, "end", -1, 2.0 * end, 2.0 * end, 2.0 * end, 2.0 * end)

    def row(one: Interval) -> tuple[Any, ...]:
        work = one.kind == "work"
        queued, left = (one.queued, one.left) if work else (one.started, one.ended)
        part = one.part * len(model.products) + one.product if work else -1
        machine = one.machine - firsts[one.station]
        times = map(rounded, (queued, one.started, one.ended, left))
        return round(min(left, end), 3), one.station, machine, one.kind, part, *times

    table = [*map(row, rows), last]
    names = ("station", "machine", "kind", "part", "queued", "started", "ended", "left")
    columns = list(zip(*table, strict=True))
    return Trace(
        t=columns[0],
        unit=model.time_unit,
        columns=dict(zip(names, columns[1:], strict=True)),
        fixed={
            "names": [s.name for s in model.stations],
            "machines": [s.machines for s in model.stations],
            "last": _last_stations(model),
        },
    )


def _last_stations(model: Model) -> list[int]:
    """Stations at which some product's route ends."""
    names = [s.name for s in model.stations]
    return sorted({names.index(p.route[-1].station) for p in model.products if p.route})
