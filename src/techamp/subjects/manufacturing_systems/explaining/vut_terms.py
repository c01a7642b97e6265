"""VUT for each station: how variable, how loaded, how slow, and the queue that this predicts beside the simulated one.

All terms are measured on a trace: the SCV of times between arrivals (ca²), mean and SCV of the effective process time
(te, ce²: setup, work and stops of one part), and u. Reference: Hopp & Spearman, Factory Physics, chapter 8.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Run, Trace
from techamp.subjects.manufacturing_systems.queues.general import utilization_term

FEWEST = 30
"""Parts below which an SCV is not worth a number. Our choice."""


@dataclass(frozen=True)
class StationVut:
    """``variability`` (V) = (ca² + ce²)/2, ``U`` the utilization term, ``T`` = te. ``predicted`` = V·U·T is the queue
    time of a station with room without end; ``simulated`` the mean queue time that was. ``trusted``: False where places
    are limited, so that a station upstream is blocked instead."""

    station: str
    machines: int
    ca2: float
    ce2: float
    te: float
    utilization: float
    U: float
    predicted: float
    simulated: float
    trusted: bool

    @property
    def variability(self) -> float:
        """The V of VUT."""
        return (self.ca2 + self.ce2) / 2.0

    @property
    def words(self) -> str:
        """What to work on: the factor that is farthest from harmless."""
        if not math.isfinite(self.predicted):
            return f"{self.station} is full all the time; no queue is long enough for it."
        if max(2.0, 1.5 * self.variability) <= self.U:
            return f"{self.station}: the load ({100 * self.utilization:.0f} %) makes the queue; relieve it."
        if self.variability >= 1.0:
            which = "arrivals come in bursts" if self.ca2 > self.ce2 else "its own times vary much"
            return f"{self.station}: variability makes the queue, since {which}."
        return f"{self.station}: neither load nor variability makes much of a queue."


def vut_terms(run: Run, limited: Sequence[str] = ()) -> tuple[StationVut, ...]:
    """Terms of each station that worked on at least 30 parts in the trace. ``limited`` names stations with few places.

    Raises ValueError if the run has no trace.
    """
    if run.trace is None:
        raise ValueError("VUT terms are measured on a trace: simulate with trace=True")
    found = [_station_terms(run, run.trace, place, limited) for place in range(len(run.stations))]
    return tuple(terms for terms in found if terms is not None)


def _station_terms(run: Run, trace: Trace, place: int, limited: Sequence[str]) -> StationVut | None:
    station = run.stations[place]
    here = (trace.station == place) & (trace.kind == 0)
    queued, started, ended = trace.queued[here], trace.started[here], trace.ended[here]
    if len(started) < FEWEST:
        return None
    arrived = np.sort(queued)
    ca2 = scv(np.diff(arrived))
    effective = ended - started
    te, ce2 = float(effective.mean()), scv(effective)
    span = float(ended.max() - started.min())
    u = min(float(effective.sum()) / (span * station.machines), 1.0)
    U = utilization_term(u, station.machines) if u < 1.0 - 1e-9 else math.inf
    predicted = (ca2 + ce2) / 2.0 * U * te if te > 0 else 0.0
    return StationVut(
        station.name, station.machines, ca2, ce2, te, u, U, predicted, float((started - queued).mean()),
        station.name not in limited,
    )  # fmt: skip


def scv(times: NDArray[np.float64]) -> float:
    """Squared coefficient of variation; 0 where the mean is 0, and where the spread is rounding."""
    mean = float(times.mean()) if len(times) else 0.0
    found = float(times.var(ddof=1)) / mean**2 if mean > 0 and len(times) > 1 else 0.0
    return found if found > 1e-12 else 0.0
