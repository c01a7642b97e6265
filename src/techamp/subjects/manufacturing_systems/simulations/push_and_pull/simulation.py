"""The same line three times: work let in by a plan, by cards at each station, or by one cap for all of it."""

from __future__ import annotations

import math
from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.inputs import PushAndPullInputs, own_rates
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.line_run import WINDOWS, replay, run_line
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.pictures import SHOWN, charts, tables, trace
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.words import notes


class PushAndPull(Simulation[PushAndPullInputs]):
    """Six stations of the LA-20 plant under push, kanban and CONWIP."""

    id: ClassVar[str] = "manufacturing_systems.push_and_pull"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Push and pull"
    summary: ClassVar[str] = (
        "Let work into a line by a plan, by cards or under a cap. Find out how little must lie in it to keep takt."
    )
    Inputs: ClassVar[type[Inputs]] = PushAndPullInputs

    def run(self, inputs: PushAndPullInputs, seed: int) -> Outcome:
        """One run, and each method at several settings with the same luck for the curves."""
        run = run_line(inputs, seed, windows=WINDOWS)
        found = _found(inputs, run)
        return Outcome(
            measures=_measures(found),
            charts=charts(inputs, run),
            tables=tables(inputs, run),
            trace=trace(inputs, run, replay(inputs, seed, SHOWN)),
            notes=notes(inputs, run, found),
        )

    def measures(self, inputs: PushAndPullInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Without curves and replay; the same numbers as ``run``."""
        values: dict[str, list[float]] = {}
        for seed in seeds:
            for name, value in _found(inputs, run_line(inputs, seed, windows=WINDOWS)).items():
                values.setdefault(name, []).append(value)
        return values


def _found(inputs: PushAndPullInputs, run: Run) -> dict[str, float]:
    """Every measure by name; times are missing where too little left."""
    hourly = 60.0 * run.throughput
    held = run.series.wip if run.series is not None else None
    times = {"lead_time": run.flow_time / 60.0, "spread": run.flow_sd / 60.0}
    return {
        "throughput": hourly,
        "wip": run.wip,
        **{name: value for name, value in times.items() if math.isfinite(value)},
        "most": float(held.max()) if held is not None else run.wip,
        "of_slowest": 100.0 * hourly / min(own_rates(inputs)),
    }


# name: label, unit, better, decimals, help
_SHOWN = {
    "throughput": (
        "Output",
        "parts/h",
        "higher",
        2,
        "Parts that left the line, divided by the hours. Takt asks for 15.",
    ),
    "wip": ("Parts in the line (WIP)", "parts", "lower", 1, "On average: waiting, on machines, or waiting to move on."),
    "lead_time": ("Lead time", "h", "lower", 2, "Mean hours from being let in to leaving the last station."),
    "spread": ("Spread of the lead time", "h", "lower", 2, "Its standard deviation from part to part."),
    "most": ("Most parts in the line", "parts", "lower", 1, "The largest mean of a hundredth of the counted time."),
    "of_slowest": ("Output, of the slowest station’s", "%", "higher", 0, "What it could make alone, stops counted."),
}


def _measures(found: dict[str, float]) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            name=name,
            label=_SHOWN[name][0],
            value=value,
            unit=_SHOWN[name][1],
            better=_SHOWN[name][2],
            decimals=_SHOWN[name][3],
            help=_SHOWN[name][4],
        )
        for name, value in found.items()
    )
