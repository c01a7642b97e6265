"""Hopp and Spearman's penny fab: choose how many pennies are in it, and see what comes out and how long it takes."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np

from techamp.contract import Inputs, Measure, Outcome, Simulation, Trace, choice, quantity
from techamp.subjects.manufacturing_systems.flow.benchmarks import (
    LineLimits,
    best_case,
    line_limits,
    practical_worst_case,
)
from techamp.subjects.manufacturing_systems.simulations.penny_fab.fab import STATIONS, Count, run_fab
from techamp.subjects.manufacturing_systems.simulations.penny_fab.pictures import charts, tables
from techamp.subjects.manufacturing_systems.simulations.penny_fab.words import FABS, MOVES, notes

BOOK_FABS = {"one": ((2.0, 2.0, 2.0, 2.0), (1, 1, 1, 1)), "two": ((2.0, 5.0, 10.0, 3.0), (1, 2, 6, 2))}
OWN = ("fab", ("own",))
SHOWN = 80
"""Pennies that leave while the scene plays. Our choice: about one move a second at its slowest."""
MOST_POINTS = 16


def _time(station: str) -> Any:
    return quantity(
        2.0,
        "h",
        range=(0.5, 20.0),
        step=0.5,
        label=f"Time at station {station}",
        help="Mean time that one penny spends on one machine there.",
        when=OWN,
    )


def _machines(station: str) -> Any:
    return quantity(1, "machines", range=(1, 6), label=f"Machines at station {station}", when=OWN)


class PennyFabInputs(Inputs):
    """What the player sets."""

    wip: int = quantity(
        4,
        "pennies",
        range=(1, 30),
        label="Pennies in the fab (WIP)",
        help="As many are inside at every moment: when one leaves, a new one enters at once.",
    )
    cv: float = quantity(
        1.0,
        "",
        range=(0.0, 2.0),
        step=0.25,
        label="Variation of the times (cv)",
        help="Standard deviation divided by the mean. 0: every penny takes the same time. 1: as chancy as a die.",
    )
    moves: str = choice("single", MOVES, label="How pennies move from station to station")
    fab: str = choice("one", FABS, label="Which fab")
    time_a: float = _time("A")
    time_b: float = _time("B")
    time_c: float = _time("C")
    time_d: float = _time("D")
    machines_a: int = _machines("A")
    machines_b: int = _machines("B")
    machines_c: int = _machines("C")
    machines_d: int = _machines("D")
    pennies: int = quantity(
        200,
        "pennies",
        range=(100, 500),
        step=50,
        label="Pennies to count",
        help="How many must leave, after the fab has settled, before the counting ends.",
    )


class PennyFab(Simulation[PennyFabInputs]):
    """Four stations, and a penny comes in whenever one goes out."""

    id: ClassVar[str] = "manufacturing_systems.penny_fab"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "The penny fab"
    summary: ClassVar[str] = "Put pennies into a small factory. Find how many it needs, and what more of them do."
    Inputs: ClassVar[type[Inputs]] = PennyFabInputs

    def run(self, inputs: PennyFabInputs, seed: int) -> Outcome:
        """One run, and the same fab with the same luck at other numbers of pennies for the curves."""
        hours, machines = stations(inputs)
        limits = line_limits(hours, machines)
        here = _count(inputs, inputs.wip, seed)
        curve = [here if w == inputs.wip else _count(inputs, w, seed) for w in wips(limits, inputs.wip)]
        measures = _measures(inputs, here, limits)
        return Outcome(
            measures=measures,
            charts=charts(inputs, limits, here, curve),
            tables=tables(here),
            trace=_trace(inputs, here),
            notes=notes(inputs, limits, here),
        )

    def measures(self, inputs: PennyFabInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Without the curves; the same numbers as ``run``."""
        limits = line_limits(*stations(inputs))
        found: dict[str, list[float]] = {}
        for seed in seeds:
            for measure in _measures(inputs, _count(inputs, inputs.wip, seed), limits):
                found.setdefault(measure.name, []).append(float(measure.value or 0.0))
        return found


