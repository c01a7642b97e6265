"""A serial line with bounded buffers and endless supply, as a page runs it: the recursion's block, its numbers open.

The block is made by the same function as any other; rings are long enough for the largest buffers, every station has
its own records of processing, up and down times, and terms set the words in which inputs stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from techamp.contract.live import SEED, Call, Live, Place, Term, given, word
from techamp.subjects.manufacturing_systems.engine import line_layout, native, words
from techamp.subjects.manufacturing_systems.engine import line_words as line
from techamp.subjects.manufacturing_systems.engine.memory import Words
from techamp.subjects.manufacturing_systems.model.distributions import KINDS
from techamp.subjects.manufacturing_systems.model.factory_model import completed
from techamp.subjects.manufacturing_systems.model.line import Line

MODULE = Path(__file__).with_name("line.wasm")
ALL_PARTS = 1 << 62


@dataclass(frozen=True)
class OpenStation:
    """Mean time, mean time to failure and to repair (0: never fails), and places in front (none before the first)."""

    time: Term
    mttf: Term
    mttr: Term
    places: Term | None
    most_places: int = 0


@dataclass(frozen=True)
class Counted:
    """What a run gives between its two marks: the same operations as those of ``Run``. ``product`` is where the rows
    of the product begin."""

    product: int
    begin: float
    end: Term

    @property
    def finished(self) -> Term:
        return word(1, self.product + words.PRODUCT_OUT, "integer") - word(
            0, self.product + words.PRODUCT_OUT, "integer"
        )

    @property
    def throughput(self) -> Term:
        return self.finished / (self.end - self.begin)

    @property
    def wip(self) -> Term:
        return self._spent(words.WIP_TIME) / (self.end - self.begin)

    @property
    def flow_time(self) -> Term:
        return self._spent(words.FLOW_SUM) / self.finished

    def _spent(self, column: int) -> Term:
        return word(1, self.product + column) - word(0, self.product + column)


def live_line(
    stations: Sequence[OpenStation],
    cv: Term,
    warm_up: float,
    end: Term,
    measures: Callable[[Counted], Mapping[str, Term]],
    rests_on: tuple[str, ...] = (),
) -> Live:
    """A line of these stations, all times with variation ``cv`` (0 constant, 1 exponential, else gamma), counted from
    ``warm_up`` to ``end``."""
    block = _block(stations)
    places = [Place(words.SEED, given(SEED), "integer")]
    places.append(Place(line.KINDS, _by_kind(cv, line.ALL_CONSTANT, line.ALL_EXPONENTIAL, line.MIXED), "integer"))
    for j, station in enumerate(stations):
        places += _station(block, j, station, cv)
        if j + 1 < len(stations) and (room := stations[j + 1].places):
            places.append(Place(_record(block, j) + line.BEHIND, room + 1, "integer"))
    calls = [Call(native.START)]
    for until in (warm_up, end):
        calls += [Call(native.STEP, until, ALL_PARTS), Call(native.MEASURE, until, mark=True)]
    counted = Counted(int(block[words.PRODUCT_ROWS]), warm_up, end)
    return Live(MODULE, block, tuple(places), tuple(calls), measures(counted), rests_on)


def _block(stations: Sequence[OpenStation]) -> Words:
    made = Line("open", time_unit="min")
    names = [f"station {i}" for i in range(1, len(stations) + 1)]
    for name, station in zip(names, stations, strict=True):
        made = made.buffer(station.most_places) if station.places else made
        made = made.station(name, time={"kind": "gamma", "mean": 1.0, "cv": 0.5}, mttf=1.0, mttr=1.0)
    model = completed(made.product("part", names).model())
    block, _floats = line_layout.line_memory(model, 0, 0, {}, shared=False)
    return block


def _record(block: Words, j: int) -> int:
    return int(block[line.RECORDS]) + j * line.RECORD


def _by_kind(cv: Term, constant: Term | float, exponential: Term | float, gamma: Term | float) -> Term:
    return cv.equals(0, constant, cv.equals(1, exponential, gamma))


def _station(block: Words, j: int, station: OpenStation, cv: Term) -> Iterator[Place]:
    p = _record(block, j)
    process, up, down = (int(block[p + which]) for which in (line.DIST_PROCESS, line.DIST_UP, line.DIST_DOWN))
    mean, sd = station.time, cv * station.time
    kind = _by_kind(cv, *(KINDS.index(name) for name in ("constant", "exponential", "gamma")))
    yield Place(process, kind, "integer")
    yield Place(process + 1, _by_kind(cv, mean, mean, (mean / sd) * (mean / sd)))
    yield Place(process + 2, _by_kind(cv, 0.0, 0.0, (sd * sd) / mean))
    for where in (line.TIMES, line.SCALES):
        yield Place(int(block[where]) + j, mean)
    yield Place(up + 1, station.mttf)
    yield Place(down + 1, station.mttr)
    yield Place(p + line.DIST_UP, station.mttr.equals(0, -1, up), "integer")
    yield Place(p + line.DIST_DOWN, station.mttr.equals(0, -1, down), "integer")
