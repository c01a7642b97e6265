"""How much of the spread is between groups: the one-way random model."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import AnovaRow, row
from techamp.subjects.process_control.measurement.mean_square_intervals import Part, interval
from techamp.subjects.process_control.readings import as_readings, constant_to_the_last_digit


@dataclass(frozen=True)
class RandomGroups:
    """Variance ``between`` and ``within`` groups with intervals; ``raw_between`` may be below zero."""

    mean: float
    between: float
    raw_between: float
    within: float
    between_interval: tuple[float, float]
    within_interval: tuple[float, float]
    anova: tuple[AnovaRow, ...]


def random_one_way(groups: ArrayLike, *, confidence: float = 0.95) -> RandomGroups:
    """Return variance components of an array (groups, readings), balanced: σ²_b = (MS_between - MS_within)/n.

    Where the estimate is not negative it equals restricted maximum likelihood (REML); below zero, REML gives zero, as
    ``between`` does. Intervals: within exact, between by modified large sample.
    Example: the dyestuff yields of Davies (1947): between 1764.05, within 2451.25.
    Raises InvalidInput for a wrong shape, a gap, fewer than two groups or readings each, or equal readings.
    """
    y = as_readings(groups, "groups")
    if y.ndim != 2 or min(y.shape) < 2 or bool(np.isnan(y).any()):
        rule = "must be a table of two groups by two readings at least, without gaps"
        raise InvalidInput("groups", rule, y.shape, "Give equally many readings for each group.")
    count, n = y.shape
    origin = float(y[0, 0])
    shifted = y - origin
    means = shifted.mean(axis=1)
    within = row("within", count * (n - 1), float(np.sum((shifted - means[:, None]) ** 2)))
    between = row("between", count - 1, n * float(np.sum((means - means.mean()) ** 2)), within)
    mean = origin + float(means.mean())
    if constant_to_the_last_digit(math.sqrt(within.ss + between.ss), mean):
        raise InvalidInput("groups", "must vary", 0.0, "Check that the gauge shows enough digits.")
    raw = (between.ms - within.ms) / n
    low, high = interval([Part(1 / n, between.ms, between.df), Part(-1 / n, within.ms, within.df)], confidence)
    return RandomGroups(
        mean=mean,
        between=max(0.0, raw),
        raw_between=raw,
        within=within.ms,
        between_interval=(max(0.0, low), max(0.0, high)),
        within_interval=interval([Part(1.0, within.ms, within.df)], confidence),
        anova=(between, within, row("total", y.size - 1, within.ss + between.ss)),
    )
