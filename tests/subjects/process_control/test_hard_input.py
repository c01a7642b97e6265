"""Input that cannot be charted is refused with the field, the rule, the value and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import capability, individuals_chart, subgroups, x_bar_r_chart, x_bar_s_chart
from techamp.subjects.process_control.sigma import Sigma

NAN = np.nan


@pytest.mark.parametrize(
    ("readings", "message"),
    [
        ([], "values: must hold at least one reading, but got 'none'. Enter the measured values."),
        ([NAN, NAN], "values: must hold at least one reading, but got 'none'. Enter the measured values."),
        (
            [1.0, np.inf],
            "values at position 2: must be a finite number, but got inf. Correct the reading, or leave it empty if "
            "it is missing.",
        ),
        (["9.98 mm", "x"], "values: must be numbers, but got ['9.98 mm', 'x']. Remove text and units from the column."),
        (
            [3.0],
            "values: must have two readings to use for limits, but got 1. Measure or include more.",
        ),
        (
            [5.0] * 30,
            "values: must vary (MR̄/d2(2) must be greater than 0), but got 0.0. The readings it compares are equal: "
            "check that the gauge shows enough digits and that the column is right.",
        ),
        (
            [1.0, NAN, 2.0, NAN],
            "values: must have at least 2 neighboring readings, but got 0. Measure more parts in a row.",
        ),
        (
            [[1.0, 2.0], [3.0, 4.0]],
            "values: must be one column, but got (2, 2). Choose the column with the measurements.",
        ),
    ],
)
def test_individuals_refuse(readings: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        individuals_chart(readings)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"exclude": {9: "chip"}}, "exclude: must name points from 0 to 3"),
        ({"exclude": {1: " "}}, "exclude, point 2: must have a reason"),
        ({"phases": ["a"] * 3}, "phases: must be one label for each of 4 points"),
        (
            {"phases": ["a", "a", "b", "b"], "center": [1.0] * 3},
            "center: must be one number, or one for each of 2 phases",
        ),
        ({"baseline": [True]}, "baseline: must be a slice, a number, or 4 flags"),
        ({"baseline": 0}, "values: must have two readings to use for limits"),
        ({"estimator": "range"}, "estimator: must be one of moving_range"),
        ({"span": 1}, "span: must be a whole number of at least 2"),
        ({"k": 0}, "k: must be a finite number greater than 0"),
        ({"sigma": -1.0}, "sigma: must be a finite number greater than 0"),
        ({"center": NAN, "sigma": 1.0}, "center: must be a finite number"),
    ],
)
def test_individuals_refuse_options_that_do_not_fit(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        individuals_chart([1.0, 2.0, 4.0, 3.0], **options)
    assert str(refusal.value).startswith(message)


@pytest.mark.filterwarnings("ignore:overflow encountered")
def test_readings_too_large_to_subtract_are_refused() -> None:
    with pytest.raises(InvalidInput, match="must have a spread that a computer can hold"):
        individuals_chart([1.5e308, -1.5e308, 1.5e308])


def test_an_empty_cell_in_a_list_is_a_missing_reading() -> None:
    chart = individuals_chart([1.0, 2.0, None, 4.0, 5.0])  # type: ignore[arg-type]
    assert chart.n.tolist() == [1, 1, 0, 1, 1]


def test_a_phase_without_variation_is_named() -> None:
    with pytest.raises(InvalidInput, match="values in phase new: must vary"):
        individuals_chart([1.0, 2.0, 3.0, 5.0, 5.0, 5.0], phases=["old"] * 3 + ["new"] * 3)


@pytest.mark.parametrize("build", [x_bar_r_chart, x_bar_s_chart])
def test_subgroups_of_one_are_sent_to_the_individuals_chart(build: Any) -> None:
    with pytest.raises(InvalidInput, match="For single readings use an individuals chart"):
        build([[1.0], [2.0], [3.0]])


@pytest.mark.parametrize("build", [x_bar_r_chart, x_bar_s_chart])
def test_subgroups_that_do_not_vary_inside_are_refused(build: Any) -> None:
    with pytest.raises(InvalidInput, match="subgroups: must vary"):
        build([[1.0, 1.0], [2.0, 2.0]])


def test_rounding_far_from_zero_is_not_taken_for_variation() -> None:
    with pytest.raises(InvalidInput, match="must vary"):
        x_bar_s_chart(np.nextafter(1e8, np.array([[0, 2e8], [2e8, 0]])))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "size: must be given for a single column"),
        ({"size": 0}, "size: must be a whole number of at least 1"),
        ({"labels": ["a"]}, "labels: must be as many as values"),
    ],
)
def test_a_column_must_say_how_it_is_grouped(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        subgroups([1.0, 2.0, 3.0], **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "lower and upper: must not both be empty"),
        ({"lower": 8.0, "upper": 7.0}, "lower: must be less than the upper limit"),
        ({"lower": 7.0, "upper": 7.0}, "lower: must be less than the upper limit"),
        ({"lower": np.inf}, "lower: must be a finite number"),
        ({"upper": 8.0, "confidence": 95}, "confidence: must be from 0.5 to below 1"),
    ],
)
def test_capability_refuses(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        capability([7.1, 7.4, 7.2], within=Sigma(0.1, "given", "σ given", 0), **options)
    assert str(refusal.value).startswith(message)
