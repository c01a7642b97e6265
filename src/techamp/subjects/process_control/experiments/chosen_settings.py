"""From a model to settings, and to what a confirmation run at these settings should give."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.experiments.linear_model import ModelFit, model_columns, parse_term
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import t_quantile

GOALS = ("high", "low", "target")


@dataclass(frozen=True)
class Confirmation(Shown):
    """Coded ``settings``, the response that the model expects there, and where the mean of ``runs`` should lie."""

    settings: dict[str, float]
    value: float
    low: float
    high: float
    runs: int


def confirmation(
    fit: ModelFit, settings: Mapping[str, float], *, runs: int = 1, averaged: Sequence[str] = ()
) -> Confirmation:
    """Return ŷ ± t·s·√(h + 1/runs) at coded settings: a mean of new runs outside it says that the model fails there.

    h = x(X'X)⁻¹x'. ``averaged``: factors in sum coding, such as blocks, whose average is meant; others that are not
    named stand at 0. Not-a-number limits where no degree of freedom is left.
    Example (pilot plant, T and K high, saturated): the fitted mean, without limits.
    Raises InvalidInput for less than one run.
    """
    if runs < 1:
        raise InvalidInput("runs", "must be 1 at least", runs, "Confirm with 4 or more.")
    point: dict[str, Any] = {
        name: np.array([fit.levels[name][0] if name in fit.levels else settings.get(name, 0.0)]) for name in fit.factors
    }
    columns, _, owner = model_columns(point, [parse_term(term) for term in fit.terms], fit.levels, fit.intercept)
    line = columns[0]
    for j, of in enumerate(owner):
        if of >= 0 and any(name in averaged for name, _ in parse_term(fit.terms[of])):
            line[j] = 0.0
    value = float(line @ fit.fit.coefficients)
    reach = t_quantile(0.5 * (1.0 + fit.confidence), fit.df) * fit.residual_sd if fit.df else math.nan
    half = reach * math.sqrt(fit.fit.direction_variance(line) + 1.0 / runs)
    return Confirmation(dict(settings), value, value - half, value + half, runs)


def choose_settings(
    fit: ModelFit,
    goal: str,
    *,
    target: float | None = None,
    factors: Sequence[str],
    fixed: Mapping[str, float] | None = None,
    either_or: Sequence[str] = (),
) -> dict[str, float]:
    """Return the coded settings within ±1 that serve the goal best by the model; of equals, those nearest the middle.

    ``goal``: "high", "low", or "target" with a ``target``. ``factors``: those that may move; ``fixed``: settings that
    are decided (the quiet level of a factor that changes the spread); ``either_or``: factors without a middle.
    Levels from a grid, then steps along each factor, halved until they are tiny. Nothing random.
    Raises InvalidInput for an unknown goal or a missing target.
    """
    if goal not in GOALS or (goal == "target" and target is None):
        raise InvalidInput("goal", f"must be one of {', '.join(GOALS)}, a target with the last", goal, "Choose again.")
    decided = dict(fixed or {})
    free = [name for name in factors if name not in decided]
    if not free:
        return decided
    known = {*free, *decided}
    terms = [
        (parse_term(c.name), c.value) for c in fit.coefficients if c.name != "intercept" and _names(c.name) <= known
    ]
    start = fit.coefficient("intercept") if fit.intercept else 0.0
    size = max(1e-12, sum(abs(value) for _, value in terms))

    def score(points: Array) -> Array:
        """How good each row of settings of the free factors is."""
        here = {name: np.full(len(points), x) for name, x in decided.items()}
        here |= {name: points[:, k] for k, name in enumerate(free)}
        y: Array = np.full(len(points), start)
        for term, value in terms:
            y = y + value * np.prod([here[n] ** power for n, power in term], axis=0)
        wanted = -np.abs(y - target) if goal == "target" and target is not None else y if goal == "high" else -y
        return np.asarray(wanted - 1e-7 * size * np.sum(points * points, axis=1))

    grid = 5 if len(free) <= 4 else 3
    levels = [(-1.0, 1.0) if name in either_or else tuple(np.linspace(-1, 1, grid).tolist()) for name in free]
    points = np.array(list(product(*levels)), dtype=np.float64).reshape(-1, len(free))
    moves = [k for k, name in enumerate(free) if name not in either_or]
    best = _climb(score, points[int(np.argmax(score(points)))], moves, 2.0 / (grid - 1))
    return {**decided, **{name: round(x, 6) + 0.0 for name, x in zip(free, best.tolist(), strict=True)}}


def _names(term: str) -> set[str]:
    return {name for name, _ in parse_term(term)}


def _climb(score: Callable[[Array], Array], point: Array, moves: Sequence[int], step: float) -> Array:
    """Take the best single step of a factor that may move, halve the steps when none helps."""
    best = float(score(point[None, :])[0])
    while step > 1e-5 and len(moves):
        trials = np.tile(point, (2 * len(moves), 1))
        for i, k in enumerate(moves):
            trials[2 * i, k] = max(-1.0, point[k] - step)
            trials[2 * i + 1, k] = min(1.0, point[k] + step)
        found = score(trials)
        first = int(np.argmax(found))
        if found[first] > best + 1e-15:
            point, best = trials[first], float(found[first])
        else:
            step *= 0.5
    return point
