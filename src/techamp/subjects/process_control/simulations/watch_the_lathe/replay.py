"""The trace that the scene replays: one row for each shaft, and the samples."""

from __future__ import annotations

import numpy as np

from techamp.contract import Trace
from techamp.subjects.process_control.simulations.watch_the_lathe import kernel
from techamp.subjects.process_control.simulations.watch_the_lathe.inputs import LatheInputs, plant_of, sample_size
from techamp.subjects.process_control.simulations.watch_the_lathe.pictures import limits
from techamp.subjects.process_control.simulations.watch_the_lathe.plans import Floats, Week
from techamp.subjects.process_control.simulations.watch_the_lathe.words import SIGNALS

# What the bits of column "e" mean, for the scene.
BITS = {
    "planned_change": kernel.PLANNED_CHANGE,
    "change": kernel.CHANGE,
    "offset": kernel.OFFSET,
    "looked": kernel.LOOKED,
    "bad": kernel.BAD,
}


def trace(inputs: LatheInputs, week: Week) -> Trace:
    """Time in minutes at the end of each cut; diameters in µm less 8.000 mm; the bill so far in US dollars."""
    event = week.shafts[:, kernel.EVENT].astype(np.int64)
    return Trace(
        t=tuple(np.round(_clock(inputs, event), 1).tolist()),
        unit="min",
        columns={
            "d": tuple(np.round(week.shafts[:, kernel.TRUE], 1).tolist()),
            "m": tuple(np.round(week.shafts[:, kernel.MEAN], 1).tolist()),
            "s": tuple(week.shafts[:, kernel.STATE].astype(np.int64).tolist()),
            "e": tuple(event.tolist()),
            "c": tuple(np.round(_bill_so_far(inputs, week, event), 2).tolist()),
        },
        fixed={
            "size": sample_size(inputs),
            "insert_every": inputs.insert_every,
            "lower": plant_of(inputs)["lower"],
            "upper": plant_of(inputs)["upper"],
            "nominal": 8.0,
            "cycle": plant_of(inputs)["cycle"],
            "bits": BITS,
            "limits": {name: round(value, 3) for name, value in limits(inputs).items()},
            "signal_names": {str(number): name for number, name in SIGNALS.items()},
            "samples": _samples(week, sample_size(inputs)),
        },
    )


def _clock(inputs: LatheInputs, event: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    plant = plant_of(inputs)
    before: Floats = np.where(event & kernel.PLANNED_CHANGE, plant["change_time"], 0.0)
    after = (
        np.where(event & kernel.LOOKED, plant["look_time"], 0.0)
        + np.where(event & kernel.CHANGE, plant["change_time"], 0.0)
        + np.where(event & kernel.OFFSET, plant["adjust_time"], 0.0)
        + np.where(event & kernel.COOLANT_SET, plant["coolant_time"], 0.0)
    )
    stops: Floats = np.cumsum(before)
    stops[1:] += np.cumsum(after)[:-1]
    cuts: Floats = np.cumsum(np.full(len(event), plant["cycle"]))
    return cuts + stops


def _bill_so_far(inputs: LatheInputs, week: Week, event: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """Escapes and scrap are charged to the shaft, when it is made."""
    plant, true = plant_of(inputs), week.shafts[:, kernel.TRUE]
    scrapped = (event & kernel.BAD) > 0
    escaped = ~scrapped & ((true < plant["lower"]) | (true > plant["upper"]))
    bad: Floats = np.cumsum(np.where(scrapped, inputs.scrap_cost, np.where(escaped, inputs.escape_cost, 0.0)))
    return week.shafts[:, kernel.SPENT] + bad


def _samples(week: Week, size: int) -> dict[str, list[float]]:
    points = week.points
    return {
        "at": points[:, kernel.AT].astype(int).tolist(),
        "value": np.round(points[:, kernel.VALUE], 2).tolist(),
        "reading": _readings(week, size),
        "spread": np.round(points[:, kernel.SPREAD], 2).tolist(),
        "signal": points[:, kernel.SIGNAL].astype(int).tolist(),
        "action": points[:, kernel.ACTION].astype(int).tolist(),
        "cause": points[:, kernel.CAUSE].astype(int).tolist(),
    }


def _readings(week: Week, size: int) -> list[float]:
    """Average reading of each sample, µm from nominal."""
    last = week.points[:, kernel.AT].astype(np.int64)
    sampled = last[:, None] - np.arange(size)
    average: Floats = week.shafts[sampled, kernel.READING].mean(axis=1)
    return [round(value, 2) for value in average.tolist()]
