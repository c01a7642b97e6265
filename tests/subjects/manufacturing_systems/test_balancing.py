"""Line balancing: balances that can be built, bounds that hold, optima that no other search beats."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.manufacturing_systems.reference_checks.folder import INSTANCES

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    RULES,
    Precedence,
    balance_by_rule,
    balance_faults,
    best_balance,
    fewest_stations,
    parse_in2,
)


@st.composite
def task_graphs(draw: st.DrawFn) -> tuple[Precedence, int]:
    count = draw(st.integers(1, 9))
    times = draw(st.lists(st.integers(1, 12), min_size=count, max_size=count))
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    arcs = draw(st.lists(st.sampled_from(pairs), max_size=12, unique=True)) if pairs else []
    return Precedence(tuple(times), tuple(arcs)), draw(st.integers(max(times), 25))


def fewest_by_trying_all(tasks: Precedence, cycle_time: float) -> int:
    """Dynamic programming over all sets of tasks: the oracle."""

    @functools.cache
    def ends(done: int) -> tuple[int, float]:  # stations used, time used in the last
        if not done:
            return (1, 0)
        options = []
        for j, time in enumerate(tasks.times):
            if done >> j & 1 and not any(done >> k & 1 and tasks.before[k] >> j & 1 for k in range(len(tasks))):
                stations, used = ends(done ^ 1 << j)
                options.append((stations, used + time) if used + time <= cycle_time else (stations + 1, time))
        return min(options)

    return ends((1 << len(tasks)) - 1)[0]


@settings(deadline=None, max_examples=80)
@given(task_graphs())
def test_the_proven_optimum_is_that_of_trying_all(given_: tuple[Precedence, int]) -> None:
    tasks, cycle_time = given_
    found = best_balance(tasks, cycle_time)
    assert found.optimal
    assert balance_faults(tasks, found) == []
    assert len(found.stations) == fewest_by_trying_all(tasks, cycle_time)


@settings(deadline=None, max_examples=60)
@given(task_graphs(), st.sampled_from(RULES), st.floats(0.01, 100.0))
def test_rules_make_balances_that_can_be_built_and_no_fewer_stations_than_the_bound(
    given_: tuple[Precedence, int], rule: str, unit: float
) -> None:
    tasks, cycle_time = given_
    found = balance_by_rule(tasks, cycle_time, rule)
    assert balance_faults(tasks, found) == []
    assert fewest_stations(tasks, cycle_time) <= len(found.stations)
    assert found.efficiency <= 1.0 + 1e-12
    scaled = Precedence(tuple(time * unit for time in tasks.times), tasks.arcs)
    assert len(balance_by_rule(scaled, cycle_time * unit, rule).stations) == len(found.stations)
    assert fewest_stations(scaled, cycle_time * unit) == fewest_stations(tasks, cycle_time)


def test_ranked_positional_weight_on_jacksons_tasks() -> None:
    tasks = parse_in2((INSTANCES / "JACKSON.IN2").read_text("utf-8"))
    found = balance_by_rule(tasks, 10)
    assert tasks.positional_weights()[0] == 46.0
    assert balance_faults(tasks, found) == []
    assert (len(found.stations), found.least) == (6, 5)
    assert len(best_balance(tasks, 10).stations) == 5


def test_without_a_budget_the_best_rule_and_an_honest_bound_come_back() -> None:
    tasks = parse_in2((INSTANCES / "TONGE70.IN2").read_text("utf-8"))
    found = best_balance(tasks, 176, node_budget=0)
    assert balance_faults(tasks, found) == []
    assert found.least == 20
    assert not found.optimal


def test_a_wrong_balance_is_told_why() -> None:
    tasks = Precedence((5, 4, 3), ((0, 1),))
    wrong = balance_by_rule(Precedence((5, 4, 3), ((1, 0),)), 8)
    assert balance_faults(tasks, wrong) == [
        "Task 0 must come before task 1, but stands at station 2, task 1 at station 1."
    ]


def test_a_circle_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"arcs: must not go round in a circle, but got \[1, 2, 0\]"):
        Precedence((1, 1, 1, 1), ((0, 1), (1, 2), (2, 0), (2, 3)))


def test_a_task_longer_than_the_cycle_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        balance_by_rule(Precedence((5, 12, 3), ()), 10)
    assert str(refused.value) == (
        "cycle time: must be at least the longest task, 12, but got 10. "
        "Lengthen it, split tasks [1], or use parallel stations."
    )


def test_each_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_in2("2\n5\nx\n1;2\n-1,-1")
    assert [fault.field for fault in refused.value.faults] == ["line 3", "line 4"]
