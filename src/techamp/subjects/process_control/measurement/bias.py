"""Does a gauge read true? Bias at one size, linearity over its range, stability over time."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.readings import (
    Array,
    as_readings,
    constant_to_the_last_digit,
    deviations,
    finite,
    without_missing,
)
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.signaling import signals
from techamp.subjects.process_control.tail_areas import confidence_level, t_quantile, t_upper
from techamp.subjects.process_control.x_bar import x_bar_r_chart


@dataclass(frozen=True)
class Bias(Shown):
    """Mean reading minus reference, with its interval; ``sd`` is the repeatability seen, ``p`` that of zero bias."""

    reference: float
    mean: float
    bias: float
    sd: float
    n: int
    t: float
    p: float
    low: float
    high: float
    percent: float
    note: str


def bias_study(readings: ArrayLike, reference: float, *, confidence: float = 0.95, spread: float | None = None) -> Bias:
    """Return the bias of repeated readings of one part of known size (AIAG MSA, 4th ed., chapter III-B).

    t = (x̄ - reference)/(s/√n), n - 1 degrees of freedom. ``spread``: a process spread or tolerance (6σ), for which
    ``percent`` = 100·|bias|/spread. Example: fifteen readings of a 6.00 mm part, mean 6.0067: bias 0.0067, from -0.11
    to 0.12, so that zero is not excluded.
    Raises InvalidInput for fewer than two readings, equal readings, or a reference that is no number.
    """
    truth = finite(reference, "reference", "Enter the certified size of the part.")
    values = without_missing(as_readings(readings, "readings"))
    n = len(values)
    if n < 2:
        raise InvalidInput("readings", "must hold two readings at least", n, "Measure the part 10 times or more.")
    off = values - truth
    sd, bias = float(np.std(off, ddof=1)), float(np.mean(off))
    if constant_to_the_last_digit(sd, truth):
        raise InvalidInput("readings", "must vary", sd, "Check that the gauge shows enough digits.")
    error = sd / math.sqrt(n)
    half = t_quantile(0.5 * (1.0 + confidence_level(confidence)), n - 1) * error
    percent = 100.0 * abs(bias) / finite(spread, "spread", "Enter a width.", above=0.0) if spread else math.nan
    low, high = bias - half, bias + half
    if low <= 0.0 <= high:
        note = "Zero lies within the interval: these readings show no bias."
    else:
        note = f"The gauge reads {'high' if bias > 0 else 'low'}. Calibrate it, or find out why before you correct it."
    t = bias / error
    return Bias(truth, truth + bias, bias, sd, n, t, 2.0 * t_upper(abs(t), n - 1), low, high, percent, note)


@dataclass(frozen=True)
class Linearity(Shown):
    """The line bias = intercept + slope·reference, with its tests and the band of the fitted bias at each reference."""

    references: Array
    mean_bias: Array
    intercept: float
    slope: float
    residual_sd: float
    r_squared: float
    t_intercept: float
    t_slope: float
    p_intercept: float
    p_slope: float
    df: int
    fitted: Array
    low: Array
    high: Array
    note: str


def linearity_study(references: ArrayLike, readings: ArrayLike, *, confidence: float = 0.95) -> Linearity:
    """Return how bias depends on size. ``references``: (g,); ``readings``: (g, m), m repeats of each part; gaps may be.

    Least squares of bias on reference; the band of the mean is a + b·x ± t·s·√(1/n + (x - x̄)²/Σ(x - x̄)²) (AIAG MSA, 4th
    ed., chapter III-B). Example: the manual's five parts of 2 to 10: slope -0.1317, intercept 0.7367, R² 0.714.
    Raises InvalidInput for mismatched shapes, fewer than two sizes or three readings, or readings that fit perfectly.
    """
    sizes = as_readings(references, "references")
    table = as_readings(readings, "readings")
    if sizes.ndim != 1 or table.ndim != 2 or len(table) != len(sizes):
        rule = "must be one row of readings for each reference"
        raise InvalidInput("readings", rule, table.shape, "Give the repeats of each part as a row.")
    bias = table - sizes[:, None]
    x, y = np.broadcast_to(sizes[:, None], table.shape)[~np.isnan(table)], bias[~np.isnan(table)]
    n = len(y)
    middle = float(x.mean())
    squares = float(np.sum((x - middle) ** 2))
    if n < 3 or squares == 0.0:
        raise InvalidInput("references", "must hold two sizes and three readings at least", n, "Measure more parts.")
    slope = float((x - middle) @ (y - y.mean())) / squares
    intercept = float(y.mean()) - slope * middle
    left = y - intercept - slope * x
    sd = math.sqrt(float(left @ left) / (n - 2))
    if constant_to_the_last_digit(sd, float(np.max(np.abs(table[~np.isnan(table)])))):
        raise InvalidInput("readings", "must scatter about the line", sd, "Check that the gauge shows enough digits.")
    t_slope = slope * math.sqrt(squares) / sd
    t_intercept = intercept / (sd * math.sqrt(1.0 / n + middle**2 / squares))
    p_slope, p_intercept = (2.0 * t_upper(abs(t), n - 2) for t in (t_slope, t_intercept))
    fitted = intercept + slope * sizes
    quantile = t_quantile(0.5 * (1.0 + confidence_level(confidence)), n - 2)
    half = quantile * sd * np.sqrt(1.0 / n + (sizes - middle) ** 2 / squares)
    return Linearity(
        references=sizes,
        mean_bias=np.nanmean(bias, axis=1),
        intercept=intercept,
        slope=slope,
        residual_sd=sd,
        r_squared=1.0 - float(left @ left) / float(np.sum((y - y.mean()) ** 2)),
        t_intercept=t_intercept,
        t_slope=t_slope,
        p_intercept=p_intercept,
        p_slope=p_slope,
        df=n - 2,
        fitted=fitted,
        low=fitted - half,
        high=fitted + half,
        note=_linearity_words(fitted - half, fitted + half, p_slope < 1.0 - confidence),
    )


@dataclass(frozen=True)
class Stability(Shown):
    """The chart of a master part over time, how many signals it shows, and the drift from first to last third."""

    chart: ControlChart
    signals: int
    drift: float
    note: str


def stability_study(readings: ArrayLike) -> Stability:
    """Return whether readings of one master part keep their level. ``readings``: (times,) or (times, repeats).

    An individuals chart, or an X̄-R chart of the repeats, with the rules that such a chart uses by default (AIAG MSA,
    4th ed., chapter III-B). ``drift`` is the mean of the last third minus that of the first.
    Raises InvalidInput as the charts do.
    """
    table = as_readings(readings, "readings")
    chart = x_bar_r_chart(table) if table.ndim == 2 and table.shape[1] > 1 else individuals_chart(table.ravel())
    found = len(signals(chart))
    points, _ = deviations(chart.location.points)
    third = max(1, len(points) // 3)
    drift = float(np.nanmean(points[-third:]) - np.nanmean(points[:third]))
    if found:
        count = f"{found} signal{'s' if found > 1 else ''}"
        note = f"{count}: the gauge does not keep its level. Find out what happened there."
    else:
        note = "No signal: the gauge keeps its level. Go on measuring the master part."
    return Stability(chart, found, drift, note)


def _linearity_words(low: Array, high: Array, sloped: bool) -> str:
    if bool(np.all((low <= 0.0) & (high >= 0.0))):
        return "Zero bias lies within the band everywhere: no bias and no lack of linearity is shown."
    if sloped:
        return "The bias changes with size: the gauge is not linear over this range. One offset cannot correct it."
    return "There is a bias of about the same amount at all sizes: an offset would correct it once its cause is known."
