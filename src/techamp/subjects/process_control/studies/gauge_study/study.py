"""A gauge study of real data: how much of the spread is the measuring, and is the gauge good enough."""

from __future__ import annotations

from typing import Any, ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.studies.gauge_study.settings import GaugeStudySettings
from techamp.subjects.process_control.studies.roles import MEASURE_HINTS, specified


class GaugeStudyStudy(Study[GaugeStudySettings]):
    """Crossed, nested or uneven: ANOVA or averages and ranges, with named rules."""

    id: ClassVar[str] = "process_control.gauge_study"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Gauge study"
    summary: ClassVar[str] = (
        "How much of the spread comes from measuring: the gauge, the people, the parts, and whether that will do."
    )
    question: ClassVar[str] = "Can I trust this gauge?"
    precedence: ClassVar[int] = 8
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "measurement",
            "Reading",
            "number",
            help="One reading in each row.",
            hints=(*MEASURE_HINTS, "result"),
            meanings=("measure",),
        ),
        Column(
            "part",
            "Part",
            "any",
            help="Which part was read: a number or a name.",
            hints=("part", "shaft", "piece", "unit", "specimen", "sample", "item", "vial", "board"),
            meanings=("part",),
        ),
        Column(
            "operator",
            "Operator",
            "any",
            help="Who read it. A machine or a gauge may stand here as well.",
            hints=("operator", "appraiser", "inspector", "person", "name", "who", "technician"),
            meanings=("operator",),
        ),
        Column(
            "trial",
            "Trial",
            "any",
            required=False,
            help="First, second, third reading. Left empty, the order of the rows counts.",
            hints=("trial", "repeat", "replicate", "round", "run"),
            meanings=("trial",),
        ),
    )
    Settings: ClassVar[type[Inputs]] = GaugeStudySettings

    def propose(self, table: Table) -> dict[str, Any]:
        """The tolerance that the file itself says."""
        return specified(table, "measurement", "lower_spec", "upper_spec")

    def run(self, table: Table, settings: GaugeStudySettings) -> Outcome:
        """Analyze; raises InvalidInput where the data cannot carry a study."""
        # SciPy comes with the analysis: imported when a run needs it, so that a list of titles stays quick.
        from techamp.subjects.process_control.studies.gauge_study.analysis import analyze
        from techamp.subjects.process_control.studies.gauge_study.measures import measures
        from techamp.subjects.process_control.studies.gauge_study.pictures import charts
        from techamp.subjects.process_control.studies.gauge_study.tables import differences, tables
        from techamp.subjects.process_control.studies.gauge_study.words import notes

        found = analyze(table, settings)
        return Outcome(
            measures=measures(found),
            charts=charts(found),
            tables=tables(found),
            explanations=(differences(found),),
            notes=notes(found),
        )
