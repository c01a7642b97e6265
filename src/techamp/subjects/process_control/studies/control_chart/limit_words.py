"""Where the limits come from: each formula with the numbers of this chart, for every kind of chart."""

from __future__ import annotations

import numpy as np

from techamp.subjects.process_control.formulas import Formula, limit_formulas
from techamp.subjects.process_control.readings import shown
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis

PANELS = {"sigma": "", "location": "Location ", "spread": "Spread "}


def formulas(found: Analysis) -> tuple[Formula, ...]:
    """Sigma and the limits as they hold at the last point that has everything: a full subgroup, or a reading."""
    return (*limit_formulas(found.chart, _last(found)), *_own(found))


def equation(found: Analysis, panel: str) -> str:
    """Sigma and the limits of one panel on one line."""
    return "; ".join(str(formula) for formula in formulas(found) if formula.panel in ("sigma", panel))


def _last(found: Analysis) -> int:
    present = ~np.isnan(found.chart.location.points)
    if not found.grouped:
        return int(len(present) - 1 - np.argmax(present[::-1]))
    return int(np.flatnonzero(present & (found.chart.n == found.chart.n[present].max()))[-1])


def _own(found: Analysis) -> tuple[Formula, ...]:
    make = {"ewma": _ewma, "cusum": _cusum, "t": _time, "t2": _t2}.get(found.kind)
    return make(found) if make else ()


def _ewma(found: Analysis) -> tuple[Formula, ...]:
    chart, s, at = found.chart, found.settings, _last(found)
    center, error = float(chart.location.center[at]), float(chart.location.point_sigma[at])
    sigma = chart.sigma.value / (float(chart.n[at]) ** 0.5 if found.grouped else 1.0)
    t = int((~np.isnan(chart.location.points[chart.phases[-1].start : at + 1])).sum())
    text = "√(λ/(2−λ))" if s.steady else "√(λ/(2−λ)·(1−(1−λ)²ᵗ))"
    inner = (
        f"√({s.weight:g}/{2 - s.weight:g})"
        if s.steady
        else f"√({s.weight:g}/{2 - s.weight:g}·(1−{1 - s.weight:g}^{2 * t}))"
    )
    middle, name = shown(center, error), "σ̂/√n" if found.grouped else "σ̂"
    made = []
    for symbol, sign, value in (("UCL", "+", chart.location.upper[at]), ("LCL", "−", chart.location.lower[at])):
        numbers = f"{middle} {sign} {chart.k:g}·{shown(sigma, sigma)}·{inner}"
        expression = f"x̄ {sign} L·{name}·{text}"
        made.append(Formula("location", symbol, expression, numbers, float(value), shown(value, error)))
    return tuple(made)


def _cusum(found: Analysis) -> tuple[Formula, ...]:
    chart, s = found.chart, found.settings
    sigma = chart.sigma.value
    center = shown(chart.center, sigma)
    scale = f"{shown(sigma, sigma)}/√n" if found.grouped else shown(sigma, sigma)
    made = [Formula("location", "z", "(x − center)/σ", f"(x − {center})/{scale}", 0.0, "for each point")]
    for symbol, sign in (("C⁺", "+"), ("C⁻", "−")):
        text = f"max(0, {symbol} before {sign} z − {s.reference:g})"
        made.append(
            Formula("location", symbol, f"max(0, {symbol} before {sign} z − k)", text, 0.0, "in sigma of a point")
        )
    made.append(Formula("location", "limit", "h", "", s.decision, f"{s.decision:g} sigma of a point"))
    return tuple(made)


def _time(found: Analysis) -> tuple[Formula, ...]:
    """Times raised to 1/3.6 are charted; limits go back to the scale of time."""
    chart, at = found.chart, _last(found)
    center, sigma = chart.center, chart.sigma.value
    made = []
    for symbol, sign, value in (("UCL", 1, chart.location.upper[at]), ("LCL", -1, chart.location.lower[at])):
        mark = "+" if sign > 0 else "−"
        numbers = f"({shown(center, sigma)} {mark} {chart.k:g}·{shown(sigma, sigma)})^3.6"
        expression = f"(ȳ {mark} {chart.k:g}·σ̂)^3.6, y = t^(1/3.6)"
        made.append(Formula("location", symbol, expression, numbers, float(value), f"{float(value):.5g}"))
    return tuple(made)


def _t2(found: Analysis) -> tuple[Formula, ...]:
    phase, p = found.chart.phases[-1], 1 + len(found.data.others)
    upper, m = float(found.chart.location.upper[_last(found)]), phase.used
    numbers = f"({m}−1)²/{m}·B(0.9973; {p}/2, ({m}−{p}−1)/2)"
    return (
        Formula("location", "T²", "(x − x̄)ᵀ S⁻¹ (x − x̄)", "", 0.0, "for each point"),
        Formula("location", "UCL", "(m−1)²/m·B(1−α; p/2, (m−p−1)/2)", numbers, upper, f"{upper:.4g}"),
    )
