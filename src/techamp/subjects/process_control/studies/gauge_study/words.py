"""What the study says, most important first."""

from __future__ import annotations

import math

import numpy as np

from techamp.subjects.process_control.studies.gauge_study.analysis import Analysis
from techamp.subjects.process_control.studies.p_values import p_text

GOOD, LIMIT = 10.0, 30.0  # the guide of AIAG, MSA manual, 4th ed., chapter II-D


def notes(found: Analysis) -> tuple[str, ...]:
    """Good enough or not, how sure, where it comes from, what to do next, what weakens the study."""
    return (
        _decision(found),
        *_sure(found),
        _source(found),
        *_people(found),
        *_interaction(found),
        _next(found),
        *_coarse(found),
        *_parts(found),
        *found.found.notes,
        "This study cannot see bias: all operators may read too high together. Check the gauge on a master as well.",
        *found.data.said,
    )


def share(found: Analysis) -> tuple[float, str]:
    """The percentage that decides, and what it is a percentage of: the tolerance where it is known."""
    gauge = found.found.components["gauge"]
    if found.has_tolerance and not math.isnan(gauge.tolerance):
        return gauge.tolerance, "the tolerance"
    return gauge.study, "the spread in this study"


def _decision(found: Analysis) -> str:
    percent, of = share(found)
    count = found.found.categories_truncated
    groups = "" if count is None else f" It tells {count} group{'s' if count > 1 else ''} of these parts apart."
    return f"{_verdict(percent)}: the gauge takes {percent:.1f} % of {of}.{groups}"


def _verdict(percent: float) -> str:
    if math.isnan(percent):
        return "No verdict"
    if percent < GOOD:
        return "Good"
    return "Good enough for some jobs" if percent <= LIMIT else "Not good enough"


def _interval(found: Analysis) -> tuple[float, float] | None:
    """The 95 % interval of the percentage that decides; None where the method gives none."""
    measured = found.found.components["gauge"]
    percent, of = share(found)
    if of == "the tolerance" and not math.isnan(measured.high):
        scale = percent / measured.sd if measured.sd > 0.0 else 0.0
        return scale * math.sqrt(max(0.0, measured.low)), scale * math.sqrt(max(0.0, measured.high))
    if of != "the tolerance" and found.shares is not None:
        return found.shares.study["gauge"]
    return None


def _sure(found: Analysis) -> list[str]:
    ends = _interval(found)
    if ends is None:
        return []
    low, high = ends
    clear = high <= LIMIT or low > LIMIT
    word = "So the verdict is clear." if clear else "So this study alone does not settle it."
    wide = high > 2.0 * share(found)[0] and not found.data.nested
    why = f" With {found.found.operators} operators, most of the doubt is about people." if wide else ""
    return [f"The 95 % interval runs from {low:.0f} to {high:.0f} %. {word}{why}"]


def _source(found: Analysis) -> str:
    of = found.found.components
    repeat, people = of["repeatability"], of["reproducibility"]
    larger = "repeating" if repeat.variance >= people.variance else "the operators"
    return (
        f"Of the gauge's variance {_part(repeat.variance, of['gauge'].variance)} comes from repeating "
        f"({found.shown(repeat.sd)}) and the rest from the operators ({found.shown(people.sd)}): look at "
        f"{larger} first."
    )


def _part(variance: float, of: float) -> str:
    return f"{100.0 * variance / of:.0f} %" if of > 0.0 else "nothing"


def _people(found: Analysis) -> list[str]:
    """Who reads off the others, and whose repeats scatter."""
    data, names = found.data, found.data.operator_names
    if found.cells is None or data.nested:
        return []
    repeats, said = found.cells.shape[2], []
    means = found.cells.mean(axis=(0, 2))
    off = means - means.mean()
    far = int(np.argmax(np.abs(off)))
    if found.found.components["operator"].variance > 0.0:
        side = "above" if off[far] > 0.0 else "below"
        said.append(f"{names[far]} reads {found.shown(abs(float(off[far])))} {side} the average of all operators.")
    if repeats > 1:
        spread = np.ptp(found.cells, axis=2).mean(axis=0)
        worst, others = int(np.argmax(spread)), float(np.sum(spread) - spread.max()) / (len(spread) - 1)
        if spread[worst] > 1.5 * others:
            times = f"{spread[worst] / others:.1f} times" if others > 0.0 else "far more than"
            said.append(f"The repeats of {names[worst]} scatter {times} as much as those of the others.")
    return said


def _interaction(found: Analysis) -> list[str]:
    line = next((line for line in found.found.anova_full if line.source == "interaction"), None)
    if line is None or math.isnan(line.p):
        return []
    if found.found.pooled:
        return [
            f"Operators do not differ more on some parts than on others ({p_text(line.p)}), so that went into "
            f"the error."
        ]
    if line.p < 0.05:
        return [f"Operators differ on some parts and agree on others ({p_text(line.p)}): look where the lines part."]
    return []


def _next(found: Analysis) -> str:
    percent, _ = share(found)
    ends = _interval(found)
    of = found.found.components
    if percent < GOOD or (percent <= LIMIT and ends is not None and ends[1] <= LIMIT):
        return (
            "Write the result down with date, gauge, parts and people, and repeat it when one of them changes. "
            "Check the "
            "gauge on a master at the start of each shift."
        )
    settle = "" if percent > LIMIT else " If the answer must be surer, let more people take part."
    if of["reproducibility"].variance > of["repeatability"].variance:
        return (
            "Watch each operator measure one part: where on it, how hard, how the display is read. Agree on one way, "
            f"train it, and repeat the study before you buy a gauge.{settle}"
        )
    return (
        "Clean anvils and part, let them share one temperature, hold the part in a fixture at a marked place, and "
        f"repeat the study. If repeatability stays, this gauge is not made for this tolerance.{settle}"
    )


def _coarse(found: Analysis) -> list[str]:
    levels = np.unique(found.data.values)
    step = float(np.diff(levels).min()) if len(levels) > 1 else 0.0
    sd = found.found.components["repeatability"].sd
    if step <= 0.0 or step <= 1.5 * sd:
        return []
    return [
        f"The readings come in steps of {step:.4g}, coarse against the repeatability of {sd:.2g}. Then ranges "
        f"are often zero "
        "and the gauge looks better than it is."
    ]


def _parts(found: Analysis) -> list[str]:
    """Parts that do not fill the tolerance make percent of study look bad, and the other way round."""
    s, part = found.settings, found.found.components["part"].sd
    if s.lower_spec is None or s.upper_spec is None:
        return []
    width = 100.0 * 6.0 * part / (s.upper_spec - s.lower_spec)
    if width < 30.0:
        return [
            f"The parts spread over {width:.0f} % of the tolerance. If they do not stand for the process, "
            f"percent of study "
            "and categories look worse than they are; percent of tolerance is not touched."
        ]
    return []
