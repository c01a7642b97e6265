"""Numbers as people read them: rates per hour, times in a unit that fits, intervals with as many digits as they
bear."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.model.time_units import SECONDS
from techamp.subjects.manufacturing_systems.output_analysis.experiment import Experiment
from techamp.subjects.manufacturing_systems.output_analysis.intervals import Interval

LABELS = {
    "throughput": "Throughput",
    "flow_time": "Flow time",
    "wip": "Work in process",
    "flow_sd": "Flow time, SD",
    "on_time": "On time",
}
HIGHER_IS_BETTER = {"throughput": True, "flow_time": False, "wip": False, "flow_sd": False, "on_time": True}


@dataclass(frozen=True)
class Figure:
    """One measure as it is shown: scaled to ``unit``."""

    measure: str
    label: str
    interval: Interval
    unit: str

    @property
    def value(self) -> str:
        """Mean and half width, both to the place that the half width's second digit stands at."""
        return plus_minus(self.interval)


def figures(found: Experiment) -> tuple[Figure, ...]:
    """The measures of an experiment that have a value."""
    shown = [figure(found, name, found.interval(name)) for name in LABELS if name in found.replications.columns]
    return tuple(one for one in shown if one.interval.count)


def figure(found: Experiment, measure: str, interval: Interval) -> Figure:
    """One measure of an experiment (or a difference of it) in its unit."""
    factor, unit = scale(found, measure)
    scaled = Interval(interval.mean * factor, interval.half_width * factor, interval.count, interval.level)
    return Figure(measure, LABELS[measure], scaled, unit)


def scale(found: Experiment, measure: str) -> tuple[float, str]:
    """Factor and unit in which a measure is shown: parts per hour or per day; times in the model's unit."""
    unit = found.model.time_unit
    if measure == "throughput":
        per_hour = SECONDS["h"] / SECONDS[unit]
        slow = found.interval(measure).mean * per_hour < 1.0
        return (24.0 * per_hour, "parts/day") if slow else (per_hour, "parts/h")
    if measure == "on_time":
        return 100.0, "%"
    return 1.0, "parts" if measure == "wip" else unit


def plus_minus(interval: Interval) -> str:
    """An interval to two digits of its half width.

    >>> plus_minus(Interval(35.5612, 0.4729, 20)), plus_minus(Interval(12.0, 0.0, 10))
    ('35.56 ± 0.47', '12')
    """
    if not math.isfinite(interval.half_width) or interval.half_width == 0.0:
        return f"{interval.mean:.5g}"
    places = max(0, 1 - math.floor(math.log10(interval.half_width)))
    return f"{interval.mean:,.{places}f} ± {interval.half_width:,.{places}f}"


def percent(share: float) -> str:
    """A share for a table: "–" for none, "<1" for hardly any.

    >>> percent(0.0), percent(0.004), percent(0.655)
    ('–', '<1', '66')
    """
    if share <= 0.0:
        return "–"
    return "<1" if share < 0.005 else f"{100 * share:.0f}"
