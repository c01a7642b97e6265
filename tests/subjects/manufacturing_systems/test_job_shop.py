"""Job shops: schedules that can be done, rules, critical paths, and a search that finds known optima."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.manufacturing_systems.reference_checks.folder import INSTANCES

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    DISPATCH_RULES,
    JobShop,
    Schedule,
    critical_path,
    dispatch,
    gantt_rows,
    left_shift,
    parse_job_shop,
    schedule_faults,
    search_schedule,
    semi_active,
    shortest_makespan,
)


@st.composite
def shops(draw: st.DrawFn, most_jobs: int = 5, most_machines: int = 4) -> JobShop:
    machines = draw(st.integers(1, most_machines))
    routes = draw(st.lists(st.permutations(range(machines)), min_size=1, max_size=most_jobs))
    times = [draw(st.lists(st.integers(0, 9), min_size=machines, max_size=machines)) for _ in routes]
    return JobShop(tuple(map(tuple, routes)), tuple(map(tuple, times)))


@settings(deadline=None)
@given(shops(), st.sampled_from(sorted(DISPATCH_RULES)), st.booleans())
def test_every_rule_makes_a_schedule_that_can_be_done(shop: JobShop, rule: str, active: bool) -> None:
    found = dispatch(shop, rule, active=active)
    assert schedule_faults(found) == []
    assert found.makespan >= shortest_makespan(shop)
    assert left_shift(found).makespan <= found.makespan
    assert semi_active(shop, found.sequences).starts == found.starts or 0 in shop.time_of


@settings(deadline=None)
@given(shops(), st.sampled_from(sorted(DISPATCH_RULES)))
def test_the_critical_path_spans_the_schedule_without_a_gap(shop: JobShop, rule: str) -> None:
    found = semi_active(shop, dispatch(shop, rule).sequences)
    path = critical_path(found)
    assert found.starts[path[0]] == 0.0
    assert found.ends[path[-1]] == found.makespan
    assert all(found.ends[a] == found.starts[b] for a, b in itertools.pairwise(path))


def shortest_by_trying_all(shop: JobShop) -> float:
    """Every order on every machine: the oracle."""
    found = []
    for sequences in itertools.product(*(itertools.permutations(ops) for ops in shop.on_machine)):
        try:
            found.append(semi_active(shop, sequences).makespan)
        except InvalidInput:
            continue
    return min(found)


@settings(deadline=None, max_examples=25)
@given(shops(most_jobs=3, most_machines=3))
def test_the_search_finds_what_trying_all_finds(shop: JobShop) -> None:
    found = search_schedule(shop, seed=1, moves=300, patience=30)
    assert schedule_faults(found.schedule) == []
    optimum = shortest_by_trying_all(shop)
    assert found.least <= optimum
    assert found.schedule.makespan == optimum


def test_the_optimum_of_ft06_is_found() -> None:
    shop = parse_job_shop((INSTANCES / "ft06.txt").read_text("utf-8"))
    found = search_schedule(shop, seed=1, moves=1_000)
    assert found.schedule.makespan == 55.0
    assert schedule_faults(found.schedule) == []


def test_the_same_seed_finds_the_same_schedule() -> None:
    shop = parse_job_shop((INSTANCES / "ft10.txt").read_text("utf-8"))
    once, again = (search_schedule(shop, seed=5, moves=150) for _ in range(2))
    assert once == again


def test_an_optimum_at_the_bound_is_proven_and_ends_the_search() -> None:
    found = search_schedule(parse_job_shop((INSTANCES / "la01.txt").read_text("utf-8")), seed=1)
    assert found.optimal
    assert found.moves < 5_000


def test_waiting_can_pay_only_for_active_schedules() -> None:
    """A machine idle for 1 lets the long chain start first; one that never waits takes the short job and pays."""
    shop = JobShop(((0,), (1, 0, 1)), ((9,), (1, 2, 8)))
    assert dispatch(shop, "MWKR").makespan == 19.0
    assert dispatch(shop, "MWKR", active=True).makespan == 12.0


def test_a_schedule_that_cannot_be_done_is_told_why() -> None:
    shop = JobShop(((0, 1), (0, 1)), ((3, 2), (2, 2)))
    assert schedule_faults(Schedule(shop, (0.0, 2.0, 1.0, 5.0))) == [
        "Job 0 starts step 1 at 2, before step 0 ends at 3.",
        "Machine 0 does jobs 0 and 1 at the same time, at 1.",
    ]


def test_orders_that_wait_for_each_other_are_refused() -> None:
    shop = JobShop(((0, 1), (1, 0)), ((1, 1), (1, 1)))
    with pytest.raises(InvalidInput, match=r"sequences: must not wait for each other in a circle, but got \[\(0, 0\)"):
        semi_active(shop, [[3, 0], [1, 2]])


def test_gantt_rows_hold_each_operation_once_in_order() -> None:
    shop = parse_job_shop((INSTANCES / "ft06.txt").read_text("utf-8"))
    rows = gantt_rows(dispatch(shop, "SPT"))
    assert sum(map(len, rows)) == 36
    assert all(a.end <= b.start for row in rows for a, b in itertools.pairwise(row))
    assert any(bar.critical for row in rows for bar in row)


def test_each_row_that_cannot_be_read_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_job_shop("2 2\n0 3 1\n0 3 7 1")
    assert [fault.field for fault in refused.value.faults] == ["job 1", "job 2"]
