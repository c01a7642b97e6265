"""What limits from few readings do: two charts of the same process can differ tenfold in false alarms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.rules import RuleChoice
from techamp.subjects.process_control.run_length import average_run_length
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.x_bar import x_bar_r_chart, x_bar_s_chart


@dataclass(frozen=True, eq=False)
class ConditionalRunLengths(Shown):
    """Average run lengths of charts whose limits came from different samples of the same process, ascending."""

    values: Array

    def quantile(self, probability: float) -> float:
        """The run length that a share ``probability`` of the charts does not exceed."""
        return float(np.quantile(self.values, probability))


def conditional_run_lengths(
    random: np.random.Generator,
    *,
    samples: int = 25,
    size: int = 1,
    rules: RuleChoice = "WE1",
    shift: float = 0.0,
    k: float = 3.0,
    charts: int = 500,
    spread: str = "R",
) -> ConditionalRunLengths:
    """Return the run lengths of ``charts`` charts, each with limits from ``samples`` new subgroups of ``size``.

    ``size`` 1 is an individuals chart (MR̄/d2), else x̄-R or x̄-S (``spread``). ``shift``: of the process afterwards, in
    process sigmas. Given its limits, the points of a chart are normal with mean (μ - μ̂)/σ̂ and spread σ/σ̂, so that its
    run length is exact (``average_run_length``). Example: 25 individuals, rule 1, no shift: one chart in ten signals
    falsely after fewer than about 45 points on average, one in ten after more than 3,500; the nominal 370 is nobody's.
    Raises InvalidInput for fewer than 2 samples or 1 chart.
    """
    if samples < 2 or size < 1 or charts < 1:
        raise InvalidInput(
            "samples, size and charts", "must be at least 2, 1 and 1", (samples, size, charts), "Use more."
        )
    found = np.empty(charts)
    for index in range(charts):
        readings = random.standard_normal((samples, size))
        if size == 1:
            chart = individuals_chart(readings[:, 0], k=k)
        else:
            chart = x_bar_r_chart(readings, k=k) if spread == "R" else x_bar_s_chart(readings, k=k)
        root, sigma = np.sqrt(size), chart.sigma.value
        found[index] = average_run_length(rules, (shift - chart.center) * root / sigma, k=k, scale=1.0 / sigma)
    return ConditionalRunLengths(np.sort(found))
