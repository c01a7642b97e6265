"""Settings for the goal, the quiet side first, and the interval for the confirmation run."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Settings for the goal; None without a goal."""
    goal = found.settings.goal
    if goal == "none":
        return None
    letters = [f.letter for f in found.runs.factors]
    in_model = [x for x in letters if any(x in term.replace("²", "").split("·") for term in found.model.terms)]
    spread = found.spread
    noisy = spread.active if spread is not None else ()
    # What changes the spread but not the level costs nothing to set; on a target, any of them may be set first.
    quiet = [x for x in noisy if x not in in_model or goal == "target"]
    fixed = {x: -1.0 if spread is not None and spread.values[x] > 0 else 1.0 for x in quiet}
    coded = choose_settings(
        found.model,
        goal,
        target=found.settings.target,
        factors=in_model,
        fixed=fixed,
        either_or=[f.letter for f in found.runs.factors if not f.is_number],
    )
    ordered = {x: coded[x] for x in letters if x in coded}
    expected = confirmation(found.model, ordered, runs=found.settings.confirmation_runs, averaged=(BLOCK,))
    return Advice(ordered, tuple(quiet), tuple(x for x in letters if x not in ordered), expected)
