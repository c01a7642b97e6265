"""What the player decides about the trial, and what the shop is like."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

ORDERS = {"apart": "First all days of A, then all days of B", "together": "Both lathes on each day"}
BLANKS = {"random": "A bar for each shaft, at random", "halves": "Each bar is halved: one half for A, one for B"}
JUDGES = {"groups": "Two averages (Welch)", "pairs": "Differences of pairs"}
TRUTHS = {"real": "The difference below", "none": "No difference", "coin": "A coin decides, and tells at the end"}


class FairTrialInputs(Inputs):
    """The plan of the trial; the truth; the spreads of the shop; what things cost."""

    per_day: int = quantity(
        10, "shafts", range=(1, 30), label="Shafts of each lathe on a day", help="A makes as many as B."
    )
    days: int = quantity(1, "days", range=(1, 20), label="Days for each lathe")
    order: str = choice("apart", ORDERS, label="Which lathe runs when")
    blanks: str = choice("random", BLANKS, label="Where the blanks come from")
    judge: str = choice(
        "groups",
        JUDGES,
        label="What is compared",
        help="With more than one day a pair is a day: A’s average less B’s. With one day it is two shafts.",
    )
    confidence: str = choice("0.95", {"0.9": "90 %", "0.95": "95 %", "0.99": "99 %"}, label="Confidence")
    truth: str = choice("real", TRUTHS, label="What is true in the trial that you watch")
    difference: float = quantity(
        1.0, "µm", range=(-3.0, 3.0), step=0.1, label="Difference that matters, B − A", help="True average of B less A."
    )
    part_sd: float = quantity(
        0.8, "µm", range=(0.1, 3.0), step=0.1, label="Shaft to shaft", help="Standard deviation within one bar."
    )
    bar_sd: float = quantity(0.9, "µm", range=(0.0, 3.0), step=0.1, label="Bar to bar")
    day_sd: float = quantity(
        1.5, "µm", range=(0.0, 4.0), step=0.1, label="Day to day, both lathes alike", help="A warm day, a cold day."
    )
    own_sd: float = quantity(
        0.3,
        "µm",
        range=(0.0, 2.0),
        step=0.1,
        label="Day to day, each lathe on its own",
        help="Each morning each lathe is set a little differently.",
    )
    part_cost: float = quantity(6.0, "USD", range=(0.0, 50.0), step=1.0, label="Cost of a shaft, made and measured")
    setup_cost: float = quantity(32.0, "USD", range=(0.0, 200.0), step=1.0, label="Cost of a lathe’s trial day")
    miss_cost: float = quantity(
        10_000.0, "USD", range=(0.0, 50_000.0), step=500.0, label="Cost of missing a real difference"
    )
    wolf_cost: float = quantity(
        5_000.0, "USD", range=(0.0, 50_000.0), step=500.0, label="Cost of acting on a difference that is not there"
    )
