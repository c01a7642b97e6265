"""The trace of a run as CSV: one row for each interval of a machine."""

from __future__ import annotations

import csv
from pathlib import Path

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.model.factory_model import Model

KINDS = ("work", "down", "setup", "off shift")
HEAD = ("kind", "machine", "station", "case", "product", "step", "queued", "start", "end", "left")


def write_trace(run: Run, model: Model, path: Path) -> int:
    """Write the trace; times in the model's unit, machines counted from 1 at each station. Returns the rows written.

    The columns case, step, machine, start and end are those that the study of event logs reads. Raises ValueError if
    the run has no trace, OSError if the file cannot be written.
    """
    trace = run.trace
    if trace is None:
        raise ValueError("the run has no trace")
    first = 0
    firsts = [first := first + (model.stations[i - 1].machines if i else 0) for i in range(len(model.stations))]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEAD)
        columns = (trace.kind, trace.station, trace.machine, trace.product, trace.part, trace.step)
        times = (trace.queued, trace.started, trace.ended, trace.left)
        for kind, station, machine, product, part, step, queued, started, ended, left in zip(
            *(column.tolist() for column in (*columns, *times)), strict=True
        ):
            name = model.stations[station].name
            work = kind == 0
            made = model.products[product] if work else None
            case = f"{made.name} {part}" if made and len(model.products) > 1 else str(part)
            out.writerow(
                (
                    KINDS[kind], f"{name} {machine - firsts[station] + 1}", name,
                    case if work else "", made.name if made else "", made.route[step].name if made else "",
                    repr(queued) if work else "", repr(started), repr(ended), repr(left) if work else "",
                )
            )  # fmt: skip
    return len(trace)
