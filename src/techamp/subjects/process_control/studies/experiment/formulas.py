"""The formulas with the numbers of these runs."""

from __future__ import annotations

import math

import numpy as np

from techamp.subjects.process_control.studies.experiment.advice import Advice
from techamp.subjects.process_control.studies.experiment.analysis import BLOCK, CURVATURE, Analysis
from techamp.subjects.process_control.studies.experiment.terms import term_column
from techamp.subjects.process_control.tail_areas import t_quantile

Formula = tuple[str, str, str, str]


def effect_equation(found: Analysis) -> str:
    """The largest effect from its two means, where the runs are balanced; else from its coefficient."""
    largest = max(found.effects, key=lambda e: abs(e.value))
    name = found.runs.name(largest.term)
    sign = np.sign(term_column(found.runs, largest.term))
    high, low = (float(found.runs.y[sign == s].mean()) if bool((sign == s).any()) else math.nan for s in (1.0, -1.0))
    d = found.decimals + 1
    if abs((high - low) - largest.value) > 10.0 ** -(d + 2) * max(1.0, abs(largest.value)):
        half = 0.5 * largest.value
        return f"{name} = 2·b = 2·{half:.{d}f} = {largest.value:.{d}f}".replace("-", "−")
    return f"{name} = ȳ+ − ȳ− = {high:.{d}f} − {low:.{d}f} = {largest.value:.{d}f}".replace("-", "−")


def margin_equation(found: Analysis) -> str:
    """The margin with its numbers."""
    judge, alpha, d = found.lenth, found.settings.alpha, found.decimals + 1
    if found.judged == "lenth" and judge is not None:
        m = len(found.effects)
        t = t_quantile(1.0 - 0.5 * alpha, m / 3.0)
        return f"ME = t({1 - alpha / 2:.4g}; {m}/3)·PSE = {t:.3f}·{judge.pse:.{d}f} = {judge.margin:.{d}f}"
    if judge is not None:
        return f"PSE = 1.5·median of the small effects = {judge.pse:.{d}f}"
    return ""


def formulas(found: Analysis, advice: Advice | None) -> tuple[Formula, ...]:
    """What each number is, its formula, the formula with these numbers, and the value."""
    d = found.decimals + 1
    largest = max(found.effects, key=lambda e: abs(e.value))
    rows: list[Formula] = [
        (
            f"Effect of {found.runs.name(largest.term)}",
            "mean at + less mean at −, or 2·b",
            effect_equation(found).partition(" = ")[2],
            f"{largest.value:.{d}f}",
        )
    ]
    judge, alpha = found.lenth, found.settings.alpha
    if judge is not None:
        sizes = np.abs([e.value for e in found.effects if not e.term.endswith("²")])
        start = 1.5 * float(np.median(sizes))
        small = int((sizes < 2.5 * start).sum())
        rows += [
            ("First guess of the noise, s₀", "1.5·median|effect|", f"1.5·{start / 1.5:.{d}f}", f"{start:.{d}f}"),
            (
                "Pseudo standard error, PSE",
                "1.5·median of |effect| below 2.5·s₀",
                f"1.5·{judge.pse / 1.5:.{d}f}, of {small} effects below {2.5 * start:.{d}f}",
                f"{judge.pse:.{d}f}",
            ),
            (
                "Margin of one effect, ME",
                "t(1 − α/2; m/3)·PSE",
                margin_equation(found).split(" = ")[-2]
                if found.judged == "lenth"
                else f"PSE {judge.pse:.{d}f}, not used here",
                f"{judge.margin:.{d}f}",
            ),
            (
                "Margin of the largest of all, SME",
                "t((1 + (1 − α)^(1/m))/2; m/3)·PSE",
                f"m = {len(sizes)}",
                f"{judge.joint_margin:.{d}f}",
            ),
        ]
    if found.judged == "t":
        t = t_quantile(1.0 - 0.5 * alpha, found.full.df)
        rows.append(
            (
                f"Margin of {found.runs.name(largest.term)}",
                "t(1 − α/2; df)·standard error",
                f"{t:.3f}·{largest.margin / t:.{d}f}, df = {found.full.df}",
                f"{largest.margin:.{d}f}",
            )
        )
    if found.model.df > 0:
        ss = found.model.residual_sd**2 * found.model.df
        rows.append(
            (
                "Noise of a single run, s",
                "√(SS residual/df)",
                f"√({ss:.{d}f}/{found.model.df})",
                f"{found.model.residual_sd:.{d}f}",
            )
        )
    rows.append(("Model, coded −1 to +1", "ŷ = b₀ + Σ b·x", model_equation(found), ""))
    if advice is not None:
        e = advice.expected
        half = 0.5 * (e.high - e.low)
        shown = "no degree of freedom left" if math.isnan(half) else f"{e.value:.{d}f} ± {half:.{d}f}"
        rows.append(("Confirmation", "ŷ ± t·s·√(h + 1/runs)", shown, f"{e.value:.{d}f}"))
    return tuple((a, b, c.replace("-", "−"), v.replace("-", "−")) for a, b, c, v in rows)


def model_equation(found: Analysis) -> str:
    """The model in coded units with the factors' names."""
    d = found.decimals + 1
    parts = [f"{found.model.coefficient('intercept'):.{d}f}"]
    for c in found.model.coefficients:
        if c.name != "intercept" and not c.name.startswith((BLOCK, CURVATURE)):
            parts.append(f"{'+' if c.value >= 0 else '−'} {abs(c.value):.{d}f}·{found.runs.name(c.name)}")
    return " ".join(parts)
