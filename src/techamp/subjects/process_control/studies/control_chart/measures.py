"""The numbers of the study."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract import Measure
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis


def measures(found: Analysis) -> tuple[Measure, ...]:
    """Signals first, then the chart, then how it fits the specification."""
    count = int((~np.isnan(found.chart.location.points)).sum())
    signals = Measure(
        name="signals",
        label="Points with a signal",
        value=found.signal_points,
        unit="points",
        better="lower",
        decimals=0,
        help=f"Of {count:,} points on the location chart.",
    )
    return (signals, *_levels(found), *_sigma(found), *_limits(found), *_fit(found))


def _levels(found: Analysis) -> list[Measure]:
    if found.kind in ("t2", "cusum"):
        return []
    last = _last(found)
    center = (
        found.chart.center if found.kind in ("imr", "xbar_r", "xbar_s") else float(found.chart.location.center[last])
    )
    return [Measure(name="center", label="Center", value=center, unit=found.unit, decimals=found.decimals)]


def _sigma(found: Analysis) -> list[Measure]:
    sigma = found.chart.sigma
    if found.kind not in ("imr", "xbar_r", "xbar_s", "ewma", "cusum"):
        return []
    return [
        Measure(
            name="sigma",
            label=f"Sigma {'within' if sigma.within else 'overall'}, by {sigma.formula}",
            value=sigma.value,
            unit=found.data.unit,
            better="lower",
            decimals=max(0, min(9, 2 - math.floor(math.log10(sigma.value)))),
            help="The spread from part to part while nothing special happens. Limits come from it.",
        )
    ]


def _limits(found: Analysis) -> list[Measure]:
    last, panel = _last(found), found.chart.location
    shown = []
    for name, label, value in (
        ("lower_limit", "Lower control limit", float(panel.lower[last])),
        ("upper_limit", "Upper control limit", float(panel.upper[last])),
    ):
        if math.isfinite(value):
            shown.append(Measure(name=name, label=label, value=value, unit=found.unit, decimals=found.decimals))
    return shown


def _last(found: Analysis) -> int:
    return int(np.flatnonzero(~np.isnan(found.chart.location.points))[-1])


def _fit(found: Analysis) -> list[Measure]:
    fit = found.capability
    if fit is None:
        return []
    outside = 100.0 * fit.observed_outside / fit.n
    measured = [
        Measure(
            name="outside", label="Readings out of specification", value=outside, unit="%", better="lower", decimals=2
        )
    ]
    for name, what in (("Cpk", "What it could do without shifts"), ("Ppk", "What it did, shifts included")):
        index = fit.indices.get(name)
        if index is not None:
            measured.append(
                Measure(
                    name=name.lower(),
                    label=name,
                    value=index.value,
                    low=None if math.isnan(index.low) else index.low,
                    high=None if math.isnan(index.high) else index.high,
                    better="higher",
                    decimals=2,
                    help=what,
                )
            )
    return measured
