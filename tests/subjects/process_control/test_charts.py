"""Charts for variables: what must hold for any readings, and what options do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.process_control.strategies import SEEDS, normal_readings, with_gaps

from techamp.subjects.process_control import (
    ControlChart,
    d2,
    d3,
    individuals_chart,
    limit_formulas,
    signals,
    subgroups,
    x_bar_r_chart,
    x_bar_s_chart,
)
from techamp.subjects.process_control.sigma import INDIVIDUAL_ESTIMATORS, SUBGROUP_ESTIMATORS

GROUPED = [x_bar_r_chart, x_bar_s_chart]
Build = Callable[..., ControlChart]


def _lines(chart: ControlChart) -> np.ndarray:
    return np.array([line for panel in chart.panels for line in (panel.center, panel.lower, panel.upper)])


def test_individuals_by_hand() -> None:
    chart = individuals_chart([10.0, 12.0, 11.0, 13.0])  # moving ranges 2, 1, 2: mean 5/3
    sigma = 5 / 3 / d2(2)
    assert chart.center == pytest.approx(11.5)
    assert chart.sigma.value == pytest.approx(sigma)
    assert chart.location.upper == pytest.approx([11.5 + 3 * sigma] * 4)
    assert chart.spread is not None
    assert chart.spread.points[1:] == pytest.approx([2, 1, 2])
    assert np.isnan(chart.spread.points[0])
    assert chart.spread.upper[0] == pytest.approx(5 / 3 + 3 * d3(2) * sigma)
    assert chart.spread.lower[0] == 0.0


@settings(max_examples=30)
@given(SEEDS, st.sampled_from([1e-6, 1.0, 1e5]), st.sampled_from([0.0, 74.0, -1e8]), st.sampled_from(GROUPED))
def test_shift_and_scale_move_the_lines_with_the_readings(seed: int, scale: float, shift: float, build: Build) -> None:
    readings = with_gaps(normal_readings(seed, 100, decimals=3), seed, 0.1).reshape(25, 4)
    readings[0] = [0.1, 0.2, 0.3, 0.5]
    before, after = build(readings), build(shift + scale * readings)
    tolerance = 4e-15 * abs(shift) + 1e-9 * scale
    assert after.sigma.value == pytest.approx(scale * before.sigma.value, abs=tolerance)
    moved = scale * _lines(before)
    moved[:3] += shift
    np.testing.assert_allclose(_lines(after), moved, rtol=1e-9, atol=10 * tolerance)


@settings(max_examples=30)
@given(SEEDS, st.sampled_from(sorted(INDIVIDUAL_ESTIMATORS)), st.sampled_from([1e-3, 7.0]))
def test_individuals_shift_and_scale(seed: int, estimator: str, scale: float) -> None:
    readings = normal_readings(seed, 60)
    before = individuals_chart(readings, estimator=estimator)
    after = individuals_chart(1e3 + scale * readings, estimator=estimator)
    assert after.sigma.value == pytest.approx(scale * before.sigma.value, rel=1e-8)
    assert after.center == pytest.approx(1e3 + scale * before.center)


@settings(max_examples=30)
@given(SEEDS, st.sampled_from(GROUPED), st.sampled_from(sorted(SUBGROUP_ESTIMATORS)))
def test_the_order_of_readings_and_of_subgroups_does_not_move_the_limits(
    seed: int, build: Build, estimator: str
) -> None:
    readings = with_gaps(normal_readings(seed, 80), seed, 0.1).reshape(20, 4)
    readings[0] = [0.1, 0.2, 0.3, 0.5]
    order = np.random.default_rng(seed)
    before = build(readings, estimator=estimator)
    within = build(order.permuted(readings, axis=1), estimator=estimator)
    rows = order.permutation(20)
    between = build(readings[rows], estimator=estimator)
    np.testing.assert_allclose(_lines(within), _lines(before), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(_lines(between), _lines(before)[:, rows], rtol=1e-9, atol=1e-12)


@settings(max_examples=30)
@given(SEEDS, st.sampled_from([individuals_chart, *GROUPED]), st.floats(0.5, 4.0))
def test_limits_hold_the_center_between_them(seed: int, build: Build, k: float) -> None:
    readings = normal_readings(seed, 60)
    chart = build(readings if build is individuals_chart else readings.reshape(12, 5), k=k)
    for panel in chart.panels:
        assert np.all(panel.lower <= panel.center)
        assert np.all(panel.center < panel.upper)


@settings(max_examples=30)
@given(SEEDS, st.sampled_from(GROUPED))
def test_a_column_with_size_or_labels_is_the_same_chart_as_a_table(seed: int, build: Build) -> None:
    table = normal_readings(seed, 60).reshape(15, 4)
    labels = np.repeat([f"lot {i}" for i in range(15)], 4)
    expected = _lines(build(table))
    np.testing.assert_allclose(_lines(build(table.ravel(), size=4)), expected, rtol=1e-12)
    np.testing.assert_allclose(_lines(build(table.ravel(), subgroup=labels)), expected, rtol=1e-12)


def test_labels_that_come_back_join_their_subgroup_in_order_of_appearance() -> None:
    groups = subgroups([1.0, 2.0, 10.0, 3.0, 12.0], labels=["b", "b", "a", "b", "a"])
    assert tuple(groups.labels) == ("b", "a")
    assert groups.n.tolist() == [3, 2]
    assert groups.mean.tolist() == [2.0, 11.0]
    assert groups.range.tolist() == [2.0, 2.0]


def test_a_short_last_subgroup_keeps_its_readings() -> None:
    groups = subgroups([1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 9.0, 9.5], size=3)
    assert groups.n.tolist() == [3, 3, 2]
    assert groups.mean[2] == pytest.approx(9.25)


def test_missing_readings_shrink_a_subgroup_and_an_empty_one_is_a_gap() -> None:
    nan = np.nan
    chart = x_bar_r_chart([[1.0, 2.0, 3.0], [2.0, nan, 3.0], [nan, nan, nan], [4.0, nan, nan]])
    assert chart.n.tolist() == [3, 2, 0, 1]
    assert chart.location.points[[0, 1, 3]].tolist() == [2.0, 2.5, 4.0]
    assert np.isnan(chart.location.points[2])
    assert np.isnan(chart.location.upper[2])
    assert chart.spread is not None
    assert np.isnan(chart.spread.points[[2, 3]]).all()
    assert chart.center == pytest.approx((6 + 5 + 4) / 6)


def test_a_missing_single_reading_leaves_out_both_moving_ranges() -> None:
    chart = individuals_chart([1.0, 2.0, np.nan, 9.0, 10.0])
    assert chart.sigma.n == 2
    assert chart.sigma.value == pytest.approx(1 / d2(2))
    assert not chart.used[2]


def test_an_excluded_reading_is_plotted_but_moves_nothing() -> None:
    readings = [1.0, 2.0, 50.0, 2.0, 1.0]
    chart = individuals_chart(readings, exclude={2: "dropped part"})
    assert chart.location.points[2] == 50.0
    assert chart.center == pytest.approx(1.5)
    assert chart.sigma.value == pytest.approx(1 / d2(2))
    assert chart.excluded == {2: "dropped part"}
    assert chart.used.tolist() == [True, True, False, True, True]


def test_each_phase_has_the_limits_it_would_have_alone() -> None:
    first, second = normal_readings(1, 40), 5.0 + 2.0 * normal_readings(2, 60)
    both = individuals_chart(np.concatenate([first, second]), phases=["before"] * 40 + ["after"] * 60)
    apart = [individuals_chart(first), individuals_chart(second)]
    np.testing.assert_allclose(_lines(both), np.hstack([_lines(chart) for chart in apart]), rtol=1e-12)
    assert [phase.label for phase in both.phases] == ["before", "after"]
    assert both.spread is not None
    assert np.isnan(both.spread.points[40])


def test_a_baseline_gives_limits_to_the_points_after_it() -> None:
    readings = np.concatenate([normal_readings(3, 100), 3.0 + normal_readings(4, 20)]).reshape(24, 5)
    chart = x_bar_s_chart(readings, baseline=20)
    np.testing.assert_allclose(chart.location.upper[0], x_bar_s_chart(readings[:20]).location.upper[0])
    assert {signal.point for signal in signals(chart, "WE1", panel="location")} >= {20, 21, 22, 23}


def test_given_center_and_sigma_need_no_readings_to_estimate_from() -> None:
    chart = x_bar_r_chart([[74.0, 74.02]], center=74.0, sigma=0.01, k=3)
    assert chart.sigma.name == "given"
    assert chart.location.upper[0] == pytest.approx(74.0 + 3 * 0.01 / np.sqrt(2))
    assert chart.spread is not None
    assert chart.spread.center[0] == pytest.approx(d2(2) * 0.01)


def test_the_expected_center_of_ranges_follows_the_size_of_the_subgroup() -> None:
    table = np.where(np.arange(4) < np.array([[4], [4], [2]]), normal_readings(5, 12).reshape(3, 4), np.nan)
    chart = x_bar_r_chart(table, spread_center="expected")
    assert chart.spread is not None
    assert chart.spread.center == pytest.approx([d2(4) * chart.sigma.value] * 2 + [d2(2) * chart.sigma.value])


def test_readings_a_hundred_million_from_zero_lose_no_digit() -> None:
    readings = np.round(normal_readings(6, 200), 1)
    near, far = x_bar_s_chart(readings.reshape(40, 5)), x_bar_s_chart((readings + 1e8).reshape(40, 5))
    assert far.sigma.value == pytest.approx(near.sigma.value, rel=1e-7)  # the readings themselves keep 1.5e-8
    assert far.center - 1e8 == pytest.approx(near.center, abs=1e-7)


def test_whole_numbers_and_lists_are_readings_too() -> None:
    assert individuals_chart([1, 2, 4]).center == individuals_chart(np.array([1, 2, 4], dtype=np.int32)).center


def test_few_points_are_called_trial_limits() -> None:
    note = individuals_chart([1.0, 2.0, 4.0]).notes[0]
    assert note == (
        "Phase 1: the limits come from 3 readings. With fewer than 20 they are uncertain; treat them as trial limits."
    )


def test_limits_from_the_overall_spread_carry_a_warning() -> None:
    assert "hides them" in individuals_chart(normal_readings(7, 50), estimator="overall").notes[-1]


def test_formulas_carry_this_charts_numbers_and_give_its_lines() -> None:
    chart = x_bar_r_chart(np.round(74 + 0.01 * normal_readings(8, 125), 3).reshape(25, 5))
    found = {(formula.panel, formula.symbol): formula for formula in limit_formulas(chart)}
    upper = found["location", "UCL"]
    assert upper.value == chart.location.upper[0]
    assert str(upper).startswith(f"UCL = x̿ + 3·σ̂/√n = {chart.center:.6f} + 3·0.01")
    assert str(upper).endswith(f"= {chart.location.upper[0]:.6f}")
    assert found["spread", "LCL"].expression == "max(0, R̄ − 3·d3·σ̂)"
    assert "2.3259" in found["sigma", "σ̂"].numbers
