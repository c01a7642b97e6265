"""A run that can be stopped, looked at, changed, forked and gone on with: the memory of a kernel and what moves it."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from techamp.contract.kernels.kernel import Watch
from techamp.subjects.manufacturing_systems.engine import event_layout, line_layout, line_words, native, words
from techamp.subjects.manufacturing_systems.engine.memory import Floats, Words
from techamp.subjects.manufacturing_systems.model.factory_model import Model, completed

TRACE_ROWS = 1 << 15
"""Rows of the trace that a kernel fills before they are taken away."""
ALL_PARTS = 1 << 62


@dataclass(frozen=True)
class Measures:
    """The rows of measures at one moment, from time 0."""

    at: float
    stations: NDArray[np.int64]
    steps: NDArray[np.int64]
    products: NDArray[np.int64]
    operations: int
    events: int


def kernel_of(model: Model) -> str:
    """The kernel that runs a completed model: "line" where the recursion can, else "events"."""
    return "line" if line_layout.is_serial_line(model) else "events"


def prepare(model: Model, watch: Watch) -> None:
    """Compile the kernel that a model needs, if that has not been done on this computer; ``watch`` hears how far."""
    native.KERNELS[kernel_of(completed(model))].compile(watch)


@dataclass
class State:
    """One replication of a model. Times are in the model's unit."""

    model: Model
    seed: int
    kernel: str = ""
    trace: bool = False
    I: Words = field(init=False)  # noqa: E741
    F: Floats = field(init=False)
    rows: list[Words] = field(default_factory=list, init=False)
    ended: int = field(default=words.DONE, init=False)

    def __post_init__(self) -> None:
        self.model = completed(self.model)
        fit = kernel_of(self.model)
        if self.kernel == "line" and fit != "line":
            raise ValueError("This model is not a serial line that the recursion can run; leave out kernel='line'.")
        self.kernel = self.kernel or fit
        traced = self._trace_rows()
        if self.kernel == "line":
            self.I, self.F = line_layout.line_memory(self.model, self.seed, traced, {})
            native.line_kernel(native.START, 0.0, 0, self.I, self.F)
        else:
            self.I, self.F = event_layout.event_memory(self.model, self.seed, traced)
            native.event_kernel(native.START, 0.0, 0, self.I, self.F)

    def _trace_rows(self) -> int:
        machines = sum(station.machines for station in self.model.stations)
        return max(TRACE_ROWS, 16 * machines + 1024) if self.trace else 0

    @property
    def now(self) -> float:
        """How far the run is."""
        return float(self.F[words.NOW])

    @property
    def finished(self) -> int:
        """Parts that are finished so far (in a serial line: begun at the last station)."""
        return int(self.I[words.FINISHED])

    def step(self, until: float = math.inf, parts: int = ALL_PARTS) -> float:
        """Go on to time ``until``, or to the moment when ``parts`` parts are finished in all; returns the time reached.

        A deadlock ends the run before; then ``ended`` is ``words.STUCK``.
        """
        if until == math.inf and parts == ALL_PARTS:
            raise ValueError("Say how far: until a time, or until a number of parts.")
        if self.kernel == "line" and parts < ALL_PARTS:
            self._go(until, parts)
            if self.finished >= parts:
                n = int(self.I[words.STATIONS])
                until = min(
                    until, float(self.F[self.I[line_words.RECORDS] + (n - 1) * line_words.RECORD + line_words.LAST])
                )
        status = self._go(until, parts if self.kernel == "events" else ALL_PARTS)
        self.ended = status
        if self.kernel == "line":
            self.F[words.NOW] = until
        return self.now

    def _go(self, until: float, parts: int) -> int:
        call = native.line_kernel if self.kernel == "line" else native.event_kernel
        while True:
            status = call(native.STEP, until, parts, self.I, self.F)
            if status == words.TRACE_FULL:
                self.take_trace()
            elif status == words.GROW:
                grow = line_layout.grown_line if self.kernel == "line" else event_layout.grown_events
                self.I, self.F = grow(self.I, self.F, self.model)
            else:
                return status

    def take_trace(self) -> None:
        """Move what the kernel has traced out of its memory."""
        used, at = int(self.I[words.TRACE_USED]), int(self.I[words.TRACE_AT])
        if used:
            self.rows.append(self.I[at : at + used * words.TRACE_ROW].reshape(used, words.TRACE_ROW).copy())
        self.I[words.TRACE_USED] = 0

    def measures(self) -> Measures:
        """Measures from 0 to now."""
        call = native.line_kernel if self.kernel == "line" else native.event_kernel
        call(native.MEASURE, self.now, 0, self.I, self.F)
        return Measures(
            self.now,
            self._rows(words.STATION_ROWS, words.STATIONS, words.STATION_ROW),
            self._rows(words.OPERATION_ROWS, words.OPERATIONS, words.OPERATION_ROW),
            self._rows(words.PRODUCT_ROWS, words.PRODUCTS, words.PRODUCT_ROW),
            int(self.I[words.PROCESSED]),
            int(self.I[words.EVENTS]),
        )

    def _rows(self, where: int, count: int, length: int) -> NDArray[np.int64]:
        """A copy of so many rows."""
        at, rows = int(self.I[where]), int(self.I[count])
        return self.I[at : at + rows * length].reshape(rows, length).copy()

    def change(self, model: Model) -> None:
        """Go on with a changed model: other times, buffers, failures, rules, yields; the same stations, machines,
        products, steps and people. Work under way ends as it was begun. ValueError if more than that is changed.
        """
        model = completed(model)
        if _shape(model) != _shape(self.model):
            raise ValueError("A running factory keeps its stations, machines, products, steps, crews and calendars.")
        if self.kernel == "line":
            if not line_layout.is_serial_line(model):
                raise ValueError("The changed model is no serial line any more; begin with kernel='events'.")
            self.I, self.F = line_layout.changed_line(self.I, self.F, model)
        else:
            self.I, self.F = event_layout.changed_events(self.I, self.F, model)
        self.model = model

    def fork(self) -> State:
        """A copy that goes its own way from here, with the same luck to come."""
        twin = deepcopy(self)
        twin.F = self.F.copy()
        twin.I = twin.F.view(np.int64)
        return twin


def _shape(model: Model) -> object:
    """What a change must leave as it is."""
    return (
        [(s.name, s.machines, len(s.failures), s.calendar, s.setup is None) for s in model.stations],
        [
            (p.name, p.arrivals is None, p.demand is None, [(t.name, t.station, t.takes, t.gives) for t in p.route])
            for p in model.products
        ],
        model.crews,
        model.calendars,
        model.transport,
        model.release,
    )
