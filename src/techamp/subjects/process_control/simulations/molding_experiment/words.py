"""What the trial says, in words."""

from __future__ import annotations

import math

from techamp.subjects.process_control.simulations.molding_experiment.inputs import PLANS, MoldingInputs
from techamp.subjects.process_control.simulations.molding_experiment.press import TOLERANCE
from techamp.subjects.process_control.simulations.molding_experiment.trial import Trial
from techamp.subjects.process_control.studies.experiment.advice import advise
from techamp.subjects.process_control.studies.experiment.words import advice_words, caption, drift_words, spread_words


def shown(um: float) -> str:
    """A deviation in µm with its sign."""
    return f"{um:+.0f} µm".replace("-", "−")


def real_and_false(trial: Trial) -> tuple[list[str], list[str], list[str]]:
    """Terms that were called and are real, real ones that were missed, and ones called that are not real.

    A pair that the plan cannot tell from another counts as real where either of them is.
    """
    real = trial.press.real_effects()
    called = [e.term for e in trial.found.active]
    twins = {term: {term} for term in called}
    for left, kept in trial.found.terms.alias.items():
        if kept.lstrip("-") in twins:
            twins[kept.lstrip("-")].add(left)
    right = [term for term in called if twins[term] & set(real)]
    seen = set().union(*(twins[term] for term in right)) if right else set()
    return right, [term for term in real if term not in seen], [term for term in called if term not in right]


def notes(inputs: MoldingInputs, trial: Trial) -> tuple[str, ...]:
    """The production result first, then what the trial said, then the truth."""
    return (_result(trial), _confirmed(trial), caption(trial.found), *_plan_words(inputs, trial), *_truth(trial))


def _result(trial: Trial) -> str:
    good = 100.0 * trial.press.good(trial.settings)
    mean = float(trial.press.mean(trial.settings))
    sd = math.hypot(float(trial.press.spread(trial.settings)), trial.press.lot)
    return (
        f"At these settings {good:.0f} of 100 parts are within ±{TOLERANCE:.0f} µm: the average lies {shown(mean)} "
        f"from nominal, the standard deviation over many lots is {sd:.0f} µm."
    )


def _confirmed(trial: Trial) -> str:
    mean, e = float(trial.confirmed.mean()), trial.expected
    if math.isnan(e.low):
        return f"The confirmation shots average {shown(mean)}. The plan leaves no interval to hold them against."
    inside = e.low <= mean <= e.high
    verdict = "inside it: the model holds here" if inside else "outside it: do not trust the model here"
    return (
        f"The model expected {shown(e.value)}, between {shown(e.low)} and {shown(e.high)}. "
        f"The confirmation shots average {shown(mean)}, {verdict}."
    )


def _plan_words(inputs: MoldingInputs, trial: Trial) -> list[str]:
    said = []
    if inputs.choose == "analysis":
        said += _advice_words(trial)
    else:
        said.append("You set the press yourself. Keep the seed, and the trial stays the same while you try settings.")
    said += [*spread_words(trial.found), *drift_words(trial.found)]
    days = int(trial.day[-1])
    runs = f"{PLANS[inputs.plan].partition(':')[0]}, {len(trial.sheet)} runs"
    said.append(
        f"{runs}: {trial.hours:.1f} hours of press time and {trial.cost:.0f} dollars, the confirmation included."
    )
    if days > inputs.repeats:
        said.append(
            f"The runs took {days} days. Each day had its own lot of resin, and the plan did not make a day a block."
        )
    if inputs.order == "standard":
        said.append("In standard order the drift of the day falls on the settings that change least often.")
    return said


def _advice_words(trial: Trial) -> list[str]:
    return advice_words(trial.found, advise(trial.found))[:1]


def _truth(trial: Trial) -> list[str]:
    if not trial.told:
        return ["What each setting really does is told when 90 of 100 parts are good."]
    named = trial.found.runs.name
    right, missed, false = real_and_false(trial)
    real = trial.press.real_effects()
    listed = ", ".join(
        f"{named(term)} {shown(value)}" for term, value in sorted(real.items(), key=lambda item: -abs(item[1]))
    )
    quiet = named(trial.press.LETTERS[trial.press.third])
    side = "high" if trial.press.quiet > 0 else "low"
    said = [f"The truth, from low to high: {listed}. {quiet} also changes the spread; {side} is the quiet side."]
    parts = [f"The trial found {len(right)} of these {len(real)}"]
    if missed:
        parts.append(f"missed {', '.join(named(term) for term in missed)}")
    if false:
        parts.append(f"called {', '.join(named(term) for term in false)} which are nothing")
    return [*said, "; ".join(parts) + "."]
