"""The penny fab against theory: the three curves, exact closed networks, Little's law."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.contract import registry
from techamp.subjects.manufacturing_systems import best_case, conwip, line_limits, practical_worst_case, worst_case
from techamp.subjects.manufacturing_systems.simulations.penny_fab.fab import Count, run_fab

FABS = {"one": ([2.0] * 4, [1] * 4), "two": ([2.0, 5.0, 10.0, 3.0], [1, 2, 6, 2])}


def _interval(counts: list[Count]) -> tuple[float, float]:
    """Mean throughput and four standard errors."""
    rates = [count.throughput for count in counts]
    return statistics.fmean(rates), 4.0 * statistics.stdev(rates) / math.sqrt(len(rates))


@pytest.mark.parametrize("wip", range(1, 31))
@pytest.mark.parametrize("fab", FABS)
def test_without_chance_it_is_the_best_case_exactly(fab: str, wip: int) -> None:
    hours, machines = FABS[fab]
    count, best = run_fab(hours, machines, 0.0, wip, False, 100, 1), best_case(line_limits(hours, machines), wip)
    assert count.throughput == pytest.approx(best.throughput, rel=1e-9)
    assert count.cycle_time == pytest.approx(best.cycle_time, rel=1e-9)


@pytest.mark.parametrize("wip", [1, 2, 4, 7, 30])
def test_on_a_tray_it_is_the_worst_case_exactly(wip: int) -> None:
    count, worst = run_fab([2.0] * 4, [1] * 4, 0.0, wip, True, 100, 1), worst_case(line_limits([2.0] * 4), wip)
    assert count.throughput == pytest.approx(worst.throughput, rel=1e-9)
    assert count.cycle_time == pytest.approx(worst.cycle_time, rel=1e-9)


@pytest.mark.parametrize("wip", [1, 4, 8, 16])
def test_full_of_chance_it_is_the_practical_worst_case(wip: int) -> None:
    counts = [run_fab([2.0] * 4, [1] * 4, 1.0, wip, False, 500, seed) for seed in range(40)]
    mean, margin = _interval(counts)
    assert abs(mean - practical_worst_case(line_limits([2.0] * 4), wip).throughput) < margin
    assert margin < 0.02


@pytest.mark.parametrize(("hours", "machines", "wip"), [([2.0, 3.0, 4.0, 2.0], [1, 1, 2, 1], 6), (*FABS["two"], 10)])
def test_unequal_stations_with_parallel_machines_agree_with_the_exact_closed_network(
    hours: list[float], machines: list[int], wip: int
) -> None:
    mean, margin = _interval([run_fab(hours, machines, 1.0, wip, False, 500, seed) for seed in range(40)])
    assert abs(mean - conwip(hours, wip, machines).throughput) < margin


@settings(max_examples=40, deadline=None)
@given(
    hours=st.lists(st.floats(0.5, 20.0), min_size=4, max_size=4),
    machines=st.lists(st.integers(1, 6), min_size=4, max_size=4),
    cv=st.sampled_from([0.0, 0.25, 1.0, 2.0]),
    wip=st.integers(1, 30),
    tray=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_penny_hours_by_stopwatch_are_pennies_times_hours(
    hours: list[float], machines: list[int], cv: float, wip: int, tray: bool, seed: int
) -> None:
    count = run_fab(hours, machines, cv, wip, tray, 100, seed)
    assert count.penny_hours == pytest.approx(wip * count.hours, rel=1e-9)
    assert count.pennies >= 100
    assert float(count.flow.min()) >= 0.0


def test_every_coin_visits_the_stations_in_turn_and_is_in_one_place_at_a_time() -> None:
    visits = run_fab(*FABS["two"], 1.0, 9, False, 100, 5).visits
    for coin in range(9):
        mine = np.flatnonzero(visits.penny == coin)
        mine = mine[np.argsort(visits.queued[mine])]
        assert visits.station[mine].tolist() == [i % 4 for i in range(len(mine))]
        assert visits.queued[mine][1:].tolist() == visits.left[mine][:-1].tolist()


def test_the_page_says_the_law_the_place_between_the_limits_and_the_critical_wip() -> None:
    simulation = registry.simulation("manufacturing_systems.penny_fab")
    said = simulation.run(simulation.Inputs.read({"cv": 0}), 42).notes
    assert (
        said[0] == "With 4 pennies inside, 0.500 pennies leave per hour, and a penny takes 8.0 hours from door to door."
    )
    assert said[1].startswith("That is the best case, 0.500 per hour")
    assert said[3] == "Little’s law: 0.500 per hour × 8.0 hours = 4.00 pennies, as many as were inside."
    assert said[4].endswith("The critical WIP is 4 pennies; you are at it.")


def test_the_curve_of_the_fab_passes_through_the_run_itself() -> None:
    simulation = registry.simulation("manufacturing_systems.penny_fab")
    outcome = simulation.run(simulation.Inputs.read({"wip": 7, "fab": "two"}), 3)
    for name in ("throughput", "cycle_time"):
        curve, mark = outcome.chart(name).series[0], outcome.chart(name).marks[0]
        assert mark.x == 7.0
        assert curve.y[curve.x.index(7.0)] == mark.y == round(outcome.measure(name).value or 0.0, 5)
