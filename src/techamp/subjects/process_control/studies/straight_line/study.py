"""A straight line through real readings: slope, intervals, prediction, and what speaks against a line."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.studies.roles import MEASURE_HINTS, ORDER
from techamp.subjects.process_control.studies.straight_line.settings import StraightLineSettings

_CAUSES = ("temperature", "speed", "feed", "pressure", "humidity", "wear", "current", "dose", "depth", "x (", "age")


class StraightLineStudy(Study[StraightLineSettings]):
    """Least squares with diagnostics in words."""

    id: ClassVar[str] = "process_control.straight_line"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Straight line"
    summary: ClassVar[str] = "How much one measure moves with another, what to expect next, and when not to trust it."
    question: ClassVar[str] = "Does one thing follow another, and how much?"
    precedence: ClassVar[int] = 3
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "x",
            "What it depends on (x)",
            "number",
            help="What you set or read first: a temperature, a speed, a tool’s age.",
            hints=_CAUSES,
            meanings=("measure",),
        ),
        Column(
            "y",
            "What was measured (y)",
            "number",
            help="What you want to know or predict.",
            hints=("response", "y (", "result", "strength", *MEASURE_HINTS),
            meanings=("measure",),
        ),
        ORDER,
    )
    Settings: ClassVar[type[Inputs]] = StraightLineSettings

    def run(self, table: Table, settings: StraightLineSettings) -> Outcome:
        """Analyze; raises InvalidInput where there are fewer than four pairs or x does not vary."""
        # SciPy comes with the analysis: imported when a run needs it, so that a list of titles stays quick.
        from techamp.subjects.process_control.studies.straight_line.analysis import find
        from techamp.subjects.process_control.studies.straight_line.pictures import charts
        from techamp.subjects.process_control.studies.straight_line.results import differences, measures, tables
        from techamp.subjects.process_control.studies.straight_line.words import notes

        found = find(table, settings)
        return Outcome(
            measures=measures(found),
            charts=charts(found),
            tables=tables(found),
            explanations=(differences(found),),
            notes=notes(found),
        )
