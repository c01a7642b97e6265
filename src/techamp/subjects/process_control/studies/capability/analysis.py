"""Stability first, then the indices, the shape, and what is to be expected outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from techamp.contract import InvalidInput, Table
from techamp.subjects.process_control.distributions.families import Fit, fit_family
from techamp.subjects.process_control.distributions.goodness import Goodness, normality_test
from techamp.subjects.process_control.nonnormal_capability import (
    PercentileCapability,
    TransformedCapability,
    box_cox_capability,
    percentile_capability,
)
from techamp.subjects.process_control.process_capability import Capability, capability
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.capability.settings import CapabilitySettings
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis, analyze
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings
from techamp.subjects.process_control.studies.control_chart.words import by_chance, doubtful


@dataclass(frozen=True, eq=False)
class Found:
    """``chart``: the control chart that tells whether the numbers promise anything; ``values``: readings that count.

    ``plain`` assumes a normal distribution; ``percentile`` and ``transformed`` stand for the other shapes, one or none.
    """

    settings: CapabilitySettings
    chart: Analysis
    values: Array
    plain: Capability
    percentile: PercentileCapability | None
    transformed: TransformedCapability | None
    normality: Goodness | None

    @property
    def unit(self) -> str:
        """The unit of the readings."""
        return self.chart.data.unit

    @property
    def stable(self) -> bool:
        """Whether the chart shows no more than chance would."""
        return is_stable(self.chart)

    @property
    def fit(self) -> Fit | None:
        """The curve that stands for all readings: the chosen family, else the normal one."""
        if self.percentile is not None:
            return self.percentile.goodness.fit if self.percentile.goodness else None
        return None if self.transformed is not None else fit_family(self.values, "normal")


def find(table: Table, settings: CapabilitySettings) -> Found:
    """Everything; raises InvalidInput where a limit is missing or the readings cannot carry it."""
    if settings.lower_spec is None and settings.upper_spec is None:
        remedy = "Enter the limit, or both, from the drawing, under “Columns and settings”."
        raise InvalidInput("Lower specification limit", "or the upper one must be known", "nothing", remedy)
    chart = analyze(table, _chart_settings(settings))
    values = _counted(chart)
    signals = 0 if is_stable(chart) else chart.signal_points + len(chart.marked.get("spread", ()))
    limits: dict[str, Any] = {"lower": settings.lower_spec, "upper": settings.upper_spec}
    confidence = float(settings.confidence)
    plain = capability(
        values, within=chart.chart.sigma, target=settings.target, confidence=confidence, signals=signals, **limits
    )
    percentile, transformed = None, None
    if settings.shape == "box_cox":
        transformed = box_cox_capability(values, confidence=confidence, signals=signals, **limits)
    elif settings.shape != "normal":
        percentile = percentile_capability(values, family=settings.shape, signals=signals, **limits)
    normality = normality_test(values) if len(values) >= 8 else None
    return Found(settings, chart, values, plain, percentile, transformed, normality)


def is_stable(chart: Analysis) -> bool:
    """No signal, or so few and so near that chance gives them."""
    return not chart.runs or by_chance(chart) or doubtful(chart)


def _chart_settings(settings: CapabilitySettings) -> ControlChartSettings:
    given = settings.model_dump(
        include={"lower_spec", "upper_spec", "target", "subgroup_size", "estimator", "exclude", "only"}
    )
    return ControlChartSettings.read(given)


def _counted(chart: Analysis) -> Array:
    """The readings that are there and not left out."""
    keep = ~np.isnan(chart.data.values)
    if chart.chart.excluded:
        out = list(chart.chart.excluded)
        label = chart.data.label if chart.grouped else None
        keep &= ~np.isin(np.arange(len(keep)) if label is None else label, out)
    values: Array = chart.data.values[keep]
    return values
