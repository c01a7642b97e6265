"""What the engineer may set about a comparison: two questions, and how sure to be."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

QUESTIONS = {"averages": "Averages", "spreads": "Spreads", "shares": "Shares: how many of how many"}
PAIRED = {
    "auto": "As the columns say",
    "yes": "Yes: both readings of a row or a pair belong together",
    "no": "No: two separate lots of parts",
}
SHAPES = {"means": "Averages of readings", "ranks": "Ranks: readings with long tails or a few wild ones"}


class ComparisonSettings(Inputs):
    """All have a sensible default."""

    question: str = choice("averages", QUESTIONS, label="What do you compare?")
    paired: str = choice(
        "auto",
        PAIRED,
        label="Does each reading have a partner?",
        help="The same part twice, the halves of one bar, the same day. “As the columns say”: yes with a second column "
        "or a pair column.",
    )
    shape: str = choice("means", SHAPES, label="Compare by", when=("question", ("averages",)))
    confidence: str = choice("0.95", {"0.9": "90 %", "0.95": "95 %", "0.99": "99 %"}, label="Confidence")
    target: float | None = quantity(
        None,
        "",
        range=(-1e12, 1e12),
        step=0.0001,
        optional=True,
        label="The number to compare with",
        help="Only when there is one column of readings and no group. For shares in percent.",
    )
    margin: float | None = quantity(
        None,
        "",
        range=(0.0, 1e9),
        step=0.0001,
        optional=True,
        label="Smallest difference that matters",
        help="In the column’s unit; for shares in percent. With it you are told whether the two are shown to be alike, "
        "and how many parts would find that difference.",
    )
