"""What the red beads say: notes, words for the charts, the limits with this run's numbers."""

from __future__ import annotations

import numpy as np

from techamp.subjects.process_control.simulations.red_beads import judging
from techamp.subjects.process_control.simulations.red_beads.dipping import Dips
from techamp.subjects.process_control.simulations.red_beads.inputs import (
    BETS,
    WORKERS,
    RedBeadsInputs,
    odd_worker,
)


def notes(inputs: RedBeadsInputs, dips: Dips, values: dict[str, float | None]) -> tuple[str, ...]:
    """What was counted, what the chart says, what the bet was worth, what praise and blame did, what the boss did."""
    points = judging.judged(inputs, dips)
    said = [_counted(inputs, dips, points), _bet(inputs, values), _praise(values), _boss(inputs, values)]
    return tuple(text for text in (*said, _odd(inputs, points)) if text)


def _counted(inputs: RedBeadsInputs, dips: Dips, points: judging.Judged) -> str:
    first = (
        f"{len(dips.red)} paddles of {inputs.paddle} held {int(dips.red.sum())} red beads, "
        f"{np.mean(dips.red):.1f} each on average."
    )
    if not points.out.any():
        return f"{first} No point lies beyond a limit: the counts differ as much as one bowl makes them differ."
    accused = [WORKERS[who] for who in dict.fromkeys(points.worker[points.out].tolist())]
    number = int(points.out.sum())
    return f"{first} {number} {'point lies' if number == 1 else 'points lie'} beyond a limit: {listed(accused)}."


def listed(names: list[str]) -> str:
    """Names in a sentence.

    >>> listed(["Ava", "Ben", "Dee"])
    'Ava, Ben and Dee'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _bet(inputs: RedBeadsInputs, values: dict[str, float | None]) -> str:
    won, chance = values["bets_won"], values["by_chance"]
    if won is None or chance is None:
        return "With a single day there is no next day to bet on."
    name = BETS[inputs.bet].replace("Whoever", "whoever")
    return f"Your bet, “{name}”, paid on {won:.0f} % of the days. Chance alone pays on {chance:.0f} %."


def _praise(values: dict[str, float | None]) -> str:
    praised, blamed = values["after_praise"], values["after_blame"]
    if praised is None or blamed is None:
        return ""
    return (
        f"On the day after praise the best had {_more(praised)}; on the day after a warning the worst had "
        f"{_more(blamed)}. The words changed nothing. After an extreme count an ordinary one is likely."
    )


def _more(change: float) -> str:
    return (
        "as many red beads"
        if abs(change) < 0.05
        else f"{abs(change):.1f} {'more' if change > 0 else 'fewer'} red beads"
    )


def _boss(inputs: RedBeadsInputs, values: dict[str, float | None]) -> str:
    change = values["second_half"]
    if change is None or inputs.boss == "praise":
        return ""
    if inputs.boss == "keep_best":
        return (
            f"The three who stayed had {_more(change)} in a paddle than all six before. They were picked for their "
            "luck, and luck does not stay with people."
        )
    return (
        f"The new beads brought {_more(change)} in a paddle. The limits are those of the days before, so a "
        "change of the bowl shows as points below."
    )


def _odd(inputs: RedBeadsInputs, points: judging.Judged) -> str:
    odd = odd_worker(inputs)
    if odd < 0:
        return ""
    found = (
        "The chart shows it."
        if odd in points.worker[points.out]
        else "The chart does not show it yet: count more beads."
    )
    return (
        f"{WORKERS[odd]} dips from a bowl with {inputs.odd_share:g} % red beads, the others from one with "
        f"{inputs.share:g} %. {found}"
    )


def chart_words(inputs: RedBeadsInputs, points: judging.Judged, name: str) -> str:
    """One sentence that says what the chart shows."""
    out = int(points.out.sum())
    if name == "control_chart":
        return (
            f"Each point is one paddle, each day runs from Ava to Fay. {out} of {len(points.red)} points lie "
            "beyond the limits."
        )
    if name == "people":
        order = np.argsort(points.red / points.beads, kind="stable")
        return (
            f"From {WORKERS[order[0]]}, who has the fewest, to {WORKERS[order[-1]]}, who has the most. "
            f"{out or 'None'} of the six {'lies' if out < 2 else 'lie'} beyond the limits for so many beads."
        )
    return "Each point is one person on two days in a row. If skill mattered, the points would rise from left to right."


def limits_equation(inputs: RedBeadsInputs, points: judging.Judged) -> str:
    """The limits of the np chart with this run's numbers, as plain text."""
    center = float(points.center[0])
    share = center / inputs.paddle
    reach = inputs.width * float(np.sqrt(max(0.0, center * (1.0 - share))))
    return (
        f"limits = n·p̄ ± {inputs.width:g}·√(n·p̄·(1 − p̄)) = {center:.2f} ± {inputs.width:g}·"
        f"√({center:.2f}·{1 - share:.3f}) = {center:.2f} ± {reach:.2f}"
    )
