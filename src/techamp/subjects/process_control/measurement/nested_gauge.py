"""Nested gauge study: each operator measures parts of his own, as when a test destroys or wears the part."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import row
from techamp.subjects.process_control.measurement.crossed_gauge import size_notes
from techamp.subjects.process_control.measurement.gauge_study import (
    GaugeStudy,
    Tolerance,
    build_components,
    negative_notes,
)
from techamp.subjects.process_control.measurement.mean_square_intervals import Part, interval
from techamp.subjects.process_control.readings import as_readings, constant_to_the_last_digit


def nested_gauge_study(
    readings: ArrayLike,
    *,
    lower: float | None = None,
    upper: float | None = None,
    negative: str = "clamp",
    confidence: float = 0.95,
    interval_method: str = "mls",
    k: float = 6.0,
) -> GaugeStudy:
    """Return the gauge study of an array (operators, parts of that operator, repeats), all random.

    Expected mean squares (Montgomery, 8th ed., section 14.1): E[MS_E] = σ²; E[MS_P(O)] = σ² + rσ²_P;
    E[MS_O] = σ² + rσ²_P + prσ²_O. The parts of one operator must resemble those of another (cut from one batch): a
    difference of the batches would be taken for the operators. An interaction cannot be seen.
    Example: Montgomery's three suppliers with four batches of three each: σ² 2.639, batches 1.710.
    Raises InvalidInput for a wrong shape, a gap, fewer than two of anything, or equal readings.
    """
    y = as_readings(readings, "readings")
    if y.ndim != 3 or min(y.shape) < 2 or bool(np.isnan(y).any()):
        rule = "must be an array of operators, parts, repeats without gaps, two of each at least"
        raise InvalidInput("readings", rule, y.shape, "Give every operator equally many parts and repeats.")
    operators, parts, repeats = y.shape
    origin = float(y[0, 0, 0])
    shifted = y - origin
    cells = shifted.mean(axis=2)
    groups = cells.mean(axis=1)
    mean = float(groups.mean())
    error = row("repeatability", operators * parts * (repeats - 1), float(np.sum((shifted - cells[:, :, None]) ** 2)))
    part = row("part", operators * (parts - 1), repeats * float(np.sum((cells - groups[:, None]) ** 2)), error)
    operator = row("operator", operators - 1, parts * repeats * float(np.sum((groups - mean) ** 2)), part)
    total = row("total", y.size - 1, error.ss + part.ss + operator.ss)
    if constant_to_the_last_digit(math.sqrt(total.ss), origin + mean):
        raise InvalidInput("readings", "must vary", total.ss, "Check that the gauge shows enough digits.")
    sums = {
        "part": [Part(1 / repeats, part.ms, part.df), Part(-1 / repeats, error.ms, error.df)],
        "operator": [
            Part(1 / (parts * repeats), operator.ms, operator.df),
            Part(-1 / (parts * repeats), part.ms, part.df),
        ],
        "repeatability": [Part(1.0, error.ms, error.df)],
    }
    raw = {name: sum(one.value for one in found) for name, found in sums.items()}
    sums["reproducibility"] = sums["operator"]
    sums["gauge"] = sums["operator"] + sums["repeatability"]
    sums["total"] = [
        Part(1 / (parts * repeats), operator.ms, operator.df),
        Part((1 - 1 / parts) / repeats, part.ms, part.df),
        Part(1 - 1 / repeats, error.ms, error.df),
    ]
    limits = {name: interval(found, confidence, interval_method) for name, found in sums.items()}
    components = build_components(
        raw, limits, negative=negative, k=k, tolerance=Tolerance(lower, upper), mean=origin + mean
    )
    warning = "Parts differ between operators: the study cannot tell an operator from the parts that he was given."
    return GaugeStudy(
        method="ANOVA, nested, balanced",
        components=components,
        anova=(operator, part, error, total),
        anova_full=(operator, part, error, total),
        pooled=False,
        pool_rule="a nested study has no interaction",
        negative=negative,
        interval_method=interval_method,
        confidence=confidence,
        k=k,
        mean=origin + mean,
        parts=operators * parts,
        operators=operators,
        readings=int(y.size),
        notes=(warning, *negative_notes(raw, negative), *size_notes(operators * parts, operators, repeats)),
    )
