"""Factories that several tests of the engine run."""

from __future__ import annotations

from collections.abc import Callable

from techamp.subjects.manufacturing_systems.model import (
    Arrivals,
    Crew,
    Distribution,
    Failure,
    Model,
    Product,
    Setup,
    Staffing,
    Station,
    Step,
    constant,
    exponential,
    uniform,
)

MACHINES = (2, 3, 2, 3, 2, 2)
SETUPS = (0.10, 0.15, 0.10, 0.20, 0.10, 0.05)
RATES = (0.75, 0.60, 0.45)
ROUTES = (
    ((0, 0.50), (1, 0.80), (2, 0.40), (0, 0.45), (3, 0.90), (4, 0.50), (1, 0.70), (5, 0.60)),
    ((0, 0.40), (3, 0.70), (2, 0.50), (4, 0.60), (0, 0.35), (1, 0.90), (3, 0.80), (2, 0.40), (5, 0.50), (4, 0.40)),
    ((1, 0.60), (2, 0.45), (3, 0.60), (0, 0.40), (4, 0.35), (2, 0.50), (1, 0.70), (3, 0.75), (0, 0.30), (5, 0.55),
     (4, 0.45), (2, 0.35)),
)  # fmt: skip


def unreliable_line(
    stations: int, time: Callable[[float], Distribution], *, buffer: int = 10, clock: str = "running"
) -> Model:
    """Mean time 1, MTTF 100, MTTR 10, never starved at its head: the line of the bench."""
    failure = Failure(exponential(100.0), exponential(10.0), clock)
    return Model(
        stations=tuple(
            Station(f"s{i}", time=time(1.0), buffer=buffer if i else None, failures=(failure,)) for i in range(stations)
        )
    )


def reentrant_shop(rule: str = "fifo", *, mttf: float = 0.0, operators: int = 0) -> Model:
    """Six work centers, 14 machines, three products of 8 to 12 steps in two setup families: the shop of the bench."""
    failures = (Failure(exponential(mttf), exponential(1.0)),) if mttf else ()
    stations = tuple(
        Station(
            f"w{k}",
            machines=MACHINES[k],
            setup=Setup(constant(SETUPS[k]), first="none"),
            dispatch=rule,
            failures=failures,
            staffing=Staffing("operators") if operators else None,
        )
        for k in range(6)
    )
    products = tuple(
        Product(
            f"p{i}",
            family="ABB"[i],
            arrivals=Arrivals(exponential(1 / RATES[i])),
            route=tuple(Step(f"w{k}", name=f"{n}", time=uniform(0.5 * m, 1.5 * m)) for n, (k, m) in enumerate(route)),
        )
        for i, route in enumerate(ROUTES)
    )
    crews = (Crew("operators", operators),) if operators else ()
    return Model(stations=stations, products=products, crews=crews)
