"""Random factories: every distribution, routes that come back, people, shifts, failures."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from techamp.subjects.manufacturing_systems.model import (
    Arrivals,
    Batch,
    Branch,
    Calendar,
    Crew,
    Distribution,
    Failure,
    Leg,
    Model,
    Product,
    Release,
    Setup,
    Staffing,
    Station,
    Step,
    completed,
    model_faults,
)

TIMES = st.floats(0.01, 1e4, allow_nan=False)
SHARES = st.sampled_from([0.0, 0.01, 0.1, 1 / 3])
CVS = st.floats(0.05, 2.0)


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    kind = draw(st.sampled_from(["constant", "exponential", "uniform", "triangular", "normal", "lognormal", "gamma",
                                 "weibull", "erlang", "empirical"]))  # fmt: skip
    mean = draw(TIMES)
    if kind in ("constant", "exponential"):
        return Distribution(kind, (mean,))
    if kind in ("uniform", "triangular"):
        count = 2 if kind == "uniform" else 3
        return Distribution(kind, tuple(sorted(draw(st.lists(TIMES, min_size=count, max_size=count)))))
    if kind == "weibull":
        return Distribution(kind, (draw(st.floats(0.5, 5.0)), mean))
    if kind == "erlang":
        return Distribution(kind, (mean, float(draw(st.integers(1, 20)))))
    if kind == "empirical":
        return Distribution(kind, tuple(draw(st.lists(TIMES, min_size=1, max_size=8))))
    return Distribution(kind, (mean, mean * draw(CVS if kind != "normal" else st.floats(0.05, 0.8))))


@st.composite
def stations(draw: st.DrawFn, name: str) -> Station:
    failures = (Failure(draw(distributions()), draw(distributions()), crew="fixers"),) if draw(st.booleans()) else ()
    return Station(
        name,
        time=draw(distributions()),
        machines=draw(st.integers(1, 4)),
        buffer=draw(st.none() | st.integers(20, 50)),
        setup=draw(st.none() | st.builds(Setup, time=distributions())),
        batch=draw(st.none() | st.builds(Batch, size=st.integers(1, 5))),
        scrap=draw(SHARES),
        rework=draw(SHARES),
        failures=failures,
        staffing=draw(st.none() | st.just(Staffing("hands"))),
        calendar=draw(st.none() | st.just("days")),
        dispatch=draw(st.none() | st.sampled_from(["spt", "edd", "priority"])),
    )


@st.composite
def models(draw: st.DrawFn) -> Model:
    """A factory of up to four stations and two products, some of whose parts go straight out."""
    names = [f"s{i}" for i in range(draw(st.integers(1, 4)))]
    products = []
    for product in ("A", "B")[: draw(st.integers(1, 2))]:
        route = [Step(draw(st.sampled_from(names))) for _ in range(draw(st.integers(1, 5)))]
        route[-1] = Step(route[-1].station, name="last", time=draw(st.none() | distributions()))
        if len(route) > 1 and draw(st.booleans()):
            route[0] = Step(route[0].station, name="first", next=(Branch("last", 0.75), Branch("out", 0.25)))
        arrivals = draw(st.none() | st.builds(Arrivals, between=distributions(), batch=st.integers(1, 3)))
        products.append(Product(product, tuple(route), arrivals=arrivals))
    made = completed(
        Model(
            "random",
            time_unit=draw(st.sampled_from(["s", "min", "h", "day"])),
            stations=tuple(draw(stations(name)) for name in names),
            products=tuple(products),
            crews=(Crew("hands", 2), Crew("fixers")),
            calendars=(Calendar("days", 24.0, ((6.0, 14.0), (14.5, 22.0))),),
            transport=draw(st.sampled_from([(), (Leg(Distribution("constant", (0.5,))),)])),
            release=draw(st.sampled_from([Release(), Release("conwip", wip=12)])),
        )
    )
    assume(not model_faults(made))
    return made