def stations(inputs: PennyFabInputs) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """(hours, machines) of the four stations."""
    if inputs.fab in BOOK_FABS:
        return BOOK_FABS[inputs.fab]
    hours = (inputs.time_a, inputs.time_b, inputs.time_c, inputs.time_d)
    return hours, (inputs.machines_a, inputs.machines_b, inputs.machines_c, inputs.machines_d)


def wips(limits: LineLimits, wip: int) -> tuple[int, ...]:
    """WIP levels of the curves: to well beyond the critical WIP, all of them or sixteen that are spread."""
    top = max(12, wip + 2, math.ceil(2.5 * limits.critical_wip))
    spread = {*np.unique(np.rint(np.linspace(1, top, min(top, MOST_POINTS)))).astype(int).tolist(), wip}
    return tuple(sorted(spread))


def _count(inputs: PennyFabInputs, wip: int, seed: int) -> Count:
    hours, machines = stations(inputs)
    return run_fab(hours, machines, inputs.cv, wip, inputs.moves == "tray", inputs.pennies, seed)


def _measures(inputs: PennyFabInputs, count: Count, limits: LineLimits) -> tuple[Measure, ...]:
    best, practical = best_case(limits, count.wip), practical_worst_case(limits, count.wip)
    return (
        Measure(
            name="throughput",
            label="Throughput",
            value=count.throughput,
            unit="pennies/h",
            better="higher",
            decimals=3,
            help="Pennies that left while you counted, divided by the hours.",
        ),
        Measure(
            name="cycle_time",
            label="Lead time",
            value=count.cycle_time,
            unit="h",
            better="lower",
            help="Mean time from door to door of the pennies that left. Factory Physics calls it cycle time.",
        ),
        Measure(name="wip", label="Pennies in the fab", value=float(count.wip), unit="pennies", decimals=0),
        Measure(
            name="rate_times_time",
            label="Throughput × lead time",
            value=count.throughput * count.cycle_time,
            unit="pennies",
            decimals=2,
            help="Little's law says that this is the number of pennies in the fab.",
        ),
        Measure(
            name="of_best",
            label="Output, of the best case",
            value=100.0 * count.throughput / best.throughput,
            unit="%",
            better="higher",
            decimals=0,
            help="The best case is the same fab with as many pennies and no chance in its times.",
        ),
        Measure(
            name="against_practical",
            label="Against the practical worst case",
            value=count.throughput / practical.throughput,
            unit="×",
            better="higher",
            decimals=2,
            help="Above 1 the fab makes good use of its pennies. Below 1 there is something to be found.",
        ),
        Measure(
            name="machines", label="Machines in the fab", value=float(sum(stations(inputs)[1])), unit="", decimals=0
        ),
    )


def _trace(inputs: PennyFabInputs, count: Count) -> Trace:
    """One row for each visit of a coin to a station, in the order in which visits end; the fab starts full at A."""
    visits = count.visits
    out = visits.left[visits.station == len(STATIONS) - 1]
    end = float(out[min(len(out), SHOWN) - 1])
    shown = visits.queued < end
    t = np.minimum(visits.left[shown], end)
    order = np.argsort(t, kind="stable")
    hours, machines = stations(inputs)

    def column(values: Any) -> tuple[Any, ...]:
        clipped = np.where(np.isfinite(values[shown]), values[shown], 10.0 * end + 1.0)[order]
        return tuple((np.round(clipped, 4) if clipped.dtype.kind == "f" else clipped).tolist())

    return Trace(
        t=tuple(np.round(t[order], 4).tolist()),
        unit="h",
        columns={
            "penny": column(visits.penny),
            "station": column(visits.station),
            "queued": column(visits.queued),
            "started": column(visits.started),
            "ended": column(visits.ended),
            "left": column(visits.left),
        },
        fixed={
            "wip": inputs.wip,
            "tray": inputs.moves == "tray",
            "names": list(STATIONS),
            "hours": list(hours),
            "machines": list(machines),
        },
    )
