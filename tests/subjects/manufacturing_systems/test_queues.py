"""Queues: what must hold whatever the numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    Queue,
    departure_scv,
    erlang_b,
    erlang_c,
    gg1,
    ggm,
    machine_repair,
    mg1,
    mm1,
    mmc,
    mmc_time_exceeds,
    mmc_wait_exceeds,
    mmc_wait_quantile,
    priority_mg1,
    priority_mmc,
)

LOADS = st.floats(0.05, 0.98)
TIMES = st.floats(0.01, 100.0)
SCVS = st.floats(0.0, 10.0)


def test_a_machine_busy_nine_tenths_of_the_time_makes_jobs_wait_nine_times_their_service() -> None:
    queue = mm1(0.9, 1.0)
    assert queue.Wq == pytest.approx(9.0)
    assert pytest.approx(9.0) == queue.L
    assert queue.p_wait == pytest.approx(0.9)


@given(u=LOADS, te=TIMES, ca2=SCVS, ce2=SCVS, machines=st.integers(1, 30))
def test_littles_law_holds_in_every_queue(u: float, te: float, ca2: float, ce2: float, machines: int) -> None:
    rate = u * machines / te
    for queue in (ggm(rate, te, ca2, ce2, machines), mmc(rate, 1.0 / te, machines), mg1(u / te, te, ce2)):
        assert _littles_law(queue)


def _littles_law(queue: Queue) -> bool:
    busy = queue.L - queue.Lq
    return math.isclose(queue.L, queue.arrival_rate * queue.W) and busy >= queue.utilization * (1 - 1e-9)


@given(u=LOADS, te=TIMES, ca2=SCVS, ce2=SCVS, machines=st.integers(1, 9), unit=st.floats(0.001, 3600.0))
def test_the_time_unit_does_not_matter(u: float, te: float, ca2: float, ce2: float, machines: int, unit: float) -> None:
    rate = u * machines / te
    here, there = ggm(rate, te, ca2, ce2, machines), ggm(rate / unit, te * unit, ca2, ce2, machines)
    assert there.Wq == pytest.approx(here.Wq * unit, rel=1e-9)
    assert there.Lq == pytest.approx(here.Lq, rel=1e-9)


def test_formulas_agree_where_they_overlap() -> None:
    assert gg1(0.8, 1.0, 1.0, 1.0).Wq == pytest.approx(mm1(0.8, 1.0).Wq)
    assert mg1(0.8, 1.0, 1.0).Wq == pytest.approx(mmc(0.8, 1.0, 1).Wq)
    assert priority_mmc([0.5, 0.3], 1.0, 1)[1].Wq == pytest.approx(priority_mg1([0.5, 0.3], [1, 1], [1, 1])[1].Wq)
    assert departure_scv(0.7, 1.0, 1.0, 5) == pytest.approx(1.0)


@given(load=st.floats(0.1, 40.0), servers=st.integers(1, 60))
def test_erlangs_b_is_its_sum_of_powers(load: float, servers: int) -> None:
    logs = [n * math.log(load) - math.lgamma(n + 1) for n in range(servers + 1)]
    top = max(logs)
    total = sum(math.exp(value - top) for value in logs)
    assert erlang_b(load, servers) == pytest.approx(math.exp(logs[-1] - top) / total, rel=1e-9)


def test_a_million_servers_keep_their_digits() -> None:
    # square-root staffing, Halfin & Whitt 1981: C tends to 1/(1 + β Φ(β)/φ(β)) with c = a + β√a; β = 1 gives 0.2233
    load = 1e6
    assert erlang_c(load, round(load + math.sqrt(load))) == pytest.approx(0.2233, abs=1e-3)


def test_the_tail_of_the_wait_integrates_to_its_mean() -> None:
    rate, mu, c = 2.7, 1.0, 3
    step = 0.01
    waits = sum(mmc_wait_exceeds(rate, mu, c, (i + 0.5) * step) for i in range(8000)) * step
    times = sum(mmc_time_exceeds(rate, mu, c, (i + 0.5) * step) for i in range(8000)) * step
    queue = mmc(rate, mu, c)
    assert waits == pytest.approx(queue.Wq, rel=1e-4)
    assert times == pytest.approx(queue.W, rel=1e-4)


def test_time_in_station_holds_where_the_two_rates_meet() -> None:
    meets, near = mmc_time_exceeds(1.0, 1.0, 2, 1.5), mmc_time_exceeds(1.0 + 1e-9, 1.0, 2, 1.5)
    assert meets == pytest.approx(near, rel=1e-6)


@given(u=LOADS, servers=st.integers(1, 20), probability=st.floats(0.0, 0.999))
def test_the_quantile_inverts_the_tail(u: float, servers: int, probability: float) -> None:
    wait = mmc_wait_quantile(u * servers, 1.0, servers, probability)
    tail = mmc_wait_exceeds(u * servers, 1.0, servers, wait)
    assert tail == pytest.approx(1.0 - probability) if wait > 0 else tail <= 1.0 - probability + 1e-12


@given(st.lists(st.tuples(st.floats(0.01, 1.0), TIMES, SCVS), min_size=1, max_size=6), LOADS)
def test_priority_moves_waiting_and_removes_none(classes: list[tuple[float, float, float]], total: float) -> None:
    scale = total / sum(share for share, _, _ in classes)
    rates = [share * scale / te for share, te, _ in classes]
    te, ce2 = [c[1] for c in classes], [c[2] for c in classes]
    found = priority_mg1(rates, te, ce2)
    left_over = sum(rate * t * t * (1 + c2) / 2 for rate, t, c2 in zip(rates, te, ce2, strict=True))
    weighted = sum(queue.utilization * queue.Wq for queue in found)
    assert weighted == pytest.approx(total * left_over / (1.0 - total), rel=1e-6)
    assert [queue.Wq for queue in found] == sorted(queue.Wq for queue in found)


@given(st.integers(1, 300), st.floats(0.001, 20.0), st.integers(1, 10))
def test_machines_fail_as_often_as_they_are_repaired(machines: int, ratio: float, crews: int) -> None:
    found = machine_repair(machines, ratio, 1.0, crews)
    assert (machines - found.mean_down) * ratio == pytest.approx(found.repair_rate, rel=1e-9)
    assert sum(found.chances) == pytest.approx(1.0)


def test_an_overload_is_refused_with_the_reason() -> None:
    expected = (
        "utilization: must be below 1, or the queue grows without end and has no long-run average, but got 1.2. "
        "Add capacity, cut downtime or setups, or release less work."
    )
    for model in (lambda: mmc(2.4, 1.0, 2), lambda: ggm(2.4, 1.0, 1, 1, 2), lambda: priority_mg1([1.2], [1], [1])):
        with pytest.raises(InvalidInput) as refused:
            model()
        assert str(refused.value) == expected


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        ggm(-1.0, 0.0, math.nan, -2.0, 0)
    assert [fault.field for fault in refused.value.faults] == ["arrival rate", "te", "ca2", "ce2", "machines"]
