"""The plan of the study, how it is decided, what is mended, and what is wrong in the shop."""

from __future__ import annotations

from techamp.contract import Inputs, choice, flag, quantity


class GaugeStudyInputs(Inputs):
    """Plan first, then decision, repairs and faults. Lengths are in micrometers (µm): 0.001 mm."""

    gauge: str = choice(
        "fine",
        {
            "hand": "Hand micrometer, shows 1 µm",
            "stand": "Micrometer in a stand, shows 0.5 µm",
            "fine": "Bench micrometer, shows 0.1 µm",
        },
        label="Gauge",
    )
    parts: int = quantity(10, "shafts", range=(2, 20), label="Shafts in the study")
    operators: int = quantity(
        3, "people", range=(2, 4), label="Operators", help="In this order: Ada, Ben, Cleo, Dev. All four use the gauge."
    )
    repeats: int = quantity(
        2,
        "readings",
        range=(1, 6),
        label="Readings of each shaft",
        help="By each operator. Cut where the readings run out.",
    )
    masters: int = quantity(
        0,
        "readings",
        range=(0, 20),
        label="Readings of the masters",
        help="Two rings of known size, 7.991 and 8.000 mm, in turn, spread over the study. They count like the others.",
    )
    pick: str = choice(
        "in_a_row",
        {
            "in_a_row": "Shafts made one after the other",
            "process": "Shafts from all over the week",
            "extremes": "The smallest and largest that can be found",
        },
        label="Which shafts",
    )
    order: str = choice(
        "in_a_row",
        {
            "in_a_row": "One operator after the other, each shaft several times in a row",
            "rounds": "One operator after the other, all shafts, then all again",
            "random": "Shafts and operators in random order, shafts unnamed",
        },
        label="Order",
    )
    place: str = choice(
        "anywhere", {"anywhere": "Anywhere around", "mark": "At a mark on the shaft"}, label="Where on the shaft"
    )
    budget: int = quantity(60, "readings", range=(20, 120), step=5, label="Readings there are")
    rule: str = choice(
        "study",
        {
            "tolerance": "Percent of tolerance is at most 30",
            "tolerance_sure": "The upper end of its interval is at most 30",
            "study": "Percent of the study is at most 30",
            "categories": "It tells 5 groups or more",
        },
        label="Take the gauge if",
    )
    wipe: bool = flag(False, label="Wipe anvils and shaft before each reading (15 USD)")
    soak: bool = flag(False, label="Let shafts and gauge share one temperature for an hour (40 USD)")
    ratchet: bool = flag(False, label="Train the ratchet: three clicks (25 USD)")
    all_digits: bool = flag(False, label="Write down every digit (10 USD)")
    calibrate: bool = flag(False, label="Send the gauge to be set and straightened (120 USD)")
    shop: str = choice(
        "set", {"set": "As set below", "drawn": "Drawn by luck, each time anew"}, label="What is wrong in the shop"
    )
    bias: float = quantity(
        0.0, "µm", range=(-4.0, 4.0), step=0.1, label="Bias", help="The gauge reads too much by this."
    )
    linearity: float = quantity(
        0.0, "µm/µm", range=(-0.5, 0.5), step=0.05, label="Growth of the error with size", help="Zero in mid-tolerance."
    )
    drift: float = quantity(
        0.0, "µm", range=(-6.0, 6.0), step=0.1, label="Drift by warming", help="From the first reading to the last."
    )
    dirt: float = quantity(
        0.0, "%", range=(0.0, 30.0), step=1.0, label="Dirt on the anvil", help="Share of readings with a 3 µm speck."
    )
    squeeze: float = quantity(
        0.0,
        "µm",
        range=(0.0, 4.0),
        step=0.1,
        label="Ben squeezes",
        help="He reads less by this, and his repeats scatter half as much again.",
    )
    rounding: float = quantity(
        0.0, "µm", range=(0.0, 5.0), step=0.5, label="Cleo rounds to", help="Zero: she reads what the gauge shows."
    )
    out_of_round: float = quantity(
        0.0, "µm", range=(0.0, 6.0), step=0.1, label="Shafts out of round", help="Largest less smallest diameter."
    )
    reveal: bool = flag(True, label="Show the truth beside the study")
