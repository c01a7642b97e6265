"""Where to put buffer places, and how to split work, in an exponential line: by exact evaluation.

Reference: Hillier & Boling (1966, 1979) on the bowl phenomenon; Conway, Maxwell, McClain & Thomas (1988), Operations
Research 36(2), on where buffers belong.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.lines.exponential_line import exponential_line
from techamp.subjects.manufacturing_systems.lines.stationary import Floats

MOST_ALLOCATIONS = 20_000
Evaluate = Callable[[tuple[int, ...]], float]


@dataclass(frozen=True)
class Allocation:
    """``buffers`` places between the machines, the ``throughput`` they give, how many allocations were ``tried``."""

    buffers: tuple[int, ...]
    throughput: float
    tried: int


def best_buffers(gaps: int, total: int, throughput: Evaluate) -> Allocation:
    """Return the best way to put ``total`` places into ``gaps`` gaps, having tried all C(total+gaps-1, gaps-1).

    ``throughput`` evaluates an allocation: exact, approximate or by simulation. Of equals the first in order of the
    places of the first gap is returned. Raises InvalidInput for more than 20,000 allocations. Example (rates 1, 0.8, 1,
    1.2 and 5 places): 2, 2, 1.

    >>> best_buffers(3, 5, exponential_throughput([1, 0.8, 1, 1.2])).buffers
    (2, 2, 1)
    """
    _check(gaps, total)
    count = math.comb(int(total) + gaps - 1, gaps - 1)
    if count > MOST_ALLOCATIONS:
        rule = f"must have at most {MOST_ALLOCATIONS:,} allocations to try all"
        raise InvalidInput("total", rule, f"{count:,} allocations", "Use greedy_buffers.")
    scored = ((throughput(places), places) for places in _compositions(int(total), gaps))
    rate, places = max(scored, key=lambda found: found[0])
    return Allocation(places, rate, count)


def greedy_buffers(gaps: int, total: int, throughput: Evaluate) -> Allocation:
    """Return an allocation made by adding one place at a time where it helps most, then moving single places while
    that helps.

    ``throughput`` evaluates an allocation. Mostly optimal for serial lines, where the throughput is close to concave in
    the places; not proven.

    >>> greedy_buffers(3, 5, exponential_throughput([1, 0.8, 1, 1.2])).buffers
    (2, 2, 1)
    """
    _check(gaps, total)
    known: dict[tuple[int, ...], float] = {}

    def rate(places: tuple[int, ...]) -> float:
        if places not in known:
            known[places] = throughput(places)
        return known[places]

    places = (0,) * gaps
    for _ in range(int(total)):
        places = max((_moved(places, None, gap) for gap in range(gaps)), key=rate)
    while True:
        pairs = itertools.permutations(range(gaps), 2)
        moved = [_moved(places, source, target) for source, target in pairs if places[source]]
        better = max(moved, key=rate, default=places)
        if rate(better) <= rate(places) * (1.0 + 1e-12):
            return Allocation(places, rate(places), len(known))
        places = better


def exponential_throughput(
    rates: Sequence[float], mttf: Sequence[float] | None = None, mttr: Sequence[float] | None = None
) -> Evaluate:
    """Return the exact throughput of an exponential line as a function of its buffers, for the searches above."""
    return lambda buffers: exponential_line(rates, buffers, mttf, mttr).throughput


@dataclass(frozen=True)
class WorkSplit:
    """Mean process time of each machine, and the throughput that they give; ``balanced`` is that of equal times."""

    means: tuple[float, ...]
    throughput: float
    balanced: float


def best_work_split(buffers: Sequence[int], total_work: float) -> WorkSplit:
    """Return how to split ``total_work`` (mean time) over the machines of an exponential line for most throughput.

    The bowl phenomenon (Hillier & Boling 1966): a little less work for the machines in the middle, which are both
    starved and blocked. The split is symmetric where the buffers are. The gain is small, and the optimum is flat.
    Example (three machines without buffers, work 3): middle mean 0.829, 0.567182 against 0.564103.

    >>> found = best_work_split([0, 0], 3.0)
    >>> [round(mean, 3) for mean in found.means], round(found.throughput, 6), round(found.balanced, 6)
    ([1.086, 0.829, 1.086], 0.567182, 0.564103)
    """
    from scipy.optimize import minimize

    faults = Faults()
    faults.require(len(buffers) > 0, "buffers", "must have a gap or more", list(buffers), "Give two machines or more.")
    faults.positive("total work", total_work, "Enter the mean process times of all machines together.")
    faults.stop()
    machines = len(buffers) + 1
    mirror = list(buffers) == list(buffers)[::-1]
    free = machines // 2 if mirror else machines - 1

    def means(shares: Floats) -> Floats:
        weights = np.ones(machines)
        weights[:free] = np.exp(shares)
        if mirror:
            weights[machines - free :] = weights[:free][::-1]
        return np.asarray(weights * (total_work / weights.sum()))

    def lost(shares: Floats) -> float:
        return -exponential_line([1.0 / mean for mean in means(shares)], buffers).throughput

    found = minimize(lost, np.zeros(free), method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-15})
    best = means(found.x)
    return WorkSplit(tuple(map(float, best)), -lost(found.x), -lost(np.zeros(free)))


def _compositions(total: int, gaps: int) -> Iterator[tuple[int, ...]]:
    if gaps == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, gaps - 1):
            yield (first, *rest)


def _moved(places: tuple[int, ...], source: int | None, target: int) -> tuple[int, ...]:
    found = list(places)
    found[target] += 1
    if source is not None:
        found[source] -= 1
    return tuple(found)


def _check(gaps: int, total: int) -> None:
    faults = Faults()
    faults.whole("gaps", gaps, 1, 1000, "Enter the machines less one.")
    faults.whole("total", total, 0, 100_000, "Enter how many places there are to share out.")
    faults.stop()
