"""Little's law: WIP = throughput × cycle time. Reference: Little (1961), Operations Research 9(3), 383-387."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems.faults import Faults

_REMEDY = {
    "wip": "Enter the jobs in the system, in process and waiting.",
    "throughput": "Enter how many jobs leave per time unit.",
    "cycle_time": "Enter the time from entering to leaving, in the time unit of the throughput.",
}


@dataclass(frozen=True)
class Flow:
    """``wip`` in jobs, ``throughput`` in jobs per time unit, ``cycle_time`` in that time unit."""

    wip: float
    throughput: float
    cycle_time: float


def littles_law(*, wip: float | None = None, throughput: float | None = None, cycle_time: float | None = None) -> Flow:
    """Return all three from any two: WIP = TH · CT.

    Valid for long-run averages of any system where all that enters leaves, whatever happens inside. Raises
    InvalidInput unless exactly two are given. Example (Hopp & Spearman, Penny Fab One at its critical WIP): 4 pennies,
    one each 2 hours, are 8 hours on their way.

    >>> littles_law(wip=4, throughput=0.5)
    Flow(wip=4, throughput=0.5, cycle_time=8.0)
    """
    given = {"wip": wip, "throughput": throughput, "cycle_time": cycle_time}
    known = {name: value for name, value in given.items() if value is not None}
    if len(known) != 2:
        rule = "must be two of wip, throughput and cycle time"
        raise InvalidInput("Little's law", rule, sorted(known), "Give two and leave out the one you want.")
    faults = Faults()
    for name, value in known.items():
        faults.positive(name.replace("_", " "), value, _REMEDY[name])
    faults.stop()
    jobs = math.nan if wip is None else wip
    rate = math.nan if throughput is None else throughput
    time = math.nan if cycle_time is None else cycle_time
    if wip is None:
        return Flow(rate * time, rate, time)
    if throughput is None:
        return Flow(jobs, jobs / time, time)
    return Flow(jobs, rate, jobs / rate)
