"""What the player of setups and batches sets."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

PLANS = {
    "lot": "In lots: a lot of one length starts when it is full",
    "wheel": "In rounds: what was ordered of every length, at a fixed interval",
}
MOVES = {"whole": "The whole lot together", "one": "Each shaft as soon as it is turned"}
VARIETIES = {"three": "Three lengths: 50, 25 and 25 %", "six": "Six lengths: 30, 20, 15, 15, 10 and 10 %"}
SHARES = {"three": (0.25, 0.50, 0.25), "six": (0.10, 0.15, 0.20, 0.30, 0.15, 0.10)}
NAMES = {
    "three": ("Short", "Standard", "Long"),
    "six": ("100 mm", "150 mm", "200 mm", "250 mm", "300 mm", "350 mm"),
}
LOT, WHEEL = ("plan", ("lot",)), ("plan", ("wheel",))
DAY = 900.0
"""Minutes of production time in a day of the model plant: two shifts of 450."""


class SetupsAndBatchesInputs(Inputs):
    """Lots or rounds, their size, the changeover, and the lathe itself."""

    plan: str = choice("lot", PLANS, label="How orders are gathered")
    batch: int = quantity(
        120, "shafts", range=(1, 300), label="Lot size", help="Shafts of one length between two changeovers.", when=LOT
    )
    move: str = choice("whole", MOVES, label="How shafts move on to the washer", when=LOT)
    interval: float = quantity(
        7.5,
        "h",
        range=(0.5, 30.0),
        step=0.5,
        label="Interval",
        help="Hours of production time from one release of orders to the next.",
        when=WHEEL,
    )
    setup: float = quantity(
        18.0,
        "min",
        range=(3.0, 40.0),
        step=0.5,
        label="Changeover",
        help="From the last good shaft of one length to the first good one of the next. Below 18 min it costs money.",
    )
    demand: int = quantity(225, "shafts/day", range=(60, 270), step=5, label="Demand", help="In 15 h of production.")
    variety: str = choice("three", VARIETIES, label="Lengths")
    cycle_time: float = quantity(3.2, "min", range=(1.0, 6.0), step=0.1, label="Time to turn one shaft")
    mttf: float = quantity(
        600.0, "min", range=(60.0, 5000.0), step=10.0, label="Running time between stops", help="On average."
    )
    mttr: float = quantity(30.0, "min", range=(0.0, 240.0), step=5.0, label="Time to repair", help="0: it never stops.")
    days: int = quantity(40, "days", range=(20, 250), step=10, label="Days counted", help="After ten to settle.")

    @property
    def names(self) -> tuple[str, ...]:
        """The lengths, from the shortest to the longest."""
        return NAMES[self.variety]

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of each length in the demand."""
        return SHARES[self.variety]

    @property
    def turning(self) -> float:
        """Minutes that a shaft takes with its share of the stops."""
        return self.cycle_time * (1.0 + self.mttr / self.mttf)

    @property
    def rate(self) -> float:
        """Shafts ordered per minute, of all lengths."""
        return self.demand / DAY

    @property
    def load(self) -> float:
        """The share of its time that the lathe needs without any changeover."""
        return self.rate * self.turning
