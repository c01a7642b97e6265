"""Availability, OEE and age replacement: by hand, against the engine, and by what must hold."""

from __future__ import annotations

import math

import numpy as np
import pytest

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    Line,
    ProcessTime,
    age_replacement,
    availability,
    best_age,
    oee,
    weibull_mean,
    with_failures,
)
from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.explaining.losses import loss_trees


def test_oee_of_a_shift_by_hand() -> None:
    found = oee(planned=450, downtime=45, ideal=3.2, made=110, good=107)
    assert (found.availability, found.performance, found.quality) == pytest.approx((0.9, 352 / 405, 107 / 110))
    assert found.oee == pytest.approx(107 * 3.2 / 450)


def test_availability_is_what_a_simulated_machine_has() -> None:
    line = Line("one").station("lathe", time="3.2 min", mttf="600 min", mttr="30 min").product("shaft", ["lathe"])
    tree = loss_trees([simulate(line.model(), 5, until=1_000_000.0)])[0]
    assert tree.availability == pytest.approx(availability(600, 30), abs=0.004)
    assert with_failures(ProcessTime(3.2, 0), 600, 30).mean == pytest.approx(3.2 / availability(600, 30))


def test_impossible_shifts_are_refused_in_one_go() -> None:
    with pytest.raises(InvalidInput) as caught:
        oee(planned=450, downtime=460, ideal=0, made=100, good=101)
    assert [fault.field for fault in caught.value.faults] == ["downtime", "ideal time", "good parts"]
    with pytest.raises(InvalidInput, match="mttf"):
        availability(0, 3)
    with pytest.raises(InvalidInput, match="age: must be more than 0"):
        age_replacement(2, 100, 0)


@pytest.mark.parametrize(("shape", "age"), [(0.7, 50.0), (1.0, 80.0), (2.5, 60.0), (4.0, 110.0)])
def test_age_replacement_is_what_drawn_lives_give(shape: float, age: float) -> None:
    lives = 100.0 * np.random.default_rng(7).weibull(shape, 200_000)
    found = age_replacement(shape, 100.0, age)
    assert found.running == pytest.approx(np.minimum(lives, age).mean(), rel=0.006)
    assert found.fails == pytest.approx((lives <= age).mean(), abs=0.005)
    assert found.time_between_failures == pytest.approx(found.running / found.fails)


def test_a_part_that_fails_by_chance_gains_nothing_from_a_plan() -> None:
    run = age_replacement(1.0, 100.0)
    for age in (10.0, 50.0, 300.0):
        planned = age_replacement(1.0, 100.0, age)
        assert planned.time_between_failures == pytest.approx(run.time_between_failures)
        assert planned.cost_rate(1, 5) > run.cost_rate(1, 5)
    assert math.isinf(best_age(1.0, 100.0, 1, 5))
    assert math.isinf(best_age(0.8, 100.0, 1, 5))
    assert math.isinf(best_age(3.0, 100.0, 5, 5))


@pytest.mark.parametrize(("shape", "failure"), [(1.5, 3.0), (2.0, 5.0), (4.0, 10.0), (3.0, 1.2)])
def test_the_best_age_costs_less_than_its_neighbors(shape: float, failure: float) -> None:
    best = best_age(shape, 100.0, 1.0, failure)
    rate = age_replacement(shape, 100.0, best).cost_rate(1.0, failure)
    for age in (0.8 * best, 0.97 * best, 1.03 * best, 1.3 * best, math.inf):
        assert age_replacement(shape, 100.0, age).cost_rate(1.0, failure) >= rate - 1e-12


def test_a_late_plan_is_run_to_failure() -> None:
    late, run = age_replacement(2.0, 100.0, 10_000.0), age_replacement(2.0, 100.0)
    assert (late.running, late.fails) == pytest.approx((run.running, 1.0))
    assert run.running == weibull_mean(2.0, 100.0)
    assert run.availability(1.0, 20.0) == pytest.approx(availability(run.running, 20.0))
