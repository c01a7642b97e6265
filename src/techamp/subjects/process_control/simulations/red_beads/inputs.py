"""What the player decides about the bead plant."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

WORKERS = ("Ava", "Ben", "Cruz", "Dee", "Eli", "Fay")
NOBODY = "nobody"
BOSSES = {
    "praise": "Praise the best, warn the worst",
    "keep_best": "At half time send home the worse three; the others dip twice a day",
    "bowl": "At half time buy beads with fewer red ones",
}
BETS = {
    "yesterday_best": "Whoever was best yesterday",
    "best_so_far": "Whoever is best over all days so far",
    "yesterday_worst": "Whoever was worst yesterday",
    **{name.lower(): name for name in WORKERS},
}
JUDGES = {"paddles": "Each paddle is a point", "people": "All paddles of a person together are a point"}


class RedBeadsInputs(Inputs):
    """The bowl, the paddle, the foreman, and how the counts are judged."""

    days: int = quantity(4, "days", range=(1, 20), label="Days", help="Each worker dips one paddle a day.")
    paddle: int = quantity(
        50, "beads", range=(10, 100), step=10, label="Beads in a paddle", help="The size of one sample."
    )
    share: float = quantity(
        20.0, "%", range=(1.0, 60.0), step=1.0, label="Red beads in the bowl", help="Of 4,000 beads, well mixed."
    )
    boss: str = choice("praise", BOSSES, label="What the foreman does")
    bet: str = choice(
        "yesterday_best",
        BETS,
        label="Your bet for the next day",
        help="From day 2 on you bet on who has the fewest red beads that day. A tie of two pays half.",
    )
    width: float = quantity(
        3.0,
        "σ",
        range=(1.0, 4.0),
        step=0.1,
        label="Limits at",
        help="Distance of the limits from the center line, in standard errors of a count.",
    )
    judge: str = choice("paddles", JUDGES, label="What one point is")
    odd: str = choice(
        NOBODY,
        {NOBODY: "Nobody", **{name.lower(): name for name in WORKERS}},
        label="Who dips from another bowl",
        help="With “Nobody”, all six dip from the same bowl.",
    )
    odd_share: float = quantity(
        35.0,
        "%",
        range=(1.0, 60.0),
        step=1.0,
        label="Red beads in that other bowl",
        when=("odd", tuple(name.lower() for name in WORKERS)),
    )
    new_share: float = quantity(
        10.0,
        "%",
        range=(1.0, 60.0),
        step=1.0,
        label="Red beads after the purchase",
        when=("boss", ("bowl",)),
    )


def odd_worker(inputs: RedBeadsInputs) -> int:
    """Index of the worker with another bowl, or −1."""
    return -1 if inputs.odd == NOBODY else [name.lower() for name in WORKERS].index(inputs.odd)


def half_time(inputs: RedBeadsInputs) -> int:
    """Days before the foreman acts: half of them, the middle one counted to the first half."""
    return (inputs.days + 1) // 2
