"""What the learner may set about her event log."""

from __future__ import annotations

from techamp.contract import Inputs, choice


class EventLogSettings(Inputs):
    """Dates and times need nothing; bare numbers need a unit."""

    unit: str = choice(
        "min",
        {"s": "seconds", "min": "minutes", "h": "hours", "day": "days"},
        label="Unit of start and end",
        help="Only for columns of bare numbers whose header says no unit.",
    )
