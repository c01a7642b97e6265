"""A serial line of the LA-20 plant: what comes out, how much is inside, how long it takes, and who sets the pace."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from techamp.contract import Inputs, Live, Measure, Outcome, Simulation, Trace
from techamp.subjects.manufacturing_systems.explaining.bottleneck import find_bottleneck
from techamp.subjects.manufacturing_systems.simulations.the_line.inputs import STATIONS, TheLineInputs
from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import (
    LineRun,
    Replay,
    line_model,
    replay,
    run_line,
)
from techamp.subjects.manufacturing_systems.simulations.the_line.pictures import charts, tables
from techamp.subjects.manufacturing_systems.simulations.the_line.words import notes

WARM_UP, SHOWN = 2400.0, 480.0
"""Minutes before counting begins, and minutes that the scene plays. Our choice: 40 hours, and a shift."""


class TheLine(Simulation[TheLineInputs]):
    """Three to six stations with places between them."""

    id: ClassVar[str] = "manufacturing_systems.the_line"
    version: ClassVar[int] = 2  # 2: flow times of very full lines
    title: ClassVar[str] = "The line"
    summary: ClassVar[str] = "Run six stations of the LA-20 plant. See which one sets the pace, and where parts wait."
    Inputs: ClassVar[type[Inputs]] = TheLineInputs

    def run(self, inputs: TheLineInputs, seed: int) -> Outcome:
        """One run."""
        line = counted(inputs, seed)
        at = _bottleneck(line)
        shown = min(SHOWN, line.minutes)
        model = line_model(*_arrays(inputs))
        return Outcome(
            measures=_measures(inputs, line, at),
            charts=charts(inputs, line, at),
            tables=tables(inputs, line),
            trace=_trace(inputs, replay(model, WARM_UP, shown, seed), shown, at),
            notes=notes(inputs, line, at),
        )

    def measures(self, inputs: TheLineInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Without charts and replay; the same numbers as ``run``."""
        found: dict[str, list[float]] = {}
        for seed in seeds:
            line = counted(inputs, seed, trace=False)
            for measure in _measures(inputs, line, _bottleneck(line)):
                if measure.value is not None:
                    found.setdefault(measure.name, []).append(float(measure.value))
        return found

    def live(self, inputs: TheLineInputs) -> Live:
        """The recursion, for as many stations as are chosen."""
        from techamp.subjects.manufacturing_systems.simulations.the_line.live import live_of  # loads the compiler

        return live_of(inputs, WARM_UP)


Arrays = tuple[tuple[float, ...], tuple[int, ...], tuple[float, ...], tuple[float, ...], float]


def _arrays(inputs: TheLineInputs) -> Arrays:
    return (
        inputs.of_stations("time"),
        inputs.between,
        inputs.of_stations("mttf"),
        inputs.of_stations("mttr"),
        inputs.cv,
    )


def counted(inputs: TheLineInputs, seed: int, trace: bool = True) -> LineRun:
    """The run behind the page."""
    return run_line(*_arrays(inputs), WARM_UP, 60.0 * inputs.hours, seed, trace)


def _bottleneck(line: LineRun) -> int:
    """Its place from 0, by the signs that need no trace, so that many seeds cost little."""
    return int(find_bottleneck([replace(line.run, trace=None)], endless=True).station.split()[-1]) - 1


def _measures(inputs: TheLineInputs, line: LineRun, bottleneck: int) -> tuple[Measure, ...]:
    hourly = 60.0 * line.throughput
    lead = line.lead_time
    shares = 100.0 * line.states[bottleneck]
    return (
        Measure(
            name="throughput", label="Throughput", value=hourly, unit="parts/h", better="higher", decimals=2,
            help="Parts that left the last station, divided by the hours.",
        ),
        Measure(
            name="wip", label="Parts in the line (WIP)", value=line.wip, unit="parts", better="lower",
            help="On average over the counted time: on machines and on the places between them.",
        ),
        Measure(
            name="lead_time", label="Lead time", value=lead, unit="min", better="lower",
            help="Mean time of a part from the first station to the end of the last one.",
        ),
        Measure(
            name="rate_times_time", label="Throughput × lead time",
            value=None if lead is None else line.throughput * lead, unit="parts",
            help="Little’s law says that this is the number of parts in the line.",
        ),
        Measure(
            name="bottleneck", label="Number of the station that sets the pace", value=bottleneck + 1, decimals=0,
        ),
        Measure(
            name="bottleneck_waits", label="Time that station waits", value=float(shares[1] + shares[2]), unit="%",
            better="lower", help="Blocked or starved: an hour that the whole line loses.",
        ),
        Measure(
            name="places", label="Places between all stations", value=sum(inputs.between), unit="places",
            better="lower", decimals=0, help="Room that was set, full or empty.",
        ),
    )  # fmt: skip


def _trace(inputs: TheLineInputs, seen: Replay, shown: float, bottleneck: int) -> Trace:
    """One row for each visit of a part to a station; ``fixed.stops`` holds breakdowns as [station, from, to]."""
    t = np.clip(np.append(seen.left, shown), 0.0, shown)
    order = np.argsort(t, kind="stable")

    def column(values: Any, after: float) -> tuple[Any, ...]:
        whole = np.append(values, after)[order]
        return tuple(np.round(whole, 3).tolist() if whole.dtype.kind == "f" else whole.tolist())

    beyond = 2.0 * shown
    # The last row is no visit but the end of the replay: nothing in it happens before.
    return Trace(
        t=tuple(np.round(t[order], 3).tolist()),
        unit="min",
        columns={
            "part": column(seen.part, -1),
            "station": column(seen.station, 0),
            "queued": column(seen.queued, beyond),
            "started": column(seen.started, beyond),
            "ended": column(seen.ended, beyond),
            "left": column(seen.left, beyond),
        },
        fixed={
            "names": [STATIONS[name] for name in inputs.names],
            "minutes": list(inputs.of_stations("time")),
            "places": list(inputs.between),
            "bottleneck": bottleneck,
            "stops": [[k, round(begin, 3), round(end, 3)] for k, begin, end in seen.stops],
        },
    )
