"""What an event log says: time in states and OEE, Little's law, the bottleneck, where the lead time goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.explaining.active_periods import (
    MomentaryBottleneck,
    active_periods,
    momentary_bottleneck,
)
from techamp.subjects.manufacturing_systems.explaining.losses import LossTree
from techamp.subjects.manufacturing_systems.output_analysis.checks import LittlesLaw
from techamp.subjects.manufacturing_systems.studies.event_log.log import STATES, EventLog

ACTIVE = ("work", "setup", "down")


@dataclass(frozen=True)
class MachineTimes:
    """Shares of the log's span in each state (idle: nothing logged), and where the time that is not off went.

    ``quality`` is 1 where the log does not tell good from bad; ``ideal`` is the share of the span that the pieces
    should have taken (None: nobody knows, the time at work is taken for it); ``short`` is the part of "down" in short
    stops.
    """

    machine: str
    shares: dict[str, float]
    cases: int
    quality: float
    ideal: float | None = None
    short: float = 0.0

    @property
    def tree(self) -> LossTree:
        """The losses down to good parts. A log does not say why a machine is idle: all of it counts as no parts."""
        made = self.shares["work"] if self.ideal is None else self.ideal
        return LossTree(
            station=self.machine,
            off_shift=self.shares["off"],
            breakdowns=self.shares["down"] - self.short,
            setups=self.shares["setup"],
            no_parts=self.shares["idle"],
            no_place=0.0,
            no_people=0.0,
            bad_parts=made * (1.0 - self.quality),
            good_parts=made * self.quality,
            short_stops=self.short,
            slow=self.shares["work"] - made,
        )

    @property
    def availability(self) -> float:
        return self.tree.availability

    @property
    def performance(self) -> float:
        return self.tree.performance

    @property
    def oee(self) -> float:
        return self.tree.oee


@dataclass(frozen=True)
class CaseTimes:
    """Arrays over cases: first start, last end, time worked on (overlaps counted once), time between."""

    entered: NDArray[np.float64]
    left: NDArray[np.float64]
    worked: NDArray[np.float64]

    @property
    def lead(self) -> NDArray[np.float64]:
        return self.left - self.entered


@dataclass(frozen=True)
class Waiting:
    """Time that cases waited before a step (from the end of the step before), and were worked on in it, per visit."""

    step: str
    visits: int
    waited: float
    worked: float


@dataclass(frozen=True)
class LogAnalysis:
    """Everything found. ``wip`` is (times, counts): the number of cases between first start and last end."""

    log: EventLog
    machines: tuple[MachineTimes, ...]
    cases: CaseTimes | None
    waiting: tuple[Waiting, ...]
    bottleneck: MomentaryBottleneck
    wip: tuple[NDArray[np.float64], NDArray[np.float64]]

    @property
    def mean_wip(self) -> float:
        """Area under WIP over the span."""
        times, counts = self.wip
        return float(np.sum(counts[:-1] * np.diff(times))) / self.log.span if self.log.span > 0 else 0.0

    @property
    def throughput(self) -> float:
        """Cases finished per unit of time."""
        return len(self.log.cases) / self.log.span if self.log.span > 0 else 0.0

    @property
    def littles_law(self) -> LittlesLaw | None:
        """WIP, throughput and flow time of the middle half of the span, where the log's ends do not matter.

        Over the whole of a log the law is an identity and tells nothing. None if fewer than five cases end there.
        """
        if self.cases is None:
            return None
        first = float(self.log.start.min())
        low, high = first + 0.25 * self.log.span, first + 0.75 * self.log.span
        ends = (self.cases.left >= low) & (self.cases.left < high)
        if int(ends.sum()) < 5:
            return None
        area = np.clip(np.minimum(self.cases.left, high) - np.maximum(self.cases.entered, low), 0.0, None).sum()
        return LittlesLaw(
            float(area) / (high - low), int(ends.sum()) / (high - low), float(self.cases.lead[ends].mean())
        )

    def bottleneck_share(self, place: int) -> float:
        return self.bottleneck.share(place)


def analyze(log: EventLog, ideal: float | None = None, short_stop: float = 0.0) -> LogAnalysis:
    """All of it; a million rows take a few seconds. ``ideal`` time of a piece and ``short_stop`` in the log's unit."""
    active = np.isin(log.state, [STATES.index(state) for state in ACTIVE])
    periods = active_periods(log.machine[active].astype(np.int32), log.start[active], log.end[active])
    cases = _case_times(log) if log.cases else None
    return LogAnalysis(
        log=log,
        machines=tuple(machine_times(log, place, ideal, short_stop) for place in range(len(log.machines))),
        cases=cases,
        waiting=_waiting(log) if log.cases else (),
        bottleneck=momentary_bottleneck(periods, log.span) if log.span > 0 else MomentaryBottleneck({}, {}),
        wip=_wip(cases) if cases else (np.array([0.0, log.span]), np.zeros(2)),
    )


