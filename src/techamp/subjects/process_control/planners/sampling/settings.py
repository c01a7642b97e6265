"""What a sampling plan asks: one of three ways to choose it."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

_STANDARD = ("way", ("standard",))
_POINTS = ("way", ("points",))
_COST = ("way", ("cost",))
# The rows and columns of MIL-STD-105E that a form offers; the library knows the others too.
AQLS = (0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0)
LEVELS = {
    "I": "I: less sharp, fewer parts",
    "II": "II: the usual one",
    "III": "III: sharper, more parts",
    "S-1": "S-1: special, very few parts",
    "S-2": "S-2",
    "S-3": "S-3",
    "S-4": "S-4",
}


class SamplingPlanSettings(Inputs):
    """Lot size, AQL and level are enough for the standard’s plan."""

    way: str = choice(
        "standard",
        {
            "standard": "By the standard: lot size and AQL (MIL-STD-105E)",
            "points": "By two risks: a good lot should pass, a bad one should not",
            "cost": "By cost: what inspecting and what escapes cost",
        },
        label="How to choose the plan",
    )
    lot: int = quantity(1000, "parts", range=(2, 500_000), label="Lot size", help="Parts that come in together.")
    aql: str = choice(
        "1",
        {f"{value:g}": f"{value:g} %" for value in AQLS},
        label="AQL",
        help="The worst average that you still call good. It is no promise about a single lot.",
        when=_STANDARD,
    )
    level: str = choice("II", LEVELS, label="Inspection level", when=_STANDARD)
    inspection: str = choice(
        "normal",
        {"normal": "Normal", "tightened": "Tightened", "reduced": "Reduced"},
        label="Inspection",
        help="Begin with normal. The switching rules on the card tell when to change.",
        when=_STANDARD,
    )
    sampling: str = choice(
        "single",
        {"single": "One sample", "double": "A second sample when the first is in doubt"},
        label="Samples",
        when=("way", ("standard", "points")),
    )
    good: float = quantity(
        1.0, "%", range=(0.01, 30.0), step=0.01, label="A good lot has this share defective", when=_POINTS
    )
    producer_risk: float = quantity(
        5.0, "%", range=(0.1, 30.0), step=0.1, label="Risk of rejecting a good lot (α)", when=_POINTS
    )
    bad: float = quantity(
        5.0, "%", range=(0.02, 60.0), step=0.01, label="A bad lot has this share defective (LTPD)", when=_POINTS
    )
    consumer_risk: float = quantity(
        10.0, "%", range=(0.1, 40.0), step=0.1, label="Risk of accepting a bad lot (β)", when=_POINTS
    )
    inspect_cost: float = quantity(
        0.5, "USD", range=(0.001, 10_000.0), step=0.01, label="Cost of inspecting one part", when=_COST
    )
    escape_cost: float = quantity(
        50.0,
        "USD",
        range=(0.01, 1_000_000.0),
        step=0.1,
        label="Cost of one defective part that escapes",
        help="What it costs further down the line: taking apart, scrap, a stop, a customer.",
        when=_COST,
    )
    share: float = quantity(
        0.5, "%", range=(0.0, 100.0), step=0.01, label="Share defective that you expect", when=_COST
    )
    lots: int = quantity(10, "lots", range=(1, 60), label="Lots on the card")
