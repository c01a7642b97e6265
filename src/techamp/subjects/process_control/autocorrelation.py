"""Do neighbors resemble each other? If they do, the limits of a chart lie."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.readings import as_readings, constant_to_the_last_digit, deviations

ENOUGH_POINTS = 20


def autocorrelation(values: ArrayLike, lag: int = 1) -> float:
    """Return the correlation of readings with those ``lag`` places before: Σ(x[t] - x̄)(x[t-lag] - x̄)/Σ(x[t] - x̄)².

    Pairs with a missing reading are left out of the upper sum. Checked against NIST StRD (lag 1).
    Raises InvalidInput for a lag that leaves no pair, or readings that do not vary.
    """
    readings = as_readings(values)
    if lag != int(lag) or not 1 <= lag < len(readings):
        raise InvalidInput("lag", f"must be a whole number from 1 to {len(readings) - 1}", lag, "Use 1.")
    shifted, origin = deviations(readings)
    centered = shifted - np.nanmean(shifted)
    total = float(np.nansum(centered * centered))
    if constant_to_the_last_digit(math.sqrt(total), origin):
        raise InvalidInput("values", "must vary", 0.0, "Check that the gauge shows enough digits.")
    return float(np.nansum(centered[lag:] * centered[:-lag])) / total


def autocorrelation_caution(chart: ControlChart) -> str | None:
    """Return a sentence if the points of the last phase follow each other more than chance allows (2/√n), else None.

    A positive correlation makes moving ranges, and limits from them, too narrow: with 0.5 an individuals chart calls
    3.4 % of good points signals instead of 0.27 %. Shifts and drifts correlate neighbors too; so a signal comes first.
    """
    last = chart.phases[-1]
    points = chart.location.points[last.start : last.stop][chart.used[last.start : last.stop]]
    if len(points) < ENOUGH_POINTS:
        return None
    found = autocorrelation(points)
    if abs(found) <= 2.0 / math.sqrt(len(points)):
        return None
    if found > 0:
        return (
            f"Neighboring points resemble each other (correlation {found:.2f}). Limits from differences of neighbors "
            "are too narrow then, and many signals are false. Measure less often, or find what carries over."
        )
    return (
        f"Neighboring points move against each other (correlation {found:.2f}). Often somebody adjusts after every "
        "part, or two streams take turns."
    )
