"""The numbers of the study."""

from __future__ import annotations

import math

from techamp.contract import Measure
from techamp.subjects.process_control.measurement.gauge_study import Component
from techamp.subjects.process_control.studies.gauge_study.analysis import Analysis

PARTS = (
    ("gauge", "Gauge altogether", "Repeatability and reproducibility together: the spread that measuring adds."),
    ("repeatability", "Repeatability", "One person, one part, again and again."),
    ("reproducibility", "Reproducibility", "Different people on the same parts, interaction included."),
    ("part", "From part to part", "What is left when the gauge is taken out."),
)


def measures(found: Analysis) -> tuple[Measure, ...]:
    """Shares first, as they decide; then the standard deviations."""
    return (*_shares(found), _categories(found), *(_sd(found, *part) for part in PARTS))


def _shares(found: Analysis) -> list[Measure]:
    gauge, shares = found.found.components["gauge"], found.shares
    low, high = shares.study["gauge"] if shares else (math.nan, math.nan)
    shown = []
    if found.has_tolerance:
        factor = gauge.tolerance / gauge.sd if gauge.sd > 0.0 else math.nan
        shown.append(
            Measure(
                name="percent_tolerance",
                label="Gauge, percent of tolerance",
                value=_number(gauge.tolerance),
                unit="%",
                low=_number(factor * _root(gauge.low)),
                high=_number(factor * _root(gauge.high)),
                better="lower",
                help=f"{found.found.k:g} standard deviations of the gauge against the width of the tolerance.",
            )
        )
    shown.append(
        Measure(
            name="percent_study",
            label="Gauge, percent of the study",
            value=_number(gauge.study),
            unit="%",
            low=_number(low),
            high=_number(high),
            better="lower",
            help="Spread of the gauge against the spread of all readings. It depends on which parts were taken.",
        )
    )
    return shown


def _categories(found: Analysis) -> Measure:
    low, high = found.shares.categories if found.shares else (math.nan, math.nan)
    return Measure(
        name="categories",
        label="Distinct categories",
        value=_number(found.found.distinct_categories),
        low=_number(low),
        high=_number(high),
        better="higher",
        help=(
            "Groups of parts that the gauge can tell apart. Reports cut it to a whole number; 5 or more are asked for."
        ),
    )


def _sd(found: Analysis, name: str, label: str, help: str) -> Measure:
    component: Component = found.found.components[name]
    return Measure(
        name=name,
        label=label,
        value=component.sd,
        unit=found.data.unit,
        low=_number(_root(component.low)),
        high=_number(_root(component.high)),
        better="" if name == "part" else "lower",
        decimals=found.decimals,
        help=help + " A standard deviation.",
    )


def _root(variance: float) -> float:
    return math.sqrt(max(0.0, variance)) if not math.isnan(variance) else math.nan


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
