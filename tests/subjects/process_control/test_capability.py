"""Capability: within and overall, one side and two, and what to be warned of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.subjects.process_control.strategies import SEEDS, normal_readings

from techamp.subjects.process_control import capability, individuals_chart, x_bar_r_chart
from techamp.subjects.process_control.process_capability import expected_ppm
from techamp.subjects.process_control.sigma import Sigma, given_sigma


def test_a_centered_process_that_fills_its_tolerance() -> None:
    readings = [-1.0, 0.0, 1.0] * 50
    found = capability(readings, within=given_sigma(1.0), lower=-3.0, upper=3.0, target=0.0)
    assert found.indices["Cp"].value == pytest.approx(1.0)
    assert found.indices["Cpk"].value == pytest.approx(1.0)
    assert found.indices["Cpm"].value == pytest.approx(1.0)
    assert found.ppm_within == pytest.approx(2699.796, abs=0.001)
    assert found.observed_outside == 0


def test_a_shift_between_subgroups_lowers_ppk_and_not_cpk() -> None:
    table = normal_readings(1, 200).reshape(40, 5) + np.where(np.arange(40) < 20, -2.0, 2.0)[:, None]
    chart = x_bar_r_chart(table)
    found = capability(table, within=chart.sigma, lower=-6.0, upper=6.0, signals=3)
    assert found.indices["Cpk"].value > 1.5 * found.indices["Ppk"].value
    assert "not stable" in found.cautions[0]
    assert "moves between subgroups" in found.cautions[-1]


def test_with_one_limit_only_its_own_indices_exist() -> None:
    readings = normal_readings(2, 60)
    found = capability(readings, within=individuals_chart(readings).sigma, upper=4.0, target=0.0)
    assert set(found.indices) == {"CPU", "Cpk", "PPU", "Ppk"}
    assert found.indices["Cpk"].value == found.indices["CPU"].value
    assert any("60 readings" in caution for caution in found.cautions)


def test_a_sigma_without_known_freedom_gets_no_interval() -> None:
    readings = normal_readings(3, 120)
    sigma = individuals_chart(readings, estimator="median_moving_range").sigma
    found = capability(readings, within=sigma, lower=-4.0, upper=4.0).indices
    assert np.isnan(found["Cpk"].low)
    assert found["Ppk"].low < found["Ppk"].value < found["Ppk"].high


def test_intervals_hold_the_true_index_about_as_often_as_they_say() -> None:
    held = 0
    for seed in range(400):
        table = normal_readings(seed, 50).reshape(10, 5)
        index = capability(table, within=x_bar_r_chart(table).sigma, lower=-4.0, upper=4.0).indices["Cp"]
        held += index.low <= 4.0 / 3.0 <= index.high
    assert 0.92 <= held / 400 <= 0.98


@given(SEEDS)
def test_cpk_is_never_more_than_cp(seed: int) -> None:
    readings = normal_readings(seed, 40)
    found = capability(readings, within=Sigma(1.0, "given", "", 0), lower=-2.0, upper=3.0).indices
    assert found["Cpk"].value <= found["Cp"].value
    assert found["Ppk"].value <= found["Pp"].value


def test_expected_parts_outside_add_both_tails() -> None:
    assert expected_ppm(0.0, 1.0, -1.0, None) == pytest.approx(158655.25, abs=0.01)
    assert expected_ppm(0.0, 1.0, -1.0, 1.0) == pytest.approx(2 * 158655.25, abs=0.02)
