"""What the learner may set about her event log."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity


class EventLogSettings(Inputs):
    """Dates and times need nothing; bare numbers need a unit. What OEE needs besides the log may be left empty."""

    unit: str = choice(
        "min",
        {"s": "seconds", "min": "minutes", "h": "hours", "day": "days"},
        label="Unit of start and end",
        help="Only for columns of bare numbers whose header says no unit.",
    )
    ideal: float | None = quantity(
        None,
        "",
        range=(0.0001, 100_000.0),
        label="Ideal time of one piece",
        help="In the unit of start and end, by the data sheet. For machines that are alike. Empty: nobody knows.",
        optional=True,
    )
    short_stop: float = quantity(
        0.0,
        "",
        range=(0.0, 100_000.0),
        label="Down for less than this is a short stop",
        help="In the unit of start and end. Short stops count as lost performance. 0: all stops are breakdowns.",
    )
