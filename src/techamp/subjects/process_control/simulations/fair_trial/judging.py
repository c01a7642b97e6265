"""Intervals for the difference, one for each trial; how often they find it, false alarms, what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from techamp.subjects.process_control.simulations.fair_trial.inputs import FairTrialInputs
from techamp.subjects.process_control.simulations.fair_trial.trials import REPEATS, Floats, Trials


@dataclass(frozen=True, eq=False)
class Intervals:
    """Per trial: the difference B − A seen, and the reach of its interval to either side; all in µm.

    The reach is infinite where the plan gives no spread to judge by. ``n`` is what was compared: shafts of a lathe, or
    pairs.
    """

    seen: Floats
    reach: Floats
    n: int

    @property
    def low(self) -> Floats:
        return self.seen - self.reach

    @property
    def high(self) -> Floats:
        return self.seen + self.reach

    @property
    def shown(self) -> Floats:
        """1 or −1 where the interval lies on one side of zero, else 0."""
        return np.where(self.low > 0.0, 1.0, np.where(self.high < 0.0, -1.0, 0.0))


def pair_is_day(inputs: FairTrialInputs) -> bool:
    """Whether a pair is a day; else it is two shafts."""
    return inputs.days > 1


def intervals(inputs: FairTrialInputs, trials: Trials) -> Intervals:
    """Of every trial, as ``paired_t`` or ``two_sample_t`` would give them."""
    at = 0.5 * (1.0 + float(inputs.confidence))
    if inputs.judge == "pairs":
        gap = trials.b - trials.a
        pairs = gap.mean(axis=2) if pair_is_day(inputs) else gap[:, 0, :]
        return _paired(pairs, at)
    flat = (len(trials.a), -1)
    return _welch(trials.a.reshape(flat), trials.b.reshape(flat), at)


def _paired(pairs: Floats, at: float) -> Intervals:
    n = pairs.shape[1]
    seen = pairs.mean(axis=1)
    if n < 2:
        return Intervals(seen, np.full_like(seen, np.inf), n)
    return Intervals(seen, stdtrit(n - 1.0, at) * pairs.std(axis=1, ddof=1) / np.sqrt(n), n)


def _welch(a: Floats, b: Floats, at: float) -> Intervals:
    n = a.shape[1]
    seen = b.mean(axis=1) - a.mean(axis=1)
    if n < 2:
        return Intervals(seen, np.full_like(seen, np.inf), n)
    first, second = a.var(axis=1, ddof=1) / n, b.var(axis=1, ddof=1) / n
    df = (first + second) ** 2 * (n - 1.0) / (first**2 + second**2)
    return Intervals(seen, stdtrit(df, at) * np.sqrt(first + second), n)


def values(inputs: FairTrialInputs, trials: Trials, found: Intervals) -> dict[str, float | None]:
    """Every measure by name; None where the plan does not give it."""
    which = trials.watched
    seen, reach = float(found.seen[which]), float(found.reach[which])
    hit = float(np.mean(found.shown[:REPEATS] == np.sign(inputs.difference))) if inputs.difference else None
    wolf = float(np.mean(found.shown[REPEATS:] != 0.0))
    truth = np.where(np.arange(2 * REPEATS) < REPEATS, inputs.difference, 0.0)
    held = float(np.mean((found.low <= truth) & (truth <= found.high)))
    spent = trial_cost(inputs)
    missed = 0.0 if hit is None else 1.0 - hit
    return {
        "seen": seen,
        "reach": reach if np.isfinite(reach) else None,
        "found": None if hit is None else 100.0 * hit,
        "wolf": 100.0 * wolf,
        "held": 100.0 * held,
        "shafts": 2.0 * inputs.days * inputs.per_day,
        "calendar": float(calendar_days(inputs)),
        "trial_cost": spent,
        "whole_cost": spent + 0.5 * missed * inputs.miss_cost + 0.5 * wolf * inputs.wolf_cost,
    }


def calendar_days(inputs: FairTrialInputs) -> int:
    """Working days until the trial is over."""
    return inputs.days * (2 if inputs.order == "apart" else 1)


def trial_cost(inputs: FairTrialInputs) -> float:
    """USD for all shafts and all days on which a lathe is set up for the trial."""
    return 2.0 * inputs.days * (inputs.per_day * inputs.part_cost + inputs.setup_cost)
