"""The beads themselves: who dips when, from which bowl, and how many are red.

A paddle of n beads is drawn without putting any back, from a bowl of 4,000 of which R are red, so the count of red ones
is hypergeometric: mean nR/4000, variance n·p(1 − p)·(4000 − n)/3999. After each dip the beads go back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random
from techamp.subjects.process_control.simulations.red_beads.inputs import (
    WORKERS,
    RedBeadsInputs,
    half_time,
    odd_worker,
)

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
BOWL = 4_000
KEPT = 3
_DIP_CAUSE = 1
_MOST_BEADS = 128  # steps of luck set aside for one paddle


@dataclass(frozen=True, eq=False)
class Dips:
    """One entry for each paddle, in the order of time; ``beads`` (paddles, beads) is True where a bead is red."""

    worker: Integers
    day: Integers
    beads: Flags

    @cached_property
    def red(self) -> Integers:
        """Red beads in each paddle."""
        counted: Integers = self.beads.sum(axis=1)
        return counted

    def of_day(self, day: int) -> dict[int, float]:
        """Mean red beads per paddle of each worker who was there on that day (0-based)."""
        rows = self.day == day
        red, found = self.red[rows].tolist(), dict[int, list[int]]()
        for who, count in zip(self.worker[rows].tolist(), red, strict=True):
            found.setdefault(who, []).append(count)
        return {who: sum(counts) / len(counts) for who, counts in found.items()}

    def mean_of(self, who: int, days: int) -> float:
        """Mean red beads per paddle of a worker over the first ``days`` days."""
        return float(np.mean(self.red[(self.worker == who) & (self.day < days)]))


def dip(luck: NDArray[np.float64], reds: Integers) -> Flags:
    """Red or not, bead by bead; ``luck`` uniform (paddles, beads), ``reds`` red beads in the bowl of each paddle."""
    left = reds.astype(np.float64)
    found = np.zeros(luck.shape, dtype=np.bool_)
    for bead in range(luck.shape[1]):
        found[:, bead] = luck[:, bead] * (BOWL - bead) < left
        left -= found[:, bead]
    return found


def work(inputs: RedBeadsInputs, seed: int) -> Dips:
    """All days. The same seed gives each worker the same luck whatever the foreman does."""
    middle = half_time(inputs)
    everybody = np.arange(len(WORKERS))
    first = _days(inputs, seed, everybody, range(middle))
    if middle == inputs.days:
        return first
    people = np.sort(np.tile(kept(first), 2)) if inputs.boss == "keep_best" else everybody
    second = _days(inputs, seed, people, range(middle, inputs.days))
    return Dips(
        np.concatenate([first.worker, second.worker]),
        np.concatenate([first.day, second.day]),
        np.concatenate([first.beads, second.beads]),
    )


def kept(first: Dips) -> Integers:
    """The three with the fewest red beads in the first half; who is equal, by the alphabet."""
    totals = np.array([first.red[first.worker == who].sum() for who in range(len(WORKERS))])
    return np.sort(np.argsort(totals, kind="stable")[:KEPT])


def _days(inputs: RedBeadsInputs, seed: int, people: Integers, days: range) -> Dips:
    worker, day = np.tile(people, len(days)), np.repeat(np.arange(days.start, days.stop), len(people))
    turn = np.tile(np.concatenate([[0], (people[1:] == people[:-1]).astype(np.int64)]), len(days))
    step = (2 * day + turn)[:, None] * _MOST_BEADS + np.arange(inputs.paddle)
    luck = random.uniform(seed, _DIP_CAUSE, worker[:, None], step)
    return Dips(worker, day, dip(luck, _reds(inputs, worker, day)))


def _reds(inputs: RedBeadsInputs, worker: Integers, day: Integers) -> Integers:
    changed = (inputs.boss == "bowl") & (day >= half_time(inputs))
    share = np.where(changed, inputs.new_share, inputs.share)
    share = np.where(worker == odd_worker(inputs), inputs.odd_share, share)
    return np.rint(share / 100.0 * BOWL).astype(np.int64)
