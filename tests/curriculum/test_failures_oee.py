"""Failures, OEE and maintenance: the lecture's numbers are the library's, and the challenges reward a plan."""

from __future__ import annotations

import itertools
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import registry
from techamp.subjects.manufacturing_systems import (
    age_replacement,
    availability,
    best_age,
    continuous_line,
    oee,
)
from techamp.subjects.manufacturing_systems.simulations.lost_hours import gains
from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import TODAY, CellRun, run_cell
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import LostHoursInputs
from techamp.subjects.manufacturing_systems.simulations.lost_hours.losses import counted, loss_tree
from techamp.subjects.manufacturing_systems.simulations.lost_hours.plan import hours_of

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "manufacturing_systems" / "04-failures-oee-maintenance"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8").replace("\u00a0", " ")
PLANT = yaml.safe_load((MODULE.parents[2] / "plant.yaml").read_text(encoding="utf-8"))
TRIES = 2


def said(*numbers: str) -> None:
    assert [n for n in numbers if n not in LECTURE] == []


def plant(station: str, name: str) -> float:
    return float(PLANT[station][name]["value"])


def test_the_lathes_log_gives_the_plants_mttf_and_mttr() -> None:
    mttf, mttr = np.mean([610, 480, 710]), np.mean([20, 45, 25])
    assert (mttf, mttr) == (plant("lathe", "mttf"), plant("lathe", "mttr"))
    assert round(availability(mttf, mttr), 3) == 0.952
    said("= \\frac{600}{630} = 0.952")


@pytest.mark.parametrize(("up", "down"), [(6000, 300), (600, 30), (60, 3)])
def test_long_stops_need_more_room_than_short_ones(up: float, down: float) -> None:
    def shift(room: float) -> float:
        speed = 1 / plant("lathe", "cycle_time")
        return 450 * continuous_line([speed, speed], [up, up], [down, down], room).throughput

    told = f"{shift(20):.1f}"
    said(f"| {up}, {down} min | {shift(1e-6):.1f} | {'**' + told + '**' if up == 60 else told} |")
    said(f"One machine alone: {shift(1e7):.1f}")


def test_the_shift_that_is_worked_out() -> None:
    found = oee(planned=450, downtime=42 + 18, ideal=3.2, made=112, good=110)
    factors = (found.availability, found.performance, found.quality, found.oee)
    assert [f"{100 * factor:.1f}" for factor in factors] == ["86.7", "91.9", "98.2", "78.2"]
    said("| 390/450 | 86.7 % |", "× 3.2/390 | 91.9 % |", "| 110/112 | 98.2 % |", "| **78.2 %** |")


@cache
def weeks() -> tuple[CellRun, ...]:
    return tuple(run_cell(TODAY, 9000.0, seed) for seed in range(30))


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({}, 77.8),
        ({"setups": "planned"}, 80.8),
        ({"standard": "usual"}, 82.5),
        ({"setups": "planned", "standard": "usual"}, 85.7),
        ({"machine": "press"}, 53.1),
        ({"machine": "press", "waiting": "outside"}, 97.5),
        ({"machine": "cell"}, 79.2),
        ({"machine": "cell", "waiting": "outside"}, 91.1),
    ],
)
def test_oee_as_it_is_counted_is_the_simulations(choices: dict[str, Any], told: float) -> None:
    inputs = LostHoursInputs.read(choices)
    found = [counted(loss_tree(run, inputs.machine, 5.0), inputs).oee for run in weeks()]
    assert 100 * np.mean(found) == pytest.approx(told, abs=0.9)
    said(f"{told} %")


def test_the_output_behind_all_of_them() -> None:
    assert np.mean([run.a_shift for run in weeks()]) == pytest.approx(108.0, abs=1.1)
    said("108.0 good parts a shift each time")


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"lathe_slow": 0, "lathe_stops": 2.4}, 10.1),
        ({"lathe_mttr": 10}, 3.1),
        ({"lathe_setup": 5}, 3.1),
        ({"press_mttr": 3, "cell_stops": 1.2}, 0.1),
    ],
)
def test_what_forty_hours_bring(plan: dict[str, float], told: float) -> None:
    goals = dict(TODAY) | plan
    gain, error = gains.mean_gain(tuple(goals.items()))
    assert gain == pytest.approx(told, abs=max(0.15, 3 * error))
    assert hours_of(goals) == pytest.approx(40, abs=1)
    said(f"| {'**' + str(told) + '**' if told > 10 else told} |")


