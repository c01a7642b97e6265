"""Gauge study: sixty readings, four operators, a gauge with faults; the study's result beside the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from techamp.contract import Inputs, Outcome, Simulation, Trace
from techamp.subjects.process_control.simulations.gauge_study.inputs import GaugeStudyInputs

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.gauge_study.result import Result


class GaugeStudySimulation(Simulation[GaugeStudyInputs]):
    """Virtual micrometers and operators with faults, measured as one would at a bench."""

    id: ClassVar[str] = "process_control.gauge_study"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Gauge study"
    summary: ClassVar[str] = (
        "Spend 60 readings on shafts, people and masters. Find out how good the gauge is, and what is wrong with it."
    )
    Inputs: ClassVar[type[Inputs]] = GaugeStudyInputs

    # The measurement functions bring SciPy: imported when a run needs them, so that a list of titles stays quick.

    def run(self, inputs: GaugeStudyInputs, seed: int) -> Outcome:
        """One study."""
        from techamp.subjects.process_control.simulations.gauge_study.pictures import charts, tables
        from techamp.subjects.process_control.simulations.gauge_study.result import measures, result_of
        from techamp.subjects.process_control.simulations.gauge_study.words import notes

        found = result_of(inputs, seed)
        return Outcome(
            measures=measures(inputs, found),
            charts=charts(inputs, found),
            tables=tables(inputs, found),
            trace=_trace(inputs, found),
            notes=notes(inputs, found),
        )

    def measures(self, inputs: GaugeStudyInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Each measure for each seed, without intervals and charts; the same numbers as ``run``."""
        from techamp.subjects.process_control.simulations.gauge_study.result import SHOWN, result_of, values

        found: dict[str, list[float]] = {}
        for seed in seeds:
            worked = values(inputs, result_of(inputs, seed))
            for name in SHOWN:
                value = worked.get(name)
                if value is not None:
                    found.setdefault(name, []).append(float(value))
        return found


def _trace(inputs: GaugeStudyInputs, found: Result) -> Trace:
    """One row for each reading. What is true goes along only where it may be seen."""
    from techamp.subjects.process_control.simulations.gauge_study.shop import LOWER, OPERATORS, UPPER
    from techamp.subjects.process_control.simulations.gauge_study.words import gauge_step

    s = found.session
    columns = {
        "part": tuple(s.part.tolist()),
        "who": tuple(s.operator.tolist()),
        "trial": tuple(s.repeat.tolist()),
        "shown": tuple(np.round(s.reading, 3).tolist()),
    }
    if inputs.reveal:
        columns["true"] = tuple(np.round(s.truth, 3).tolist())
        columns["speck"] = tuple(s.speck.astype(int).tolist())
    return Trace(
        t=tuple(float(i + 1) for i in range(len(s.part))),
        unit="readings",
        columns=columns,
        fixed={
            "names": list(OPERATORS[: s.plan.operators]),
            "shafts": s.plan.parts,
            "trials": s.plan.repeats,
            "step": gauge_step(inputs),
            "bench": inputs.gauge,
            "limits": [LOWER, UPPER],
            "nominal": 8.0,
        },
    )
