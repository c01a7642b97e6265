"""Settings for the goal, the quiet side first, and the interval for the confirmation run."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.contract import FollowUp, write_entries
from techamp.subjects.process_control.experiments.chosen_settings import Confirmation, choose_settings, confirmation
from techamp.subjects.process_control.studies.experiment.analysis import BLOCK, Analysis


@dataclass(frozen=True)
class Advice:
    """``coded`` settings of the factors that matter; ``quiet``: those set for a small spread alone; ``free``: the
    factors that neither move the response nor change its spread."""

    coded: dict[str, float]
    quiet: tuple[str, ...]
    free: tuple[str, ...]
    expected: Confirmation


def advise(found: Analysis) -> Advice | None:
    """Settings for the goal; None without a goal.

    A factor that changes the spread but not the level costs nothing to set. Of those that move the level too, the
    strongest is set on its quiet side first, each as long as a target can still be met.
    """
    goal = found.settings.goal
    if goal == "none":
        return None
    letters = [f.letter for f in found.runs.factors]
    in_model = [x for x in letters if any(x in term.replace("²", "").split("·") for term in found.model.terms)]
    spread = found.spread
    fixed: dict[str, float] = {}
    coded = _settings(found, in_model, fixed)
    for letter in spread.active if spread is not None else ():
        assert spread is not None  # it has active factors
        trial = fixed | {letter: -1.0 if spread.values[letter] > 0 else 1.0}
        if letter in in_model and goal != "target":
            continue
        tried = _settings(found, in_model, trial)
        if letter not in in_model or _miss(found, tried) <= max(_miss(found, coded), 0.5 * found.model.residual_sd):
            fixed, coded = trial, tried
    ordered = {x: coded[x] for x in letters if x in coded}
    expected = confirmation(found.model, ordered, runs=found.settings.confirmation_runs, averaged=(BLOCK,))
    return Advice(ordered, tuple(fixed), tuple(x for x in letters if x not in ordered), expected)


def confirm(found: Analysis, advice: Advice) -> FollowUp | None:
    """The sheet of the confirmation runs; None where the model names no setting, or predicts no interval."""
    e = advice.expected
    if not advice.coded or math.isnan(e.low):
        return None
    by_letter = {f.letter: f for f in found.runs.factors}
    lines = [[by_letter[x].name, by_letter[x].setting(value)] for x, value in advice.coded.items()]
    lines += [[by_letter[x].name, f"{by_letter[x].setting(-1.0)} or {by_letter[x].setting(1.0)}"] for x in advice.free]
    asked = {
        "factors": write_entries(lines),
        "response": found.runs.response[:60],
        "unit": found.runs.unit[:20],
        "runs": min(50, e.runs),
        "expected": float(f"{e.value:.9g}"),
        "low": float(f"{e.low:.9g}"),
        "high": float(f"{e.high:.9g}"),
    }
    return FollowUp(
        "process_control.confirmation_run",
        asked,
        f"Make {e.runs} {'run' if e.runs == 1 else 'runs'} at these settings and see whether they give what it says.",
    )


def _settings(found: Analysis, in_model: list[str], fixed: dict[str, float]) -> dict[str, float]:
    return choose_settings(
        found.model,
        found.settings.goal,
        target=found.settings.target,
        factors=in_model,
        fixed=fixed,
        either_or=[f.letter for f in found.runs.factors if not f.is_number],
    )


def _miss(found: Analysis, coded: dict[str, float]) -> float:
    """How far from the target the model sees these settings."""
    expected = confirmation(found.model, coded, averaged=(BLOCK,)).value
    return abs(expected - (found.settings.target or 0.0))
