"""Simulate a model once, or once for each of many seeds."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from techamp.subjects.manufacturing_systems.engine import results, words
from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.engine.state import ALL_PARTS, Measures, State
from techamp.subjects.manufacturing_systems.model.factory_model import Model

Progress = Callable[[float], bool]
"""Called with the share done, from 0 to 1; a run that gets False ends where it is."""
SLICES = 100
"""Parts in which a run is carried out where someone wants to hear of its progress."""


def simulate(
    model: Model,
    seed: int,
    *,
    until: float | None = None,
    parts: int | None = None,
    warm_up: float = 0.0,
    trace: bool = False,
    windows: int = 0,
    kernel: str = "",
    progress: Progress | None = None,
) -> Run:
    """One replication, to time ``until`` or until ``parts`` parts are finished (warm-up included in both).

    ``windows`` > 0 cuts the counted time into so many equal windows and gives ``Run.series``. ``kernel`` forces "line"
    or "events"; by itself a serial line runs by the recursion and everything else by events. The same model, seed and
    end give the same bits everywhere. A model is taken as it is: check it before (``model_faults``).

    Raises ValueError if neither or both ends are given, or if the run would end within its warm-up.
    """
    if (until is None) == (parts is None):
        raise ValueError("Say how long to run: either until=… (a time) or parts=… (finished parts).")
    if until is not None and not 0.0 <= warm_up < until < math.inf:
        raise ValueError(f"until must be later than the warm-up ({warm_up:g}), not {until:g}.")
    if windows and until is None:
        until = simulate(model, seed, parts=parts, warm_up=warm_up, kernel=kernel).until
    state = State(model, seed, kernel, trace)
    if warm_up > 0.0:
        state.step(until=warm_up)
    before = state.measures()
    marks = [before]
    if until is None:
        _to_parts(state, parts or 0, progress)
        if state.now <= warm_up and state.ended != words.STUCK:
            raise ValueError(f"{parts} parts are finished before the warm-up ends at {warm_up:g}; run longer.")
    else:
        marks += _to_time(state, warm_up, until, windows, progress)
    after = state.measures()
    return results.run_of(state, before, after, marks if windows else [])


def _to_parts(state: State, parts: int, progress: Progress | None) -> None:
    """Go on in slices, so that somebody may end it."""
    slices = SLICES if progress else 1
    for i in range(1, slices + 1):
        state.step(parts=max(state.finished, parts * i // slices))
        if state.ended == words.STUCK or (progress and not progress(i / slices)):
            return


def _to_time(state: State, begin: float, until: float, windows: int, progress: Progress | None) -> list[Measures]:
    """Go on window by window."""
    marks, slices = [], windows or (SLICES if progress else 1)
    for i in range(1, slices + 1):
        state.step(until=until if i == slices else begin + (until - begin) * i / slices)
        if windows:
            marks.append(state.measures())
        if state.ended == words.STUCK or (progress and not progress(i / slices)):
            break
    return marks


def replications(
    model: Model,
    seeds: Iterable[int],
    *,
    until: float | None = None,
    parts: int | None = None,
    warm_up: float = 0.0,
    trace: bool = False,
    windows: int = 0,
    kernel: str = "",
    threads: int | None = None,
) -> Iterator[Run]:
    """A run for each seed, in their order, as they are done; threads share the work, the kernels hold no lock.

    Stop taking from the iterator and no more runs are begun.
    """

    def one(seed: int) -> Run:
        return simulate(
            model, seed, until=until, parts=parts, warm_up=warm_up, trace=trace, windows=windows, kernel=kernel
        )

    workers = threads or os.cpu_count() or 1
    waiting: deque[Future[Run]] = deque()
    left = iter(seeds)
    with ThreadPoolExecutor(workers) as pool:
        try:
            waiting.extend(pool.submit(one, seed) for seed in islice(left, 2 * workers))
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(one, seed) for seed in islice(left, 1))
        finally:
            for future in waiting:
                future.cancel()


__all__ = ["ALL_PARTS", "replications", "simulate"]
