"""Where is the best point of a fitted surface of second order, and which way does it fall?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.experiments.linear_model import ModelFit
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.shown import Shown

FLAT = 1e-9


@dataclass(frozen=True)
class Canonical(Shown):
    """``stationary`` settings by factor and the fitted ``value`` there; ``curvatures`` along ``axes`` (columns).

    ``nature``: maximum, minimum, saddle or ridge. ``inside``: whether it lies within the coded cube from -1 to 1 (or as
    far as the runs went).
    """

    stationary: dict[str, float]
    value: float
    curvatures: tuple[float, ...]
    axes: Array
    nature: str
    inside: bool
    note: str


def canonical_analysis(fit: ModelFit) -> Canonical:
    """Return the stationary point of ŷ = b₀ + x'b + x'Bx and its shape: x = -B⁻¹b/2, curvatures the eigenvalues of B.

    Source: Box & Wilson (1951); Montgomery, 8th ed., section 11.2.2. Example (his chemical process, table 11.6): a
    maximum.
    Raises InvalidInput for categories, or a surface that is flat along some direction.
    """
    names = [name for name in fit.factors if name not in fit.levels]
    if fit.levels:
        raise InvalidInput("fit", "must have no categories", list(fit.levels), "Fit each category alone.")
    values = {one.name: one.value for one in fit.coefficients}
    b = np.array([values.get(name, 0.0) for name in names])
    B = np.zeros((len(names), len(names)))
    for i, one in enumerate(names):
        B[i, i] = values.get(f"{one}²", 0.0)
        for j in range(i + 1, len(names)):
            mixed = values.get(f"{one}·{names[j]}", values.get(f"{names[j]}·{one}", 0.0))
            B[i, j] = B[j, i] = 0.5 * mixed
    curvatures, axes = np.linalg.eigh(B)
    size = float(np.max(np.abs(curvatures), initial=0.0))
    if size == 0.0 or float(np.min(np.abs(curvatures))) < FLAT * size:
        raise InvalidInput(
            "fit", "must be curved in every direction", curvatures.tolist(), "Add squares, or go uphill."
        )
    point = -0.5 * np.linalg.solve(B, b)
    reach = np.array([float(np.max(np.abs(fit.factors[name].astype(np.float64)))) for name in names])
    inside = bool(np.all(np.abs(point) <= reach))
    nature = "maximum" if curvatures.max() < 0.0 else "minimum" if curvatures.min() > 0.0 else "saddle"
    if float(np.min(np.abs(curvatures))) < 0.05 * size:
        nature = f"{nature}, nearly a ridge"
    note = f"A {nature} {'among' if inside else 'outside'} the settings that were run." + (
        "" if inside else " Do not trust it: move the runs towards it and fit again."
    )
    value = values.get("intercept", 0.0) + 0.5 * float(point @ b)
    settings = dict(zip(names, point.tolist(), strict=True))
    return Canonical(settings, value, tuple(curvatures.tolist()), axes, nature, inside, note)


def steepest_ascent(fit: ModelFit, steps: int = 5, *, up: bool = True) -> list[dict[str, float]]:
    """Return settings along the steepest way from the middle: the largest slope moves by 1 coded unit per step.

    Raises InvalidInput for a flat model.
    """
    values = {one.name: one.value for one in fit.coefficients}
    slopes = {name: values.get(name, 0.0) * (1.0 if up else -1.0) for name in fit.factors if name not in fit.levels}
    largest = max((abs(slope) for slope in slopes.values()), default=0.0)
    if largest == 0.0:
        raise InvalidInput("fit", "must have a slope", 0.0, "Add main effects to the model.")
    return [{name: step * slope / largest for name, slope in slopes.items()} for step in range(1, steps + 1)]


@dataclass(frozen=True)
class Goal:
    """What is wanted of a response: from ``low`` (or ``high``) useless to ``target`` perfect (Derringer & Suich 1980).

    Larger is better: low and target. Smaller: target and high. On target: all three. ``weight`` bends the way between:
    above 1 only near the target is good. ``importance`` counts in the mean.
    """

    target: float
    low: float | None = None
    high: float | None = None
    weight: float = 1.0
    importance: float = 1.0

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise InvalidInput(
                "low and high", "must not both be empty", None, "Say where the response becomes useless."
            )
        for name, edge, sign in (("low", self.low, 1.0), ("high", self.high, -1.0)):
            if edge is not None and not sign * (self.target - edge) > 0.0:
                side = "below" if name == "low" else "above"
                raise InvalidInput(name, f"must be {side} the target ({self.target:g})", edge, "Exchange the two.")
        if not (self.weight > 0.0 and self.importance > 0.0):
            raise InvalidInput("weight", "must be above 0, and importance too", self.weight, "Use 1.")

    def desirability(self, value: float) -> float:
        """((y - low)/(target - low))^weight from 0 to 1, and its mirror image above the target."""
        edge = self.low if value < self.target else self.high
        if edge is None or value == self.target:
            return 1.0
        return float(min(1.0, max(0.0, (value - edge) / (self.target - edge))) ** self.weight)


def overall_desirability(goals: Sequence[Goal], values: Sequence[float]) -> float:
    """Return the geometric mean of desirabilities, weighed by importance: one useless response spoils all."""
    parts = [goal.desirability(value) for goal, value in zip(goals, values, strict=True)]
    if min(parts) == 0.0:
        return 0.0
    weights = np.array([goal.importance for goal in goals])
    return float(np.exp(weights @ np.log(parts) / weights.sum()))


@dataclass(frozen=True)
class Best(Shown):
    """Settings with the highest overall desirability, the fitted responses there, and the desirability of each."""

    settings: dict[str, float]
    values: tuple[float, ...]
    desirabilities: tuple[float, ...]
    overall: float


def best_settings(fits: Sequence[ModelFit], goals: Sequence[Goal], *, reach: float = 1.0, grid: int = 7) -> Best:
    """Return the best settings of numeric factors within ± ``reach`` for several responses of one experiment.

    A grid of ``grid`` levels per factor, then steps along each factor, halved until they are tiny. Nothing random.
    Raises InvalidInput for no response, unequal numbers, different factors, or categories.
    """
    names = list(fits[0].factors) if fits else []
    if not fits or len(fits) != len(goals) or any(list(fit.factors) != names or fit.levels for fit in fits):
        raise InvalidInput("fits", "must be numeric models of the same factors, one per goal", len(fits), "Check them.")

    def score(point: Sequence[float]) -> float:
        return overall_desirability(goals, _values(fits, names, point))

    levels = np.linspace(-reach, reach, grid if len(names) <= 4 else 3).tolist()
    start = max(product(levels, repeat=len(names)), key=score)
    point = _climb(score, list(start), reach, 2.0 * reach / (grid - 1))
    values = _values(fits, names, point)
    parts = tuple(goal.desirability(value) for goal, value in zip(goals, values, strict=True))
    return Best(dict(zip(names, point, strict=True)), tuple(values), parts, score(point))


def _values(fits: Sequence[ModelFit], names: Sequence[str], point: Sequence[float]) -> list[float]:
    settings: Mapping[str, float] = dict(zip(names, point, strict=True))
    return [_fitted(fit, settings) for fit in fits]


def _fitted(fit: ModelFit, settings: Mapping[str, float]) -> float:
    total = 0.0
    for one in fit.coefficients:
        total += one.value * (1.0 if one.name == "intercept" else _term_value(one.name, settings))
    return total


def _term_value(name: str, settings: Mapping[str, float]) -> float:
    from techamp.subjects.process_control.experiments.linear_model import parse_term

    value = 1.0
    for factor, power in parse_term(name):
        value *= settings[factor] ** power
    return value


def _climb(score: Callable[[Sequence[float]], float], point: list[float], reach: float, step: float) -> list[float]:
    best = score(point)
    while step > 1e-5:
        moved = False
        for j, sign in product(range(len(point)), (-1.0, 1.0)):
            trial = point.copy()
            trial[j] = min(reach, max(-reach, trial[j] + sign * step))
            found = score(trial)
            if found > best + 1e-15:
                point, best, moved = trial, found, True
        step = step if moved else 0.5 * step
    return point
