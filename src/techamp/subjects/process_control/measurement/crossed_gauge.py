"""Crossed gauge study: every operator measures every part, equally often. ANOVA in closed form."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import AnovaRow, row
from techamp.subjects.process_control.measurement.gauge_study import (
    GaugeStudy,
    Tolerance,
    build_components,
    negative_notes,
)
from techamp.subjects.process_control.measurement.mean_square_intervals import Part, interval
from techamp.subjects.process_control.readings import Array, as_readings, constant_to_the_last_digit

Codes = NDArray[np.int64]

POOL_RULES: dict[str, float] = {"never": math.inf, "0.05": 0.05, "0.25": 0.25}
F_AGAINST = ("interaction", "repeatability")


@dataclass(frozen=True)
class CrossedSums:
    """Sums of squares and degrees of freedom of parts × operators × repeats, and the mean."""

    shape: tuple[int, int, int]
    part: float
    operator: float
    interaction: float
    repeatability: float
    mean: float

    @property
    def df(self) -> tuple[int, int, int, int]:
        """Degrees of freedom of part, operator, interaction, repeatability."""
        p, o, r = self.shape
        return p - 1, o - 1, (p - 1) * (o - 1), p * o * (r - 1)


def crossed_sums(readings: ArrayLike) -> CrossedSums:
    """Return the sums of squares of an array (parts, operators, repeats), each from centered means.

    Raises InvalidInput for a wrong shape, a missing reading, fewer than two parts or operators, or equal readings.
    """
    y = as_readings(readings, "readings")
    if y.ndim != 3:
        rule = "must be an array of parts, operators, repeats"
        raise InvalidInput("readings", rule, y.shape, "Give one row for each part and one column for each operator.")
    parts, operators, repeats = y.shape
    if parts < 2 or operators < 2:
        rule = "must hold two parts and two operators at least"
        raise InvalidInput("readings", rule, y.shape, "Measure more parts, or let another operator measure them.")
    origin = float(y[0, 0, 0])
    shifted = y - origin
    cells = shifted @ np.full(repeats, 1.0 / repeats)  # several times faster than a mean over a short axis
    center = float(cells.mean())
    if math.isnan(center):
        rule = "must have no gap in a balanced study"
        raise InvalidInput("readings", rule, "a missing reading", "Use gauge_study with columns: it takes gaps.")
    inside = (shifted - cells[:, :, None]).ravel()
    cells -= center
    by_part, by_operator = cells.mean(axis=1), cells.mean(axis=0)
    both = (cells - by_part[:, None] - by_operator).ravel()
    sums = CrossedSums(
        shape=(parts, operators, repeats),
        part=operators * repeats * float(by_part @ by_part),
        operator=parts * repeats * float(by_operator @ by_operator),
        interaction=repeats * float(both @ both),
        repeatability=float(inside @ inside),
        mean=origin + center,
    )
    spread = math.sqrt(sums.part + sums.operator + sums.interaction + sums.repeatability)
    if constant_to_the_last_digit(spread, sums.mean):
        raise InvalidInput("readings", "must vary", spread, "Check that the gauge shows enough digits.")
    return sums


def crossed_gauge_study(
    readings: ArrayLike,
    *,
    lower: float | None = None,
    upper: float | None = None,
    pool: str = "0.25",
    negative: str = "clamp",
    f_against: str = "interaction",
    confidence: float = 0.95,
    interval_method: str = "mls",
    k: float = 6.0,
) -> GaugeStudy:
    """Return the gauge study of an array (parts, operators, repeats), all random, by analysis of variance.

    Expected mean squares (Montgomery, *Design and Analysis of Experiments*, 8th ed., section 13.3), p parts, o
    operators, r repeats: E[MS_E] = σ²; E[MS_PO] = σ² + rσ²_PO; E[MS_O] = σ² + rσ²_PO + prσ²_O;
    E[MS_P] = σ² + rσ²_PO + orσ²_P.

    ``pool``: put the interaction into the error "never", or when its p is above "0.05" or "0.25". Without repeats it
    is the error. ``negative``: "clamp" estimates below zero to zero, or "keep" them. ``f_against``: parts and operators
    are tested against the "interaction" (random effects; Montgomery, Minitab), or "repeatability" as AIAG prints.
    ``k``: standard deviations in the study width (6; 5.15 in older books). ``interval_method``: "mls" or
    "satterthwaite".
    Example: ``crossed_gauge_study(aiag).components["gauge"].sd`` is 0.30237 with the data of the AIAG manual (4th ed.).
    Raises InvalidInput as ``crossed_sums``, and for an unknown option.
    """
    sums = crossed_sums(readings)
    limit = _pool_limit(pool)
    if f_against not in F_AGAINST:
        raise InvalidInput("f_against", "must be interaction or repeatability", f_against, "Use interaction.")
    full = _full_model(sums, f_against)
    pooled = _interaction_goes(full, limit)
    anova = _pooled_model(sums) if pooled else full
    raw, parts = _components(sums, anova, pooled)
    limits = {name: interval(sum_of, confidence, interval_method) for name, sum_of in parts.items()}
    components = build_components(
        raw, limits, negative=negative, k=k, tolerance=Tolerance(lower, upper), mean=sums.mean
    )
    p, o, r = sums.shape
    notes = tuple(negative_notes(raw, negative) + size_notes(p, o, r))
    return GaugeStudy(
        method="ANOVA, crossed, balanced",
        components=components,
        anova=anova,
        anova_full=full,
        pooled=pooled,
        pool_rule=pool if r > 1 else "no repeats: the interaction is the error",
        negative=negative,
        interval_method=interval_method,
        confidence=confidence,
        k=k,
        mean=sums.mean,
        parts=p,
        operators=o,
        readings=p * o * r,
        notes=notes,
    )


def size_notes(parts: int, operators: int, repeats: int) -> list[str]:
    """Sentences about a study too small to trust."""
    notes = []
    if parts < 10:
        notes.append(f"{parts} parts say little about the spread of parts. Take 10 or more that span the process.")
    if operators == 2:
        notes.append("Two operators leave the spread between operators nearly unknown. Take three or more.")
    if repeats == 1:
        notes.append("Without repeats the interaction cannot be told from repeatability.")
    return notes


def _pool_limit(pool: str) -> float:
    if str(pool) not in POOL_RULES:
        raise InvalidInput("pool", "must be never, 0.05 or 0.25", pool, "Use 0.25, as AIAG does.")
    return POOL_RULES[str(pool)]


def _full_model(sums: CrossedSums, f_against: str) -> tuple[AnovaRow, ...]:
    df_part, df_operator, df_both, df_error = sums.df
    error = row("repeatability", df_error, sums.repeatability)
    both = row("interaction", df_both, sums.interaction, error)
    against = error if f_against == "repeatability" else both
    part, operator = row("part", df_part, sums.part, against), row("operator", df_operator, sums.operator, against)
    return part, operator, both, error, _total(sums)


def _interaction_goes(full: tuple[AnovaRow, ...], limit: float) -> bool:
    both, error = full[2], full[3]
    return error.df == 0 or both.p > limit  # an F without an error to divide by has no p, and stays


def _pooled_model(sums: CrossedSums) -> tuple[AnovaRow, ...]:
    df_part, df_operator, df_both, df_error = sums.df
    error = row("repeatability", df_both + df_error, sums.interaction + sums.repeatability)
    return (
        row("part", df_part, sums.part, error),
        row("operator", df_operator, sums.operator, error),
        error,
        _total(sums),
    )


def _total(sums: CrossedSums) -> AnovaRow:
    return row("total", sum(sums.df), sums.part + sums.operator + sums.interaction + sums.repeatability)


def _components(
    sums: CrossedSums, anova: tuple[AnovaRow, ...], pooled: bool
) -> tuple[dict[str, float], dict[str, list[Part]]]:
    """Estimates, and each as a sum of mean squares for its interval."""
    p, o, r = sums.shape
    lines = {line.source: line for line in anova}
    part, operator, error = lines["part"], lines["operator"], lines["repeatability"]
    both = error if pooled else lines["interaction"]
    terms: dict[str, dict[str, float]] = {
        "part": {"part": 1 / (o * r), "both": -1 / (o * r)},
        "operator": {"operator": 1 / (p * r), "both": -1 / (p * r)},
        "repeatability": {"error": 1.0},
    }
    if not pooled:
        terms["interaction"] = {"both": 1 / r, "error": -1 / r}
    squares = {"part": part, "operator": operator, "both": both, "error": error}
    terms["reproducibility"] = _added(terms.get("interaction", {}), terms["operator"])
    terms["gauge"] = _added(terms["reproducibility"], terms["repeatability"])
    terms["total"] = _added(terms["gauge"], terms["part"])
    parts = {name: _as_parts(weights, squares, pooled) for name, weights in terms.items()}
    own = ("part", "operator", "interaction", "repeatability")
    raw = {name: sum(one.value for one in parts[name]) for name in own if name in parts}
    return raw, parts


def _added(one: dict[str, float], two: dict[str, float]) -> dict[str, float]:
    return {key: one.get(key, 0.0) + two.get(key, 0.0) for key in {**one, **two}}


def _as_parts(weights: dict[str, float], squares: dict[str, AnovaRow], pooled: bool) -> list[Part]:
    if pooled:  # both are one mean square
        weights = _added({k: v for k, v in weights.items() if k != "both"}, {"error": weights.get("both", 0.0)})
    return [Part(weight, squares[key].ms, squares[key].df) for key, weight in weights.items() if abs(weight) > 1e-14]


def as_table(parts: Codes, operators: Codes, values: Array) -> Array | None:
    """Return columns as an array (parts, operators, repeats) if every cell holds equally many, else None."""
    part, part_code = np.unique(parts, return_inverse=True)
    operator, operator_code = np.unique(operators, return_inverse=True)
    cell = part_code * len(operator) + operator_code
    counts = np.bincount(cell, minlength=len(part) * len(operator))
    if counts.min() != counts.max():
        return None
    return values[np.argsort(cell, kind="stable")].reshape(len(part), len(operator), counts[0])
