"""Comparison of real data: averages, spreads or shares of two groups, of pairs, or of several groups."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.process_control.studies.comparison.settings import ComparisonSettings


class ComparisonStudy(Study[ComparisonSettings]):
    """Two questions name the test; the difference with its interval comes first, p after it."""

    id: ClassVar[str] = "process_control.comparison"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Comparison"
    summary: ClassVar[str] = (
        "The difference of two machines, methods or suppliers with its interval, and what it does not show."
    )
    question: ClassVar[str] = "Are they different?"
    precedence: ClassVar[int] = 5
    columns: ClassVar[tuple[Column, ...]] = (
        Column("measure", "What was measured, or the call", "any", help="A number, or pass and fail for shares.",
               hints=("diameter", "measure", "reading", "value", "length", "weight", "before", "first", "call"),
               meanings=("measure",)),
        Column("second", "Second column of readings", "any", required=False,
               help="Only when the other method stands in a column of its own.", hints=("after", "second")),
        Column("group", "Group", "any", required=False, help="Which machine, method or supplier.",
               hints=("group", "machine", "lathe", "method", "supplier", "coolant", "line", "tool", "operator"),
               meanings=("machine", "operator")),
        Column("pair", "Pair", "any", required=False, help="Which readings belong together: part, bar or day.",
               hints=("pair", "part", "bar", "block", "specimen")),
    )  # fmt: skip
    Settings: ClassVar[type[Inputs]] = ComparisonSettings

    def run(self, table: Table, settings: ComparisonSettings) -> Outcome:
        """Analyze; raises InvalidInput where the rows cannot answer the question."""
        # SciPy comes with the analysis: imported when a run needs it, so that a list of titles stays quick.
        from techamp.subjects.process_control.studies.comparison.analysis import analyze
        from techamp.subjects.process_control.studies.comparison.results import charts, measures, tables
        from techamp.subjects.process_control.studies.comparison.words import notes, others

        found = analyze(table, settings)
        return Outcome(
            measures=measures(found),
            charts=charts(found),
            tables=tables(found),
            explanations=(others(found),),
            notes=notes(found),
        )
