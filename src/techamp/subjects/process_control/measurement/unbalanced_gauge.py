"""Gauge study from columns, with gaps and unequal repeats: Henderson's method 1."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import AnovaRow, row
from techamp.subjects.process_control.measurement.crossed_gauge import (
    POOL_RULES,
    Codes,
    as_table,
    crossed_gauge_study,
    size_notes,
)
from techamp.subjects.process_control.measurement.gauge_study import (
    GaugeStudy,
    Tolerance,
    build_components,
    negative_notes,
)
from techamp.subjects.process_control.readings import Array, as_readings, constant_to_the_last_digit


def gauge_study(
    parts: ArrayLike,
    operators: ArrayLike,
    values: ArrayLike,
    *,
    lower: float | None = None,
    upper: float | None = None,
    pool: str = "0.25",
    negative: str = "clamp",
    confidence: float = 0.95,
    k: float = 6.0,
) -> GaugeStudy:
    """Return the gauge study of three columns; rows with a missing value are left out.

    Equal cells take the closed form (``crossed_gauge_study``). Otherwise the method of moments on uncorrected sums of
    squares (Henderson 1953, method 1; Searle, Casella & McCulloch 1992, section 5.3): T_A = Σ n_a ȳ_a² and its likes
    have expectations that are linear in the components, and the differences T_A - T_0, T_B - T_0,
    T_AB - T_A - T_B + T_0 and Σy² - T_AB are set equal to theirs. It equals ANOVA when balanced, is unbiased when not,
    and gives no interval: take one from a balanced study. The interaction is tested exactly, against full cells.
    Raises InvalidInput for columns of unequal length, no repeats, one part or operator, or a wrong option.
    """
    part, operator, y = gauge_columns(parts, operators, values)
    table = as_table(part, operator, y)
    if table is not None:
        return crossed_gauge_study(
            table, lower=lower, upper=upper, pool=pool, negative=negative, confidence=confidence, k=k
        )
    if str(pool) not in POOL_RULES:
        raise InvalidInput("pool", "must be never, 0.05 or 0.25", pool, "Use 0.25, as AIAG does.")
    data = _Sorted.of(part, operator, y)
    anova = _interaction_test(data)
    pooled = not anova[0].df or anova[0].p > POOL_RULES[str(pool)]
    raw = henderson(data, interaction=not pooled)
    components = build_components(
        raw, {}, negative=negative, k=k, tolerance=Tolerance(lower, upper), mean=data.origin + float(data.y.mean())
    )
    note = "Cells differ in size: estimates by Henderson's method 1 (moments), without intervals."
    p, o = int(part.max()) + 1, int(operator.max()) + 1
    return GaugeStudy(
        method="Henderson's method 1 (moments), crossed, unbalanced",
        components=components,
        anova=anova,
        anova_full=anova,
        pooled=pooled,
        pool_rule=str(pool),
        negative=negative,
        interval_method="none",
        confidence=confidence,
        k=k,
        mean=data.origin + float(data.y.mean()),
        parts=p,
        operators=o,
        readings=len(y),
        notes=(note, *negative_notes(raw, negative), *size_notes(p, o, math.ceil(len(y) / (p * o)))),
    )


@dataclass(frozen=True)
class _Sorted:
    """Readings from an origin near them, and the number of each one's part, operator and cell."""

    part: Codes
    operator: Codes
    cell: Codes
    y: Array
    origin: float

    @classmethod
    def of(cls, part: Codes, operator: Codes, y: Array) -> _Sorted:
        cell = np.unique(part * (int(operator.max()) + 1) + operator, return_inverse=True)[1]
        origin = float(y[0])
        shifted = y - origin
        middle = float(shifted.mean())
        if constant_to_the_last_digit(float(np.std(shifted)), origin):
            raise InvalidInput("values", "must vary", 0.0, "Check that the gauge shows enough digits.")
        return cls(part, operator, cell, shifted - middle, origin + middle)


