"""Effects, what is real, the model, and what the residuals say: worked out once for words, pictures and tables."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from techamp.contract import InvalidInput, Table
from techamp.subjects.process_control.anova_table import AnovaRow
from techamp.subjects.process_control.comparing.regression import linear_fit
from techamp.subjects.process_control.experiments.adequacy import curvature
from techamp.subjects.process_control.experiments.effects import Lenth, lenth
from techamp.subjects.process_control.experiments.linear_model import ModelFit, fit_model
from techamp.subjects.process_control.studies.experiment.runs import Runs, read_runs
from techamp.subjects.process_control.studies.experiment.settings import ExperimentSettings
from techamp.subjects.process_control.studies.experiment.spread import SpreadEffects, spread_effects
from techamp.subjects.process_control.studies.experiment.terms import Terms, choose_terms
from techamp.subjects.process_control.tail_areas import t_quantile

FEWEST_DF = 3
FEWEST_EFFECTS = 3
BLOCK, CURVATURE = "block", "curvature"


@dataclass(frozen=True)
class Effect:
    """``value``: mean at high less mean at low (for a bend such as A²: its coefficient). ``margin``: half its interval,
    and what it must exceed to stand out; not-a-number where nothing tells the noise."""

    term: str
    value: float
    margin: float
    p: float
    active: bool


@dataclass(frozen=True, eq=False)
class Analysis:
    """Everything that was found. ``judged``: "t" by repeated runs and left-out effects, "lenth" by the small effects,
    "" where neither is possible. ``full`` holds all effects, ``model`` those that are kept. ``drift``: p of a slope of
    the residuals along the run order, and that slope in the response's unit per run."""

    settings: ExperimentSettings
    runs: Runs
    terms: Terms
    full: ModelFit
    model: ModelFit
    effects: tuple[Effect, ...]
    judged: str
    lenth: Lenth | None
    curvature: tuple[AnovaRow, AnovaRow] | None
    spread: SpreadEffects | None
    drift: tuple[float, float] | None
    said: tuple[str, ...]

    @property
    def active(self) -> tuple[Effect, ...]:
        """The effects that stand out, largest first."""
        return tuple(sorted((e for e in self.effects if e.active), key=lambda e: -abs(e.value)))

    @property
    def two_level(self) -> bool:
        """Whether all effects compare two halves of the runs, so that their sizes can be compared."""
        return not self.runs.surface

    @property
    def decimals(self) -> int:
        """Decimals that four figures of the response's spread need."""
        spread = float(np.ptp(self.runs.y))
        return max(0, min(9, 3 - math.floor(math.log10(spread)))) if spread > 0 else 2

    def shown(self, value: float, sign: bool = False) -> str:
        """A value of the response with its unit."""
        return f"{value:{'+' if sign else ''}.{self.decimals}f} {self.runs.unit}".rstrip().replace("-", "−")


def analyze(table: Table, settings: ExperimentSettings) -> Analysis:
    """Fit all effects that the runs can tell apart, judge them, keep the real ones, and look at what is left."""
    runs = read_runs(table)
    if settings.goal == "target" and settings.target is None:
        raise InvalidInput(
            "Target", "must be given with that goal", "nothing", "Enter the target, or choose another goal."
        )
    if float(np.ptp(runs.y)) == 0.0:
        raise InvalidInput("response", "must vary from run to run", float(runs.y[0]), "Measure with more digits.")
    said = list(runs.said)
    terms = choose_terms(runs, int(settings.order))
    if not terms.kept:
        raise InvalidInput("Factor 1", "must move within the blocks", "nothing left to see", "Leave the block out.")
    full = _fit(runs, terms.kept, settings)
    effects, judged, judge = _judge(runs, terms, full, settings, said)
    model = full if settings.model == "all" else _fit(runs, _with_parents(effects, terms), settings)
    return Analysis(
        settings,
        runs,
        terms,
        full,
        model,
        effects,
        judged,
        judge,
        _curvature(runs),
        spread_effects(runs, model),
        _drift(runs, model),
        tuple(said),
    )


