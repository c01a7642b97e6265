"""Center or spread: buy changes for the grinder, measure a sample, and see what truth and sample say."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from techamp.contract import Inputs, Outcome, Simulation, Trace
from techamp.subjects.process_control.simulations.center_or_spread.inputs import CenterOrSpreadInputs

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.center_or_spread.result import Result


class CenterOrSpread(Simulation[CenterOrSpreadInputs]):
    """The LA-20 shaft on a grinder: center, within, between, drift; capability from a sample and in truth."""

    id: ClassVar[str] = "process_control.center_or_spread"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Center or spread?"
    summary: ClassVar[str] = (
        "Buy changes for a grinder that makes bad shafts. Find out which one pays, and what a sample can prove."
    )
    Inputs: ClassVar[type[Inputs]] = CenterOrSpreadInputs

    # Capability brings SciPy: imported when a run needs it, so that a list of titles stays quick.

    def run(self, inputs: CenterOrSpreadInputs, seed: int) -> Outcome:
        """One sample, and thirty more of the same kind beside it."""
        from techamp.subjects.process_control.simulations.center_or_spread.pictures import charts, tables
        from techamp.subjects.process_control.simulations.center_or_spread.result import measures, result_of
        from techamp.subjects.process_control.simulations.center_or_spread.sampling import others
        from techamp.subjects.process_control.simulations.center_or_spread.words import notes

        found = result_of(inputs, seed)
        more = others(found.process, inputs, seed)
        return Outcome(
            measures=measures(inputs, found),
            charts=charts(inputs, found, more),
            tables=tables(inputs, found),
            trace=_trace(inputs, found),
            notes=notes(inputs, found, more),
        )

    def measures(self, inputs: CenterOrSpreadInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Each measure for each seed, without charts; the same numbers as ``run``."""
        from techamp.subjects.process_control.simulations.center_or_spread.result import result_of, values

        found: dict[str, list[float]] = {}
        for seed in seeds:
            for name, value in values(inputs, result_of(inputs, seed)).items():
                found.setdefault(name, []).append(float(value))
        return found


def _trace(inputs: CenterOrSpreadInputs, found: Result) -> Trace:
    """One row for each shaft. Where the grinder stands goes along; the true curve only where it may be seen."""
    from techamp.subjects.process_control.simulations.center_or_spread.process import LOWER, UPPER

    s, c = found.sample, found.capability
    at = np.round(np.linspace(-13.5, 4.5, 73), 2)
    fixed = {
        "limits": [LOWER, UPPER],
        "mean": round(c.mean, 3),
        "within": round(c.within.value, 4),
        "overall": round(c.overall.value, 4),
        "group": 5,
        "sort": inputs.sort,
        "cooling": inputs.cooling,
        "apart": inputs.spread_out == "weeks",
        "indices": {name: round(c.indices[name].value, 2) for name in ("Cp", "Cpk", "Pp", "Ppk")},
    }
    if inputs.reveal:
        fixed["at"] = at.tolist()
        fixed["density"] = np.round(found.process.density(at), 5).tolist()
    return Trace(
        t=tuple(float(i + 1) for i in range(len(s.diameter))),
        unit="shafts",
        columns={
            "x": tuple(np.round(s.diameter, 2).tolist()),
            "box": tuple(int(v) for v in s.box_number),
            "warm": tuple(np.round(s.temperature, 2).tolist()),
            "worn": tuple(np.round(s.worn, 3).tolist()),
        },
        fixed=fixed,
    )
