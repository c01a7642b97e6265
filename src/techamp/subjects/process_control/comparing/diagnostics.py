"""What to doubt about a regression, found from its residuals and said in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from techamp.subjects.process_control.autocorrelation import autocorrelation
from techamp.subjects.process_control.comparing.regression import Regression
from techamp.subjects.process_control.distributions.goodness import normality_test
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import chi_square_upper, t_upper

ENOUGH = 20
INFLATED = 10.0


@dataclass(frozen=True)
class Diagnosis(Shown):
    """Per reading: ``leverage``, ``studentized`` (deleted residual), ``cook`` (pull on the fit); then sentences."""

    leverage: Array
    studentized: Array
    cook: Array
    sentences: tuple[str, ...]


def diagnose(regression: Regression) -> Diagnosis:
    """Return diagnostics of a fit.

    Studentized (deleted) residuals r√((ν - 1)/(ν - r²)), r = e/(s√(1 - h)); Cook's distance r²h/(k(1 - h)) (Cook 1977).
    Outliers by a Bonferroni t test at 5 %; pull by Cook's distance above 1; order by lag-1 correlation; funnel by the
    Breusch-Pagan test in Koenker's form; bell shape by Anderson-Darling; predictors alike by variance inflation.
    A perfect fit has nothing to diagnose: all zero and one sentence.
    """
    fit, k = regression.fit, len(regression.coefficients)
    n, leverage = len(fit.y), np.clip(fit.leverage, 0.0, 1.0)
    if regression.residual_sd == 0.0:
        nothing = np.zeros(n)
        return Diagnosis(leverage, nothing, nothing, ("The fit is perfect: look whether y was computed from x.",))
    room = np.maximum(1.0 - leverage, 1e-12)
    inner = fit.residuals / (regression.residual_sd * np.sqrt(room))
    left = np.maximum(regression.df - inner**2, 1e-12)
    studentized = inner * np.sqrt(max(regression.df - 1, 1) / left)
    cook = inner**2 * leverage / (k * room)
    sentences = [*_single(studentized, cook, regression.df, n), *_all(regression, leverage)]
    return Diagnosis(
        leverage, studentized, cook, tuple(sentences) or ("Nothing in the residuals speaks against the fit.",)
    )


def _single(studentized: Array, cook: Array, df: int, n: int) -> list[str]:
    said = []
    for i in np.flatnonzero(np.abs(studentized) > 3.0).tolist():
        if df > 1 and 2.0 * t_upper(abs(float(studentized[i])), df - 1) * n < 0.05:
            said.append(f"Reading {i + 1} lies far off the fit ({studentized[i]:.1f} standard errors): check it.")
    for i in np.flatnonzero(cook > 1.0).tolist():
        said.append(f"Reading {i + 1} pulls the whole fit towards itself: see what the fit is without it.")
    return said


def _all(regression: Regression, leverage: Array) -> list[str]:
    residuals = regression.fit.residuals
    said = []
    if len(residuals) >= ENOUGH:
        neighbors = autocorrelation(residuals)
        if abs(neighbors) > 2.0 / math.sqrt(len(residuals)):
            said.append(
                f"Neighboring residuals are correlated ({neighbors:.2f}): something changed with time, or the curve "
                "bends where the fit does not. The standard errors are wrong then."
            )
        if _funnel(regression) < 0.01:
            said.append("The scatter grows or shrinks along the fit: try the logarithm of y.")
        if normality_test(residuals).p < 0.01:
            said.append("The residuals are not normal: trust the line, but not the limits for single readings.")
    inflated = [value for value in regression.variance_inflation if value > INFLATED]
    if inflated and regression.degree is None:
        said.append(
            f"Some predictors say nearly the same (variance inflation up to {max(inflated):.0f}): their coefficients "
            "cannot be told apart, though predictions may be good."
        )
    return said


def _funnel(regression: Regression) -> float:
    """p of Koenker's (1981) form of the Breusch-Pagan test on the fitted values: n·R² of squared residuals."""
    squares, fitted = regression.fit.residuals**2, regression.fit.fitted
    u, v = squares - squares.mean(), fitted - fitted.mean()
    size = float(u @ u) * float(v @ v)
    return chi_square_upper(len(u) * float(u @ v) ** 2 / size, 1.0) if size > 0.0 else 1.0
