"""What to doubt about a regression, found from its residuals and said in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.comparing.neighbors import durbin_watson
from techamp.subjects.process_control.comparing.regression import Regression, refit
from techamp.subjects.process_control.distributions.goodness import normality_test
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import chi_square_upper, f_upper, t_upper

ENOUGH, ENOUGH_FOR_SPREAD, ENOUGH_FOR_ORDER = 20, 12, 10
INFLATED = 10.0
LIKELY = 0.05  # of a bend among fewer readings than ENOUGH: few show it, and it matters most
SURE = 0.01  # several looks at one fit: each may blame one good fit in a hundred; outliers, one in twenty


@dataclass(frozen=True)
class Diagnosis(Shown):
    """Per reading: ``leverage``, ``studentized`` (deleted residual), ``cook`` (pull on the fit); then sentences.

    p of each look, not-a-number where readings are too few for it: ``bend``, ``spread``, ``order`` (with the
    ``durbin_watson`` ratio: 2 where neighbors have nothing to do with each other) and ``shape``. ``outliers`` are the
    positions of readings far off.
    """

    leverage: Array
    studentized: Array
    cook: Array
    sentences: tuple[str, ...]
    bend: float = math.nan
    spread: float = math.nan
    order: float = math.nan
    durbin_watson: float = math.nan
    shape: float = math.nan
    outliers: tuple[int, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing speaks against the fit."""
        return self.sentences == (CLEAN,)


CLEAN = "Nothing in the residuals speaks against the fit."


def diagnose(regression: Regression, names: Sequence[str] | None = None) -> Diagnosis:
    """Return diagnostics of a fit. ``names``: what to call each reading; "Reading 1" and so on.

    Studentized (deleted) residuals r√((ν - 1)/(ν - r²)), r = e/(s√(1 - h)); Cook's distance r²h/(k(1 - h)) (Cook 1977).
    Outliers by a Bonferroni t test at 5 %; pull by Cook's distance above 1; bend by the F test of a squared term
    (Ramsey's RESET, 1969), which sees one in 15 readings; funnel by the Breusch-Pagan test in Koenker's form; order by
    Durbin and Watson's ratio of the residuals, which are those of the bent fit where the fit bends; bell shape by
    Anderson-Darling; predictors alike by variance inflation. The looks at all readings leave outliers out.
    A perfect fit has nothing to diagnose: all zero and one sentence.
    Raises InvalidInput when ``names`` are not as many as readings.
    """
    fit, k = regression.fit, len(regression.coefficients)
    n, leverage = len(fit.y), np.clip(fit.leverage, 0.0, 1.0)
    called = [f"Reading {i + 1}" for i in range(n)] if names is None else list(names)
    if len(called) != n:
        raise InvalidInput("names", f"must be {n} names", len(called), "Name every reading of the fit.")
    if regression.residual_sd == 0.0:
        nothing = np.zeros(n)
        return Diagnosis(leverage, nothing, nothing, ("The fit is perfect: look whether y was computed from x.",))
    room = np.maximum(1.0 - leverage, 1e-12)
    inner = fit.residuals / (regression.residual_sd * np.sqrt(room))
    left = np.maximum(regression.df - inner**2, 1e-12)
    studentized = inner * np.sqrt(max(regression.df - 1, 1) / left)
    cook = inner**2 * leverage / (k * room)
    odd = _outliers(studentized, regression.df)
    kept = np.delete(np.arange(n), odd)
    rest = refit(regression, kept) if len(odd) and len(kept) > k + 2 else regression
    n, fit = len(rest.fit.y), rest.fit  # what follows looks at all but the outliers: one fault, said once
    bend, bent = bend_test(rest)
    straight = not bend < SURE
    spread = _funnel(rest) if n >= ENOUGH_FOR_SPREAD and straight else math.nan
    ratio, order = durbin_watson(fit.residuals, fit.q) if straight else durbin_watson(*bent)
    order = order if n >= ENOUGH_FOR_ORDER else math.nan
    shape = normality_test(fit.residuals).p if n >= ENOUGH and straight else math.nan
    sentences = (
        *_single(studentized, odd, cook, called),
        *_bend(bend, n),
        *_spread(spread),
        *_order(ratio, order),
        *_shape(shape),
        *_alike(regression),
    )
    return Diagnosis(leverage, studentized, cook, sentences or (CLEAN,), bend, spread, order, ratio, shape, tuple(odd))


