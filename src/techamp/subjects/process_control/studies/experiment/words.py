"""What the experiment says, in words: most important first."""

from __future__ import annotations

import math

from techamp.subjects.process_control.studies.experiment.advice import Advice
from techamp.subjects.process_control.studies.experiment.analysis import Analysis

MOST_NAMED = 3


def notes(found: Analysis, advice: Advice | None) -> tuple[str, ...]:
    """The caption, then what to do, then what to doubt."""
    said = [
        caption(found),
        *_pairs(found),
        *spread_words(found),
        *advice_words(found, advice),
        *_curvature(found),
        *drift_words(found),
    ]
    said += [_judged(found), *_plan(found), *found.said]
    return tuple(said)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def caption(found: Analysis) -> str:
    """The sentence that says what stands out."""
    runs = len(found.runs.y)
    if found.judged == "":
        return (
            f"{runs} runs give {len(found.effects)} effects and nothing to judge them by: add center points or repeats."
        )
    if not found.active:
        return (
            f"No effect stands out from the noise in {runs} runs. Either nothing matters, or the steps were too small."
        )
    named = [f"{found.runs.name(e.term)} ({found.shown(e.value, sign=True)})" for e in found.active[:MOST_NAMED]]
    more = len(found.active) - MOST_NAMED
    tail = f", and {more} more" if more > 0 else ""
    verb = "stands" if len(found.active) == 1 else "stand"
    return f"{_listed(named)}{tail} {verb} out from the noise in {runs} runs."


def _pairs(found: Analysis) -> list[str]:
    pairs = [e for e in found.active if e.term.count("·") == 1]
    if not pairs:
        return []
    one, two = found.runs.name(pairs[0].term).split("·")
    return [f"What {one} does depends on {two}. Do not read either of them alone: look at the chart of both together."]


def spread_words(found: Analysis) -> list[str]:
    """Which factor makes it noisy, and which side is quiet."""
    spread = found.spread
    if spread is None or not spread.active:
        return []
    by_letter = {f.letter: f for f in found.runs.factors}
    said = []
    for letter in spread.active[:2]:
        f, value = by_letter[letter], spread.values[letter]
        quiet = f.setting(-1.0 if value > 0 else 1.0)
        source = "from the repeats" if spread.by == "repeats" else "from the residuals, so confirm it with repeats"
        said.append(
            f"{f.name} changes the spread: at {quiet} the standard deviation is {spread.ratio(value):.1f} times "
            f"smaller ({source})."
        )
    return said


def advice_words(found: Analysis, advice: Advice | None) -> list[str]:
    """What to set, and what a confirmation run should give."""
    if advice is None:
        return [
            "Say what you want of the response, and the study names settings and what a confirmation run should give."
        ]
    by_letter = {f.letter: f for f in found.runs.factors}
    if not advice.coded:
        return ["No setting is better than another by this model."]
    chosen = _listed([f"{by_letter[x].name} {by_letter[x].setting(v)}" for x, v in advice.coded.items()])
    e = advice.expected
    runs = "one confirmation run" if e.runs == 1 else f"the mean of {e.runs} confirmation runs"
    reach = "" if math.isnan(e.low) else f", between {found.shown(e.low)} and {found.shown(e.high)}"
    said = [f"Set {chosen}. The model expects {found.shown(e.value)} for {runs}{reach}."]
    target = found.settings.target
    if found.settings.goal == "target" and target is not None and abs(e.value - target) > 10.0**-found.decimals:
        said.append(f"The target {found.shown(target)} cannot be reached between the settings that were tried.")
    if found.curvature is not None and found.curvature[0].p < found.settings.alpha:
        said.append("The response bends between the settings, so a prediction that is not at a corner is doubtful.")
    return said


def _curvature(found: Analysis) -> list[str]:
    if found.curvature is None:
        return []
    p = found.curvature[0].p
    if p < found.settings.alpha:
        return [f"The center points do not lie on the straight model (p = {p:.2g}): add runs between to see the bend."]
    return [f"The center points fit the straight model (p = {p:.2g})."]


def drift_words(found: Analysis) -> list[str]:
    """Whether what is left climbs or falls along the run order."""
    if found.drift is None:
        return []
    p, slope = found.drift
    if p >= 0.05:
        return []
    return [
        f"What the model leaves {'climbs' if slope > 0 else 'falls'} along the run order by {found.shown(abs(slope))} "
        f"per run (p = {p:.2g}). Something drifted. Random order spreads it over all settings; standard order does not."
    ]


def _judged(found: Analysis) -> str:
    alpha = found.settings.alpha
    if found.judged == "t":
        return (
            f"Judged by t with {found.full.df} degrees of freedom, from repeated runs and from effects that were not "
            f"asked for, at a risk of {alpha:g} for each effect."
        )
    if found.judged == "lenth":
        return (
            f"Judged by Lenth’s method at a risk of {alpha:g} for each effect: the small effects tell how large the "
            "noise is. It works when few of the effects are real."
        )
    return "Nothing tells how large the noise is, so no effect can be called real."


def _plan(found: Analysis) -> list[str]:
    said: list[str] = []
    mixed = [(left, kept) for left, kept in found.terms.alias.items() if kept]
    active = {e.term for e in found.active}
    for left, kept in mixed:
        if kept.lstrip("-") in active and len(said) < MOST_NAMED:
            sign = "minus " if kept.startswith("-") else ""
            name, other = found.runs.name(kept.lstrip("-")), found.runs.name(left)
            said.append(f"{name} could as well be {sign}{other}: these runs cannot tell.")
    if found.terms.spread:
        said.append(
            "In this plan each interaction is spread over several factors, so only main effects are in the model. "
            "A strong interaction can make an idle factor look real."
        )
    return said


def why_others_differ(found: Analysis) -> tuple[str, ...]:
    """Why another program may print something else, for these runs."""
    said = [
        "An effect here is the change from low to high. Many programs print the coefficient, which is half of it.",
        "Low and high are −1 and +1 here. In the factor’s own units coefficients look different; effects and p do not.",
    ]
    if found.lenth is not None:
        said.append(
            "Lenth’s margin uses t with m/3 degrees of freedom, as he published it. Some programs take simulated "
            "values for it (Ye and Hamada 2000), which are smaller."
        )
    if found.settings.model == "active":
        said.append(
            "The model keeps what stands out and its factors. A program that keeps all effects has another s, another "
            "R² and wider or narrower intervals."
        )
    if found.judged == "t":
        said.append(
            f"Noise comes from all {found.full.df} degrees of freedom left by the effects asked for. With pure error "
            "alone (repeats only) margins are others."
        )
    if found.runs.center.any() and not found.runs.surface:
        said.append("Center points have a term of their own here. A program without it puts their gap into the noise.")
    if found.spread is not None:
        said.append("The spread is compared as ln(s²high/s²low). Some programs model ln s, which is half of it.")
    if found.spread is not None and found.spread.by == "residuals":
        said.append(
            "Without repeats, an effect that is left out of the model can look like a noisy factor, and the other way "
            "round (McGrath and Lin 2001). Only repeats can tell."
        )
    return tuple(said)
