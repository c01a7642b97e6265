"""The formula of each limit, with the numbers of this very chart: so that nobody has to believe it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.chart import ControlChart, Panel, Phase
from techamp.subjects.process_control.constants import c4, d2, d3
from techamp.subjects.process_control.readings import shown


@dataclass(frozen=True)
class Formula:
    """``symbol`` = ``expression`` = ``numbers`` = ``value``; ``panel`` is "sigma", "location" or "spread"."""

    panel: str
    symbol: str
    expression: str
    numbers: str
    value: float
    rounded: str

    def __str__(self) -> str:
        parts = [self.symbol, self.expression, self.numbers, self.rounded]
        return " = ".join(part for i, part in enumerate(parts) if part and part != (parts[i - 1] if i else None))


@dataclass(frozen=True)
class Terms:
    """How one panel computes its lines at one point: the center, and the standard error with its numbers."""

    center: str
    center_numbers: str
    error: str
    error_numbers: str


def limit_formulas(chart: ControlChart, point: int = 0) -> tuple[Formula, ...]:
    """Return sigma, and for each panel center, upper and lower limit, as they hold at ``point`` (0-based).

    Example: ``str`` of one is "UCL = x̿ + 3·σ̂/√n = 74.00118 + 3·0.009785/√5 = 74.01430".
    Raises InvalidInput if there is no such point, or it is a gap on a panel that needs its size.
    """
    if not 0 <= point < len(chart):
        raise InvalidInput("point", f"must be from 0 to {len(chart) - 1}", point, "Choose a point of the chart.")
    phase = chart.phases[int(chart.phase[point])]
    if chart.kind not in _TERMS:
        return tuple(_sigma(phase))
    location, spread = _TERMS[chart.kind](chart, phase, point)
    found = _sigma(phase) + _panel("location", chart.location, location, chart.k, point)
    if chart.spread is not None and spread is not None:
        found += _panel("spread", chart.spread, spread, chart.k, point)
    return tuple(found)


def _sigma(phase: Phase) -> list[Formula]:
    sigma = phase.sigma
    if sigma.name == "none":
        return []
    return [Formula("sigma", "σ̂", sigma.formula, sigma.numbers, sigma.value, shown(sigma.value, sigma.value))]


def _panel(name: str, panel: Panel, terms: Terms, k: float, point: int) -> list[Formula]:
    center, upper, lower = (float(line[point]) for line in (panel.center, panel.upper, panel.lower))
    error = float(panel.point_sigma[point])
    if math.isnan(center) or math.isnan(error):
        return []
    middle = shown(center, error)
    times = f"{k:g}·"
    found = [Formula(name, "CL", terms.center, terms.center_numbers, center, middle)]
    for symbol, sign, value in (("UCL", "+", upper), ("LCL", "−", lower)):
        expression = f"{terms.center} {sign} {times}{terms.error}"
        numbers = f"{middle} {sign} {times}{terms.error_numbers}"
        beyond = (value - center) * (1.0 if sign == "+" else -1.0) - k * error
        if beyond < -1e-9 * error:  # cut off where the statistic cannot go
            cut = f"max({value:g}, " if symbol == "LCL" else f"min({value:g}, "
            expression, numbers = f"{cut}{expression})", f"{cut}{numbers})"
        found.append(Formula(name, symbol, expression, numbers, value, shown(value, error)))
    return found


def _individuals(chart: ControlChart, phase: Phase, point: int) -> tuple[Terms, Terms | None]:
    sigma = shown(phase.sigma.value, phase.sigma.value)
    center = f"{d2(chart.span):.4f}·{sigma}"
    return Terms("x̄", "", "σ̂", sigma), Terms("d2·σ̂", center, "d3·σ̂", f"{d3(chart.span):.4f}·{sigma}")


def _x_bar(chart: ControlChart, phase: Phase, point: int) -> tuple[Terms, Terms | None]:
    n, sigma = int(chart.n[point]), shown(phase.sigma.value, phase.sigma.value)
    location = Terms("x̿", "", "σ̂/√n", f"{sigma}/√{n}")
    if n < 2 or chart.spread is None:
        return location, None
    if chart.spread.statistic == "R":
        factor, value, error, width = "d2", d2(n), "d3·σ̂", f"{d3(n):.4f}"
    else:
        factor, value, error, width = "c4", c4(n), "√(1−c4²)·σ̂", f"√(1−{c4(n):.4f}²)"
    center = chart.spread.center_symbol or f"{factor}·σ̂"
    numbers = "" if chart.spread.center_symbol else f"{value:.4f}·{sigma}"
    return location, Terms(center, numbers, error, f"{width}·{sigma}")


def _attribute(chart: ControlChart, phase: Phase, point: int) -> tuple[Terms, Terms | None]:
    n, rate = float(chart.n[point]), phase.center
    center, unit = ("p̄", "p̄(1−p̄)") if chart.kind in ("p", "np", "laney_p") else ("ū", "ū")
    numbers = f"{rate:.5g}·{1 - rate:.5g}" if center == "p̄" else f"{rate:.5g}"
    if chart.kind == "c":
        return Terms("c̄", "", "√c̄", f"√{numbers}"), None
    if chart.kind == "np":
        return Terms("n·p̄", f"{n:g}·{rate:.5g}", "√(n·p̄(1−p̄))", f"√({n:g}·{numbers})"), None
    error, error_numbers = f"√({unit}/n)", f"√({numbers}/{n:g})"
    if chart.kind.startswith("laney"):
        factor = phase.sigma.value / math.sqrt(rate * (1 - rate) if center == "p̄" else rate)
        error, error_numbers = f"σz·{error}", f"{factor:.4f}·{error_numbers}"
    return Terms(center, "", error, error_numbers), None


def _geometric(chart: ControlChart, phase: Phase, point: int) -> tuple[Terms, Terms | None]:
    mean = f"{phase.center:.5g}"
    return Terms("ḡ", "", "√(ḡ(ḡ+1))", f"√({mean}·({mean}+1))"), None


_TERMS: dict[str, Callable[[ControlChart, Phase, int], tuple[Terms, Terms | None]]] = {
    "individuals": _individuals,
    "x_bar_r": _x_bar,
    "x_bar_s": _x_bar,
    **dict.fromkeys(("p", "np", "c", "u", "laney_p", "laney_u"), _attribute),
    "g": _geometric,
}
