"""The gauge study of a table, worked out once for words, pictures and tables."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from techamp.contract import InvalidInput, Table
from techamp.subjects.process_control.measurement.crossed_gauge import crossed_gauge_study
from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy
from techamp.subjects.process_control.measurement.nested_gauge import nested_gauge_study
from techamp.subjects.process_control.measurement.range_gauge import range_gauge_study
from techamp.subjects.process_control.measurement.reml_gauge import reml_gauge_study
from techamp.subjects.process_control.measurement.share_intervals import ShareIntervals, share_intervals
from techamp.subjects.process_control.measurement.unbalanced_gauge import gauge_study
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.gauge_study.arrangement import Arrangement, arrange
from techamp.subjects.process_control.studies.gauge_study.settings import GaugeStudySettings


@dataclass(frozen=True, eq=False)
class Analysis:
    """The readings, what was found, and its ratios' intervals where they can be had."""

    settings: GaugeStudySettings
    data: Arrangement
    cells: Array | None
    found: GaugeStudy
    shares: ShareIntervals | None

    @property
    def decimals(self) -> int:
        """Decimals for standard deviations: three figures of the gauge's."""
        sd = self.found.components["gauge"].sd or self.found.components["total"].sd
        return max(0, min(9, 2 - math.floor(math.log10(sd)))) if sd > 0.0 else 3

    @property
    def has_tolerance(self) -> bool:
        return self.settings.lower_spec is not None or self.settings.upper_spec is not None

    def shown(self, value: float) -> str:
        """A value with its unit."""
        return f"{value:.{self.decimals}f} {self.data.unit}".rstrip()


def analyze(table: Table, settings: GaugeStudySettings) -> Analysis:
    """The study that was asked for; raises InvalidInput where the data cannot carry it."""
    data = arrange(table, settings.layout)
    cells = data.cells
    found = run_study(data, cells, settings)
    return Analysis(settings, data, cells, found, share_intervals(found))


def run_study(data: Arrangement, cells: Array | None, settings: GaugeStudySettings) -> GaugeStudy:
    """The study with these settings: ``tables`` runs it again with other ones, to say what they would give."""
    shared: dict[str, Any] = {"lower": settings.lower_spec, "upper": settings.upper_spec, "k": float(settings.width)}
    if settings.method == "reml":
        return reml_gauge_study(data.part, data.operator, data.values, nested=data.nested, **shared)
    if data.nested:
        if settings.method == "ranges":
            raise InvalidInput("Method", "must be ANOVA for a nested study", settings.method, "Choose ANOVA.")
        if cells is None or min(cells.shape) < 2:
            rule = "must be equally many for each operator and part, two at least"
            raise InvalidInput("readings", rule, _uneven(data), "Choose REML, which takes gaps, or add readings.")
        return nested_gauge_study(cells, negative=settings.negative, **shared)
    if settings.method == "ranges":
        if cells is None:
            rule = "must be equally many in each cell for averages and ranges"
            raise InvalidInput("readings", rule, _uneven(data), "Choose REML: it takes gaps.")
        return range_gauge_study(cells, **shared)
    options: dict[str, Any] = {"pool": settings.pool, "negative": settings.negative, **shared}
    if cells is not None:
        return crossed_gauge_study(cells, **options)
    return gauge_study(data.part, data.operator, data.values, **options)


def _uneven(data: Arrangement) -> str:
    counts = np.bincount(data.part * len(data.operator_names) + data.operator)
    return f"from {int(counts[counts > 0].min())} to {int(counts.max())} in a cell"