def _fit(runs: Runs, terms: tuple[str, ...], settings: ExperimentSettings) -> ModelFit:
    columns: dict[str, object] = {f.letter: f.coded for f in runs.factors}
    asked = list(terms)
    if runs.center.any() and not runs.surface:
        columns[CURVATURE] = runs.center.astype(np.float64)
        asked.insert(0, CURVATURE)
    if runs.block is not None:
        columns[BLOCK] = runs.block
        asked.insert(0, BLOCK)
    categorical = [BLOCK] if runs.block is not None else []
    return fit_model(columns, runs.y, asked, categorical=categorical, confidence=1.0 - settings.alpha)  # type: ignore[arg-type]


def _judge(
    runs: Runs, terms: Terms, full: ModelFit, settings: ExperimentSettings, said: list[str]
) -> tuple[tuple[Effect, ...], str, Lenth | None]:
    """By t where at least three degrees of freedom are left, else by Lenth's margin where there are three effects."""
    values = {term: full.coefficient(term) * (1.0 if _is_bend(term) else 2.0) for term in terms.kept}
    alike = [term for term in terms.kept if not _is_bend(term)]
    judge = None
    if not runs.surface and len(alike) >= FEWEST_EFFECTS:
        try:
            judge = lenth({term: values[term] for term in alike}, 1.0 - settings.alpha)
        except InvalidInput:
            said.append(
                "Most effects are exactly zero, so the small ones cannot tell the noise. Measure with more digits."
            )
    if full.df >= FEWEST_DF and full.residual_sd > 0.0:
        reach = t_quantile(1.0 - 0.5 * settings.alpha, full.df)
        by_name = {c.name: c for c in full.coefficients}
        found = []
        for term, value in values.items():
            scale = 1.0 if _is_bend(term) else 2.0
            c = by_name[term]
            found.append(Effect(term, value, reach * scale * c.error, c.p, c.p < settings.alpha))
        return tuple(found), "t", judge
    if judge is not None:
        return (
            tuple(Effect(t, v, judge.margin, math.nan, abs(v) > judge.margin) for t, v in values.items()),
            "lenth",
            judge,
        )
    return tuple(Effect(t, v, math.nan, math.nan, False) for t, v in values.items()), "", None


def _is_bend(term: str) -> bool:
    return term.endswith("²")


def _with_parents(effects: tuple[Effect, ...], terms: Terms) -> tuple[str, ...]:
    """Active effects and the factors they are made of, in the order of the terms; all, if nothing could be judged."""
    if all(math.isnan(e.margin) for e in effects):
        return terms.kept
    wanted = {e.term for e in effects if e.active}
    wanted |= {letter for term in wanted for letter in term.replace("²", "").split("·")}
    return tuple(term for term in terms.kept if term in wanted)


def _curvature(runs: Runs) -> tuple[AnovaRow, AnovaRow] | None:
    if runs.surface or runs.block is not None or int(runs.center.sum()) < 2:
        return None
    if float(np.ptp(runs.y[runs.center])) == 0.0:
        return None
    return curvature(runs.y[~runs.center], runs.y[runs.center])


def _drift(runs: Runs, model: ModelFit) -> tuple[float, float] | None:
    """p and slope of the residuals against the order of the runs; None without an order, or with nothing left."""
    if runs.order is None or model.df < FEWEST_DF or not model.residual_sd > 0.0:
        return None
    place = np.argsort(np.argsort(runs.order, kind="stable"), kind="stable").astype(np.float64)
    if float(np.ptp(model.fit.residuals)) == 0.0:
        return None
    slope = linear_fit(place, model.fit.residuals, names=["order"]).coefficients[-1]
    return slope.p, slope.value
