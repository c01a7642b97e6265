"""The penny fab itself: one flat call of the factory engine, and what is counted with a clipboard and a stopwatch.

Counting begins when some pennies have left (``settled``), so that the way in which the fab was filled is forgotten, and
both its ends are moments at which a penny leaves. The number counted is a multiple of the WIP: without chance the fab
repeats itself after that many pennies, and what is counted is then exact. See model.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Trace
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.line import Line

Floats = NDArray[np.float64]
STATIONS = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Visits:
    """One row for each visit of a penny to a station, in the order of ``left``; times in hours.

    ``penny`` counts the coins of the fab from 0: one that leaves comes back as the next to be made.
    """

    penny: NDArray[np.int64]
    station: NDArray[np.int64]
    queued: Floats
    started: Floats
    ended: Floats
    left: Floats


@dataclass(frozen=True)
class Count:
    """What was counted from hour ``begin`` to hour ``end``, while ``pennies`` left.

    ``flow`` holds their times from door to door, h; ``before`` the hours that the pennies inside at ``begin`` had spent
    there by then, ``inside`` those of the pennies inside at ``end``.
    """

    wip: int
    begin: float
    end: float
    flow: Floats
    before: float
    inside: float
    visits: Visits

    @property
    def pennies(self) -> int:
        return len(self.flow)

    @property
    def hours(self) -> float:
        return self.end - self.begin

    @property
    def throughput(self) -> float:
        """Pennies per hour."""
        return self.pennies / self.hours

    @property
    def cycle_time(self) -> float:
        """Mean time from door to door, h."""
        return float(np.mean(self.flow))

    @property
    def penny_hours(self) -> float:
        """Hours spent inside by all pennies between ``begin`` and ``end``, from the stopwatch alone."""
        return float(np.sum(self.flow)) - self.before + self.inside


def run_fab(
    hours: Sequence[float], machines: Sequence[int], cv: float, wip: int, tray: bool, pennies: int, seed: int
) -> Count:
    """Run a fab until at least ``pennies`` are counted.

    ``hours`` and ``machines`` of each station; ``cv`` of all times (0 constant, 1 exponential, else gamma); with
    ``tray`` all pennies move as one batch.
    """
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    step = math.lcm(wip, machines[int(np.argmax(np.divide(hours, machines)))])
    settled, counted = step * math.ceil((3 * wip + 12) / step), step * math.ceil(pennies / step)
    # A few more pennies than counted, so that every visit begun by the last moment is known to its end.
    trace = simulate(
        fab_model(tuple(hours), tuple(machines), cv, wip, tray),
        seed,
        parts=settled + counted + 3 * wip + 2 * sum(machines),
        trace=True,
    ).trace
    if trace is None:
        raise RuntimeError("a traced run has a trace")
    return _counted(_moved(trace, len(hours), wip if tray else 1), wip, settled, counted)


@lru_cache(maxsize=256)
def fab_model(hours: tuple[float, ...], machines: tuple[int, ...], cv: float, wip: int, tray: bool) -> Model:
    """The fab as the engine reads it."""
    line = Line("penny fab", time_unit="h")
    names = [f"station {i}" for i in range(1, len(hours) + 1)]
    for name, mean, count in zip(names, hours, machines, strict=True):
        line = line.station(name, time=time_of(mean, cv), machines=count, move_batch=wip if tray else 1)
    return line.product("penny", names).conwip(wip).model()


def time_of(mean: float, cv: float) -> dict[str, Any]:
    """A process time of that mean and coefficient of variation; constant below one in a thousand, which nobody sees."""
    if cv < 0.001:
        return {"kind": "constant", "value": mean}
    return {"kind": "exponential", "mean": mean} if cv == 1.0 else {"kind": "gamma", "mean": mean, "cv": cv}


def _moved(trace: Trace, stations: int, batch: int) -> Visits:
    """Whole visits of parts (not yet of coins); ``left`` is when the part moved on, with its tray where there is one.

    The trace says when a part left its machine. It moved on when it came to the next station; out of the last one, when
    the last of its tray was done.
    """
    order = np.lexsort((trace.station, trace.part))
    part, station = trace.part[order], trace.station[order].astype(np.int64)
    whole = np.isin(part, part[station == stations - 1])
    order, part, station = order[whole], part[whole], station[whole]
    left = np.append(trace.queued[order][1:], 0.0)
    last = np.flatnonzero(station == stations - 1)
    done = last[np.lexsort((part[last], trace.left[order][last]))]
    full = len(done) // batch * batch
    trays = trace.left[order][done][:full].reshape(-1, batch)
    left[done[:full]] = np.repeat(trays.max(axis=1), batch)
    left[done[full:]] = np.inf
    return Visits(part, station, trace.queued[order], trace.started[order], trace.ended[order], left)


def _counted(visits: Visits, wip: int, settled: int, counted: int) -> Count:
    stations = int(visits.station.max()) + 1
    first, last = visits.station == 0, visits.station == stations - 1
    part, released, left = visits.penny[last], visits.queued[first], visits.left[last]
    out = np.lexsort((part, left))
    part, released, left = part[out], released[out], left[out]
    begin, end = float(left[settled - 1]), float(left[settled + counted - 1])
    return Count(
        wip=wip,
        begin=begin,
        end=end,
        flow=(left - released)[settled : settled + counted],
        before=_hours_inside(released[settled:], begin),
        inside=_hours_inside(released[settled + counted :], end),
        visits=_of_coins(visits, part, wip),
    )


def _hours_inside(released: Floats, at: float) -> float:
    """Hours that pennies that have not left yet have spent inside by then."""
    return float(np.sum(np.maximum(at - released, 0.0)))


def _of_coins(visits: Visits, out: NDArray[np.int64], wip: int) -> Visits:
    """The same visits by coin: the part that a leaving one lets in is made of the same penny. In order of ``left``."""
    order = np.lexsort((visits.penny, visits.left))
    part = visits.penny
    coin: dict[int, int] = {}
    for new in np.unique(part).tolist():  # numbers count from 0 in the order in which parts are let in
        coin[new] = new if new < wip else coin[int(out[new - wip])]
    penny = np.array([coin[int(p)] for p in part[order]], dtype=np.int64)
    return Visits(
        penny,
        visits.station[order],
        visits.queued[order],
        visits.started[order],
        visits.ended[order],
        visits.left[order],
    )
