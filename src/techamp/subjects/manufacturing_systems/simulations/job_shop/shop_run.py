"""One run of the shop on the factory engine, and what became of every order. Times in minutes of production time.

Each kind of order is two products of the engine, ordinary and rush: the same route and times, another due date and
another priority. Product ``2 × kind`` is ordinary, ``2 × kind + 1`` rush.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.engine.run import Run, Trace
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.reading import model_from
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import (
    CHANGED_OVER,
    DAY,
    KINDS,
    STATIONS,
    JobShopInputs,
)

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
WARM_UP = 20 * DAY
_WORK, _SETUP = 0, 2
_NEVER = 1e9
LEAST_RUSH = 1e-6  # %; below it nobody is in a rush
_LEAST_CV = 1e-3
_ENGINE_RULE = {"red": "priority"}


@dataclass(frozen=True)
class Orders:
    """One entry for each order that was begun, in the order of arrival.

    ``finished`` is infinite where the order was still in the shop at the end; ``work`` are its minutes on machines so
    far.
    """

    kind: Counts
    rush: NDArray[np.bool_]
    arrived: Floats
    due: Floats
    finished: Floats
    work: Floats


@dataclass(frozen=True)
class Visits:
    """One entry for each visit of an order to a station: which order, where, when it came, was begun and done.

    ``started`` and ``ended`` are infinite where the visit was still to be begun at the end of the run.
    """

    order: Counts
    station: Counts
    queued: Floats
    started: Floats
    ended: Floats


@dataclass(frozen=True)
class ShopRun:
    """``changeovers`` are (station, kind changed to, from, to)."""

    run: Run
    orders: Orders
    visits: Visits
    changeovers: tuple[tuple[int, int, float, float], ...]

    @property
    def done(self) -> NDArray[np.bool_]:
        """Which orders were finished in the counted time."""
        return (self.orders.finished > self.run.counted_from) & (self.orders.finished <= self.run.until)

    @property
    def lead_times(self) -> Floats:
        """Minutes in the shop of the orders finished in the counted time."""
        return (self.orders.finished - self.orders.arrived)[self.done]


@lru_cache(maxsize=1024)
def shop_model(inputs: JobShopInputs, tagged: bool = True) -> Model:
    """The shop as the engine reads it. Not ``tagged``: rush orders come as they do, and are treated as all others."""
    return model_from(
        {
            "name": "job shop",
            "time_unit": "min",
            "dispatch": _ENGINE_RULE.get(inputs.rule, inputs.rule),
            "stations": [_station(inputs, name) for name in STATIONS],
            "products": [_product(inputs, kind, rush, tagged) for kind in range(len(KINDS)) for rush in (False, True)],
        }
    )


def _station(inputs: JobShopInputs, name: str) -> dict[str, Any]:
    changed = name in CHANGED_OVER and inputs.changeover > 0.0
    return {"name": name, **({"setup": {"time": inputs.changeover}} if changed else {})}


def _product(inputs: JobShopInputs, kind: int, rush: bool, tagged: bool) -> dict[str, Any]:
    one, rushed = KINDS[kind], inputs.rush / 100.0 if inputs.rush >= LEAST_RUSH else 0.0
    share = rushed if rush else 1.0 - rushed
    often = inputs.rate * one.share * share
    # A product that nobody orders stays in the model, so that each kind draws its luck from the same place.
    orders = {"between": {"kind": "exponential", "mean": 1.0 / often}} if often else {"between": 1.0, "first": _NEVER}
    return {
        "name": f"{one.name}{', rush' if rush else ''}",
        "family": one.name,
        "priority": 0.0 if rush and tagged else 1.0,
        "route": [{"station": station, "time": _time(minutes, inputs.cv)} for station, minutes in one.route],
        "arrivals": {**orders, "due": inputs.quoted(kind, rush and tagged)},
    }


def _time(mean: float, cv: float) -> dict[str, Any]:
    """Gamma; a spread too small to matter is none, as a gamma needs 1/cv² to be a number."""
    return {"kind": "gamma", "mean": mean, "cv": cv} if cv > _LEAST_CV else {"kind": "constant", "value": mean}


@lru_cache(maxsize=64)
def run_shop(inputs: JobShopInputs, seed: int, tagged: bool = True) -> ShopRun:
    """A run with what became of every order."""
    run = run_engine(inputs, seed, tagged, trace=True)
    if run.trace is None:
        raise RuntimeError("a traced run has a trace")
    return ShopRun(run, *_orders(inputs, run.trace, run.until), _changeovers(run.trace))


def run_engine(inputs: JobShopInputs, seed: int, tagged: bool = True, trace: bool = False) -> Run:
    """Twenty days to settle from an empty shop, then as many as are counted."""
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate  # loads the compiler

    until = WARM_UP + inputs.days * DAY
    return simulate(shop_model(inputs, tagged), seed, until=until, warm_up=WARM_UP, trace=trace)


def _orders(inputs: JobShopInputs, trace: Trace, until: float) -> tuple[Orders, Visits]:
    """Visits put together to orders: those of one order lie one after the other, in the order of its route."""
    rows = np.flatnonzero(trace.kind == _WORK)
    rows = rows[np.lexsort((trace.queued[rows], trace.part[rows], trace.product[rows]))]
    product, part = trace.product[rows], trace.part[rows]
    begins = np.flatnonzero(np.append(True, (np.diff(product) != 0) | (np.diff(part) != 0))[: len(rows)])
    made = np.diff(np.append(begins, len(rows)))
    ends = begins + made - 1
    kind, rush = product[begins] // 2, product[begins] % 2 == 1
    left = np.where(trace.left[rows] <= until, trace.left[rows], np.inf)
    steps = np.array([len(one.route) for one in KINDS])[kind]
    quoted = np.array([[inputs.quoted(k, late) for late in (False, True)] for k in range(len(KINDS))])
    arrived = trace.queued[rows][begins]
    minutes = np.minimum(trace.ended[rows], until) - trace.started[rows]
    orders = Orders(
        kind=kind,
        rush=rush,
        arrived=arrived,
        due=arrived + quoted[kind, rush.astype(np.int64)],
        finished=np.where(made == steps, left[ends], np.inf),
        work=np.add.reduceat(minutes, begins) if len(begins) else minutes,
    )
    by_arrival = np.argsort(orders.arrived, kind="stable")
    number = np.empty(len(begins), np.int64)
    number[by_arrival] = np.arange(len(begins))
    on = np.flatnonzero((made < steps) & np.isfinite(left[ends]))  # between two stations' machines when the run ended
    where = np.array([STATIONS.index(KINDS[k].route[n][0]) for k, n in zip(kind[on], made[on], strict=True)], np.int64)
    never = np.full(len(on), np.inf)
    visits = Visits(
        order=np.append(np.repeat(number, made), number[on]),
        station=np.append(trace.station[rows], where),
        queued=np.append(trace.queued[rows], left[ends][on]),
        started=np.append(trace.started[rows], never),
        ended=np.append(trace.ended[rows], never),
    )
    sorted_orders = Orders(*(getattr(orders, name)[by_arrival] for name in Orders.__dataclass_fields__))
    return sorted_orders, visits


def _changeovers(trace: Trace) -> tuple[tuple[int, int, float, float], ...]:
    rows = np.flatnonzero(trace.kind == _SETUP)
    columns = (trace.station[rows], trace.product[rows] // 2, trace.started[rows], trace.ended[rows])
    return tuple(zip(*(column.tolist() for column in columns), strict=True))
