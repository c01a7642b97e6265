"""Do inspectors agree with each other, with themselves, and with the standard? Percent agreement and kappa."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import (
    binomial_interval,
    confidence_level,
    normal_quantile,
    normal_upper,
)

WEIGHTS = ("none", "linear", "quadratic")


@dataclass(frozen=True)
class Kappa(Shown):
    """Agreement beyond chance: 1 is perfect, 0 what chance gives. ``p`` is that of no agreement beyond chance."""

    value: float
    standard_error: float
    low: float
    high: float
    z: float
    p: float
    observed: float
    by_chance: float
    word: str


@dataclass(frozen=True)
class Agreement(Shown):
    """``matched`` of ``n`` parts, as a share with its exact (Clopper-Pearson) interval."""

    what: str
    matched: int
    n: int
    share: float
    low: float
    high: float


def cohen_kappa(first: ArrayLike, second: ArrayLike, *, weights: str = "none", confidence: float = 0.95) -> Kappa:
    """Return Cohen's kappa of two columns of calls on the same parts: κ = (p_o - p_e)/(1 - p_e).

    ``weights``: for ordered grades a near miss can count in part, "linear" or "quadratic" (grades in sorted order).
    Standard errors of Fleiss, Cohen & Everitt (1969): one for the interval, one under no agreement for z.
    Example: 50 parts, both good 20, both bad 15, 5 and 10 crosswise: κ = 0.40.
    Raises InvalidInput for columns of unequal length or empty, or only one grade in use.
    """
    if weights not in WEIGHTS:
        raise InvalidInput("weights", "must be none, linear or quadratic", weights, "Use none.")
    table = _cross_table(first, second)
    n, size = float(table.sum()), len(table)
    p = table / n
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / (size - 1)
    w = {"none": (apart == 0).astype(np.float64), "linear": 1 - apart, "quadratic": 1 - apart**2}[weights]
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, chance = float((w * p).sum()), float(rows @ w @ columns)
    if chance >= 1.0 - 1e-12:
        raise InvalidInput("first and second", "must use two grades at least", size, "Include good and bad parts.")
    kappa = (observed - chance) / (1 - chance)
    pull = np.add.outer(w @ columns, rows @ w)
    spread = float((p * (w - pull * (1 - kappa)) ** 2).sum()) - (kappa - chance * (1 - kappa)) ** 2
    null = float((np.outer(rows, columns) * (w - pull) ** 2).sum()) - chance**2
    error, null_error = (math.sqrt(max(0.0, s) / n) / (1 - chance) for s in (spread, null))
    return _kappa(kappa, error, null_error, observed, chance, confidence)


def fleiss_kappa(ratings: ArrayLike, *, confidence: float = 0.95) -> Kappa:
    """Return Fleiss's kappa. ``ratings``: (parts, raters), each entry a call; every part called equally often.

    κ = (P̄ - P_e)/(1 - P_e), P̄ the mean share of agreeing pairs per part, P_e = Σ p_j². z from the standard error
    without agreement (Fleiss, Nee & Landis 1979); the interval from the linearized variance over parts (Gwet 2008).
    Example: Fleiss's ten subjects and fourteen raters: κ = 0.210.
    Raises InvalidInput for fewer than two parts or raters, or only one grade in use.
    """
    counts = _grade_counts(ratings)[0]
    n, raters = len(counts), float(counts[0].sum())
    agree = ((counts**2).sum(axis=1) - raters) / (raters * (raters - 1))
    share = counts.sum(axis=0) / (n * raters)
    observed, chance = float(agree.mean()), float(share @ share)
    kappa = (observed - chance) / (1 - chance)
    own = (agree - chance) / (1 - chance) - 2 * (1 - kappa) * (counts @ share / raters - chance) / (1 - chance)
    error = math.sqrt(float(np.sum((own - kappa) ** 2)) / (n * (n - 1)))
    mix = float(share @ (1 - share))
    null = mix**2 - float((share * (1 - share)) @ (1 - 2 * share))
    null_error = math.sqrt(2.0 * null / (n * raters * (raters - 1))) / mix
    return _kappa(kappa, error, null_error, observed, chance, confidence)


def category_kappas(ratings: ArrayLike, *, confidence: float = 0.95) -> dict[Any, Kappa]:
    """Return Fleiss's kappa for each grade against all others: which grade do they not agree on?

    ``ratings`` and errors as ``fleiss_kappa``. With two grades both kappas equal the overall one.
    """
    counts, grades = _grade_counts(ratings)
    raters = int(counts[0].sum())
    found = {}
    for j, grade in enumerate(grades):
        calls = np.arange(raters)[None, :] < counts[:, j][:, None]
        found[grade] = fleiss_kappa(calls, confidence=confidence)
    return found


def agreement(
    ratings: ArrayLike, standard: ArrayLike | None = None, *, what: str = "", confidence: float = 0.95
) -> Agreement:
    """Return on how many parts all calls are the same (and equal the standard, if given), with an exact interval.

    ``ratings``: (parts, calls): the repeats of one inspector, or the calls of all; ``standard``: (parts,).
    Example: 42 of 50 parts: 84 %, from 70.9 % to 92.8 %.
    Raises InvalidInput for mismatched shapes.
    """
    calls: NDArray[Any] = np.asarray(ratings)
    if calls.ndim != 2 or calls.shape[0] < 1 or calls.shape[1] < 1:
        raise InvalidInput("ratings", "must be a table of parts by calls", calls.shape, "Give one row for each part.")
    against = calls[:, 0]
    if standard is not None:
        against = np.asarray(standard)
        if against.shape != calls.shape[:1]:
            rule = f"must be one grade for each of {len(calls)} parts"
            raise InvalidInput("standard", rule, against.shape, "Give the true grade of every part.")
    matched = int(np.sum((calls == against[:, None]).all(axis=1)))
    low, high = binomial_interval(matched, len(calls), confidence)
    return Agreement(what, matched, len(calls), matched / len(calls), low, high)


def _kappa(value: float, error: float, null_error: float, observed: float, chance: float, confidence: float) -> Kappa:
    half = normal_quantile(0.5 * (1.0 + confidence_level(confidence))) * error
    z = value / null_error if null_error > 0.0 else math.nan
    low, high = max(-1.0, value - half), min(1.0, value + half)
    return Kappa(value, error, low, high, z, normal_upper(z), observed, chance, _word(value))


def _word(kappa: float) -> str:
    kappa = round(kappa, 12)
    if kappa >= 0.75:
        return "Good agreement beyond chance (0.75 or more)."
    if kappa >= 0.40:
        return "Some agreement beyond chance (0.40 to 0.75): look at the parts on which they differ."
    return "Poor agreement (below 0.40): the definition of good and bad is not shared."


def _cross_table(first: ArrayLike, second: ArrayLike) -> Array:
    one: NDArray[Any] = np.asarray(first).ravel()
    two: NDArray[Any] = np.asarray(second).ravel()
    if len(one) != len(two) or len(one) == 0:
        rule = f"must be as long as the first ({len(one)}) and not empty"
        raise InvalidInput("second", rule, len(two), "Give both calls for every part.")
    grades, codes = np.unique(np.concatenate([one, two]), return_inverse=True)
    if len(grades) < 2:
        raise InvalidInput("first and second", "must use two grades at least", 1, "Include good and bad parts.")
    cell = codes[: len(one)] * len(grades) + codes[len(one) :]
    return np.bincount(cell, minlength=len(grades) ** 2).reshape(len(grades), -1).astype(np.float64)


def _grade_counts(ratings: ArrayLike) -> tuple[Array, list[Any]]:
    calls: NDArray[Any] = np.asarray(ratings)
    if calls.ndim != 2 or min(calls.shape) < 2:
        rule = "must be a table of two parts by two raters at least"
        raise InvalidInput("ratings", rule, calls.shape, "Give one row for each part and one column for each rater.")
    grades, codes = np.unique(calls, return_inverse=True)
    if len(grades) < 2:
        raise InvalidInput("ratings", "must use two grades at least", 1, "Include good and bad parts.")
    codes = codes.reshape(calls.shape)
    return np.stack([(codes == j).sum(axis=1) for j in range(len(grades))], axis=1).astype(np.float64), grades.tolist()
