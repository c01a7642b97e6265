"""Takt, capacity and utilization. Reference: Rother & Shook (1999), Learning to See; Hopp & Spearman, chapter 7."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults


def takt_time(available_time: float, demand: float) -> float:
    """Return the takt: the time between two parts that demand asks for, available time over demand.

    ``available_time`` of a period, breaks taken off, and the ``demand`` of that period. Example (Rother & Shook's Acme
    plant: 27,600 s a shift, 460 parts): 60 s.

    >>> takt_time(27_600, 460)
    60.0
    """
    faults = Faults()
    faults.positive("available time", available_time, "Enter the working time of the period without breaks.")
    faults.positive("demand", demand, "Enter how many parts are wanted in the period.")
    faults.stop()
    return available_time / demand


@dataclass(frozen=True)
class StationLoad:
    """One station under a demand: ``capacity`` in good parts per time unit, ``utilization`` of it, and its input."""

    capacity: float
    input_rate: float
    utilization: float


@dataclass(frozen=True)
class LineCapacity:
    """``rate`` is what the line can deliver at its end; ``bottleneck`` the place of the busiest station, from 0."""

    rate: float
    bottleneck: int
    stations: tuple[StationLoad, ...]


def line_capacity(
    te: Sequence[float], machines: Sequence[int], demand_rate: float, yields: Sequence[float] | None = None
) -> LineCapacity:
    """Return what each station must process so that ``demand_rate`` good parts leave, and which one is the bottleneck.

    ``te`` are effective process times (failures and setups in), ``machines`` how many work in parallel, ``yields`` the
    good share of each station. Scrapped parts are made again from the start, so a station must take in
    demand / Π(yields from it to the end). The bottleneck is the station of highest utilization, which need not be the
    slowest. A utilization above 1 is reported, not refused: it says how short the capacity is.
    Example (Penny Fab Two; 1, 2, 6, 2 machines of 2, 5, 10, 3 hours): 0.4 pennies an hour, station 2.

    >>> found = line_capacity([2, 5, 10, 3], [1, 2, 6, 2], demand_rate=0.3)
    >>> found.rate, found.bottleneck, round(found.stations[1].utilization, 3)
    (0.4, 1, 0.75)
    """
    good = [1.0] * len(te) if yields is None else list(yields)
    faults = Faults()
    faults.require(len(te) > 0, "te", "must have a station or more", list(te), "Give each station's process time.")
    faults.every_positive("te of station", te, "Enter the effective process time.")
    faults.same_length("machines", machines, len(te), "stations")
    faults.same_length("yields", good, len(te), "stations")
    for i, count in enumerate(machines, 1):
        faults.whole(f"machines of station {i}", count, 1, 1_000_000, "Enter how many machines work in parallel.")
    for i, share in enumerate(good, 1):
        faults.chance(f"yield of station {i}", share, "Enter the good share, 1 for no scrap.")
    faults.positive("demand rate", demand_rate, "Enter the good parts wanted per time unit.")
    faults.stop()
    loads = []
    for i, (time, count) in enumerate(zip(te, machines, strict=True)):
        need = 1.0 / math.prod(good[i:])
        loads.append(StationLoad(count / time / need, demand_rate * need, demand_rate * need * time / count))
    busiest = max(range(len(loads)), key=lambda i: loads[i].utilization)
    return LineCapacity(loads[busiest].capacity, busiest, tuple(loads))