def bend_test(regression: Regression) -> tuple[float, tuple[Array, Array]]:
    """p of a squared term beside those of the fit; then residuals and directions (n, k + 1) of the fit with it.

    The term is the square of the fitted values: x² for a straight line. F = (SS - SS₁)/(SS₁/(ν - 1)). Not-a-number
    where fewer than three readings would be left over, or the square says nothing new.
    """
    fit = regression.fit
    middle = fit.fitted - fit.fitted.mean()
    square = middle * middle
    for _ in range(2):  # twice, so that rounding leaves nothing of the other directions
        square = square - fit.q @ (fit.q.T @ square)
    size = float(np.sqrt(square @ square))
    if regression.df < 4 or size <= 1e-8 * float(middle @ middle):
        return math.nan, (fit.residuals, fit.q)
    direction = square / size
    along = float(direction @ fit.residuals)
    rest = fit.residuals - along * direction
    left = float(rest @ rest)
    f = along * along / (left / (regression.df - 1)) if left > 0.0 else math.inf
    return f_upper(f, 1.0, regression.df - 1.0), (rest, np.column_stack([fit.q, direction]))


def _outliers(studentized: Array, df: int) -> list[int]:
    far = np.flatnonzero(np.abs(studentized) > 3.0).tolist() if df > 1 else []
    return [i for i in far if 2.0 * t_upper(abs(float(studentized[i])), df - 1) * len(studentized) < 0.05]


def _single(studentized: Array, odd: Sequence[int], cook: Array, names: Sequence[str]) -> list[str]:
    said = [
        f"{names[i]} lies far off the fit ({studentized[i]:.1f} standard errors): check it.".replace("-", "−")
        for i in odd
    ]
    for i in np.flatnonzero(cook > 1.0).tolist():
        said.append(f"{names[i]} pulls the whole fit towards itself: see what the fit is without it.")
    return said


def _bend(p: float, n: int) -> list[str]:
    if not p < (LIKELY if n < ENOUGH else SURE):
        return []
    if p >= SURE:
        return [f"The points may bend ({_said(p)}): look at what the line leaves over, and measure more at both ends."]
    return [
        f"The points bend ({_said(p)}): a straight line is wrong at both ends and in the middle. Fit a curve, or the "
        "logarithm, or stay where the line still holds."
    ]


def _spread(p: float) -> list[str]:
    if not p < SURE:
        return []
    return [f"The scatter grows or shrinks along the fit ({_said(p)}): try the logarithm of y."]


def _order(ratio: float, p: float) -> list[str]:
    if not p < SURE:
        return []
    if ratio < 2.0:
        return [
            f"Neighboring residuals are correlated (Durbin-Watson {ratio:.2f}, {_said(p)}): something else changed "
            "with "
            "time, or carries over from reading to reading. The standard errors are wrong then."
        ]
    return [
        f"Neighboring residuals take turns (Durbin-Watson {ratio:.2f}, {_said(p)}): two streams, or somebody adjusts "
        "after every reading."
    ]


def _shape(p: float) -> list[str]:
    if not p < SURE:
        return []
    return ["The residuals are not normal: trust the line, but not the limits for single readings."]


def _alike(regression: Regression) -> list[str]:
    inflated = [value for value in regression.variance_inflation if value > INFLATED]
    if not inflated or regression.degree is not None:
        return []
    return [
        f"Some predictors say nearly the same (variance inflation up to {max(inflated):.0f}): their coefficients "
        "cannot be told apart, though predictions may be good."
    ]


def _said(p: float) -> str:
    return "p below 0.001" if p < 0.001 else f"p {p:.3f}"


def _funnel(regression: Regression) -> float:
    """p of Koenker's (1981) form of the Breusch-Pagan test on the fitted values: n·R² of squared residuals."""
    squares, fitted = regression.fit.residuals**2, regression.fit.fitted
    u, v = squares - squares.mean(), fitted - fitted.mean()
    size = float(u @ u) * float(v @ v)
    return chi_square_upper(len(u) * float(u @ v) ** 2 / size, 1.0) if size > 0.0 else 1.0
