"""Which effects are real in an experiment without repeats? Lenth's method, the half-normal plot, and spreads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.experiments.linear_model import ModelFit, fit_model
from techamp.subjects.process_control.readings import Array, as_readings
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import confidence_level, normal_quantile, t_quantile


@dataclass(frozen=True)
class Lenth(Shown):
    """``pse``: pseudo standard error; ``margin``: beyond it a single effect is real; ``joint_margin``: any of all.

    ``active`` are the names beyond ``margin``, ``surely_active`` beyond ``joint_margin``.
    """

    pse: float
    margin: float
    joint_margin: float
    active: tuple[str, ...]
    surely_active: tuple[str, ...]


@dataclass(frozen=True)
class HalfNormalPoint:
    """One dot of a half-normal plot: size of the effect against the quantile that chance would give it."""

    name: str
    effect: float
    quantile: float


def effects(factors: Mapping[str, ArrayLike], y: ArrayLike, terms: Sequence[str]) -> dict[str, float]:
    """Return two-level effects by term: mean at high minus mean at low, twice the coefficient.

    ``factors`` coded -1 and +1 (0 at center points). Example (Box, Hunter & Hunter's pilot plant): T 23, C -5, T·K 10.
    Raises InvalidInput as ``fit_model``.
    """
    fit = fit_model(factors, y, terms)
    return {one.name: 2.0 * one.value for one in fit.coefficients if one.name != "intercept"}


def lenth(found: Mapping[str, float], confidence: float = 0.95) -> Lenth:
    """Return Lenth's (1989) judgment of effects without an estimate of noise.

    s₀ = 1.5·median|c|; PSE = 1.5·median of those |c| below 2.5·s₀; margin t·PSE with m/3 degrees of freedom; the joint
    margin with t at (1 + confidence^(1/m))/2. Few effects must be real for it to work.
    Example (Montgomery's filtration rate): PSE 2.625, margin 6.75.
    Raises InvalidInput for fewer than three effects, or when most are zero.
    """
    sizes = np.abs(np.array(list(found.values())))
    m = len(sizes)
    if m < 3:
        raise InvalidInput(
            "found", "must be three effects at least", m, "Take all effects that the plan can tell apart."
        )
    start = 1.5 * float(np.median(sizes))
    pse = 1.5 * float(np.median(sizes[sizes < 2.5 * start])) if start > 0.0 else 0.0
    if pse == 0.0:
        raise InvalidInput(
            "found", "must have noise in them", 0.0, "Most effects are zero: check the digits of the gauge."
        )
    margin = t_quantile(0.5 * (1.0 + confidence_level(confidence)), m / 3.0) * pse
    joint = t_quantile(0.5 * (1.0 + confidence ** (1.0 / m)), m / 3.0) * pse
    return Lenth(
        pse,
        margin,
        joint,
        tuple(name for name, value in found.items() if abs(value) > margin),
        tuple(name for name, value in found.items() if abs(value) > joint),
    )


def half_normal(found: Mapping[str, float]) -> tuple[HalfNormalPoint, ...]:
    """Return the points of a half-normal plot, smallest first: |effect| against Φ⁻¹(½ + ½(i - ½)/m) (Daniel 1959)."""
    ordered = sorted(found.items(), key=lambda item: abs(item[1]))
    m = len(ordered)
    return tuple(
        HalfNormalPoint(name, value, normal_quantile(0.5 + 0.5 * (i + 0.5) / m))
        for i, (name, value) in enumerate(ordered)
    )


def dispersion_effects(fit: ModelFit, terms: Sequence[str]) -> dict[str, float]:
    """Return for each term ln(s²₊/s²₋) of the residuals at its high and low side (Box & Meyer 1986).

    Zero means equal spread; large ones name a factor that makes the process noisy or quiet. The fit must hold every
    real location effect first. Example (Montgomery's injection molding, fit A, B, A·B): 2.50 for C, the holding time.
    Raises InvalidInput for terms of unknown factors or a side without spread.
    """
    found = {}
    numeric = {
        name: np.asarray(column, dtype=np.float64) for name, column in fit.factors.items() if name not in fit.levels
    }
    for term in terms:
        side = np.ones(len(fit.fit.y))
        for name in term.replace(":", "·").split("·"):
            if name not in numeric:
                raise InvalidInput("terms", f"must be made of {', '.join(numeric)}", name, "Correct the name.")
            side = side * numeric[name]
        high, low = (float(np.std(fit.fit.residuals[side * sign > 0.0])) for sign in (1.0, -1.0))
        if not (high > 0.0 and low > 0.0):
            raise InvalidInput("terms", "must have residuals that vary on both sides", term, "Fit fewer terms.")
        found[term] = 2.0 * math.log(high / low)
    return found


def log_variances(y: ArrayLike) -> Array:
    """Return ln s² of each run from repeats (runs, repeats): the response for dispersion when there are repeats.

    Raises InvalidInput for fewer than two repeats, or a run whose repeats are equal.
    """
    table = as_readings(y, "y")
    if table.ndim != 2 or table.shape[1] < 2:
        raise InvalidInput("y", "must be a table of runs by two repeats at least", table.shape, "Repeat every run.")
    spread = np.nanvar(table - table[:, :1], axis=1, ddof=1)
    if not (spread > 0.0).all():
        raise InvalidInput("y", "must vary within every run", int(np.argmin(spread)) + 1, "Measure with more digits.")
    return np.asarray(np.log(spread))
