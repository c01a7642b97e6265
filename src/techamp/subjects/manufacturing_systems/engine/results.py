"""From a kernel's rows of measures to a ``Run``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.run import ProductRun, Run, Series, StationRun, StepRun, Trace
from techamp.subjects.manufacturing_systems.engine.state import Measures, State

Rows = NDArray[np.int64]


def run_of(state: State, before: Measures, after: Measures, marks: Sequence[Measures]) -> Run:
    """What happened between two moments."""
    model = state.model
    steps = tuple(
        StepRun(product.name, step.name, step.station, _times(w.PART_TIMES, a, b), *_counts(a, b, w.OPERATION_IN, 2))
        for (product, step), a, b in zip(
            ((p, s) for p in model.products for s in p.route), before.steps, after.steps, strict=True
        )
    )
    return Run(
        seed=state.seed,
        kernel=state.kernel,
        counted_from=before.at,
        until=after.at,
        stations=_stations(state, before.stations, after.stations),
        steps=steps,
        products=tuple(
            _product(p.name, a, b) for p, a, b in zip(model.products, before.products, after.products, strict=True)
        ),
        operations=after.operations - before.operations,
        events=after.events - before.events,
        deadlock=deadlock_of(state),
        trace=_trace(state) if state.trace else None,
        series=_series(marks) if len(marks) > 1 else None,
    )


def _stations(state: State, before: Rows, after: Rows) -> tuple[StationRun, ...]:
    """In the model's order; a serial line has its rows in the order of the route."""
    names = [station.name for station in state.model.stations]
    place = {step.station: i for i, step in enumerate(state.model.products[0].route)} if state.kernel == "line" else {}
    found = []
    for i, name in enumerate(names):
        a, b = before[place.get(name, i)], after[place.get(name, i)]
        counts = _counts(a, b, w.STATION_IN, 6)
        found.append(StationRun(name, state.model.stations[i].machines, _times(w.STATES, a, b), *counts))
    return tuple(found)


def _times(kinds: Sequence[str], before: Rows, after: Rows) -> dict[str, float]:
    spent = after[: len(kinds)].view(np.float64) - before[: len(kinds)].view(np.float64)
    return dict(zip(kinds, spent.tolist(), strict=True))


def _counts(before: Rows, after: Rows, first: int, count: int) -> list[int]:
    found: list[int] = (after[first : first + count] - before[first : first + count]).tolist()
    return found


def _product(name: str, before: Rows, after: Rows) -> ProductRun:
    a, b = before.view(np.float64), after.view(np.float64)

    def counted(i: int) -> int:
        return int(after[i] - before[i])

    def summed(i: int) -> float:
        return float(b[i] - a[i])

    return ProductRun(
        name=name,
        parts_in=counted(w.PRODUCT_IN),
        finished=counted(w.PRODUCT_OUT),
        scrapped=counted(w.PRODUCT_SCRAP),
        lost=counted(w.PRODUCT_LOST),
        flow_sum=summed(w.FLOW_SUM),
        flow_squares=summed(w.FLOW_SQUARES),
        flow_least=float(b[w.FLOW_LEAST]),
        flow_most=float(b[w.FLOW_MOST]),
        orders=counted(w.ORDERS),
        late=counted(w.LATE),
        lateness_sum=summed(w.LATENESS),
        lateness_squares=summed(w.LATENESS_SQUARES),
        tardiness_sum=summed(w.TARDINESS),
        wip_time=summed(w.WIP_TIME),
        wip_at_end=int(after[w.WIP_NOW]),
        demanded=counted(w.DEMANDED),
        served=counted(w.SERVED),
        backordered=counted(w.BACKORDERED),
        backorder_time=summed(w.BACKORDER_TIME),
        stock_time=summed(w.STOCK_TIME),
    )


def _series(marks: Sequence[Measures]) -> Series:
    products = np.stack([mark.products for mark in marks])
    floats = products.view(np.float64)
    width = (marks[-1].at - marks[0].at) / (len(marks) - 1)
    return Series(
        width=width,
        finished=np.diff(products[:, :, w.PRODUCT_OUT].sum(axis=1)),
        flow_sum=np.diff(floats[:, :, w.FLOW_SUM].sum(axis=1)),
        wip=np.diff(floats[:, :, w.WIP_TIME].sum(axis=1)) / width,
    )


def _trace(state: State) -> Trace:
    state.take_trace()
    stations = state.model.stations
    counts = [station.machines for station in stations]
    order = np.arange(sum(counts))
    if state.kernel == "line":
        names = [station.name for station in stations]
        order = np.array([names.index(step.station) for step in state.model.products[0].route])
    return Trace(tuple(state.rows), state.now, order, np.repeat(np.arange(len(counts)), counts))


def deadlock_of(state: State) -> tuple[str, ...]:
    """Who waits for whom in a circle, by name; empty while something moves."""
    if state.ended != w.STUCK:
        return ()
    from techamp.subjects.manufacturing_systems.engine.deadlock import waiting_circle

    return waiting_circle(state)
