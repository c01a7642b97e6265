"""Confirmation runs against the interval that a model predicted for their mean."""

from __future__ import annotations

import math
from typing import ClassVar

from techamp.contract import Column, Explanation, Inputs, InvalidInput, Outcome, Study, Table, quantity

WIDE = (-1e12, 1e12)


class ConfirmationSettings(Inputs):
    """What the model said before these runs were made."""

    expected: float | None = quantity(
        None, "", range=WIDE, optional=True, label="Expected mean", help="From the experiment’s page."
    )
    low: float | None = quantity(None, "", range=WIDE, optional=True, label="Lower end of what was predicted")
    high: float | None = quantity(None, "", range=WIDE, optional=True, label="Upper end of what was predicted")


class ConfirmationStudy(Study[ConfirmationSettings]):
    """The mean of the runs, inside or outside."""

    id: ClassVar[str] = "process_control.confirmation"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Confirmation run"
    summary: ClassVar[str] = "New runs at the chosen settings, against what the experiment predicted for their mean."
    question: ClassVar[str] = "Did the new settings give what the model said?"
    precedence: ClassVar[int] = -5
    columns: ClassVar[tuple[Column, ...]] = (
        Column("response", "What was measured", help="One result in each row.", hints=("confirmation",)),
        Column("order", "Run order", required=False, hints=("run", "order")),
    )
    Settings: ClassVar[type[Inputs]] = ConfirmationSettings

    def run(self, table: Table, settings: ConfirmationSettings) -> Outcome:
        """Compare. Raises InvalidInput without an interval or without a result."""
        from techamp.subjects.process_control.studies.confirmation.comparing import compare, outcome

        low, high = settings.low, settings.high
        if low is None or high is None or not low < high:
            remedy = "Enter both ends of the interval that the experiment’s page names."
            raise InvalidInput("Lower end of what was predicted", "must lie below the upper end", low, remedy)
        expected = settings.expected if settings.expected is not None else math.fsum((low, high)) / 2
        found = compare(table, expected, low, high)
        return outcome(found).model_copy(update={"explanations": (_differs(),)})


def _differs() -> Explanation:
    return Explanation(
        name="differs",
        title="Why another program may print something else",
        sentences=(
            "The interval here is for the mean of all confirmation runs, as the experiment’s page works it out: "
            "ŷ ± t·s·√(h + 1/runs).",
            "Many programs print an interval for one new run, which is wider, or for the model’s mean alone, which is "
            "narrower: then √(h + 1/runs) is √(h + 1) or √h.",
        ),
    )
