"""Every group with its readings, its average and the interval of it."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, Series
from techamp.subjects.process_control.comparing.t_tests import one_sample_t
from techamp.subjects.process_control.studies.comparison.analysis import Found
from techamp.subjects.process_control.thinning import thin

MOST = 120


def charts(found: Found) -> tuple[Chart, ...]:
    """One drawing."""
    places = [float(i + 1) for i in range(len(found.groups))]
    means = [float(np.mean(own)) for own in found.groups.values()]
    x: list[float] = []
    y: list[float] = []
    for place, own in zip(places, found.groups.values(), strict=True):
        drawn = own[thin(own, MOST)]
        x += [place + 0.12] * len(drawn)
        y += [float(value) for value in drawn]
    edges = [_interval(own, float(found.settings.confidence)) for own in found.groups.values()]
    return (
        Chart(
            name="groups",
            title="Readings and averages of each group",
            x_label="Group",
            y_label="Reading",
            y_unit=found.unit,
            series=(
                Series(name="average", label="Average", x=tuple(places), y=tuple(means), shape="points"),
                Series(
                    name="low", label="Interval, from", x=tuple(places), y=tuple(e[0] for e in edges), shape="points"
                ),
                Series(
                    name="high", label="Interval, to", x=tuple(places), y=tuple(e[1] for e in edges), shape="points"
                ),
                Series(name="readings", label="Readings", x=tuple(x), y=tuple(y), shape="points", role="aside"),
            ),
            x_names=tuple(found.groups),
            words="Blue: the average with the ends of its interval. Gray: readings, the highest and lowest always "
            "drawn.",
        ),
    )


def _interval(own: np.ndarray, confidence: float) -> tuple[float, float]:
    """Ends of the interval of a mean; the mean itself where nothing varies."""
    if float(np.ptp(own)) == 0.0:
        return float(own[0]), float(own[0])
    made = one_sample_t(own, confidence=confidence)
    return made.low, made.high
