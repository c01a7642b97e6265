"""Capability of real data: does the spread of the process fit between the limits of the drawing?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.studies.capability.settings import CapabilitySettings
from techamp.subjects.process_control.studies.roles import MEASURE, ORDER, STREAM, SUBGROUP, specified


class CapabilityStudy(Study[CapabilitySettings]):
    """Within and overall indices with intervals, other shapes than normal, and the control chart that comes first."""

    id: ClassVar[str] = "process_control.capability"
    version: ClassVar[int] = 2
    title: ClassVar[str] = "Capability"
    summary: ClassVar[str] = (
        "Cpk and Ppk with their intervals, what is to be expected outside, and whether to trust it."
    )
    question: ClassVar[str] = "Does the process fit the tolerance?"
    precedence: ClassVar[int] = 9
    columns: ClassVar[tuple[Column, ...]] = (
        replace(MEASURE, help="One reading in each row, in the order in which they were made."),
        replace(SUBGROUP, help=f"{SUBGROUP.help} The within sigma comes from them."),
        ORDER,
        replace(STREAM, help="Two machines on one sheet look like one wide process: choose one of them below."),
    )
    Settings: ClassVar[type[Inputs]] = CapabilitySettings

    def propose(self, table: Table) -> dict[str, Any]:
        """The specification that the file itself says."""
        return specified(table, "measure", "lower_spec", "upper_spec", "target")

    def run(self, table: Table, settings: CapabilitySettings) -> Outcome:
        """Analyze; raises InvalidInput where a limit is missing or the readings cannot carry it."""
        # SciPy comes with the analysis: imported when a run needs it, so that a list of titles stays quick.
        from techamp.subjects.process_control.studies.capability.analysis import find
        from techamp.subjects.process_control.studies.capability.measures import measures
        from techamp.subjects.process_control.studies.capability.pictures import charts
        from techamp.subjects.process_control.studies.capability.tables import tables
        from techamp.subjects.process_control.studies.capability.words import differences, notes

        found = find(table, settings)
        return Outcome(
            measures=measures(found),
            charts=charts(found),
            tables=tables(found),
            explanations=(differences(found),),
            notes=notes(found),
        )
