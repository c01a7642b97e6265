"""Which factor makes the process noisy or quiet: from repeats where there are some, else from residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techamp.contract import InvalidInput
from techamp.subjects.process_control.experiments.effects import dispersion_effects, log_variances
from techamp.subjects.process_control.experiments.linear_model import ModelFit, fit_model
from techamp.subjects.process_control.studies.experiment.runs import Runs

FEWEST_RUNS = 8
TWO_SIGMA = 2.0


@dataclass(frozen=True)
class SpreadEffects:
    """``values``: ln(s²₊/s²₋) by factor; beyond ``margin`` it is worth acting on. ``by``: "repeats" or "residuals"."""

    values: dict[str, float]
    margin: float
    by: str

    @property
    def active(self) -> tuple[str, ...]:
        """Letters of the factors that change the spread, strongest first."""
        found = [letter for letter, value in self.values.items() if abs(value) > self.margin]
        return tuple(sorted(found, key=lambda letter: -abs(self.values[letter])))

    @staticmethod
    def ratio(value: float) -> float:
        """How many times larger the standard deviation is on the noisier side."""
        return float(np.exp(0.5 * abs(value)))


def spread_effects(runs: Runs, model: ModelFit) -> SpreadEffects | None:
    """Effects on the spread, or None where the runs cannot show them.

    From repeats: effects on ln s², whose variance is trigamma(ν/2) for ν degrees of freedom, so the margin is two
    standard deviations. Without repeats: Box & Meyer (1986) on the residuals of the model, the margin from the same
    variance with half the runs on each side (approximate, as residuals are not independent).
    """
    if runs.surface:
        return None
    found = _from_repeats(runs)
    return found if found is not None else _from_residuals(runs, model)


def _from_repeats(runs: Runs) -> SpreadEffects | None:
    corner = np.flatnonzero(~runs.center)
    groups = [corner[runs.settings[corner] == s] for s in np.unique(runs.settings[corner])]
    size = min(len(group) for group in groups)
    if size < 2 or len(groups) <= len(runs.factors):
        return None
    try:
        log_s2 = np.array([float(log_variances(runs.y[group][None, :])[0]) for group in groups])
        columns = {f.letter: np.array([f.coded[group[0]] for group in groups]) for f in runs.factors}
        fit = fit_model(columns, log_s2, list(columns))
    except InvalidInput:  # a setting whose repeats are equal, or factors that cannot be told apart
        return None
    mean_variance = float(np.mean([_log_variance(0.5 * (len(group) - 1)) for group in groups]))
    margin = TWO_SIGMA * float(np.sqrt(4.0 * mean_variance / len(groups)))
    return SpreadEffects({letter: 2.0 * fit.coefficient(letter) for letter in columns}, margin, "repeats")


def _from_residuals(runs: Runs, model: ModelFit) -> SpreadEffects | None:
    usable = len(runs.y) >= FEWEST_RUNS and model.df >= len(runs.y) // 2 and model.residual_sd > 0.0
    if not usable:
        return None
    try:
        values = dispersion_effects(model, [f.letter for f in runs.factors])
    except InvalidInput:  # a side without spread
        return None
    half = 0.5 * (0.5 * float((~runs.center).sum()) - 1.0)
    return SpreadEffects(values, TWO_SIGMA * float(np.sqrt(2.0 * _log_variance(half))), "residuals")


def _log_variance(half_freedom: float) -> float:
    """Variance of the logarithm of a variance with twice this many degrees of freedom: the trigamma function."""
    from scipy.special import polygamma  # slow to load

    return float(polygamma(1, half_freedom))
