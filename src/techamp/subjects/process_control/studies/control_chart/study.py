"""A control chart of real data: limits, signals, and what to do about them."""

from __future__ import annotations

from typing import Any, ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.recursions import compile_all
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings


class ControlChartStudy(Study[ControlChartSettings]):
    """Every chart of the library on one column, with named estimators, documented rules, phases and exclusions."""

    id: ClassVar[str] = "process_control.control_chart"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Control chart"
    summary: ClassVar[str] = (
        "Is the process stable? Limits from your own readings, every signal, and what usually causes it."
    )
    question: ClassVar[str] = "Is the process stable, and when did it change?"
    precedence: ClassVar[int] = 10
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "measure",
            "What was measured",
            "number",
            help="One reading in each row: a diameter, a weight, a time.",
            hints=(
                "diameter",
                "measure",
                "reading",
                "value",
                "length",
                "width",
                "thickness",
                "weight",
                "torque",
            ),
            meanings=("measure", "defectives", "defects"),
        ),
        Column(
            "subgroup",
            "Subgroup",
            "any",
            required=False,
            help="Rows with the same value were made close together.",
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
        Column(
            "size",
            "Parts looked at",
            "number",
            required=False,
            help="For counts: how many parts, or how much, each row looked at.",
            meanings=("size",),
        ),
        Column(
            "stream",
            "Machine, operator or cavity",
            "any",
            required=False,
            help="The chart says whether they differ.",
            meanings=("machine", "operator"),
        ),
        Column("measure_2", "Second measure", "number", required=False, help="For the T² chart only."),
        Column("measure_3", "Third measure", "number", required=False, help="For the T² chart only."),
    )
    Settings: ClassVar[type[Inputs]] = ControlChartSettings

    def propose(self, table: Table) -> dict[str, Any]:
        """The specification that the file itself says."""
        if "measure" not in table:
            return {}
        spec = table.column("measure").specification
        named = {"lower_spec": spec.lower, "upper_spec": spec.upper, "target": spec.target}
        return {name: value for name, value in named.items() if value is not None}

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
        compile_all()

    def points(self, table: Table, settings: ControlChartSettings) -> Table:
        """Every point with its limits and the rules that mark it."""
        from techamp.subjects.process_control.studies.control_chart.analysis import analyze
        from techamp.subjects.process_control.studies.control_chart.points import all_points

        return all_points(analyze(table, settings))
