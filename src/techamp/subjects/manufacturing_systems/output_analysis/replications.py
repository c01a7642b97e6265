"""Independent replications: as many as a wanted precision takes, at most a cap, each with a seed of its own.

Reference: Law (2015), Simulation Modeling and Analysis, section 9.4.1: the sequential procedure with relative error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from techamp.contract.random import bits
from techamp.subjects.manufacturing_systems.output_analysis.intervals import LEVEL, Interval, mean_interval

Measures = Mapping[str, float]
Replication = Callable[[int], Measures]
"""A process: seed → measures, pure. NaN stands for a measure that has no value in a run."""

REPLICATION = 0x5EED
"""The cause under which seeds of replications are drawn."""
FIRST = 10
"""Replications before the first look: with fewer the standard deviation is too rough to stop on."""
CAP = 1000


def replication_seed(seed: int, number: int) -> int:
    """The seed of one replication, 53 bits. The same number has the same luck under every policy."""
    return int(bits(seed, REPLICATION, number, 0)[0] >> np.uint64(11))


@dataclass(frozen=True)
class Replications:
    """Measures by replication, in the order of their numbers. ``reached``: the wanted precision; ``stopped``: cut off
    by whoever asked for it, with what there is."""

    seed: int
    columns: Mapping[str, NDArray[np.float64]]
    reached: bool = True
    stopped: bool = False
    seeds: tuple[int, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.seeds)

    def interval(self, measure: str, level: float = LEVEL) -> Interval:
        """The mean of a measure with its t interval."""
        return mean_interval(self.columns[measure], level)


@dataclass(frozen=True)
class Precision:
    """Stop when the half width of ``measure`` is at most ``relative`` of its mean, after at most ``cap`` replications.

    ``relative`` is meant against the true mean, for which the half width must be at most γ/(1 + γ) of the estimate.
    """

    measure: str
    relative: float = 0.01
    cap: int = CAP
    level: float = LEVEL

    def reached(self, values: Sequence[float]) -> bool:
        found = mean_interval(values, self.level)
        return found.count >= 2 and found.relative <= self.relative / (1.0 + self.relative)

    def guess(self, values: Sequence[float]) -> int:
        """How many replications it will take, as far as one can tell by now."""
        found = mean_interval(values, self.level)
        if not math.isfinite(found.relative):
            return len(values) + FIRST
        wanted = self.relative / (1.0 + self.relative)
        return math.ceil(len(values) * (found.relative / wanted) ** 2)


class Cancelled(Exception):
    """Raised by a process that was told to stop before its end: there is no measure of such a replication."""


Progress = Callable[[int, int, "Replications"], bool]
"""Called after every wave with (done, expected, so far); False stops."""


def replicate(
    process: Replication,
    count: int,
    seed: int,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    cancel: Callable[[], None] | None = None,
) -> Replications:
    """A fixed number of replications. ``cancel`` is called on an interrupt and asks runs under way to raise
    Cancelled."""
    waves = iter([(min(FIRST, count - start)) for start in range(0, count, FIRST)])
    return _run(process, seed, lambda _rows: next(waves, 0), lambda _rows: count, workers, progress, cancel)


def replicate_until(
    process: Replication,
    precision: Precision,
    seed: int,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    cancel: Callable[[], None] | None = None,
) -> Replications:
    """As many replications as the precision takes: ten, then waves up to what the spread so far asks for.

    Waves do not depend on ``workers``, so that the answer does not either. A wave grows the number by half at most: the
    spread of a few runs is a rough guide.
    """

    def next_wave(rows: list[Measures]) -> int:
        if not rows:
            return min(FIRST, precision.cap)
        values = [row[precision.measure] for row in rows]
        if precision.reached(values) or len(rows) >= precision.cap:
            return 0
        more = max(2, min(precision.guess(values) - len(rows), len(rows) // 2))
        return min(more, precision.cap - len(rows))

    def expected(rows: list[Measures]) -> int:
        values = [row[precision.measure] for row in rows]
        return len(rows) if precision.reached(values) else min(precision.cap, max(precision.guess(values), len(rows)))

    done = _run(process, seed, next_wave, expected, workers, progress, cancel)
    reached = bool(len(done)) and precision.reached(done.columns[precision.measure].tolist())
    return Replications(seed, done.columns, reached, done.stopped, done.seeds)


def _run(
    process: Replication,
    seed: int,
    next_wave: Callable[[list[Measures]], int],
    expected: Callable[[list[Measures]], int],
    workers: int,
    progress: Progress | None,
    cancel: Callable[[], None] | None,
) -> Replications:
    rows: list[Measures] = []
    stopped = False
    try:
        while more := next_wave(rows):
            seeds = [replication_seed(seed, len(rows) + i) for i in range(more)]
            for row in _wave(process, seeds, workers, cancel):
                rows.append(row)
            if progress and not progress(len(rows), expected(rows), _table(seed, rows)):
                stopped = True
                break
    except (KeyboardInterrupt, Cancelled):
        if not rows:
            raise
        stopped = True  # what is finished is kept
    table = _table(seed, rows)
    return Replications(seed, table.columns, True, stopped, table.seeds)


def _wave(
    process: Replication, seeds: Sequence[int], workers: int, cancel: Callable[[], None] | None
) -> Iterator[Measures]:
    if workers <= 1 or len(seeds) == 1:
        yield from map(process, seeds)
        return
    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from pool.map(process, seeds)
        except KeyboardInterrupt:
            if cancel:
                cancel()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _table(seed: int, rows: list[Measures]) -> Replications:
    names = rows[0] if rows else {}
    columns = {name: np.array([row[name] for row in rows], dtype=np.float64) for name in names}
    return Replications(seed, columns, seeds=tuple(replication_seed(seed, i) for i in range(len(rows))))
