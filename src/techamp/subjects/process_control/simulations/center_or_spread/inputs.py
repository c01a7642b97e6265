"""What is changed on the grinder, how the sample is taken, and what is demanded of it. Lengths in micrometers (µm)."""

from __future__ import annotations

from techamp.contract import Inputs, choice, flag, quantity

SET = ("grinder", ("set",))


class CenterOrSpreadInputs(Inputs):
    """Changes first, then the sample, then the rule."""

    move: float = quantity(
        0.0,
        "µm",
        range=(-4.0, 4.0),
        step=0.25,
        label="Move the center",
        help="Minus makes all shafts smaller. One setup: 40 USD, whatever the distance.",
        when=SET,
    )
    bar: bool = flag(False, label="Better bar", help="0.06 USD a shaft. Boxes of bar differ less.", when=SET)
    spindle: bool = flag(
        False, label="New spindle bearing", help="4,500 USD, once. Shafts made in a row differ less.", when=SET
    )
    cooling: bool = flag(
        False, label="Temperature control", help="9,000 USD, once. The swing of the day gets smaller.", when=SET
    )
    interval: int = quantity(
        200,
        "shafts",
        range=(25, 400),
        step=25,
        label="Dress the wheel after",
        help="The wheel wears, and shafts grow by 0.015 µm each. A dressing costs 12 USD.",
        when=SET,
    )
    sort: bool = flag(
        False,
        label="Sort every shaft",
        help="0.43 USD a shaft. The process stays as it is, but a bad shaft then costs 8.17 USD and not 140.",
        when=SET,
    )
    sample: int = quantity(
        50, "shafts", range=(10, 300), step=5, label="Shafts you measure", help="In subgroups of five made in a row."
    )
    spread_out: str = choice(
        "weeks",
        {"weeks": "All over two weeks", "row": "All in a row"},
        label="Which shafts",
    )
    rule: str = choice(
        "ppk",
        {
            "none_bad": "No shaft of the sample is outside",
            "cpk": "Cpk is 1.33 or more",
            "ppk": "Ppk is 1.33 or more",
            "ppk_sure": "The lower end of Ppk’s interval is 1.33 or more",
        },
        label="Release the grinder if",
        when=("grinder", ("drawn",)),
    )
    grinder: str = choice(
        "set",
        {"set": "The LA-20 grinder, with your changes", "drawn": "Drawn by luck, each time another one"},
        label="Grinder",
    )
    reveal: bool = flag(True, label="Show the truth beside the sample")
