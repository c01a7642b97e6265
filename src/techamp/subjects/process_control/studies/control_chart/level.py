"""Did the level jump, or drift? One look at the whole series, beside the rules that look at windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techamp.subjects.process_control.readings import Array

# 1 % point of the largest distance of a Brownian bridge from zero (Kolmogorov): beyond it the level is not constant.
_ONE_PERCENT = 1.628
_FEWEST = 12


@dataclass(frozen=True)
class LevelChange:
    """``kind`` "jump": from point ``at`` on (0-based) the average is ``after``; "drift": from ``before`` to ``after``
    all along."""

    kind: str
    at: int
    before: float
    after: float


def level_change(points: Array, sigma: float) -> LevelChange | None:
    """The jump or drift that explains the points best, or None where chance does.

    ``points``: plotted values without gaps; ``sigma``: their standard deviation while nothing happens. The test is
    the largest cumulative sum of deviations from the mean, divided by σ√n (a Brownian bridge when the level is
    constant and points are independent). A jump is split where that sum is largest; a drift is called when a straight
    line leaves less than the jump does.
    """
    n = len(points)
    if n < _FEWEST:
        return None
    deviation = points - np.mean(points)
    path = np.cumsum(deviation)[:-1]
    at = int(np.argmax(np.abs(path))) + 1
    if float(np.abs(path[at - 1])) <= _ONE_PERCENT * sigma * n**0.5:
        return None
    before, after = float(np.mean(points[:at])), float(np.mean(points[at:]))
    left_by_jump = float(np.sum((points[:at] - before) ** 2) + np.sum((points[at:] - after) ** 2))
    time = np.arange(n) - 0.5 * (n - 1)
    slope = float(np.sum(time * deviation) / np.sum(time * time))
    left_by_drift = float(np.sum((deviation - slope * time) ** 2))
    if left_by_drift < left_by_jump:
        middle, half = float(np.mean(points)), 0.5 * slope * (n - 1)
        return LevelChange("drift", 0, middle - half, middle + half)
    return LevelChange("jump", at, before, after)


def without_level_change(points: Array, sigma: float) -> Array:
    """What the points leave when the jump or drift, if there is one, is taken off."""
    change = level_change(points, sigma)
    if change is None:
        return points
    if change.kind == "drift":
        return points - np.linspace(change.before, change.after, len(points))
    return points - np.where(np.arange(len(points)) < change.at, change.before, change.after)
