"""What a run gives: times, counts and sums of one replication, as plain numbers that need no kernel to read.

All sums are over the counted time (from the end of the warm-up to the end of the run) and in the model's unit of time.
Over it, for every station, the machine times in the eight states add up to machines × duration, and the part times
of all steps to the time-integral of WIP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine import words
from techamp.subjects.manufacturing_systems.engine.words import PART_TIMES


@dataclass(frozen=True)
class StationRun:
    """One station. ``times`` holds machine time by state: busy, setup, blocked, starved, down, off_shift,
    waiting_operator, waiting_repair."""

    name: str
    machines: int
    times: Mapping[str, float]
    parts_in: int
    parts_out: int
    scrapped: int
    reworked: int
    failures: int
    setups: int

    def share(self, state: str) -> float:
        """The share of machine time in a state.

        >>> StationRun("mill", 1, {"busy": 3.0, "down": 1.0}, 4, 4, 0, 0, 1, 0).share("busy")
        0.75
        """
        total = sum(self.times.values())
        return self.times[state] / total if total else 0.0


@dataclass(frozen=True)
class StepRun:
    """One step of one product's route. ``times`` holds part time by what the parts were doing there: queue (waiting for
    a machine), setup, process, stopped (on a machine that is down, off shift or without people), blocked, move
    (on the way to the step), match (waiting for components or for a batch)."""

    product: str
    step: str
    station: str
    times: Mapping[str, float]
    parts_in: int
    parts_out: int


@dataclass(frozen=True)
class ProductRun:
    """One product. Flow times are from release (or arrival) to the end of the route, over finished good parts;
    lateness is completion − due date and tardiness its positive part, over ``orders`` that had a due date."""

    name: str
    parts_in: int
    finished: int
    scrapped: int
    lost: int
    flow_sum: float
    flow_squares: float
    flow_least: float
    flow_most: float
    orders: int
    late: int
    lateness_sum: float
    lateness_squares: float
    tardiness_sum: float
    wip_time: float
    wip_at_end: int
    demanded: int
    served: int
    backordered: int
    backorder_time: float
    stock_time: float

    @property
    def flow_time(self) -> float:
        """Mean flow time; NaN while nothing is finished."""
        return self.flow_sum / self.finished if self.finished else float("nan")


@dataclass(frozen=True, eq=False)
class Trace:
    """Intervals of machines. ``kind``: 0 work, 1 down, 2 setup; ``part`` is −1 where there is none.

    For work: the part came to the queue at ``queued``, was loaded at ``started``, finished at ``ended`` and left the
    machine at ``left``. Other kinds use ``started`` and ``ended``. ``product`` and ``step`` count from 0 in the model's
    order; ``machine`` counts through all stations, ``station`` says whose it is. Columns are read from the kernel's
    rows when they are asked for.
    """

    chunks: tuple[NDArray[np.int64], ...]
    until: float
    machine_order: NDArray[np.int64]
    stations: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        """All rows but those that begin after the end."""
        rows = np.concatenate(self.chunks) if self.chunks else np.zeros((0, words.TRACE_ROW), np.int64)
        return rows[rows.view(np.float64)[:, words.TRACE_STARTED] <= self.until]

    def _code(self, bit: int, mask: int) -> NDArray[np.int64]:
        return (self._rows[:, words.TRACE_CODE] >> bit) & mask

    @cached_property
    def kind(self) -> NDArray[np.int64]:
        return self._code(0, 15)

    @cached_property
    def machine(self) -> NDArray[np.int64]:
        return self.machine_order[self._code(words.MACHINE_BIT, 0xFFFFF)]

    @cached_property
    def station(self) -> NDArray[np.int64]:
        return self.stations[self.machine]

    @cached_property
    def product(self) -> NDArray[np.int64]:
        return self._code(words.PRODUCT_BIT, 0xFFFF)

    @cached_property
    def step(self) -> NDArray[np.int64]:
        return self._code(words.STEP_BIT, 0xFFFF)

    @property
    def part(self) -> NDArray[np.int64]:
        return self._rows[:, words.TRACE_PART]

    @property
    def queued(self) -> NDArray[np.float64]:
        return self._rows.view(np.float64)[:, words.TRACE_QUEUED]

    @property
    def started(self) -> NDArray[np.float64]:
        return self._rows.view(np.float64)[:, words.TRACE_STARTED]

    @property
    def ended(self) -> NDArray[np.float64]:
        return self._rows.view(np.float64)[:, words.TRACE_ENDED]

    @property
    def left(self) -> NDArray[np.float64]:
        return self._rows.view(np.float64)[:, words.TRACE_LEFT]


@dataclass(frozen=True)
class Series:
    """The counted time in equal windows, for warm-up rules and batch means: one number of each for each window."""

    width: float
    finished: NDArray[np.int64]
    flow_sum: NDArray[np.float64]
    wip: NDArray[np.float64]

    @property
    def throughput(self) -> NDArray[np.float64]:
        """Finished parts per unit of time in each window."""
        return self.finished / self.width


@dataclass(frozen=True)
class Run:
    """One replication. ``kernel`` is "line" (recursion) or "events". ``deadlock`` names the stations and products that
    wait for each other in a circle, empty if none do; then ``until`` is when everything stood still."""

    seed: int
    kernel: str
    counted_from: float
    until: float
    stations: tuple[StationRun, ...]
    steps: tuple[StepRun, ...]
    products: tuple[ProductRun, ...]
    operations: int
    events: int
    deadlock: tuple[str, ...] = ()
    trace: Trace | None = None
    series: Series | None = None

    @property
    def duration(self) -> float:
        """The counted time."""
        return self.until - self.counted_from

    @property
    def finished(self) -> int:
        """Good parts finished in the counted time."""
        return sum(product.finished for product in self.products)

    @property
    def throughput(self) -> float:
        """Good parts per unit of time."""
        return self.finished / self.duration if self.duration else 0.0

    @property
    def wip(self) -> float:
        """Mean number of parts in the system."""
        return sum(product.wip_time for product in self.products) / self.duration if self.duration else 0.0

    @property
    def flow_time(self) -> float:
        """Mean flow time of finished parts; NaN while nothing is finished."""
        return sum(p.flow_sum for p in self.products) / self.finished if self.finished else float("nan")

    @property
    def flow_sd(self) -> float:
        """Standard deviation of the flow times of finished parts (one replication; they are not independent)."""
        n = self.finished
        if n < 2:
            return float("nan")
        spread = sum(p.flow_squares for p in self.products) / n - self.flow_time**2
        return float(np.sqrt(max(0.0, spread) * n / (n - 1)))

    @cached_property
    def part_times(self) -> dict[str, float]:
        """Where the time of all parts went: part time by what they were doing. Divided by ``duration`` it is WIP, by
        ``finished`` the breakdown of a mean flow time (Little's law)."""
        return {kind: sum(step.times[kind] for step in self.steps) for kind in PART_TIMES}

    def station(self, name: str) -> StationRun:
        """The station of that name; KeyError if there is none."""
        for station in self.stations:
            if station.name == name:
                return station
        raise KeyError(name)
