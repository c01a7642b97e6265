"""Capability of real data: does the spread of the process fit between the limits of the drawing?"""

from __future__ import annotations

from typing import Any, ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.studies.capability.settings import CapabilitySettings


class CapabilityStudy(Study[CapabilitySettings]):
    """Within and overall indices with intervals, other shapes than normal, and the control chart that comes first."""

    id: ClassVar[str] = "process_control.capability"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Capability"
    summary: ClassVar[str] = (
        "Cpk and Ppk with their intervals, what is to be expected outside, and whether to trust it."
    )
    question: ClassVar[str] = "Does the process fit the tolerance?"
    precedence: ClassVar[int] = 9
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "measure",
            "What was measured",
            "number",
            help="One reading in each row, in the order in which they were made.",
            hints=("diameter", "measure", "reading", "value", "length", "width", "thickness", "weight", "torque"),
            meanings=("measure",),
        ),
        Column(
            "subgroup",
            "Subgroup",
            "any",
            required=False,
            help="Rows with the same value were made close together. The within sigma comes from them.",
            hints=("subgroup", "sample", "group", "lot", "batch", "hour"),
            meanings=("subgroup",),
        ),
        Column(
            "order",
            "Time or order",
            "any",
            required=False,
            help="Left empty, the order of the rows is the order of time.",
            hints=("date", "time", "order", "sequence", "number", "no."),
            meanings=("time",),
        ),
    )
    Settings: ClassVar[type[Inputs]] = CapabilitySettings

    def propose(self, table: Table) -> dict[str, Any]:
        """The specification that the file itself says."""
        if "measure" not in table:
            return {}
        spec = table.column("measure").specification
        named = {"lower_spec": spec.lower, "upper_spec": spec.upper, "target": spec.target}
        return {name: value for name, value in named.items() if value is not None}

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
