"""EWMA, CUSUM and multivariate charts: what they do with gaps, phases and combinations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.subjects.process_control.strategies import SEEDS, normal_readings

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    cusum_chart,
    ewma_chart,
    hotelling_chart,
    individuals_chart,
    mewma_chart,
    recursions,
    signals,
    x_bar_r_chart,
)
from techamp.subjects.process_control.multivariate import mewma_limit


def test_an_average_remembers_and_its_limits_widen_to_the_steady_ones() -> None:
    base = individuals_chart([1.0, 1.0, 1.0], center=0.0, sigma=1.0)
    exact, steady = (ewma_chart(base, weight=0.5, limits=kind).location for kind in ("exact", "steady"))
    assert exact.points.tolist() == [0.5, 0.75, 0.875]
    assert exact.upper[0] == pytest.approx(3 * 0.5)
    assert exact.upper[1] == pytest.approx(3 * np.sqrt(0.25 + 0.0625))
    assert steady.upper == pytest.approx([3 * np.sqrt(0.5 / 1.5)] * 3)


def test_a_small_lasting_shift_shows_on_the_ewma_first() -> None:
    readings = normal_readings(1, 120) + np.where(np.arange(120) < 60, 0.0, 1.0)
    base = individuals_chart(readings, center=0.0, sigma=1.0)
    averaged = [signal.point for signal in signals(ewma_chart(base, weight=0.1, k=2.7), "WE1")]
    plain = [signal.point for signal in signals(base, "WE1", panel="location") if signal.point >= 60]
    assert 60 <= averaged[0] < (plain or [120])[0]


@settings(max_examples=30)
@given(SEEDS)
def test_compiled_steps_give_the_bits_of_plain_ones(seed: int) -> None:
    x = normal_readings(seed, 60)
    x[7], skipped = np.nan, np.arange(60) % 9 == 4
    sigma = 1.0 + np.arange(60) % 3
    center = np.full(60, 0.25)
    for name, numbers, count in (
        ("_ewma", (0.2, 3.0, True), 4),
        ("_ewma", (0.2, 3.0, False), 4),
        ("_cusum", (0.5, 2.0), 2),
    ):
        for skip in (skipped, recursions.NONE_SKIPPED):
            plain, fast = ([np.full(60, 9.0) for _ in range(count)] for _ in range(2))
            recursions.RECURSIONS[name].plain(x, center, sigma, skip, *numbers, *plain)
            recursions.RECURSIONS[name](x, center, sigma, skip, *numbers, *fast)
            for one, other in zip(plain, fast, strict=True):
                np.testing.assert_array_equal(one.view(np.int64), other.view(np.int64))


@settings(max_examples=30)
@given(SEEDS)
def test_sums_without_a_loop_are_the_loop(seed: int) -> None:
    z = normal_readings(seed, 9000)
    chart = cusum_chart(individuals_chart(z, center=0.0, sigma=1.0), reference=0.25, head_start=0.4)
    up, down = 2.0, 2.0
    expected = []
    for value in z.tolist():
        up, down = max(0.0, up + value - 0.25), max(0.0, down - value - 0.25)
        expected.append((up, -down))
    np.testing.assert_allclose(np.column_stack([chart.upper, chart.lower]), expected, rtol=0, atol=1e-9)


def test_a_gap_leaves_sums_and_averages_as_they_were_and_a_phase_starts_anew() -> None:
    base = individuals_chart([1.0, np.nan, 1.0, 1.0], center=0.0, sigma=1.0, phases=["a", "a", "a", "b"])
    assert cusum_chart(base).upper.tolist()[2:] == [1.0, 0.5]
    averages = ewma_chart(base, weight=0.5).location
    assert np.isnan(averages.points[1])
    assert averages.points[[0, 2, 3]].tolist() == [0.5, 0.75, 0.5]


def test_an_excluded_point_does_not_enter_the_sum() -> None:
    base = individuals_chart([1.0, 9.0, 1.0], center=0.0, sigma=1.0, exclude={1: "chip under the part"})
    assert cusum_chart(base).upper[[0, 2]].tolist() == [0.5, 1.0]


def test_a_sum_tells_when_the_shift_began() -> None:
    readings = [0.0] * 10 + [2.0] * 5
    chart = cusum_chart(individuals_chart(readings, center=0.0, sigma=1.0), decision=4.0)
    first = int(chart.signals()[0][0])
    assert first == 12
    assert chart.began(first) == 10


def test_two_measurements_wrong_together_though_each_alone_is_right() -> None:
    random = np.random.default_rng(2)
    length = random.normal(size=200)
    both = np.column_stack([length, length + 0.1 * random.normal(size=200)])
    both = np.vstack([both, [1.5, -1.5]])
    chart = hotelling_chart(both, baseline=200)
    assert 200 in chart.signals()
    assert signals(individuals_chart(both[:, 0], baseline=200, estimator="overall"), "WE1", panel="location") == ()


@settings(max_examples=30)
@given(SEEDS)
def test_the_distance_does_not_depend_on_the_units(seed: int) -> None:
    readings = normal_readings(seed, 90).reshape(30, 3)
    mixed = readings @ np.array([[2.0, 1.0, 0.0], [0.0, 30.0, 0.0], [0.5, 0.0, 400.0]]) + [1e3, 0.0, -5.0]
    np.testing.assert_allclose(hotelling_chart(mixed).points, hotelling_chart(readings).points, rtol=1e-7)


def test_the_measurement_that_is_off_contributes_most() -> None:
    readings = normal_readings(3, 150).reshape(50, 3)
    readings[20, 1] += 8.0
    chart = hotelling_chart(readings, exclude={20: "scratched"})
    assert chart.contributions[20].argmax() == 1
    assert 20 in chart.signals()


def test_known_parameters_give_the_chi_square_limit() -> None:
    points, spread = [[0.0, 0.0], [3.0, 0.0], [2.0, -2.0]], [[1, 0.5], [0.5, 1]]
    chart = hotelling_chart(points, alpha=0.01, center=[0, 0], covariance=spread)
    assert chart.upper[0] == pytest.approx(-2 * np.log(0.01))  # two measurements: an exponential distribution
    assert chart.points.tolist() == pytest.approx([0.0, 12.0, 16.0])
    assert chart.signals().tolist() == [1, 2]


def test_the_limit_of_the_multivariate_average_is_the_published_one() -> None:
    assert mewma_limit(2, 0.1, 200.0) == pytest.approx(8.64, abs=0.01)
    assert mewma_limit(4, 0.1, 200.0) == pytest.approx(12.73, abs=0.01)


def test_the_multivariate_average_sees_a_small_shift_in_a_combination() -> None:
    readings = normal_readings(4, 400).reshape(200, 2)
    readings[100:] += [0.5, -0.5]
    chart = mewma_chart(readings, baseline=100)
    found = chart.signals()
    assert np.sum(found >= 100) > 40
    assert np.sum(found < 100) < 10


def test_measurements_that_follow_from_each_other_are_refused() -> None:
    one = normal_readings(5, 40)
    with pytest.raises(InvalidInput, match="measurements 1 and 2: must not follow from each other"):
        hotelling_chart(np.column_stack([one, 2 * one + 1, normal_readings(6, 40)]))


def test_options_out_of_range_are_refused() -> None:
    base = x_bar_r_chart(normal_readings(7, 40).reshape(10, 4))
    with pytest.raises(InvalidInput, match="weight: must be above 0 and at most 1"):
        ewma_chart(base, weight=0.0)
    with pytest.raises(InvalidInput, match="head_start: must be from 0 to below 1"):
        cusum_chart(base, head_start=1.0)
    with pytest.raises(InvalidInput, match="center and covariance: must be given together"):
        hotelling_chart([[1.0, 2.0], [2.0, 1.0]], center=[0.0, 0.0])
    with pytest.raises(InvalidInput, match="values: must have more than 3 points for 2 measurements"):
        hotelling_chart([[1.0, 2.0], [2.0, 1.0]])
