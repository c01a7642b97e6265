"""Designed experiments: the lecture's numbers are the engine's, and the challenges reward a plan and not luck."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import registry
from techamp.subjects.process_control import all_terms, choose_plan, curvature, effects, full_factorial, lenth
from techamp.subjects.process_control.simulations.molding_experiment.inputs import MoldingInputs
from techamp.subjects.process_control.simulations.molding_experiment.trial import Trial, run_trial
from techamp.subjects.process_control.tail_areas import t_quantile

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "process_control" / "07-experiments"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8")
ROUGHNESS = (0.82, 0.89, 1.21, 1.28, 0.92, 0.59, 1.27, 1.02)
CENTERS = (0.99, 1.01, 1.02, 0.98)
TRIES = 2


def said(*numbers: str) -> None:
    missing = [n for n in numbers if n not in LECTURE]
    assert not missing


def cube() -> dict[str, float]:
    coded = full_factorial(["S", "F", "C"]).columns()
    return effects(coded, ROUGHNESS, all_terms("SFC", 3))


def molding() -> Trial:
    return run_trial(MoldingInputs.read({"plan": "half", "shots": 3, "choose": "analysis"}), 1)


def test_effects_of_the_cube_are_those_of_the_engine() -> None:
    found = {term: round(value, 2) for term, value in cube().items()}
    assert found == {"S": -0.11, "F": 0.39, "C": -0.10, "S·F": 0.02, "S·C": -0.18, "F·C": 0.0, "S·F·C": 0.02}
    for run, value in enumerate(ROUGHNESS, start=1):
        assert f"| {run} |" in LECTURE
        said(f"{value:.2f} |")
    said("+0.39", "minus 0.11", "minus 0.10", "-0.18", "plus 0.02")


def test_half_of_each_effect_leads_from_the_middle_to_the_corner_that_is_told() -> None:
    found = cube()
    corner = float(np.mean(ROUGHNESS)) + sum(
        sign * found[term] / 2 for term, sign in (("F", -1), ("S", 1), ("C", 1), ("S·C", 1))
    )
    assert round(corner, 2) == 0.61
    said("0.195", "0.055", "0.05.", "0.09", "0.61", "1.00.")


def test_one_factor_at_a_time_goes_past_the_best_of_the_four_corners() -> None:
    start, faster, stronger, both = ROUGHNESS[0], ROUGHNESS[1], ROUGHNESS[4], ROUGHNESS[5]
    assert faster > start
    assert stronger > start
    assert both == min(ROUGHNESS)


def test_the_margin_from_the_center_points_is_as_told() -> None:
    s = float(np.std(CENTERS, ddof=1))
    margin = t_quantile(0.975, 3) * 2 * s / math.sqrt(8)
    assert (round(s, 3), round(2 * s / math.sqrt(8), 4), round(margin, 3)) == (0.018, 0.0129, 0.041)
    assert {term for term, value in cube().items() if abs(value) > margin} == {"S", "F", "C", "S·C"}
    assert curvature(ROUGHNESS, CENTERS)[0].ss == pytest.approx(0.0, abs=1e-12)
    said("0.018", "0.0129", "0.041", "3.18")


def test_lenth_passes_feed_alone_in_eight_runs() -> None:
    assert lenth(cube()).active == ("F",)


def test_the_half_normal_figure_is_the_trial_of_seed_one() -> None:
    trial = molding()
    judge = trial.found.lenth
    assert judge is not None
    assert set(judge.active) == {"A", "B", "E", "A·E"}
    assert (round(judge.pse, 2), round(t_quantile(0.975, 5), 2), round(judge.margin)) == (9.06, 2.57, 23)
    said("9.06 times 2.57, or 23 microns", "Eleven lie on the line, four stand out")


def test_the_quiet_side_and_the_confirmation_are_those_of_the_trial() -> None:
    trial = molding()
    spread = {
        level: math.sqrt(float(np.mean(np.var(trial.lengths[trial.sheet.coded[:, 1] == level], axis=1, ddof=1))))
        for level in (-1.0, 1.0)
    }
    assert (round(spread[-1.0]), round(spread[1.0])) == (22, 11)
    said(f"{2 * math.log(11 / 22):.2f}")
    e = trial.expected
    assert [round(v) for v in (e.value, e.low, e.high, float(trial.confirmed.mean()))] == [-18, -50, 13, -9]
    assert round(100 * trial.press.good(trial.settings)) == 98
    assert trial.in_units[:2] == (65.0, 8.0)
    assert trial.in_units[4] == 225.0
    said("minus 50 to plus 13", "averaged minus 9", "18 microns short", "98 of 100")


def test_drift_gives_the_last_factor_four_times_its_step_in_standard_order() -> None:
    coded = full_factorial(3).columns()
    assert effects(coded, [0.01 * i for i in range(8)], ["C"])["C"] == pytest.approx(0.04)
    order = [5, 0, 6, 3, 1, 7, 2, 4]  # the random order of the figure
    place = [0.01 * order.index(run) for run in range(8)]
    assert effects(coded, place, ["C"])["C"] == pytest.approx(0.0)


def test_the_table_of_fractions_is_right() -> None:
    assert [len(choose_plan("ABCDE", plan)) for plan in ("full", "half", "quarter")] == [32, 16, 8]


def test_single_steps_stay_as_far_short_as_the_explanation_says() -> None:
    press = run_trial(MoldingInputs(), 1).press
    assert press.mean(np.array([1.0, 1.0, 0.0, 1.0, -1.0])) == pytest.approx(-27.0)


def passes(name: str, plan: dict[str, Any]) -> int:
    """How many of ``TRIES`` tries the plan passes, graded as on campus: more seeds while it is too close to call."""
    challenge = Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))
    assert set(plan) <= set(challenge.free)
    model = type(registry.simulation(challenge.simulation)).Inputs
    inputs = model.read({**challenge.inputs, **plan})
    return sum(_passes(challenge, inputs, 10_000 * attempt) for attempt in range(1, TRIES + 1))


def _passes(challenge: Challenge, inputs: Any, first: int) -> bool:
    for times in (1, 2, 4):
        verdicts = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        if all(v.met for v in verdicts):
            return True
        for v, t in zip(verdicts, challenge.targets, strict=True):
            if (t.at_most is not None and v.mean > t.at_most) or (t.at_least is not None and v.mean < t.at_least):
                return False
    return False


CORNER = {"pressure": 65, "hold": 8, "cooling": 18, "melt": 225}
GOOD = [
    ("challenge-set-the-press", {"plan": "half", **CORNER}),
    ("challenge-set-the-press", {"plan": "half", "shots": 3, **CORNER, "pressure": 67, "cooling": 16}),
    ("challenge-any-press", {"plan": "half", "shots": 5}),
    ("challenge-any-press", {"plan": "full", "shots": 3, "order": "standard"}),
]
NAIVE = [
    ("challenge-set-the-press", {}),
    ("challenge-set-the-press", {**CORNER, "melt": 205}),
    ("challenge-set-the-press", {**CORNER, "hold": 4}),
    ("challenge-set-the-press", {"plan": "full", "shots": 5, **CORNER}),
    ("challenge-any-press", {}),
    ("challenge-any-press", {"shots": 5}),
    ("challenge-any-press", {"plan": "quarter", "shots": 5}),
    ("challenge-any-press", {"plan": "half", "repeats": 2, "shots": 3}),
]


@pytest.mark.parametrize(("name", "plan"), GOOD)
def test_a_good_plan_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan) == TRIES


@pytest.mark.parametrize(("name", "plan"), NAIVE)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan) == 0
