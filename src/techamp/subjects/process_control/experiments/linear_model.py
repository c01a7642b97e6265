"""A linear model of an experiment: main effects, interactions, powers and categories, with its analysis of variance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import AnovaRow, row
from techamp.subjects.process_control.comparing.least_squares import LeastSquares, least_squares, total_squares
from techamp.subjects.process_control.comparing.regression import Coefficient
from techamp.subjects.process_control.readings import Array, as_readings
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import confidence_level, t_quantile, t_upper

Term = tuple[tuple[str, int], ...]  # factors with their powers


def parse_term(text: str) -> Term:
    """Return "A·B", "A:B", "A²" or "A^2·B" as factors with powers. Raises InvalidInput if it does not read so."""
    found: dict[str, int] = {}
    for part in text.replace(":", "·").replace("²", "^2").replace("³", "^3").split("·"):
        name, _, power = part.strip().partition("^")
        if not name or (power and not power.isdigit()):
            raise InvalidInput("terms", "must read like A, A·B or A²", text, "Join factors with a dot.")
        found[name] = found.get(name, 0) + int(power or 1)
    return tuple(found.items())


def term_name(term: Term) -> str:
    """Return a term as text: "A²·B"."""
    marks = {1: "", 2: "²", 3: "³"}
    return "·".join(f"{name}{marks.get(power, f'^{power}')}" for name, power in term)


def all_terms(factors: Sequence[str], order: int = 2, *, squares: bool = False) -> list[str]:
    """Return main effects, interactions of up to ``order`` factors, and squares if asked for."""
    found = ["·".join(group) for size in range(1, order + 1) for group in combinations(factors, size)]
    return found + [f"{name}²" for name in factors] if squares else found


@dataclass(frozen=True)
class ModelFit(Shown):
    """``coefficients`` by column; ``anova`` with one line per term, each adding to those before it (sequential)."""

    terms: tuple[str, ...]
    coefficients: tuple[Coefficient, ...]
    anova: tuple[AnovaRow, ...]
    residual_sd: float
    df: int
    r_squared: float
    r_squared_adjusted: float
    press: float
    fit: LeastSquares
    factors: Mapping[str, NDArray[Any]]
    levels: Mapping[str, tuple[Any, ...]]
    intercept: bool
    confidence: float

    def coefficient(self, name: str) -> float:
        """The value of one coefficient. Raises InvalidInput for a name that is not in the model."""
        for one in self.coefficients:
            if one.name == name:
                return one.value
        names = [one.name for one in self.coefficients]
        raise InvalidInput("name", f"must be one of {', '.join(names)}", name, "Name a term of the model.")

    def predict(self, settings: Mapping[str, Any], runs: int = 1) -> tuple[float, float, float]:
        """Return the fitted value at settings and the interval in which the mean of ``runs`` new runs will lie.

        ŷ ± t·s·√(h + 1/runs), h = x(X'X)⁻¹x'. This is the interval for confirmation runs: a mean outside says that the
        model does not hold there.
        """
        point = {name: np.array([settings[name]]) for name in self.factors}
        line = model_columns(point, [parse_term(term) for term in self.terms], self.levels, self.intercept)[0][0]
        value = float(line @ self.fit.coefficients)
        reach = t_quantile(0.5 * (1.0 + self.confidence), self.df) * self.residual_sd if self.df else math.nan
        half = reach * math.sqrt(self.fit.direction_variance(line) + 1.0 / runs)
        return value, value - half, value + half


def fit_model(
    factors: Mapping[str, ArrayLike],
    y: ArrayLike,
    terms: Sequence[str],
    *,
    categorical: Sequence[str] = (),
    intercept: bool = True,
    mixture: bool = False,
    confidence: float = 0.95,
) -> ModelFit:
    """Return the least squares fit of ``y`` (runs,) to terms of factors, each an array (runs,).

    Text factors, and those named ``categorical``, get one column per level but one, in sum coding (the last level
    minus). ``mixture``: no intercept, and R² still about the mean (Scheffé's models). A saturated model has no errors.
    Example (Box, Hunter & Hunter's pilot plant): T 11.5, C -2.5, T·K 5.0, which are half the effects.
    Raises InvalidInput for unknown factors, unequal lengths, gaps, too many terms, or terms that cannot be told apart.
    """
    confidence_level(confidence)
    response = as_readings(y, "y").ravel()
    if bool(np.isnan(response).any()):
        raise InvalidInput("y", "must have no gap", "a missing reading", "Leave the whole run out.")
    columns, levels = _factor_columns(factors, categorical, len(response))
    parsed = [parse_term(term) for term in terms]
    for term in parsed:
        for name, _ in term:
            if name not in columns:
                raise InvalidInput("terms", f"must be made of {', '.join(columns)}", name, "Correct the name.")
    intercept = intercept and not mixture
    x, names, owner = model_columns(columns, parsed, levels, intercept)
    fit = least_squares(x, response, what="terms")
    residual = _without_rounding(fit.ss_residual, float(response @ response))
    total = total_squares(response, centered=intercept or mixture)
    variance = residual / fit.df if fit.df else math.nan
    share = 1.0 - residual / total if total > 0.0 else math.nan
    freedom = len(response) - (intercept or mixture)
    adjusted = 1.0 - (1.0 - share) * freedom / fit.df if fit.df else math.nan
    room = np.maximum(1.0 - fit.leverage, 1e-12)
    return ModelFit(
        terms=tuple(term_name(term) for term in parsed),
        coefficients=tuple(_coefficients(fit, names, variance, confidence)),
        anova=_anova(fit, parsed, owner, residual, total),
        residual_sd=math.sqrt(variance) if fit.df else math.nan,
        df=fit.df,
        r_squared=share,
        r_squared_adjusted=adjusted,
        press=float(np.sum((fit.residuals / room) ** 2)) if fit.df else math.nan,
        fit=fit,
        factors=columns,
        levels=levels,
        intercept=intercept,
        confidence=confidence,
    )


def model_columns(
    factors: Mapping[str, NDArray[Any]], terms: Sequence[Term], levels: Mapping[str, tuple[Any, ...]], intercept: bool
) -> tuple[Array, list[str], list[int]]:
    """Return the model matrix, the name of each column, and which term it belongs to (-1 the intercept)."""
    runs = len(next(iter(factors.values())))
    columns, names, owner = ([np.ones(runs)], ["intercept"], [-1]) if intercept else ([], [], [])
    for i, term in enumerate(terms):
        products = [(np.ones(runs), [])]  # type: list[tuple[Array, list[str]]]
        for name, power in term:
            coded = _coded(name, factors[name], levels.get(name), power)
            products = [(column * other, [*label, own]) for column, label in products for other, own in coded]
        for column, label in products:
            columns.append(column)
            names.append("·".join(label))
            owner.append(i)
    return np.column_stack(columns), names, owner


def _coded(name: str, values: NDArray[Any], levels: tuple[Any, ...] | None, power: int) -> list[tuple[Array, str]]:
    if levels is None:
        return [(values.astype(np.float64) ** power, term_name(((name, power),)))]
    last = values == levels[-1]
    return [(np.where(values == level, 1.0, 0.0) - last, f"{name}[{level}]") for level in levels[:-1]]


def _factor_columns(
    factors: Mapping[str, ArrayLike], categorical: Sequence[str], runs: int
) -> tuple[dict[str, NDArray[Any]], dict[str, tuple[Any, ...]]]:
    columns: dict[str, NDArray[Any]] = {}
    levels: dict[str, tuple[Any, ...]] = {}
    for name, given in factors.items():
        values: NDArray[Any] = np.asarray(given).ravel()
        if len(values) != runs:
            raise InvalidInput(name, f"must hold {runs} settings, one per run", len(values), "Complete the column.")
        if name in categorical or values.dtype.kind not in "fiub":
            levels[name] = tuple(np.unique(values).tolist())
        elif not np.isfinite(values.astype(np.float64)).all():
            raise InvalidInput(name, "must have no gap", "a missing setting", "Leave the whole run out.")
        columns[name] = values
    return columns, levels


def _coefficients(fit: LeastSquares, names: Sequence[str], variance: float, confidence: float) -> list[Coefficient]:
    values = fit.coefficients.tolist()
    if not fit.df or variance == 0.0:
        error = math.nan if not fit.df else 0.0
        return [
            Coefficient(n, v, error, math.nan, math.nan, math.nan, math.nan) for n, v in zip(names, values, strict=True)
        ]
    errors = np.sqrt(variance * np.diag(fit.unscaled_covariance)).tolist()
    reach = t_quantile(0.5 * (1.0 + confidence), fit.df)
    found = []
    for name, value, error in zip(names, values, errors, strict=True):
        p = 2.0 * t_upper(abs(value / error), fit.df)
        found.append(Coefficient(name, value, error, value / error, p, value - reach * error, value + reach * error))
    return found


def _anova(
    fit: LeastSquares, terms: Sequence[Term], owner: Sequence[int], residual: float, total: float
) -> tuple[AnovaRow, ...]:
    error = row("residual", fit.df, residual)
    squares = fit.sequential**2
    lines = []
    for i, term in enumerate(terms):
        own = [j for j, of in enumerate(owner) if of == i]
        lines.append(row(term_name(term), len(own), float(np.sum(squares[own])), error))
    return (*lines, error, row("total", len(fit.y) - (-1 in owner), total))


def _without_rounding(residual: float, size: float) -> float:
    return 0.0 if residual <= (64 * np.finfo(np.float64).eps) ** 2 * size else residual
