"""What the engineer may set about a straight line."""

from __future__ import annotations

from techamp.contract import Inputs, choice, flag, quantity
from techamp.subjects.process_control.studies.control_chart.settings import WIDE


class StraightLineSettings(Inputs):
    """Two columns of numbers are enough."""

    at: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Predict at",
        help="A value of what it depends on. Left empty: the middle of the readings.",
    )
    confidence: str = choice(
        "0.95", {"0.9": "90 %", "0.95": "95 %", "0.99": "99 %"}, label="Confidence of the intervals"
    )
    through_zero: bool = flag(
        False,
        label="Line through zero",
        help="Only where physics says that nothing in gives nothing out, and the readings come near zero.",
    )