def test_ages_and_what_they_cost() -> None:
    wearing = 1000 / math.gamma(1 + 1 / 3)
    age = best_age(3, wearing, 1, 8)
    assert age == pytest.approx(466, abs=1)
    assert 1000 * age_replacement(3, wearing, age).cost_rate(1, 8) == pytest.approx(3.2, abs=0.05)
    assert 1000 * age_replacement(3, wearing).cost_rate(1, 8) == pytest.approx(8)
    assert math.isinf(best_age(1, 1000, 1, 8))
    said("Change it at 470 hours, and the machine stands 3.2 hours in")


def test_the_order_of_losses_in_oee_rank() -> None:
    item = yaml.safe_load((MODULE / "practice" / "oee-rank.yaml").read_text(encoding="utf-8"))
    found = oee(planned=450, downtime=65, ideal=3, made=100, good=98)
    short = 36 * 0.5
    minutes = {
        "Slow cycles": 385 * (1 - found.performance) - short,
        "The breakdown": 40,
        "The changeover": 25,
        "Short stops": short,
        "Scrap": 300 * (1 - found.quality),
    }
    assert item["order"] == sorted(minutes, key=lambda name: -minutes[name])
    assert minutes["Slow cycles"] == pytest.approx(67)


def test_formulas_that_stand_in_items_hold_against_the_library() -> None:
    for up, cycle, need in itertools.product((240, 600), (2.5, 3.2), (120,)):  # repair-needed
        goal = need * cycle / 450
        assert availability(up, up * (1 / goal - 1)) == pytest.approx(goal)
    for shape, scale, age in itertools.product((2, 3), (800, 1200), (400, 600)):  # replace-share
        found = age_replacement(shape, scale, age)
        assert found.running / found.fails == pytest.approx(found.time_between_failures)
    found = age_replacement(3, 1000, 500)  # replace-cost
    keep = 1 - found.fails
    assert (keep * 1 + found.fails * 8) / found.running == pytest.approx(found.cost_rate(1, 8))


def verdicts(name: str, plan: dict[str, Any], tries: int) -> list[bool]:
    """Whether each try passes, graded as on campus: more seeds while it is too close to call."""
    challenge = Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))
    assert set(plan) <= set(challenge.free)
    inputs = type(registry.simulation(challenge.simulation)).Inputs.read({**challenge.inputs, **plan})
    return [_passes(challenge, inputs, 10_000 * attempt) for attempt in range(1, tries + 1)]


def _passes(challenge: Challenge, inputs: Any, first: int) -> bool:
    for times in (1, 2, 4):
        found = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        if all(v.met for v in found):
            return True
        if any(_missed(v.mean, t.at_most, t.at_least) for v, t in zip(found, challenge.targets, strict=True)):
            return False
    return False


def _missed(mean: float | None, at_most: float | None, at_least: float | None) -> bool:
    assert mean is not None
    return (at_most is not None and mean > at_most) or (at_least is not None and mean < at_least)


HOURS_40, REPAIR = "challenge-forty-hours", "challenge-repair-time"


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        (HOURS_40, {"lathe_slow": 0, "lathe_stops": 2.4}),
        (REPAIR, {"lathe_mttr": 19}),
    ],
)
def test_a_good_plan_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert all(verdicts(name, plan, TRIES))


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        (HOURS_40, {"lathe_mttr": 10}),
        (HOURS_40, {"lathe_slow": 0, "lathe_mttr": 22}),
        (HOURS_40, {"press_mttr": 3, "cell_stops": 1.2}),
        (HOURS_40, {"lathe_slow": 0, "lathe_stops": 2}),
        (REPAIR, {}),
        (REPAIR, {"lathe_mttr": 10}),
    ],
)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert not any(verdicts(name, plan, 1))
