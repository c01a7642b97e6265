"""Networks: routes that end, methods that agree, Little's law."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    conwip,
    conwip_curve,
    exponential_line,
    general_conwip,
    gg1,
    jackson_network,
    line_limits,
    mean_value_analysis,
    mmc,
    practical_worst_case,
    queueing_network,
    traffic,
)

TIMES = st.lists(st.floats(0.1, 10.0), min_size=1, max_size=5)


def test_a_quarter_that_comes_back_makes_four_thirds_visits() -> None:
    found = jackson_network([1.0], [[0.25]], [2.0])
    assert found.visits == pytest.approx((4 / 3,))
    assert pytest.approx(2.0) == found.W


def test_a_circle_without_an_exit_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        traffic([1.0, 0.0, 0.0], [[0.0, 0.5, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    assert str(refused.value) == (
        "routing: must let every job leave in the end, but got 'no way out of [2, 3]'. "
        "Let a share of the jobs leave from one of them."
    )


def test_a_circle_that_no_job_enters_does_no_harm() -> None:
    assert traffic([1.0, 0.0], [[0.0, 0.0], [0.0, 1.0]]) == pytest.approx([1.0, 0.0])


def test_an_overloaded_station_is_named() -> None:
    with pytest.raises(InvalidInput, match="utilization of station 2: must be below 1"):
        jackson_network([1.0, 0.5], [[0.0, 1.0], [0.0, 0.0]], [2.0, 1.4])


def test_rows_above_one_and_negative_shares_are_told_together() -> None:
    with pytest.raises(InvalidInput) as refused:
        traffic([1.0, -1.0], [[0.7, 0.7], [-0.1, 0.0]])
    assert [fault.field for fault in refused.value.faults] == [
        "external rate of station 2",
        "routing from 1",
        "routing from 2",
    ]


@given(st.floats(0.1, 0.9), st.floats(0.0, 0.6), st.floats(0.0, 0.6), st.integers(1, 4))
def test_poisson_networks_are_the_same_by_both_methods(rate: float, back: float, on: float, machines: int) -> None:
    routing = [[0.0, 1.0], [back, on * (1 - back)]]
    need = traffic([rate, 0.0], routing) * 1.25
    exact = jackson_network([rate, 0.0], routing, list(need))
    linked = queueing_network([rate, 0.0], routing, list(1.0 / need), [1.0, 1.0])
    assert pytest.approx(exact.L, rel=1e-9) == linked.L
    assert pytest.approx(exact.throughput * exact.W) == exact.L


def test_a_busy_regular_machine_calms_what_follows() -> None:
    """Two stations in a row: the second sees cd2 of the first; u = 0.9 in both."""
    found = queueing_network([0.9, 0.0], [[0, 1], [0, 0]], [1.0, 1.0], [0.25, 1.0])
    second = found.queues[1]
    assert second is not None
    assert second.Wq == pytest.approx(gg1(0.9, 1.0, 0.81 * 0.25 + 0.19, 1.0).Wq)


@settings(deadline=None, max_examples=30)
@given(TIMES, st.integers(1, 25))
def test_three_ways_to_a_closed_line_agree(times: list[float], jobs: int) -> None:
    convolved, analyzed = conwip(times, jobs), mean_value_analysis([times], [jobs])[0]
    assert convolved.throughput == pytest.approx(analyzed.throughput, rel=1e-9)
    assert pytest.approx(analyzed.L, rel=1e-8) == convolved.L
    assert general_conwip(times, [1.0] * len(times), jobs).throughput == pytest.approx(analyzed.throughput, rel=1e-9)
    assert sum(convolved.L) == pytest.approx(jobs)


@given(st.integers(1, 6), st.floats(0.1, 10.0), st.integers(1, 40))
def test_a_balanced_closed_line_is_the_practical_worst_case(stations: int, te: float, wip: int) -> None:
    expected = practical_worst_case(line_limits([te] * stations), wip)
    assert conwip([te] * stations, wip).throughput == pytest.approx(expected.throughput, rel=1e-9)


def test_a_closed_line_of_parallel_machines_fills_up_to_its_bottleneck() -> None:
    curve = conwip_curve([2, 5, 10, 3], 200, [1, 2, 6, 2])
    rates = [found.throughput for found in curve]
    assert rates[0] == pytest.approx(1 / 20)
    assert all(more >= less * (1 - 1e-12) for less, more in itertools.pairwise(rates))
    assert rates[-1] == pytest.approx(0.4, rel=1e-6)


def test_two_machines_and_a_ring_of_jobs_are_a_line_with_a_buffer() -> None:
    """n jobs between two machines: the second starves and the first blocks as with n - 2 places between them."""
    assert conwip([1.0, 0.7], 6).throughput == pytest.approx(exponential_line([1.0, 1 / 0.7], [4]).throughput)


def test_many_machines_with_plenty_of_jobs_elsewhere_are_an_open_queue() -> None:
    slow = conwip([500.0, 1.0], 400, [400, 1]).L[1]
    rate = conwip([500.0, 1.0], 400, [400, 1]).throughput
    assert slow == pytest.approx(mmc(rate, 1.0, 1).L, rel=0.05)


def test_classes_share_a_machine_by_their_jobs() -> None:
    both = mean_value_analysis([[1.0, 2.0], [1.0, 2.0]], [2, 3])
    alone = mean_value_analysis([[1.0, 2.0]], [5])[0]
    assert sum(found.throughput for found in both) == pytest.approx(alone.throughput)
    assert both[0].throughput / both[1].throughput == pytest.approx(2 / 3)


def test_too_many_mixes_are_refused() -> None:
    with pytest.raises(InvalidInput, match="must make at most 200,000 mixes"):
        mean_value_analysis([[1.0], [1.0]], [999, 999])
