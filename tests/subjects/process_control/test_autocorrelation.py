"""Neighbors that resemble each other are noticed."""

from __future__ import annotations

import numpy as np
import pytest
from tests.subjects.process_control.strategies import normal_readings

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import individuals_chart
from techamp.subjects.process_control.autocorrelation import autocorrelation, autocorrelation_caution
from techamp.subjects.process_control.recursions import recurrence


def test_a_process_with_memory_is_noticed_and_one_without_is_not() -> None:
    noise = normal_readings(3, 400)
    memory = recurrence(0.6, noise, 0.0)
    assert autocorrelation(memory) == pytest.approx(0.6, abs=0.1)
    caution = autocorrelation_caution(individuals_chart(memory))
    assert caution is not None
    assert "resemble" in caution
    assert autocorrelation_caution(individuals_chart(noise)) is None


def test_adjusting_after_every_part_shows_as_neighbors_moving_apart() -> None:
    noise = normal_readings(2, 300)
    adjusted = np.diff(noise)
    caution = autocorrelation_caution(individuals_chart(adjusted))
    assert caution is not None
    assert "adjusts" in caution


def test_a_lag_beyond_the_readings_is_refused() -> None:
    with pytest.raises(InvalidInput, match="lag: must be a whole number from 1 to 2"):
        autocorrelation([1.0, 2.0, 4.0], lag=3)


def test_readings_that_do_not_vary_are_refused() -> None:
    with pytest.raises(InvalidInput, match="values: must vary"):
        autocorrelation([2.0] * 10)
