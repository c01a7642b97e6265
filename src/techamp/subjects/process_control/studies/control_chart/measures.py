"""The numbers of the study."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract import Measure
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis


def measures(found: Analysis) -> tuple[Measure, ...]:
    """Signals first, then the chart, then how it fits the specification."""
    chart, unit, decimals = found.chart, found.data.unit, found.decimals
    last = int(np.flatnonzero(~np.isnan(chart.location.points))[-1])
    sigma = chart.sigma
    shown = [
        Measure(
            name="signals",
            label="Points with a signal",
            value=found.signal_points,
            unit="points",
            better="lower",
            decimals=0,
            help=f"Of {int((~np.isnan(chart.location.points)).sum()):,} points on the location chart.",
        ),
        Measure(name="center", label="Center", value=chart.center, unit=unit, decimals=decimals),
        Measure(
            name="sigma",
            label=f"Sigma within, by {sigma.formula}",
            value=sigma.value,
            unit=unit,
            better="lower",
            decimals=decimals + 1,
            help="The spread from part to part while nothing special happens. Limits come from it.",
        ),
        Measure(
            name="lower_limit",
            label="Lower control limit",
            value=float(chart.location.lower[last]),
            unit=unit,
            decimals=decimals,
        ),
        Measure(
            name="upper_limit",
            label="Upper control limit",
            value=float(chart.location.upper[last]),
            unit=unit,
            decimals=decimals,
        ),
    ]
    return (*shown, *_fit(found))


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
