"""What a control chart is: points with their limits, the sigma behind them, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from techamp.subjects.process_control.readings import Array, Flags
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.sigma import Sigma
from techamp.subjects.process_control.subgrouping import Integers


@dataclass(frozen=True, eq=False)
class Panel:
    """One of the plots of a chart. All arrays have one entry per point, in the order of time.

    ``statistic`` is its symbol (x, MR, x̄, R, S …), ``point_sigma`` the standard deviation of the plotted statistic
    (not the process), ``tests`` which run rules are valid here: "all", "runs" (no zones) or "limits" (rule 1 alone),
    ``center_symbol`` how the center line is written where that is a choice.
    A gap is not a number.
    """

    statistic: str
    points: Array
    center: Array
    lower: Array
    upper: Array
    point_sigma: Array
    tests: str = "all"
    center_symbol: str = ""


@dataclass(frozen=True)
class Phase:
    """A stretch of points with its own limits: ``points[start:stop]``.

    ``used`` is how many of them the limits come from, ``spread_average`` the mean of their ranges or standard
    deviations.
    """

    label: object
    start: int
    stop: int
    center: float
    sigma: Sigma
    used: int
    spread_average: float = float("nan")


def along(phases: Sequence[Phase], values: Sequence[float], count: int) -> Array:
    """Return a line of ``count`` points with one value in each phase; for a single phase it takes no memory."""
    if len(phases) == 1:
        return np.broadcast_to(np.float64(values[0]), (count,))
    return np.repeat(np.asarray(values, dtype=np.float64), [phase.stop - phase.start for phase in phases])


@dataclass(frozen=True, eq=False)
class ControlChart(Shown):
    """A control chart: a location panel and, for variables, a spread panel below it.

    ``k`` is the distance of the limits in standard errors, ``phase`` the index into ``phases`` of each point, ``n`` the
    readings behind each point, ``used`` whether a point took part in the limits, ``excluded`` the reason why a point
    (0-based) did not, ``span`` the readings behind each moving range.
    """

    kind: str
    location: Panel
    spread: Panel | None
    phases: tuple[Phase, ...]
    phase: Integers
    n: Integers | Array
    labels: Sequence[object]
    used: Flags
    k: float = 3.0
    span: int = 2
    excluded: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.location.points)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The location panel, then the spread panel if there is one."""
        return (self.location,) if self.spread is None else (self.location, self.spread)

    @property
    def sigma(self) -> Sigma:
        """The process standard deviation of the last phase: where the process stands now."""
        return self.phases[-1].sigma

    @property
    def center(self) -> float:
        """The center line of the last phase."""
        return self.phases[-1].center
