"""The two kernels say the same, and both keep what every factory keeps."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.subjects.manufacturing_systems.engine.factories import reentrant_shop, unreliable_line

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.engine.simulating import replications, simulate
from techamp.subjects.manufacturing_systems.model import (
    Arrivals,
    Batch,
    Branch,
    Calendar,
    Component,
    Crew,
    Demand,
    Failure,
    Model,
    Product,
    Setup,
    Staffing,
    Station,
    Step,
    constant,
    empirical,
    exponential,
    gamma,
    lognormal,
    uniform,
)
from techamp.subjects.manufacturing_systems.model.resources import Leg, Release

EXAMPLES = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
times = st.one_of(
    st.floats(0.2, 2.0).map(exponential),
    st.floats(0.2, 2.0).map(constant),
    st.floats(0.2, 2.0).map(lambda mean: gamma(mean, cv=0.5)),
    st.floats(0.2, 2.0).map(lambda mean: lognormal(mean, cv=1.0)),
)
failures = st.builds(
    Failure,
    st.floats(5, 50).map(exponential),
    st.floats(1, 10).map(exponential),
    st.sampled_from(["running", "calendar"]),
)


@st.composite
def serial_lines(draw: st.DrawFn) -> Model:
    buffers = draw(st.lists(st.one_of(st.integers(0, 5), st.none()), min_size=1, max_size=6))
    arrivals = draw(st.one_of(st.none(), st.floats(0.5, 3.0).map(lambda mean: Arrivals(exponential(mean)))))
    stations = tuple(
        Station(
            f"s{i}",
            time=draw(times),
            buffer=buffer if i else None,
            failures=tuple(draw(st.lists(failures, max_size=1))),
        )
        for i, buffer in enumerate(buffers)
    )
    return Model(stations=stations, products=(Product("p", arrivals=arrivals),))


def close(a: float, b: float, scale: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9 * scale)


def check_conservation(run: Run, model: Model) -> None:
    """Machine times fill the time; part times are the WIP; what came in is out or inside."""
    for station in run.stations:
        assert close(sum(station.times.values()), station.machines * run.until, run.until)
        assert min(station.times.values()) > -1e-6 * run.until
    held = sum(run.part_times.values())
    assert close(held, sum(p.wip_time for p in run.products), max(1.0, held))
    for product in run.products:
        assert product.parts_in == product.finished + product.scrapped + product.wip_at_end
        assert product.flow_sum <= product.wip_time * (1 + 1e-9) + 1e-6  # Little: the rest is time of parts inside


def test_the_recursion_keeps_when_each_part_came_however_many_are_inside() -> None:
    """18,000 parts pile up: more than their times have room for at first."""
    stations = tuple(Station(f"s{i}", time=constant(1.0 + i // 2), buffer=9000 if i else None) for i in range(3))
    line, events = (
        simulate(
            Model(stations=stations), 1, until=90_000.0, warm_up=40_000.0, kernel=kernel
        )  # stopped, and gone on with
        for kernel in ("line", "events")
    )
    assert line.products[0].wip_at_end > 18_000
    assert line.products[0].flow_sum == events.products[0].flow_sum


@EXAMPLES
@given(serial_lines(), st.integers(0, 1000))
def test_recursion_and_events_agree(model: Model, seed: int) -> None:
    line, events = (simulate(model, seed, until=300.0, kernel=kernel) for kernel in ("line", "events"))
    assert (line.kernel, events.kernel) == ("line", "events")
    for run in (line, events):
        check_conservation(run, model)
    assert line.finished == events.finished
    assert close(line.products[0].flow_sum, events.products[0].flow_sum, 300.0)
    for a, b in zip(line.stations, events.stations, strict=True):
        assert (a.parts_in, a.parts_out, a.failures) == (b.parts_in, b.parts_out, b.failures)
        assert all(close(a.times[state], b.times[state], 300.0) for state in a.times)
    for c, d in zip(line.steps, events.steps, strict=True):
        assert all(close(c.times[kind], d.times[kind], 3000.0) for kind in c.times)


@EXAMPLES
@given(serial_lines(), st.integers(0, 1000), st.data())
def test_more_buffer_never_hurts(model: Model, seed: int, data: st.DataObject) -> None:
    parts = 200
    small = simulate(model, seed, parts=parts)
    which = data.draw(st.integers(0, len(model.stations) - 1))
    station = model.stations[which]
    if station.buffer is None or any(f.clock == "calendar" for s in model.stations for f in s.failures):
        return
    large = simulate(model.with_station(station.name, buffer=station.buffer + 1), seed, parts=parts)
    assert large.until <= small.until * (1 + 1e-9)


def test_a_reversed_line_with_reversed_draws_is_as_fast() -> None:
    """Muth (1979): part k at station j forward takes what part N−1−k takes at the mirror station backward."""
    from techamp.subjects.manufacturing_systems.engine import line_words as kernel
    from techamp.subjects.manufacturing_systems.engine import native, words
    from techamp.subjects.manufacturing_systems.engine.state import State

    parts, buffers = 300, [None, 2, 0, 5, 1]
    drawn = np.random.default_rng(3).gamma(2.0, size=(parts, 5))

    def makespan(times: np.ndarray, places: list[int | None]) -> float:
        stations = tuple(Station(f"s{i}", time=constant(1.0), buffer=b) for i, b in enumerate(places))
        state = State(Model(stations=stations), 1)
        at = int(state.I[kernel.TIMES])
        for k in range(parts):
            state.F[at : at + 5] = times[k]
            assert native.line_kernel(native.STEP, math.inf, k + 1, state.I, state.F) == words.DONE
        return float(state.F[state.I[kernel.RECORDS] + 4 * kernel.RECORD + kernel.LAST])

    forward = makespan(drawn, buffers)
    assert makespan(drawn[::-1, ::-1], [None, *buffers[:0:-1]]) == pytest.approx(forward, rel=1e-9)


RICH = Model(
    stations=(
        Station("cut", time=uniform(0.5, 1.5), machines=2, setup=Setup(constant(0.5)), dispatch="setup", scrap=0.05,
                failures=(Failure(exponential(60.0), exponential(3.0), crew="fitters"),)),
        Station("wash", time=constant(3.0), buffer=8, batch=Batch(4, least=2, wait=6.0)),
        Station("drill", time=gamma(1.0, cv=0.5), buffer=4, buffer_after=1, rework=0.1, calendar="day",
                failures=(Failure(exponential(40.0), exponential(3.0), crew="fitters"),
                          Failure(exponential(200.0), exponential(9.0), "calendar"))),
        Station("fit", time=exponential(0.8), machines=2, staffing=Staffing("hands"), dispatch="edd"),
    ),
    products=(
        Product("pump", arrivals=Arrivals(exponential(3.0), due=constant(60.0)),
                route=(Step("cut"), Step("wash"), Step("drill", next=(Branch("fit", 0.7), Branch("cut again", 0.3))),
                       Step("cut", name="cut again", next=(Branch("fit", 1.0),)),
                       Step("fit", takes=(Component("bolt", 2),)))),
        Product("bolt", arrivals=Arrivals(exponential(4.0), batch=3), route=(Step("cut"),), opening_stock=5),
        Product("valve", arrivals=Arrivals(exponential(9.0)), route=(Step("cut"), Step("fit")),
                demand=Demand(exponential(9.0)), base_stock=4),
    ),
    crews=(Crew("fitters"), Crew("hands", 2, "day"), Crew("carts")),
    calendars=(Calendar("day", 24.0, ((1.0, 9.0), (10.0, 22.0))),),
    transport=(Leg(constant(0.4), "cut", "*", "carts"),),
    dispatch="fifo",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_a_factory_with_everything_conserves_parts_and_time(seed: int) -> None:
    run = simulate(RICH, seed, until=4000.0)
    check_conservation(run, RICH)
    assert run.deadlock == ()
    pump, _bolt, valve = run.products
    assert pump.finished > 800
    assert pump.orders == pump.finished
    assert valve.served > 300
    used = {state for station in run.stations for state, time in station.times.items() if time > 0}
    assert used == {"busy", "setup", "blocked", "starved", "down", "off_shift", "waiting_operator", "waiting_repair"}
    assert all(time > 0 for time in run.part_times.values())


def test_a_batch_waits_for_company_but_not_too_long() -> None:
    oven = Station("oven", time=constant(10.0), batch=Batch(3, least=3, wait=4.0))
    arrivals = Arrivals(constant(100.0), first=0.0)
    run = simulate(Model(stations=(oven,), products=(Product("p", arrivals=arrivals),)), 1, until=95.0)
    assert run.products[0].flow_sum == 14.0
    together = Arrivals(constant(100.0), batch=3, first=0.0)
    run = simulate(Model(stations=(oven,), products=(Product("p", arrivals=together),)), 1, until=95.0)
    assert (run.finished, run.products[0].flow_sum) == (3, 30.0)


def test_conwip_holds_work_and_kanban_holds_each_station() -> None:
    stations = tuple(Station(f"s{i}", time=exponential(1.0)) for i in range(4))
    run = simulate(Model(stations=stations, release=Release("conwip", 5)), 3, until=2000.0)
    assert run.wip == pytest.approx(5.0, rel=1e-3)
    cards = Model(stations=tuple(replace(s, cards=2) for s in stations), release=Release("kanban"))
    held = simulate(cards, 3, until=2000.0)
    assert held.wip <= 8.0
    assert 0.5 < held.throughput < run.throughput + 0.2


def test_dispatch_rules_differ_as_they_should() -> None:
    station = Station("m", time=exponential(1.0))
    product = Product("p", arrivals=Arrivals(exponential(1.25), due=uniform(1.0, 40.0)))
    runs = {
        rule: simulate(Model(stations=(station,), products=(product,), dispatch=rule), 4, parts=50_000)
        for rule in ("fifo", "lifo", "spt", "edd", "cr")
    }
    flow = {rule: run.flow_time for rule, run in runs.items()}
    late = {rule: run.products[0].tardiness_sum for rule, run in runs.items()}
    assert flow["spt"] < 0.8 * flow["fifo"]
    assert flow["lifo"] == pytest.approx(flow["fifo"], rel=0.05)
    assert runs["lifo"].flow_sd > 1.5 * runs["fifo"].flow_sd
    assert late["edd"] < late["fifo"]
    assert late["cr"] < late["fifo"]


def test_a_circle_of_full_stations_is_named() -> None:
    stations = tuple(Station(name, time=constant(1.0), buffer=0) for name in ("mill", "wash"))
    route = (Step("mill"), Step("wash"), Step("mill", name="again"))
    run = simulate(Model(stations=stations, products=(Product("p", route=route),)), 1, until=100.0)
    assert set(run.deadlock) == {"mill", "wash"}
    assert run.until < 10.0


def test_measured_times_are_drawn_as_given() -> None:
    station = Station("m", time=empirical([1.0, 2.0, 6.0]))
    run = simulate(Model(stations=(station,)), 1, until=30_000.0, trace=True)
    assert run.trace is not None
    spent = run.trace.ended - run.trace.started
    assert {round(time, 9) for time in spent} == {1.0, 2.0, 6.0}
    assert run.throughput == pytest.approx(1 / 3, rel=0.02)


def test_the_trace_tells_every_part_at_every_machine() -> None:
    for kernel in ("line", "events"):
        run = simulate(unreliable_line(3, exponential), 1, until=500.0, trace=True, kernel=kernel)
        assert run.trace is not None
        work = run.trace.kind == 0
        order = np.lexsort((run.trace.part[work], run.trace.station[work]))
        began, left = run.trace.started[work][order], run.trace.left[work][order]
        same = np.diff(run.trace.station[work][order]) == 0
        assert (began[1:] - left[:-1])[same].min() >= 0.0
        assert (run.trace.queued <= run.trace.started).all()


def test_threads_change_nothing() -> None:
    model = reentrant_shop(mttf=50.0, operators=13)
    alone = list(replications(model, range(6), parts=500, threads=1))
    assert list(replications(model, range(6), parts=500, threads=2)) == alone
    assert len({run.throughput for run in alone}) == 6


def test_windows_add_up_to_the_run() -> None:
    run = simulate(unreliable_line(5, exponential), 2, until=2000.0, warm_up=200.0, windows=18)
    assert run.series is not None
    assert run.series.finished.sum() == run.finished
    assert run.series.wip.mean() == pytest.approx(run.wip)


def test_an_end_must_be_said_once() -> None:
    with pytest.raises(ValueError, match="either until=… \\(a time\\) or parts=…"):
        simulate(unreliable_line(2, constant), 1)
    with pytest.raises(ValueError, match="until must be later than the warm-up"):
        simulate(unreliable_line(2, constant), 1, until=5.0, warm_up=5.0)