def henderson(data: _Sorted, *, interaction: bool) -> dict[str, float]:
    """Return variance components by Henderson's method 1: part, operator, interaction if asked for, repeatability."""
    n = len(data.y)
    groups = {"0": np.zeros(n, np.int64), "part": data.part, "operator": data.operator}
    effects: dict[str, Codes] = {"part": data.part, "operator": data.operator}
    if interaction:
        groups["interaction"] = effects["interaction"] = data.cell
    # Rows: reductions T and Σy²; columns: the effects' variances and σ².
    squares = {name: _reduction(group, data.y) for name, group in groups.items()}
    weights = {
        name: [*(_weight(group, levels) for levels in effects.values()), float(group.max() + 1)]
        for name, group in groups.items()
    }
    squares["y"], weights["y"] = float(data.y @ data.y), [float(n)] * (len(effects) + 1)
    rows = [{"part": 1, "0": -1}, {"operator": 1, "0": -1}]
    if interaction:
        rows += [{"interaction": 1, "part": -1, "operator": -1, "0": 1}, {"y": 1, "interaction": -1}]
    else:
        rows += [{"y": 1, "part": -1, "operator": -1, "0": 1}]
    matrix = np.array([sum(sign * np.array(weights[name]) for name, sign in line.items()) for line in rows])
    right = np.array([sum(sign * squares[name] for name, sign in line.items()) for line in rows])
    solved = np.linalg.solve(matrix, right)
    return dict(zip([*effects, "repeatability"], solved.tolist(), strict=True))


def _reduction(group: Codes, y: Array) -> float:
    counts = np.bincount(group)
    return float(np.sum(np.bincount(group, weights=y) ** 2 / counts))


def _weight(group: Codes, levels: Codes) -> float:
    """Σ over groups of Σ over levels n²(group, level)/n(group): how often a level's variance enters T of the groups."""
    pairs = np.bincount(group * (int(levels.max()) + 1) + levels).astype(np.float64)
    pairs = np.pad(pairs, (0, -len(pairs) % (int(levels.max()) + 1))).reshape(-1, int(levels.max()) + 1)
    return float(np.sum((pairs**2).sum(axis=1) / np.bincount(group)))


def _interaction_test(data: _Sorted) -> tuple[AnovaRow, ...]:
    """The exact test of the interaction: full cells against parts plus operators."""
    n, cells = len(data.y), int(data.cell.max()) + 1
    inside = data.y - (np.bincount(data.cell, weights=data.y) / np.bincount(data.cell))[data.cell]
    additive = np.concatenate(
        [np.eye(int(data.part.max()) + 1)[data.part], np.eye(int(data.operator.max()) + 1)[data.operator][:, 1:]],
        axis=1,
    )
    solved, _, rank, _ = np.linalg.lstsq(additive, data.y, rcond=None)
    left = data.y - additive @ solved
    if n == cells:
        raise InvalidInput("values", "must hold repeats in some cell", n, "Let operators measure some parts twice.")
    error = row("repeatability", n - cells, float(inside @ inside))
    both = row("interaction", cells - int(rank), max(0.0, float(left @ left) - error.ss), error)
    return both, error


def gauge_columns(parts: ArrayLike, operators: ArrayLike, values: ArrayLike) -> tuple[Codes, Codes, Array]:
    """Codes of part and operator, and the readings, of the rows that hold one; InvalidInput where they do not fit."""
    y = as_readings(values).ravel()
    columns: list[Codes] = []
    keep = ~np.isnan(y)
    for name, given in (("parts", parts), ("operators", operators)):
        labels: NDArray[Any] = np.asarray(given).ravel()
        if len(labels) != len(y):
            rule = f"must be as long as the values ({len(y)})"
            raise InvalidInput(name, rule, len(labels), "Give the part and the operator of every reading.")
        levels, codes = np.unique(labels[keep], return_inverse=True)
        if len(levels) < 2:
            raise InvalidInput(name, "must name two at least", len(levels), "Measure with more parts and operators.")
        columns.append(codes.astype(np.int64))
    return columns[0], columns[1], y[keep]
