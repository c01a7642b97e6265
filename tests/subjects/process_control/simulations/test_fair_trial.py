"""A fair trial against the library: its intervals, its power, and how often a plan gives a false alarm."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from techamp.contract import registry
from techamp.subjects.process_control import paired_t, t_power, two_sample_t
from techamp.subjects.process_control.simulations.fair_trial.inputs import FairTrialInputs
from techamp.subjects.process_control.simulations.fair_trial.judging import intervals
from techamp.subjects.process_control.simulations.fair_trial.theory import power_of_days, spread_of_one
from techamp.subjects.process_control.simulations.fair_trial.trials import REPEATS, turn

FAIR_TRIAL = registry.simulation("process_control.fair_trial")
GOOD = {"order": "together", "blanks": "halves", "judge": "pairs", "days": 8, "per_day": 3}


def mean(runs: int = 60, **choices: Any) -> dict[str, float]:
    found = FAIR_TRIAL.measures(FairTrialInputs.read(choices), list(range(runs)))
    return {name: float(np.mean(values)) for name, values in found.items()}


@pytest.mark.parametrize(
    "plan",
    [
        GOOD,
        {**GOOD, "days": 4, "per_day": 6, "difference": -1.2},
        {**GOOD, "blanks": "random", "days": 12},
        {**GOOD, "order": "apart", "days": 15, "per_day": 1},
        {**GOOD, "confidence": "0.9", "days": 6},
    ],
)
def test_days_as_pairs_have_the_power_of_the_library_and_its_false_alarms(plan: dict[str, Any]) -> None:
    # 1,800 trials: a standard error of 1.2 % at most, and 0.7 % for false alarms
    found = mean(**plan)
    assert found["found"] == pytest.approx(100 * power_of_days(FairTrialInputs.read(plan)), abs=4.0)
    assert found["wolf"] == pytest.approx(100 * (1 - float(plan.get("confidence", 0.95))), abs=2.1)
    assert found["held"] == pytest.approx(100 * float(plan.get("confidence", 0.95)), abs=1.6)


def test_one_day_without_own_settings_is_the_t_test_of_the_book() -> None:
    steady = {"order": "together", "own_sd": 0.0, "per_day": 12}
    pairs = mean(**steady, blanks="halves", judge="pairs")
    groups = mean(**steady)
    assert pairs["found"] == pytest.approx(100 * t_power(1.0, math.sqrt(2) * 0.8, 12, kind="paired"), abs=4.0)
    assert groups["found"] == pytest.approx(100 * t_power(1.0, math.hypot(0.8, 0.9), 12), abs=4.0)
    assert pairs["wolf"] == pytest.approx(5.0, abs=2.1)
    assert groups["wolf"] == pytest.approx(5.0, abs=2.1)


def test_days_apart_give_false_alarms_as_often_as_the_days_differ() -> None:
    plan = {"per_day": 30, "own_sd": 0.0}
    error, days = math.hypot(0.8, 0.9) / math.sqrt(15), math.sqrt(2) * 1.5
    expected = 200 * norm.sf(2.0017 * error / math.hypot(error, days))
    assert mean(**plan)["wolf"] == pytest.approx(expected, abs=3.5)


def test_more_shafts_of_one_day_make_a_false_claim_surer() -> None:
    one = {"order": "together", "blanks": "halves", "judge": "pairs"}
    few, many = mean(30, **one, per_day=5), mean(30, **one, per_day=30)
    assert few["wolf"] < 18.0
    assert many["wolf"] > 35.0


def test_a_plain_average_wastes_what_the_days_share() -> None:
    groups = mean(30, **{**GOOD, "judge": "groups"})
    assert groups["wolf"] < 1.5
    assert groups["found"] < mean(30, **GOOD)["found"] - 25.0


@pytest.mark.parametrize("judge", ["pairs", "groups"])
@pytest.mark.parametrize(("days", "per_day"), [(1, 9), (6, 4)])
def test_every_interval_is_the_one_of_the_library(judge: str, days: int, per_day: int) -> None:
    inputs = FairTrialInputs.read({**GOOD, "judge": judge, "days": days, "per_day": per_day, "confidence": "0.9"})
    trials = turn(inputs, 11)
    found = intervals(inputs, trials)
    for k in (0, 17, REPEATS, REPEATS + 29):
        a, b = trials.a[k], trials.b[k]
        if judge == "pairs":
            a, b = (a.mean(axis=1), b.mean(axis=1)) if days > 1 else (a[0], b[0])
            expected = paired_t(b, a, confidence=0.9)
        else:
            expected = two_sample_t(b.ravel(), a.ravel(), confidence=0.9)
        assert (found.seen[k], found.low[k], found.high[k]) == pytest.approx(
            (expected.estimate, expected.low, expected.high), rel=1e-9
        )


def test_halves_share_their_bar_and_days_move_both_lathes() -> None:
    inputs = FairTrialInputs.read({**GOOD, "days": 20, "per_day": 30, "part_sd": 0.1, "own_sd": 0.0})
    trials = turn(inputs, 3)
    gap = (trials.b - trials.a)[REPEATS:]
    assert float(gap.std()) == pytest.approx(math.sqrt(2) * 0.1, rel=0.05)
    apart = turn(inputs.model_copy(update={"order": "apart"}), 3)
    assert float((apart.b - apart.a)[REPEATS:].mean(axis=2).std()) == pytest.approx(math.sqrt(2) * 1.5, rel=0.1)


def test_the_same_seed_gives_a_shaft_the_same_luck_whatever_the_plan() -> None:
    few, many = (turn(FairTrialInputs.read({**GOOD, "days": days}), 5) for days in (4, 9))
    assert np.array_equal(few.a, many.a[:, :4])


def test_one_shaft_of_each_gives_no_interval_and_says_so() -> None:
    for judge in ("groups", "pairs"):
        outcome = FAIR_TRIAL.run(FairTrialInputs.read({"per_day": 1, "judge": judge}), 1)
        assert "there is no interval" in outcome.notes[0]
        assert outcome.measure("found").value == 0.0
        assert outcome.measure("reach").value is None
        assert set(outcome.trace.columns["reach"][1:]) == {-1.0}


def test_the_coin_is_told_at_the_end_and_is_fair() -> None:
    inputs = FairTrialInputs.read({**GOOD, "truth": "coin"})
    heads = [turn(inputs, seed).differs for seed in range(100)]
    assert 35 <= sum(heads) <= 65
    last = [FAIR_TRIAL.run(inputs, seed).notes[-1] for seed in (heads.index(True), heads.index(False))]
    assert last[0] == "The coin: in the trial that you watched, B really is 1.00 µm from A."
    assert last[1] == "The coin: in the trial that you watched, there was no difference."


def test_costs_are_counted_by_shafts_and_lathe_days() -> None:
    outcome = FAIR_TRIAL.run(FairTrialInputs.read(GOOD), 2)
    assert outcome.measure("trial_cost").value == 2 * 8 * (3 * 6.0 + 32.0)
    hit, wolf = outcome.measure("found").value, outcome.measure("wolf").value
    wrong = 0.5 * (1 - hit / 100) * 10_000 + 0.5 * wolf / 100 * 5_000
    assert outcome.measure("whole_cost").value == pytest.approx(800 + wrong)
    assert FAIR_TRIAL.run(FairTrialInputs.read({}), 2).measure("calendar").value == 2


def test_measures_are_those_of_the_run_and_the_trace_shows_them() -> None:
    inputs = FairTrialInputs.read(GOOD)
    outcome, kept = FAIR_TRIAL.run(inputs, 9), FAIR_TRIAL.measures(inputs, [9])
    assert {m.name: [m.value] for m in outcome.measures} == kept
    seen, reach = (np.array(outcome.trace.columns[name][24:]) for name in ("seen", "reach"))
    assert 100 * np.mean(seen - reach > 0) == pytest.approx(outcome.measure("found").value, abs=3.4)
    assert f"{spread_of_one(inputs):.2f} µm" in outcome.chart("power").equation


def test_without_a_difference_nothing_can_be_found() -> None:
    outcome = FAIR_TRIAL.run(FairTrialInputs.read({**GOOD, "difference": 0.0}), 4)
    assert outcome.measure("found").value is None
    assert [chart.name for chart in outcome.charts] == ["readings", "with_difference", "without_difference"]
