"""Attribute agreement on real calls: pass or fail, or grades."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table


class AttributeAgreementSettings(Inputs):
    """Nothing to set: the columns say it all."""


class AttributeAgreementStudy(Study[AttributeAgreementSettings]):
    """Inspectors with themselves, with each other, and with the standard."""

    id: ClassVar[str] = "process_control.attribute_agreement"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Attribute agreement"
    summary: ClassVar[str] = "Do inspectors agree on pass or fail: with themselves, with each other, with the standard?"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("call", "Call", "any", help="Pass or fail, or a grade: one call in each row.",
               hints=("call", "result", "verdict", "rating", "grade", "pass", "decision", "judg")),
        Column("part", "Part", "any", help="Which part was judged.",
               hints=("part", "piece", "sample", "item", "unit", "board", "vial", "specimen")),
        Column("inspector", "Inspector", "any", help="Who judged it.",
               hints=("inspector", "operator", "appraiser", "rater", "person", "name", "who")),
        Column("standard", "Standard", "any", required=False, help="What the part truly is, the same in all its rows.",
               hints=("standard", "reference", "truth", "true", "known", "master")),
    )  # fmt: skip
    Settings: ClassVar[type[Inputs]] = AttributeAgreementSettings

    def run(self, table: Table, settings: AttributeAgreementSettings) -> Outcome:
        """Analyze; raises InvalidInput where parts were not called equally often."""
        from techamp.subjects.process_control.studies.attribute_agreement.analysis import analyze
        from techamp.subjects.process_control.studies.attribute_agreement.results import (
            charts,
            differences,
            measures,
            tables,
        )
        from techamp.subjects.process_control.studies.attribute_agreement.words import notes

        found = analyze(table)
        return Outcome(
            measures=measures(found),
            charts=charts(found),
            tables=tables(found),
            explanations=(differences(),),
            notes=notes(found),
        )
