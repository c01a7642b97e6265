"""One lathe, several lengths: lot size against lead time, what changeovers eat, and what a shorter one is worth."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.changeover import cost_of
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.inputs import DAY, SetupsAndBatchesInputs
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.lathe_run import LatheRun, traced
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.pictures import (
    charts,
    lead_parts,
    tables,
    trace,
)
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.words import notes


class SetupsAndBatches(Simulation[SetupsAndBatchesInputs]):
    """Orders for shafts gather, lots are turned, and between two lengths the lathe is changed over."""

    id: ClassVar[str] = "manufacturing_systems.setups_and_batches"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Setups and batches"
    summary: ClassVar[str] = (
        "Turn shafts of several lengths on one lathe. Find the lot size that keeps lead time short, and see what a "
        "shorter changeover is worth."
    )
    Inputs: ClassVar[type[Inputs]] = SetupsAndBatchesInputs

    def run(self, inputs: SetupsAndBatchesInputs, seed: int) -> Outcome:
        """One run, and the same orders at other lot sizes for the curve."""
        lathe = traced(inputs, seed)
        found, parts = _found(inputs, lathe), lead_parts(lathe)
        return Outcome(
            measures=_measures(found),
            charts=charts(inputs, lathe, found.get("lead_time", 0.0), parts),
            tables=tables(inputs, lathe),
            trace=trace(inputs, lathe),
            notes=notes(inputs, lathe, found, parts),
        )

    def measures(self, inputs: SetupsAndBatchesInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Without the curve and the pictures; the same numbers as ``run``."""
        values: dict[str, list[float]] = {}
        for seed in seeds:
            for name, value in _found(inputs, traced(inputs, seed)).items():
                values.setdefault(name, []).append(value)
        return values


def _found(inputs: SetupsAndBatchesInputs, lathe: LatheRun) -> dict[str, float]:
    """Every measure by name; lead times are missing where no shaft moved on."""
    run, station = lathe.run, lathe.run.station("lathe")
    times = lathe.lead_times / 60.0
    leads = {"lead_time": float(times.mean()), "promise": float(np.quantile(times, 0.95))} if len(times) else {}
    return {
        **leads,
        "busy": 100.0 * (1.0 - station.share("starved")),
        "setup_share": 100.0 * station.share("setup"),
        "down": 100.0 * station.share("down"),
        "setups": station.setups / inputs.days,
        "every": len(inputs.names) * run.duration / 60.0 / max(1, station.setups),
        "wip": run.wip,
        "output": run.finished / (run.duration / DAY),
        "spent": cost_of(inputs.setup),
    }


# name: label, unit, better, decimals, help
_SHOWN = {
    "lead_time": ("Lead time", "h", "lower", 1, "Mean hours of production from the order of a shaft to its moving on."),
    "promise": ("95 of 100 within", "h", "lower", 1, "A lead time that 95 of 100 shafts keep."),
    "busy": ("Lathe taken up", "%", "", 1, "Turning, changeover and stops together."),
    "setup_share": ("Lathe in changeover", "%", "lower", 1, "Share of its time."),
    "down": ("Lathe broken", "%", "lower", 1, "Share of its time."),
    "setups": ("Changeovers a day", "", "", 1, "In 15 h of production."),
    "every": ("Each length comes up every", "h", "lower", 1, "Lengths × counted time, divided by changeovers."),
    "wip": ("Ordered and not ready", "shafts", "lower", 0, "On average: gathering, waiting or on the lathe."),
    "output": ("Shafts a day", "shafts", "higher", 1, "That moved on."),
    "spent": ("Cost of the shorter changeover", "$", "lower", 0, "Once. The sheet below lists what it pays for."),
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
