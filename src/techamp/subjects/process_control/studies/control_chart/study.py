"""A control chart of real data: limits, signals, and what to do about them."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis, analyze
from techamp.subjects.process_control.studies.control_chart.measures import measures
from techamp.subjects.process_control.studies.control_chart.pictures import charts
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings
from techamp.subjects.process_control.studies.control_chart.tables import tables
from techamp.subjects.process_control.studies.control_chart.words import notes


class ControlChartStudy(Study[ControlChartSettings]):
    """I-MR, X̄-R or X̄-S chart of one column, with named estimators and documented rules."""

    id: ClassVar[str] = "process_control.control_chart"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Control chart"
    summary: ClassVar[str] = (
        "Is the process stable? Limits from your own readings, every signal, and what usually causes it."
    )
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
        ),
        Column(
            "subgroup",
            "Subgroup",
            "any",
            required=False,
            help="Rows with the same value were made close together.",
            hints=("subgroup", "sample", "group", "lot", "batch", "hour"),
        ),
        Column(
            "order",
            "Time or order",
            "any",
            required=False,
            help="Left empty, the order of the rows is the order of time.",
            hints=("date", "time", "order", "sequence", "number", "no."),
        ),
    )
    Settings: ClassVar[type[Inputs]] = ControlChartSettings

    def run(self, table: Table, settings: ControlChartSettings) -> Outcome:
        """Analyze; 200,000 rows take a fraction of a second."""
        found: Analysis = analyze(table, settings)
        return Outcome(measures=measures(found), charts=charts(found), tables=tables(found), notes=notes(found))
