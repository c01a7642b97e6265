"""Gauge study by restricted maximum likelihood: gaps, unequal repeats, parts of one's own, with intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.measurement.crossed_gauge import Codes, size_notes
from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy, Tolerance, build_components
from techamp.subjects.process_control.measurement.unbalanced_gauge import gauge_columns
from techamp.subjects.process_control.readings import Array, constant_to_the_last_digit
from techamp.subjects.process_control.tail_areas import chi_square_quantile, confidence_level

MOST_CELLS = 400  # each step inverts a matrix of this size
STEPS, CLOSE = 200, 1e-12
NAMES = {"gauge": ("repeatability", "operator", "interaction"), "reproducibility": ("operator", "interaction")}


def reml_gauge_study(
    parts: ArrayLike,
    operators: ArrayLike,
    values: ArrayLike,
    *,
    nested: bool = False,
    lower: float | None = None,
    upper: float | None = None,
    confidence: float = 0.95,
    k: float = 6.0,
) -> GaugeStudy:
    """Return the gauge study of three columns by REML; rows with a missing value are left out.

    y = μ + part + operator + part × operator + error, all but μ random; ``nested``: parts belong to operators, and
    there is no interaction. The variances maximize the likelihood of what is left when the mean is taken off (Patterson
    & Thompson 1971), none below zero, by Fisher scoring. Where all cells are equal and no ANOVA estimate is negative
    this is the ANOVA. Intervals of single variances hold what the profile of the likelihood cannot exclude; those of
    sums are put together from them (Zou & Donner 2008).
    Raises InvalidInput for columns of unequal length, one part or operator, no repeats, or more than 400 cells.
    """
    part, operator, y = gauge_columns(parts, operators, values)
    confidence_level(confidence)
    cell = np.unique(part * (int(operator.max()) + 1) + operator, return_inverse=True)[1].astype(np.int64)
    if len(y) == int(cell.max()) + 1:
        raise InvalidInput(
            "values", "must hold repeats in some cell", len(y), "Let operators measure some parts twice."
        )
    if int(cell.max()) >= MOST_CELLS:
        rule = f"must fill at most {MOST_CELLS} cells of part and operator"
        raise InvalidInput("values", rule, int(cell.max()) + 1, "Choose ANOVA.")
    levels = {"operator": operator} if nested else {"part": part, "operator": operator}
    origin = float(y[0])
    shifted = y - origin
    scale = float(np.std(shifted))
    if constant_to_the_last_digit(scale, origin):
        raise InvalidInput("values", "must vary", 0.0, "Check that the gauge shows enough digits.")
    model = Model.of(shifted / scale, cell, levels, "part" if nested else "interaction")
    fitted = maximize(model)
    raw = {name: value * scale**2 for name, value in fitted.variances.items()}
    limits = {name: (a * scale**2, b * scale**2) for name, (a, b) in _limits(model, fitted, confidence).items()}
    mean = origin + scale * fitted.mean
    components = build_components(
        raw, limits, negative="clamp", k=k, tolerance=Tolerance(lower, upper), mean=mean
    )  # fmt: skip
    p, o = int((cell if nested else part).max()) + 1, int(operator.max()) + 1
    return GaugeStudy(
        method=f"REML, {'nested' if nested else 'crossed'}",
        components=components,
        anova=(),
        anova_full=(),
        pooled=False,
        pool_rule="REML keeps the interaction",
        negative="clamp",
        interval_method="profile likelihood",
        confidence=confidence,
        k=k,
        mean=mean,
        parts=p,
        operators=o,
        readings=len(y),
        notes=(*_notes(fitted, nested), *size_notes(p, o, math.ceil(len(y) / (p if nested else p * o)))),
    )


@dataclass(frozen=True)
class Model:
    """Cell averages ``y`` with ``shared`` (for each variance: 1 where two cells have the level in common; for the error
    1/readings on the diagonal), and what cells say of the error alone: ``within`` squares with ``df``."""

    names: tuple[str, ...]
    y: Array
    shared: tuple[Array, ...]
    within: float
    df: int

    @classmethod
    def of(cls, y: Array, cell: Codes, levels: Mapping[str, Codes], own: str) -> Model:
        """``levels``: name → level of each reading; ``own``: what each cell has of its own."""
        count = np.bincount(cell).astype(np.float64)
        means = np.bincount(cell, weights=y) / count
        first = np.unique(cell, return_index=True)[1]
        codes = {name: code[first] for name, code in levels.items()}
        shared = [np.asarray(code[:, None] == code[None, :], dtype=np.float64) for code in codes.values()]
        inside = y - means[cell]
        matrices = (*shared, np.eye(len(means)), np.diag(1.0 / count))
        return cls((*levels, own, "repeatability"), means, matrices, float(inside @ inside), len(y) - len(means))


@dataclass(frozen=True)
class Fitted:
    """Variances by name, the mean, and −2·log of the restricted likelihood without its constant."""

    variances: Mapping[str, float]
    mean: float
    deviance: float


def maximize(model: Model, start: Array | None = None, fixed: int | None = None) -> Fitted:
    """Return the REML fit by Fisher scoring; with ``fixed`` one variance stays as it starts.

    A step that leaves the likelihood lower is halved; a variance that wants below zero stays there until its slope
    turns.
    """
    count = len(model.names)
    theta = np.full(count, float(np.var(model.y)) / count + 1e-12) if start is None else start.copy()
    theta[-1] = max(theta[-1], 1e-6 * float(theta.sum()))
    now = _look(model, theta)
    for _ in range(STEPS):
        held = (theta <= 0.0) & (now.score <= 0.0)
        if fixed is not None:
            held[fixed] = True
        free = np.flatnonzero(~held)
        step = np.zeros_like(theta)
        step[free] = np.linalg.solve(now.information[np.ix_(free, free)], now.score[free])
        tried, after = _moved(model, theta, step, now)
        moved = float(np.max(np.abs(tried - theta))) / float(theta.sum())
        theta, now = tried, after
        if moved < CLOSE:
            break
    return Fitted(dict(zip(model.names, theta.tolist(), strict=True)), now.mean, now.deviance)


def _moved(model: Model, theta: Array, step: Array, now: _Look) -> tuple[Array, _Look]:
    size, tried, after = 1.0, theta, now
    while size > 1e-9:
        tried = np.maximum(theta + size * step, 0.0)
        tried[-1] = max(tried[-1], 1e-9 * float(theta.sum()))
        after = _look(model, tried)
        if after.deviance <= now.deviance + 1e-13 * abs(now.deviance):
            return tried, after
        size *= 0.5
    return theta, now


@dataclass(frozen=True)
class _Look:
    deviance: float
    mean: float
    score: Array
    information: Array


def _look(model: Model, theta: Array) -> _Look:
    """−2·log likelihood, its slope ½(y'PVⱼPy − tr PVⱼ) and ½·tr PVⱼPVₖ, with what the cells say of the error."""
    y, error = model.y, float(theta[-1])
    v = np.tensordot(theta, np.stack(model.shared), axes=1)
    inverse = np.linalg.inv(v)
    ones = inverse.sum(axis=1)
    weight = float(ones.sum())
    p = inverse - np.outer(ones, ones) / weight
    py = p @ y
    products = [p @ matrix for matrix in model.shared]
    score = np.array(
        [0.5 * (float(py @ (v_j @ py)) - float(np.trace(m))) for v_j, m in zip(model.shared, products, strict=True)]
    )
    information = np.array([[0.5 * float(np.sum(a * b.T)) for b in products] for a in products])
    score[-1] += 0.5 * (model.within / error**2 - model.df / error)
    information[-1, -1] += 0.5 * model.df / error**2
    deviance = float(np.linalg.slogdet(v)[1]) + math.log(weight) + float(y @ py)
    deviance += model.df * math.log(error) + model.within / error
    return _Look(deviance, float(ones @ y) / weight, score, information)


def _limits(model: Model, fitted: Fitted, confidence: float) -> dict[str, tuple[float, float]]:
    """Intervals of every component and sum."""
    rise = chi_square_quantile(confidence, 1.0)
    single = {name: _profile(model, fitted, i, rise) for i, name in enumerate(model.names)}
    sums = {**NAMES, "total": model.names}
    found = dict(single)
    for name, terms in sums.items():
        parts = [(fitted.variances[term], *single[term]) for term in terms if term in single]
        value = sum(v for v, _, _ in parts)
        low = value - math.sqrt(sum((v - a) ** 2 for v, a, _ in parts))
        found[name] = (max(0.0, low), value + math.sqrt(sum((b - v) ** 2 for v, _, b in parts)))
    return found


def _profile(model: Model, fitted: Fitted, place: int, rise: float) -> tuple[float, float]:
    """Where the deviance, the others fitted anew, has risen by ``rise`` on both sides of an estimate."""
    best = np.array([fitted.variances[name] for name in model.names])
    value, total = float(best[place]), float(best.sum())

    def above(tried: float) -> float:
        start = best.copy()
        start[place] = tried
        return maximize(model, start, place).deviance - fitted.deviance - rise

    low = 0.0
    if value > 0.0 and (place == len(best) - 1 or above(0.0) > 0.0):
        low = _root(above, 1e-6 * value, value)
    reach = max(value, 0.01 * total)
    while above(value + reach) < 0.0 and reach < 1e6 * total:
        reach *= 3.0
    return low, _root(above, value, value + reach)


def _root(above: Callable[[float], float], a: float, b: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(above, a, b, xtol=1e-9, rtol=1e-7))


def _notes(fitted: Fitted, nested: bool) -> list[str]:
    zero = [name for name, value in fitted.variances.items() if value <= 0.0]
    said = ["Estimates by REML, intervals by the profile of the likelihood: with few operators they are rough."]
    said += [f"The estimate for {name} is zero: the data show no such spread." for name in zero]
    if nested:
        said.append(
            "Parts differ between operators: the study cannot tell an operator from the parts that he was given."
        )
    return said
