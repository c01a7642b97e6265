"""Run lengths: exact chains against simulation with the very rules that mark points, and against theory."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.subjects.process_control import (
    Rule,
    average_run_length,
    conditional_run_lengths,
    count_miss,
    cusum_chart,
    cusum_run_length,
    ewma_chart,
    ewma_run_length,
    individuals_chart,
    rule_chain,
    run_length_distribution,
    signal_points,
    x_bar_miss,
)
from techamp.subjects.process_control.patterns import Beyond, Outside, Within

MIXED = (
    Rule("a", "", Beyond(3, 6, 1.5)),
    Rule("b", "", Within(5, 0.6)),
    Rule("c", "", Outside(4, 1.0)),
    Rule("d", "", Beyond(5, 5)),
)


def test_rule_one_alone_runs_as_long_as_the_geometric_distribution_says() -> None:
    beyond = math.erfc(3 / math.sqrt(2))
    found = run_length_distribution("WE1", points=2000)
    assert found.mean == pytest.approx(1 / beyond)
    assert found.sd == pytest.approx(math.sqrt(1 - beyond) / beyond)
    assert found.survival[2000] == pytest.approx((1 - beyond) ** 2000)
    assert found.quantile(0.5) == math.ceil(math.log(0.5) / math.log(1 - beyond))


@pytest.mark.parametrize(
    ("rules", "shift", "scale"),
    [
        ("western_electric", 0.0, 1.0),
        ("western_electric", 1.0, 1.0),
        (MIXED, 0.3, 1.2),
        (["NEL7", "NEL8", "WE1"], 0.0, 0.9),
    ],
)
def test_the_chain_signals_when_the_marked_points_say(rules: object, shift: float, scale: float) -> None:
    runs, points = 4000, 30
    z = shift + scale * np.random.default_rng(5).normal(size=(runs, points))
    marked = signal_points(z.ravel(), rules, phases=np.repeat(np.arange(runs), points))  # type: ignore[arg-type]
    first = np.full(runs, points)
    np.minimum.at(first, marked // points, marked % points)
    chain = run_length_distribution(rules, shift, scale=scale, full_window=True, points=points)  # type: ignore[arg-type]
    for t in (1, 5, 10, 20, 30):
        simulated, expected = np.mean(first >= t), chain.survival[t]
        assert simulated == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / runs) + 1e-9)


def test_the_mean_is_the_sum_of_the_survival() -> None:
    found = run_length_distribution("western_electric", 1.5, points=1500)
    assert found.mean == pytest.approx(found.survival.sum(), rel=1e-9)
    assert found.survival[0] == pytest.approx(1.0)


def test_waiting_for_a_full_window_costs_a_fraction_of_a_point() -> None:
    early, late = (average_run_length("western_electric", full_window=full) for full in (False, True))
    assert 0.0 < late - early < 0.2


@settings(max_examples=30)
@given(st.floats(-3, 3), st.sampled_from(["WE1", "western_electric"]))
def test_a_shift_up_is_as_visible_as_one_down_and_shortens_the_run(shift: float, rules: str) -> None:
    assert average_run_length(rules, shift) == pytest.approx(average_run_length(rules, -shift), rel=1e-7)
    assert average_run_length(rules, abs(shift) + 0.1) < average_run_length(rules, abs(shift))


def test_equivalent_memories_are_merged() -> None:
    assert len(rule_chain("WE1")) == 1
    assert len(rule_chain("western_electric")) <= 215


def test_the_chance_of_a_miss_is_that_of_one_more_point() -> None:
    assert 1 / (1 - x_bar_miss(0.75, 4)) == pytest.approx(average_run_length("WE1", 1.5))
    assert x_bar_miss(0.0, scale=2.0) == pytest.approx(math.erf(1.5 / math.sqrt(2)))


def test_a_count_on_the_limit_is_missed() -> None:
    assert count_miss(0.0, 2.0, 1.0) == pytest.approx(2.5 / math.e)  # Poisson: 0, 1 or 2
    assert count_miss(1.0, 2.0, 1.0) == pytest.approx(1.5 / math.e)
    assert count_miss(1.0, 2.0, 1.0, size=2) == pytest.approx(0.75)
    assert count_miss(0.0, 10.0, 5.0, size=10) == 1.0


def test_an_ewma_without_memory_is_a_shewhart_chart() -> None:
    for shift in (0.0, 1.0, 3.0):
        assert ewma_run_length(shift, weight=1.0, k=3.0) == pytest.approx(average_run_length("WE1", shift), rel=1e-8)


@pytest.mark.parametrize("shift", [0.5, 1.0])
def test_charts_that_remember_run_as_long_as_their_equations_say(shift: float) -> None:
    runs, points = 1500, 120
    z = shift + np.random.default_rng(6).normal(size=(runs, points))
    base = individuals_chart(z.ravel(), phases=np.repeat(np.arange(runs), points), center=0.0, sigma=1.0)
    sums = cusum_chart(base, decision=4.0, head_start=0.5)
    averages = ewma_chart(base, weight=0.2, k=2.5, limits="steady").location
    outside = np.abs(averages.points) > averages.upper
    cusum_out = (sums.upper > 4.0) | (sums.lower < -4.0)
    expected = {
        "ewma": ewma_run_length(shift, weight=0.2, k=2.5),
        "cusum": cusum_run_length(shift, decision=4.0, head_start=0.5),
    }
    for name, out in (("ewma", outside), ("cusum", cusum_out)):
        first = 1 + np.where(out.reshape(runs, points).any(axis=1), out.reshape(runs, points).argmax(axis=1), points)
        assert first.mean() == pytest.approx(expected[name], abs=4 * first.std() / math.sqrt(runs)), name


def test_limits_from_few_readings_spread_the_run_lengths_widely() -> None:
    found = conditional_run_lengths(np.random.default_rng(7), samples=25, charts=400)
    assert found.quantile(0.1) < 80
    assert found.quantile(0.9) > 1500
    more = conditional_run_lengths(np.random.default_rng(7), samples=400, size=5, charts=60)
    assert more.quantile(0.9) / more.quantile(0.1) < 3
