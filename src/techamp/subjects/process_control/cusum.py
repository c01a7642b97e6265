"""The tabular cumulative sum chart: it adds up what exceeds an allowance, and tells when a shift began."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.ewma import tested_stretches
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.readings import Array, finite
from techamp.subjects.process_control.recursions import cusum
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.subgrouping import Integers


@dataclass(frozen=True, eq=False)
class CusumChart(Shown):
    """Sums in standard errors: ``upper`` at or above zero, ``lower`` at or below; a gap is not a number.

    ``decision`` is the limit for both, ``reference`` the allowance, ``head_start`` the first value as a share of the
    decision interval. ``of`` is the Shewhart chart whose points are summed.
    """

    of: ControlChart
    upper: Array
    lower: Array
    reference: float
    decision: float
    head_start: float

    def signals(self) -> tuple[Integers, Integers]:
        """Points (0-based) where the upper and where the lower sum is beyond the decision interval."""
        with np.errstate(invalid="ignore"):
            return np.flatnonzero(self.upper > self.decision), np.flatnonzero(self.lower < -self.decision)

    def began(self, point: int) -> int:
        """Return the first point of the climb that ends at ``point``: the best guess of when the shift began."""
        side = self.upper if self.upper[point] >= -self.lower[point] else -self.lower
        start = self.of.phases[int(self.of.phase[point])].start
        resting = np.flatnonzero(side[start : point + 1] == 0.0)
        return start + int(resting[-1]) + 1 if len(resting) and start + resting[-1] < point else start


def cusum_chart(
    of: ControlChart | ArrayLike, *, reference: float = 0.5, decision: float = 5.0, head_start: float = 0.0
) -> CusumChart:
    """Return the two-sided tabular CUSUM of the points of a Shewhart chart (or of single readings).

    With z the standardized point: C⁺[t] = max(0, C⁺[t-1] + z - reference), C⁻[t] = max(0, C⁻[t-1] - z - reference),
    shown negative. It signals beyond ``decision``. ``reference``: half the shift to find, in standard errors.
    ``head_start`` 0.5 is the fast initial response of Lucas & Crosier (1982): the sums begin at half the decision
    interval in every phase. Gaps and excluded points leave the sums as they were.

    Source: Montgomery, *Introduction to Statistical Quality Control*, 9.1; checked against R's qcc.
    Raises InvalidInput for a negative reference, a decision interval not above zero, or a head start outside 0 to 1.
    """
    chart = of if isinstance(of, ControlChart) else individuals_chart(of)
    if finite(reference, "reference", "Use 0.5.") < 0:
        raise InvalidInput("reference", "must be at least 0", reference, "Use half the shift to find: 0.5.")
    finite(decision, "decision", "Use 4 or 5.", above=0.0)
    if not 0.0 <= head_start < 1.0:
        raise InvalidInput("head_start", "must be from 0 to below 1", head_start, "Use 0, or 0.5 for a fast start.")
    upper, lower, panel = np.empty(len(chart)), np.empty(len(chart)), chart.location
    for rows, skipped in tested_stretches(chart):
        x, center, sigma = panel.points[rows], panel.center[rows], panel.point_sigma[rows]
        cusum(x, center, sigma, skipped, reference, head_start * decision, (upper[rows], lower[rows]))
    return CusumChart(chart, upper, lower, reference, decision, head_start)
