"""Estimators of sigma: unbiased on normal readings, and as variable as they say."""

from __future__ import annotations

import numpy as np
import pytest
from tests.subjects.process_control.strategies import normal_readings

from techamp.subjects.process_control import c4, d2, subgroups
from techamp.subjects.process_control.sigma import (
    INDIVIDUAL_ESTIMATORS,
    SUBGROUP_ESTIMATORS,
    moving_range,
    moving_ranges,
    overall,
)

UNBIASED = ["r_bar", "r_bar_mvue", "s_bar", "s_bar_mvue", "pooled"]


@pytest.mark.parametrize("name", UNBIASED)
def test_subgroup_estimators_are_unbiased_with_the_degrees_of_freedom_they_claim(name: str) -> None:
    sizes = np.array([5, 3, 4, 5, 2, 5, 4, 3])
    drawn = normal_readings(11, 3000 * 8 * 5).reshape(3000, 8, 5)
    drawn[:, np.arange(5) >= sizes[:, None]] = np.nan
    found = [SUBGROUP_ESTIMATORS[name](subgroups(table)) for table in drawn]
    values = np.array([sigma.value for sigma in found])
    assert values.mean() == pytest.approx(1.0, abs=0.012)
    freedom = found[0].degrees_of_freedom
    assert values.std() == pytest.approx(np.sqrt(c4(freedom + 1) ** -2 - 1), rel=0.06)


def test_moving_range_is_unbiased_with_the_degrees_of_freedom_it_claims() -> None:
    found = [moving_range(row) for row in normal_readings(12, 4000 * 25).reshape(4000, 25)]
    values = np.array([sigma.value for sigma in found])
    assert values.mean() == pytest.approx(1.0, abs=0.012)
    assert values.std() == pytest.approx(np.sqrt(c4(found[0].degrees_of_freedom + 1) ** -2 - 1), rel=0.05)


def test_an_outlier_moves_the_mean_moving_range_and_hardly_the_median() -> None:
    readings = normal_readings(13, 50)
    spoiled = readings.copy()
    spoiled[20] = 30.0
    change = {
        name: estimate(spoiled, moving_ranges(spoiled), 2).value / estimate(readings, moving_ranges(readings), 2).value
        for name, estimate in INDIVIDUAL_ESTIMATORS.items()
    }
    assert change["moving_range"] > 1.7
    assert change["median_moving_range"] < 1.2


def test_wider_spans_compare_more_neighbors() -> None:
    ranges = moving_ranges(np.array([1.0, 4.0, 2.0, 2.5]), span=3)
    assert np.isnan(ranges[:2]).all()
    assert ranges[2:].tolist() == [3.0, 2.0]
    assert moving_range(np.array([1.0, 4.0, 2.0, 2.5]), span=3).value == pytest.approx(2.5 / d2(3))


def test_overall_sees_a_shift_that_the_moving_range_does_not() -> None:
    shifted = normal_readings(14, 100) + np.where(np.arange(100) < 50, 0.0, 4.0)
    assert overall(shifted).value > 1.8 * moving_range(shifted).value
    assert not overall(shifted).within