def union_length(start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    """Length of intervals put together, overlaps counted once.

    >>> union_length(np.array([0.0, 1.0, 5.0]), np.array([2.0, 3.0, 6.0]))
    4.0
    """
    if not len(start):
        return 0.0
    return sum(period.length for period in active_periods(np.zeros(len(start), np.int32), start, end))


def machine_times(log: EventLog, place: int, ideal: float | None = None, short_stop: float = 0.0) -> MachineTimes:
    """States of one machine. Where rows overlap, off counts before down, down before setup, setup before work.

    A piece is a case that was worked on, or a row of work where the log names no cases.
    """
    mine = log.machine == place
    starts, ends, shares, covered = np.zeros(0), np.zeros(0), dict[str, float](), 0.0
    for state in ("off", "down", "setup", "work"):
        here = mine & log.in_state(state)
        starts, ends = np.concatenate([starts, log.start[here]]), np.concatenate([ends, log.end[here]])
        total = union_length(starts, ends)
        shares[state] = (total - covered) / log.span if log.span > 0 else 0.0
        covered = total
    shares["idle"] = max(0.0, 1.0 - covered / log.span) if log.span > 0 else 0.0
    seen = mine & log.in_state("work")
    count = int(seen.sum())
    quality = 1.0 if log.bad is None or not count else 1.0 - float(log.bad[seen].mean())
    cases = len(np.unique(log.case[seen & (log.case >= 0)]))
    made = None if ideal is None or log.span <= 0 else ideal * (cases or count) / log.span
    short = min(shares["down"], _short_stops(log, mine & log.in_state("down"), short_stop))
    return MachineTimes(log.machines[place], shares, cases, quality, made, short)


def _short_stops(log: EventLog, down: NDArray[np.bool_], short_stop: float) -> float:
    """Share of the span in stops that last less than ``short_stop``; rows that touch are one stop."""
    if short_stop <= 0.0 or log.span <= 0 or not down.any():
        return 0.0
    stops = active_periods(np.zeros(int(down.sum()), np.int32), log.start[down], log.end[down])
    return sum(stop.length for stop in stops if stop.length < short_stop) / log.span


def _case_times(log: EventLog) -> CaseTimes:
    n = len(log.cases)
    named = (log.case >= 0) & log.in_state("work")
    named = named if named.any() else log.case >= 0
    entered, left = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(entered, log.case[log.case >= 0], log.start[log.case >= 0])
    np.maximum.at(left, log.case[log.case >= 0], log.end[log.case >= 0])
    worked = np.zeros(n)
    periods = active_periods(log.case[named].astype(np.int32), log.start[named], log.end[named])
    for period in periods:
        worked[period.machine] += period.length
    return CaseTimes(entered, left, worked)


def _waiting(log: EventLog) -> tuple[Waiting, ...]:
    """Gaps before each row of a case, summed by step."""
    named = np.flatnonzero((log.case >= 0) & log.in_state("work"))
    order = named[np.lexsort((log.start[named], log.case[named]))]
    case, start, end = log.case[order], log.start[order], log.end[order]
    reached = np.copy(end)
    for i in range(1, len(order)):  # the latest end so far in the case
        if case[i] == case[i - 1] and reached[i - 1] > reached[i]:
            reached[i] = reached[i - 1]
    gap = np.zeros(len(order))
    follows = np.flatnonzero(np.concatenate([[False], case[1:] == case[:-1]])) if len(order) else np.zeros(0, np.int64)
    gap[follows] = np.maximum(0.0, start[follows] - reached[follows - 1])
    found = []
    for place, name in enumerate(log.steps):
        here = log.step[order] == place
        if count := int(here.sum()):
            found.append(Waiting(name, count, float(gap[here].mean()), float((end - start)[here].mean())))
    return tuple(found)


def _wip(cases: CaseTimes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Steps of the number of cases under way."""
    times = np.concatenate([cases.entered, cases.left])
    change = np.concatenate([np.ones(len(cases.entered)), -np.ones(len(cases.left))])
    order = np.lexsort((-change, times))
    return times[order], np.cumsum(change[order])
