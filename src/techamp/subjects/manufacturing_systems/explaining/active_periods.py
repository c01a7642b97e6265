"""The bottleneck of every moment: the machine that has been active longest without a break.

Reference: Roser, Nakano & Tanaka (2002), Shifting bottleneck detection, Winter Simulation Conference, 1079-1086.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TOUCH = 1e-9


@dataclass(frozen=True)
class Period:
    """One machine, active from ``start`` to ``end`` without waiting for parts or places."""

    machine: int
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class MomentaryBottleneck:
    """Shares of time, by machine: as the ``sole`` bottleneck, and while the bottleneck was ``shifting`` to or from
    it."""

    sole: Mapping[int, float]
    shifting: Mapping[int, float]

    def share(self, machine: int) -> float:
        return self.sole.get(machine, 0.0) + self.shifting.get(machine, 0.0)


def active_periods(
    machine: NDArray[np.signedinteger], start: NDArray[np.float64], end: NDArray[np.float64]
) -> list[Period]:
    """Join the active intervals of each machine (work, setup, repair) that touch or overlap."""
    joined: list[Period] = []
    for one in np.unique(machine).tolist():
        mine = machine == one
        order = np.argsort(start[mine], kind="stable")
        begin, finish = start[mine][order], np.maximum.accumulate(end[mine][order])
        breaks = np.flatnonzero(begin[1:] > finish[:-1] + TOUCH * np.maximum(1.0, np.abs(finish[:-1]))) + 1
        firsts, lasts = np.concatenate([[0], breaks]), np.concatenate([breaks, [len(begin)]]) - 1
        pairs = zip(begin[firsts].tolist(), finish[lasts].tolist(), strict=True)
        joined += [Period(one, a, b) for a, b in pairs if b > a]
    return joined


def momentary_bottleneck(periods: Sequence[Period], until: float) -> MomentaryBottleneck:
    """Who is the bottleneck when. Two bottleneck periods that overlap share that time as shifting.

    Example: machine 0 active from 0 to 10, machine 1 from 8 to 20 of 20: two units of the time the bottleneck shifts.

    >>> found = momentary_bottleneck([Period(0, 0.0, 10.0), Period(1, 8.0, 20.0)], 20.0)
    >>> found.sole, found.shifting
    ({0: 0.4, 1: 0.5}, {0: 0.1, 1: 0.1})
    """
    chain = _longest_chain(periods)
    sole: dict[int, float] = {}
    shifting: dict[int, float] = {}
    for i, period in enumerate(chain):
        before = max(0.0, chain[i - 1].end - period.start) if i else 0.0
        after = max(0.0, period.end - chain[i + 1].start) if i + 1 < len(chain) else 0.0
        shared = min(period.length, before + after)
        sole[period.machine] = sole.get(period.machine, 0.0) + (period.length - shared) / until
        if shared:
            shifting[period.machine] = shifting.get(period.machine, 0.0) + shared / until
    return MomentaryBottleneck(sole, shifting)


def _longest_chain(periods: Sequence[Period]) -> list[Period]:
    """The periods that are the longest active one at some moment, in order of time."""
    order = sorted(periods, key=lambda period: period.start)
    heap: list[tuple[float, int]] = []
    chain: list[int] = []
    times = sorted({period.start for period in periods} | {period.end for period in periods})
    at = 0
    for now in times:
        while at < len(order) and order[at].start <= now:
            heapq.heappush(heap, (-order[at].length, at))
            at += 1
        while heap and order[heap[0][1]].end <= now:
            heapq.heappop(heap)
        if heap and (not chain or chain[-1] != heap[0][1]):
            chain.append(heap[0][1])
    found = [order[i] for i in dict.fromkeys(chain)]
    return sorted(found, key=lambda period: period.start)
