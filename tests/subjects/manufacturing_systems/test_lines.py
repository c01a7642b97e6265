"""Serial lines: two exact methods agree, reversal and time units change nothing, buffers never hurt."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    best_buffers,
    best_work_split,
    continuous_line,
    decomposed_line,
    deterministic_line,
    exponential_line,
    exponential_throughput,
    greedy_buffers,
    two_machine_line,
    zero_buffer_efficiency,
)

RATES = st.floats(0.2, 5.0)
REPAIRS = st.floats(0.02, 0.9)
FAILURES = st.floats(0.001, 0.5)
LINES = st.integers(2, 4).flatmap(
    lambda n: st.tuples(
        st.lists(RATES, min_size=n, max_size=n), st.lists(st.integers(0, 3), min_size=n - 1, max_size=n - 1)
    )
)


def test_hunts_line_of_three_machines_without_buffers() -> None:
    line = exponential_line([1, 1, 1], [0, 0])
    assert line.throughput == pytest.approx(22 / 39)
    assert line.starved[0] == line.blocked[-1] == 0.0


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_each_machine_works_as_much_as_the_throughput_asks(line: tuple[list[float], list[int]]) -> None:
    rates, buffers = line
    found = exponential_line(rates, buffers)
    for rate, starved, blocked in zip(rates, found.starved, found.blocked, strict=True):
        assert rate * (1.0 - starved - blocked) == pytest.approx(found.throughput, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_a_reversed_line_makes_as_much(line: tuple[list[float], list[int]]) -> None:
    rates, buffers = line
    there, back = exponential_line(rates, buffers), exponential_line(rates[::-1], buffers[::-1])
    assert back.throughput == pytest.approx(there.throughput, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(LINES, st.floats(0.01, 100.0))
def test_the_time_unit_does_not_matter(line: tuple[list[float], list[int]], unit: float) -> None:
    rates, buffers = line
    scaled = exponential_line([rate * unit for rate in rates], buffers)
    assert scaled.throughput == pytest.approx(exponential_line(rates, buffers).throughput * unit, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(LINES, st.data())
def test_one_more_place_never_lowers_throughput(line: tuple[list[float], list[int]], data: st.DataObject) -> None:
    rates, buffers = line
    gap = data.draw(st.integers(0, len(buffers) - 1))
    more = [places + (i == gap) for i, places in enumerate(buffers)]
    assert exponential_line(rates, more).throughput >= exponential_line(rates, buffers).throughput * (1 - 1e-12)


def test_two_unreliable_exponential_machines_match_gershwin_and_bermans_limits() -> None:
    """A vast buffer decouples: the slower machine's own rate times its availability. None at all: both must run."""
    alone = 2.0 * 8.0 / (8.0 + 2.0)
    assert exponential_line([2.0, 3.0], [2000], [8.0, 90.0], [2.0, 1.0]).throughput == pytest.approx(alone, rel=1e-4)
    never = exponential_line([2.0, 3.0], [4], [math.inf, math.inf], [1.0, 1.0])
    assert never.throughput == pytest.approx(exponential_line([2.0, 3.0], [4]).throughput)


def test_an_unreliable_exponential_line_reverses_too() -> None:
    there = exponential_line([1.0, 1.4, 1.2], [2, 1], [10.0, 25.0, math.inf], [3.0, 2.0, 1.0])
    back = exponential_line([1.2, 1.4, 1.0], [1, 2], [math.inf, 25.0, 10.0], [1.0, 2.0, 3.0])
    assert back.throughput == pytest.approx(there.throughput, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(REPAIRS, FAILURES, REPAIRS, FAILURES, st.integers(3, 12))
def test_the_closed_form_is_the_markov_chain(r1: float, p1: float, r2: float, p2: float, N: int) -> None:
    form, chain = two_machine_line((r1, r2), (p1, p2), N), deterministic_line([r1, r2], [p1, p2], [N])
    assert form.throughput == pytest.approx(chain.throughput, rel=1e-8)
    assert form.buffer_levels == pytest.approx(chain.buffer_levels, rel=1e-7)
    assert form.starved[1] == pytest.approx(chain.starved[1], abs=1e-9)
    assert form.blocked[0] == pytest.approx(chain.blocked[0], abs=1e-9)


@given(REPAIRS, FAILURES, REPAIRS, FAILURES, st.integers(3, 400))
def test_a_reversed_pair_swaps_empty_and_full(r1: float, p1: float, r2: float, p2: float, N: int) -> None:
    there, back = two_machine_line((r1, r2), (p1, p2), N), two_machine_line((r2, r1), (p2, p1), N)
    assert back.throughput == pytest.approx(there.throughput, rel=1e-9)
    assert back.buffer_levels[0] == pytest.approx(N - there.buffer_levels[0], rel=1e-6, abs=1e-6)
    more = two_machine_line((r1, r2), (p1, p2), N + 1)
    assert more.throughput >= there.throughput * (1 - 1e-12)


def test_a_vast_buffer_leaves_the_weaker_machine_alone() -> None:
    assert two_machine_line((0.1, 0.2), (0.01, 0.05), 1_000_000).throughput == pytest.approx(0.8)


@pytest.mark.parametrize("N", [[3, 3], [6, 4], [4, 8]])
def test_decomposition_is_close_to_exact_for_three_unlike_machines(N: list[int]) -> None:
    r, p = [0.1, 0.15, 0.2], [0.02, 0.01, 0.03]
    exact = deterministic_line(r, p, N).throughput
    assert decomposed_line(r, p, N).throughput == pytest.approx(exact, rel=0.01)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 0.3), st.floats(0.005, 0.05)), min_size=3, max_size=12), st.integers(3, 40))
