"""What is made of the counts: the chart that judges them, the ranking, the bets, and praise and blame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.process_control.simulations.red_beads.dipping import Dips, Integers
from techamp.subjects.process_control.simulations.red_beads.inputs import (
    BETS,
    WORKERS,
    RedBeadsInputs,
    half_time,
    odd_worker,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Judged:
    """Points of an np chart: red beads of ``beads`` dipped, whose they are, center and limits of each, and signals."""

    worker: Integers
    red: Integers
    beads: Integers
    center: Floats
    lower: Floats
    upper: Floats

    @property
    def out(self) -> NDArray[np.bool_]:
        """Points beyond a limit."""
        found: NDArray[np.bool_] = (self.red > self.upper) | (self.red < self.lower)
        return found


def paddles(inputs: RedBeadsInputs, dips: Dips) -> Judged:
    """One point for each paddle. When better beads came, the limits are those of the days before."""
    base = dips.day < half_time(inputs) if inputs.boss == "bowl" else np.ones(len(dips.day), dtype=np.bool_)
    beads = np.full(len(dips.red), inputs.paddle)
    return _judged(dips.worker, dips.red, beads, base, inputs.width)


def people(inputs: RedBeadsInputs, dips: Dips) -> Judged:
    """One point for each worker: all of her paddles together."""
    who = np.arange(len(WORKERS))
    red = np.array([dips.red[dips.worker == w].sum() for w in who])
    beads = np.array([inputs.paddle * int((dips.worker == w).sum()) for w in who])
    return _judged(who, red, beads, np.ones(len(who), dtype=np.bool_), inputs.width)


def judged(inputs: RedBeadsInputs, dips: Dips) -> Judged:
    """The points that the player asked for."""
    return people(inputs, dips) if inputs.judge == "people" else paddles(inputs, dips)


def _judged(worker: Integers, red: Integers, beads: Integers, base: NDArray[np.bool_], width: float) -> Judged:
    from techamp.subjects.process_control.attribute_charts import np_chart

    if (
        not 0 < red[base].sum() < beads[base].sum()
    ):  # no red bead at all, or nothing else: there is no spread to judge by
        center: Floats = np.where(red[base].sum() > 0, beads, 0).astype(np.float64)
        return Judged(worker, red, beads, center, center, center)
    panel = np_chart(red, beads, baseline=base, k=width).location
    return Judged(worker, red, beads, panel.center, panel.lower, panel.upper)


def wins(inputs: RedBeadsInputs, dips: Dips) -> list[float]:
    """What the bet paid on each day from the second: 1 for the only best, a share of a tie, 0 otherwise."""
    return [_paid(_picked(inputs.bet, dips, day), dips.of_day(day)) for day in range(1, inputs.days)]


def _picked(bet: str, dips: Dips, day: int) -> int:
    if bet not in ("yesterday_best", "best_so_far", "yesterday_worst"):
        return list(BETS).index(bet) - 3
    there, before = dips.of_day(day), dips.of_day(day - 1)
    score = {who: dips.mean_of(who, day) if bet == "best_so_far" else before[who] for who in there}
    return (max if bet == "yesterday_worst" else min)(score, key=lambda who: score[who])


def _paid(who: int, counts: dict[int, float]) -> float:
    best = min(counts.values())
    return 1.0 / list(counts.values()).count(best) if counts.get(who) == best else 0.0


def by_chance(dips: Dips, days: int) -> list[float]:
    """What a blind bet pays on each day from the second: one over the people who are there."""
    return [1.0 / len(dips.of_day(day)) for day in range(1, days)]


def best_and_worst(counts: dict[int, float]) -> tuple[int, int]:
    """Who is praised and who is warned; of equals, the first in the alphabet."""
    return min(counts, key=lambda who: counts[who]), max(counts, key=lambda who: counts[who])


def day_after(dips: Dips, days: int) -> tuple[list[float], list[float]]:
    """Change of red beads per paddle from the day of praise, and of blame, to the next day that person dips."""
    praised: list[float] = []
    blamed: list[float] = []
    for day in range(days - 1):
        today, next_day = dips.of_day(day), dips.of_day(day + 1)
        best, worst = best_and_worst(today)
        for who, found in ((best, praised), (worst, blamed)):
            if who in next_day:
                found.append(next_day[who] - today[who])
    return praised, blamed


def values(inputs: RedBeadsInputs, dips: Dips) -> dict[str, float | None]:
    """The measures of one run, by name."""
    points, odd = judged(inputs, dips), odd_worker(inputs)
    accused, seen = set(points.worker[points.red > points.upper].tolist()), set(points.worker[points.out].tolist())
    paid, praised, blamed = wins(inputs, dips), *day_after(dips, inputs.days)
    late = dips.day >= half_time(inputs)
    return {
        "per_paddle": float(np.mean(dips.red)),
        "signals": float(points.out.sum()),
        "accused": float(len(accused - {odd})),
        "odd_found": None if odd < 0 else 100.0 * (odd in seen),
        "bets_won": 100.0 * float(np.mean(paid)) if paid else None,
        "by_chance": 100.0 * float(np.mean(by_chance(dips, inputs.days))) if paid else None,
        "after_praise": float(np.mean(praised)) if praised else None,
        "after_blame": float(np.mean(blamed)) if blamed else None,
        "second_half": float(np.mean(dips.red[late]) - np.mean(dips.red[~late])) if late.any() else None,
        "beads": float(dips.beads.size),
    }
