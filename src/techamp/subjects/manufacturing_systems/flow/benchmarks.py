"""How good is a line for the WIP it carries? Best, worst and practical worst case, after the Penny Fab.

Reference: Hopp & Spearman, Factory Physics, chapter 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.flow.littles_law import Flow, littles_law


@dataclass(frozen=True)
class LineLimits:
    """``bottleneck_rate`` rb (jobs per time unit), ``raw_process_time`` T0, and each station's rate."""

    bottleneck_rate: float
    raw_process_time: float
    rates: tuple[float, ...]

    @property
    def critical_wip(self) -> float:
        """W0 = rb · T0: the WIP at which a line without any variability runs at full rate with no waiting."""
        return self.bottleneck_rate * self.raw_process_time


def line_limits(te: Sequence[float], machines: Sequence[int] | None = None) -> LineLimits:
    """Return rb, T0 and W0 of a line of stations with mean process times ``te`` and parallel ``machines``.

    Example (Penny Fab Two; 2, 5, 10, 3 hours on 1, 2, 6, 2 machines): rb = 0.4 per hour, T0 = 20 hours, W0 = 8.

    >>> fab = line_limits([2, 5, 10, 3], [1, 2, 6, 2])
    >>> fab.bottleneck_rate, fab.raw_process_time, fab.critical_wip
    (0.4, 20.0, 8.0)
    """
    counts = [1] * len(te) if machines is None else list(machines)
    faults = Faults()
    faults.require(len(te) > 0, "te", "must have a station or more", list(te), "Give each station's process time.")
    faults.every_positive("te of station", te, "Enter the mean process time.")
    faults.same_length("machines", counts, len(te), "stations")
    for i, count in enumerate(counts, 1):
        faults.whole(f"machines of station {i}", count, 1, 1_000_000, "Enter how many machines work in parallel.")
    faults.stop()
    rates = tuple(count / time for count, time in zip(counts, te, strict=True))
    return LineLimits(min(rates), float(sum(te)), rates)


def best_case(limits: LineLimits, wip: float) -> Flow:
    """Return the flow of a line without variability: TH = min(w/T0, rb), CT = max(T0, w/rb).

    >>> best_case(line_limits([2, 2, 2, 2]), 2).throughput
    0.25
    """
    _check(limits, wip)
    return littles_law(wip=wip, throughput=min(wip / limits.raw_process_time, limits.bottleneck_rate))


def worst_case(limits: LineLimits, wip: float) -> Flow:
    """Return the flow where all WIP moves as one batch: TH = 1/T0, CT = w·T0. Not chance but policy makes it so.

    >>> worst_case(line_limits([2, 2, 2, 2]), 4)
    Flow(wip=4, throughput=0.125, cycle_time=32.0)
    """
    _check(limits, wip)
    return littles_law(wip=wip, throughput=1.0 / limits.raw_process_time)


def practical_worst_case(limits: LineLimits, wip: float) -> Flow:
    """Return the flow of a balanced line of single machines with exponential times, full of chance:
    TH = w/(W0 + w - 1)·rb, CT = T0 + (w - 1)/rb.

    A line above it is lean for its WIP, one below has something to be found. Raises InvalidInput for a WIP below 1.
    Example (Penny Fab One at a WIP of 4): 0.2857 per hour in 14 hours.

    >>> found = practical_worst_case(line_limits([2, 2, 2, 2]), 4)
    >>> round(found.throughput, 4), found.cycle_time
    (0.2857, 14.0)
    """
    _check(limits, wip)
    rate = wip / (limits.critical_wip + wip - 1.0) * limits.bottleneck_rate
    return littles_law(wip=wip, throughput=rate)


def _check(limits: LineLimits, wip: float) -> None:
    faults = Faults()
    faults.positive("bottleneck rate", limits.bottleneck_rate, "Take the limits from line_limits.")
    faults.positive("raw process time", limits.raw_process_time, "Take the limits from line_limits.")
    faults.require(wip >= 1, "wip", "must be 1 or more", wip, "Enter the jobs that the line holds.")
    faults.positive("wip", wip, "Enter the jobs that the line holds.")
    faults.stop()
