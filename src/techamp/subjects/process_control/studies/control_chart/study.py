"""A control chart of real data: limits, signals, and what to do about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.recursions import RECURSIONS
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings
from techamp.subjects.process_control.studies.roles import MEASURE, ORDER, STREAM, SUBGROUP, specified


class ControlChartStudy(Study[ControlChartSettings]):
    """Every chart of the library on one column, with named estimators, documented rules, phases and exclusions."""

    id: ClassVar[str] = "process_control.control_chart"
    version: ClassVar[int] = 2
    title: ClassVar[str] = "Control chart"
    summary: ClassVar[str] = (
        "Is the process stable? Limits from your own readings, every signal, and what usually causes it."
    )
    question: ClassVar[str] = "Is the process stable, and when did it change?"
    precedence: ClassVar[int] = 10
    columns: ClassVar[tuple[Column, ...]] = (
        replace(MEASURE, meanings=("measure", "defectives", "defects")),
        SUBGROUP,
        ORDER,
        Column(
            "size",
            "Parts looked at",
            "number",
            required=False,
            help="For counts: how many parts, or how much, each row looked at.",
            meanings=("size",),
        ),
        STREAM,
        Column("measure_2", "Second measure", "number", required=False, help="For the T² chart only."),
        Column("measure_3", "Third measure", "number", required=False, help="For the T² chart only."),
    )
    Settings: ClassVar[type[Inputs]] = ControlChartSettings

    def propose(self, table: Table) -> dict[str, Any]:
        """The specification that the file itself says."""
        return specified(table, "measure", "lower_spec", "upper_spec", "target")

    def run(self, table: Table, settings: ControlChartSettings) -> Outcome:
        """Analyze; 200,000 rows take a fraction of a second."""
        # The mathematics comes with the first run, so that a list of titles stays quick.
        from techamp.subjects.process_control.studies.control_chart.analysis import analyze
        from techamp.subjects.process_control.studies.control_chart.differences import differences
        from techamp.subjects.process_control.studies.control_chart.measures import measures
        from techamp.subjects.process_control.studies.control_chart.pictures import charts
        from techamp.subjects.process_control.studies.control_chart.tables import tables
        from techamp.subjects.process_control.studies.control_chart.words import notes

        found = analyze(table, settings)
        return Outcome(
            measures=measures(found),
            charts=charts(found),
            tables=tables(found),
            explanations=(differences(found),),
            notes=notes(found),
        )

    def warm_up(self) -> None:
        """The charts that remember have steps to compile."""
        RECURSIONS.compile()

    def points(self, table: Table, settings: ControlChartSettings) -> Table:
        """Every point with its limits and the rules that mark it."""
        from techamp.subjects.process_control.studies.control_chart.analysis import analyze
        from techamp.subjects.process_control.studies.control_chart.points import all_points

        return all_points(analyze(table, settings))