def test_a_decomposed_line_reverses_and_stays_within_its_bounds(machines: list[tuple[float, float]], N: int) -> None:
    r, p = [one[0] for one in machines], [one[1] for one in machines]
    places = [N + i for i in range(len(r) - 1)]
    there, back = decomposed_line(r, p, places), decomposed_line(r[::-1], p[::-1], places[::-1])
    assert back.throughput == pytest.approx(there.throughput, rel=1e-6)
    alone = min(repair / (repair + fail) for repair, fail in machines)
    assert zero_buffer_efficiency(p, r) < there.throughput < alone


@pytest.mark.parametrize("speeds", [(1.0, 1.0), (1.0, 1.3), (1.5, 0.9)])
def test_the_continuous_line_is_the_limit_of_ever_smaller_parts(speeds: tuple[float, float]) -> None:
    """Exponential parts 1/40 as large at 40 times the rate pour almost like water."""
    mttf, mttr, buffer, fine = [9.0, 14.0], [3.0, 2.0], 5.0, 400
    limit = continuous_line(speeds, mttf, mttr, buffer)
    grains = [
        exponential_line([u * k for u in speeds], [int(buffer * k)], mttf, mttr).throughput / k
        for k in (fine // 2, fine)
    ]
    extrapolated = 2.0 * grains[1] - grains[0]
    assert limit.throughput == pytest.approx(extrapolated, rel=2e-3)


@given(RATES, RATES, st.floats(5, 200), st.floats(5, 200), st.floats(0.5, 20), st.floats(0.5, 20), st.floats(0.1, 500))
def test_the_continuous_line_reverses_and_loses_time_as_it_should(
    u1: float, u2: float, f1: float, f2: float, d1: float, d2: float, buffer: float
) -> None:
    there = continuous_line([u1, u2], [f1, f2], [d1, d2], buffer)
    back = continuous_line([u2, u1], [f2, f1], [d2, d1], buffer)
    assert back.throughput == pytest.approx(there.throughput, rel=1e-6)
    # working time, its repairs, and idle time are all the time
    first = there.throughput / u1 * (1.0 + d1 / f1) + there.blocked[0]
    second = there.throughput / u2 * (1.0 + d2 / f2) + there.starved[1]
    assert (first, second) == pytest.approx((1.0, 1.0), rel=1e-6)


def test_greedy_finds_what_enumeration_proves() -> None:
    rate = exponential_throughput([1, 0.8, 1, 1.2])
    every, greedy = best_buffers(3, 5, rate), greedy_buffers(3, 5, rate)
    assert every.buffers == greedy.buffers == (2, 2, 1)
    assert greedy.tried < every.tried == 21


def test_the_bowl_is_symmetric_and_scales() -> None:
    small, large = best_work_split([0, 0, 0], 4.0), best_work_split([0, 0, 0], 40.0)
    assert small.means == pytest.approx(small.means[::-1])
    assert small.means[1] < small.means[0]
    assert large.throughput == pytest.approx(small.throughput / 10.0, rel=1e-9)


def test_a_line_too_large_to_solve_says_what_to_do() -> None:
    with pytest.raises(InvalidInput) as refused:
        exponential_line([1.0] * 9, [5] * 8)
    assert str(refused.value) == (
        "line: must have at most 40,000 states to be solved exactly, but got '16,777,216 states'. "
        "Take fewer machines or smaller buffers, or use decomposition or simulation."
    )


def test_all_that_is_wrong_with_a_line_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        exponential_line([1.0, -1.0, 1.0], [2, -1, 3], [5.0, 5.0, 0.0], [1.0, 1.0])
    fields = [fault.field for fault in refused.value.faults]
    assert fields == ["rate of machine 2", "buffers", "buffer 2", "mttr", "mttf 3", "mttr 3"]
