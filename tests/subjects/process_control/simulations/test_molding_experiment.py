"""The molding press: its truth, its clock, and what a trial can and cannot find."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from techamp.contract import InvalidInput, registry
from techamp.subjects.process_control import fit_model
from techamp.subjects.process_control.simulations.molding_experiment.inputs import FACTORS, MELT, MoldingInputs
from techamp.subjects.process_control.simulations.molding_experiment.press import coded, press_of, shoot
from techamp.subjects.process_control.simulations.molding_experiment.trial import Trial, run_trial
from techamp.subjects.process_control.simulations.molding_experiment.words import real_and_false

MODEL = registry.simulation("process_control.molding_experiment")
CALM = {"drift": 0.0, "lot": 0.0}


def trial(seed: int = 1, **inputs: Any) -> Trial:
    return run_trial(MoldingInputs.read(inputs), seed)


def test_the_analysis_of_half_of_all_combinations_finds_the_good_corner() -> None:
    found = trial(plan="half", shots=3, choose="analysis")
    assert found.in_units[0] > 60  # pressure high
    assert found.in_units[1] == 8.0  # the quiet side
    assert found.in_units[4] > 215  # and hot, although heat alone makes parts shorter
    assert found.press.good(found.settings) > 0.9


def test_effects_are_right_on_average_and_scatter_as_theory_says() -> None:
    truth = {"A": 84.0, "B": 40.0, "C": 0.0, "D": 16.0, "E": -36.0, "A·E": 60.0}
    seeds = range(60)
    found = [
        {e.term: e.value for e in trial(seed, plan="full", shots=1, sigma=2.0, **CALM).found.effects} for seed in seeds
    ]
    for term, value in truth.items():
        estimates = np.array([one[term] for one in found])
        # Half the runs have σ·e^0.55, half σ·e^−0.55; an effect of 32 runs has the variance 4·mean σ²/32.
        error = 2.0 * np.sqrt(2.0**2 * np.cosh(1.1) / 32)
        assert estimates.mean() == pytest.approx(value, abs=4 * error / np.sqrt(60))
        assert estimates.std() == pytest.approx(error, rel=0.35)


def test_good_parts_are_the_share_that_shots_over_many_lots_give() -> None:
    inputs = MoldingInputs()
    press = press_of(inputs, 1)
    for settings in ((65, 8, 60, 18, 225), (60, 5, 60, 16, 225), (65, 4, 60, 16, 225)):
        x = coded(tuple(float(v) for v in settings))
        rng = np.random.default_rng(7)
        shots = np.concatenate(
            [shoot(press, rng.standard_normal(40), rng.standard_normal(), 0.0, x) for _day in range(1500)]
        )
        share = float(np.mean(np.abs(shots) <= 40.0))
        assert press.good(x) == pytest.approx(share, abs=0.03)


def test_one_factor_at_a_time_never_heats_the_melt_and_stays_short() -> None:
    for seed in range(5):
        found = trial(seed, sigma=2.0, choose="analysis", **CALM)
        assert found.in_units[MELT] == 205.0
        assert found.press.mean(found.settings) == pytest.approx(-27.0, abs=3.0)


def test_without_noise_every_plan_but_one_at_a_time_sees_the_pair() -> None:
    for plan in ("half", "full"):
        terms = [e.term for e in trial(plan=plan, sigma=2.0, **CALM).found.active]
        assert "A·E" in terms
    assert "A·E" not in [e.term for e in trial(sigma=2.0, **CALM).found.effects]


def test_a_quarter_cannot_tell_the_pair_from_something_else() -> None:
    found = trial(plan="quarter", sigma=2.0, **CALM)
    assert "A·E" in {**found.found.terms.alias, **dict.fromkeys(found.found.terms.alias.values(), "")}


def test_in_standard_order_the_drift_falls_on_the_slowest_setting() -> None:
    shift = {}
    for drift in (0.0, 10.0):
        made = trial(plan="full", shots=1, order="standard", sigma=2.0, lot=0.0, drift=drift)
        shift[drift] = {e.term: e.value for e in made.found.effects}
    made = trial(plan="full", shots=1, order="standard", sigma=2.0, lot=0.0, drift=10.0)
    assert set(made.day) == {1.0}
    halves = [made.ends[made.sheet.coded[:, MELT] == level].mean() for level in (-1, 1)]
    assert shift[10.0]["E"] - shift[0.0]["E"] == pytest.approx(10.0 * (halves[1] - halves[0]), abs=1e-6)


def test_random_order_spreads_the_drift_over_all_settings() -> None:
    wrong = []
    for seed in range(40):
        values = {e.term: e.value for e in trial(seed, plan="full", sigma=2.0, lot=0.0, drift=10.0).found.effects}
        wrong.append(values["E"] + 36.0)
    assert abs(np.mean(wrong)) < 3 * np.std(wrong) / np.sqrt(40)


def test_a_lot_that_changes_between_days_is_taken_out_where_days_are_blocks() -> None:
    for lot in (0.0, 40.0):
        found = trial(plan="half", shots=2, repeats=2, sigma=4.0, drift=0.0, lot=lot)
        assert found.found.model.residual_sd < 12.0
        assert list(np.unique(found.day)) == [1.0, 2.0]


def test_more_shots_find_the_noisy_setting_more_often() -> None:
    hits = {}
    for shots in (2, 5):
        spreads = [trial(seed, plan="half", shots=shots).found.spread for seed in range(30)]
        hits[shots] = sum("B" in (s.active if s else ()) for s in spreads)
    assert hits[5] == 30
    assert hits[2] < hits[5]


def test_changing_the_melt_costs_time() -> None:
    standard, random = (trial(plan="full", order=order) for order in ("standard", "random"))
    changes = int((np.diff(random.sheet.coded[:, MELT]) != 0).sum())
    assert int((np.diff(standard.sheet.coded[:, MELT]) != 0).sum()) == 1
    assert changes > 8
    assert random.hours > standard.hours + 14 * (changes - 1) / 60 - 1e-9


def test_the_clock_and_the_bill_add_up() -> None:
    made = trial(shots=2)  # six runs in random order
    changes = 1 + int((np.diff(made.sheet.coded[:, MELT]) != 0).sum())
    minutes = 30 + 6 * (8 + 2) + 14 * changes
    assert made.ends[-1] == pytest.approx(minutes / 60)
    assert made.hours == pytest.approx((minutes + 30 + 8 + 14 + 10) / 60)
    assert made.cost == pytest.approx(98 * made.hours + 1.5 * (12 + 10))


def test_a_trial_that_does_not_fit_into_a_day_goes_on_the_next() -> None:
    made = trial(plan="full", shots=5)
    assert made.day[-1] >= 2
    assert np.all(np.diff(made.ends) > 0)


def test_the_confirmation_lies_in_the_interval_about_as_often_as_it_says() -> None:
    # The interval speaks of a run like those of the trial: without lots, and one shot.
    inside = 0
    for seed in range(60):
        made = trial(seed, plan="full", choose="analysis", sigma=8.0, **CALM)
        inside += made.expected.low <= float(made.confirmed[0]) <= made.expected.high
    assert inside >= 0.85 * 60


def test_a_press_that_nobody_knows_has_the_same_sizes_elsewhere() -> None:
    presses = [press_of(MoldingInputs(press="any"), seed) for seed in range(40)]
    assert len({p.pair for p in presses}) > 10
    for press in presses:
        assert sorted(abs(v) for v in press.main) == [0.0, 8.0, 18.0, 20.0, 42.0]
        corners = np.array(np.meshgrid(*[[-1.0, 1.0]] * 5)).reshape(5, -1).T
        assert max(press.good(x) for x in corners) > 0.98


def test_the_truth_is_told_only_when_the_parts_are_good() -> None:
    short = MODEL.run(MoldingInputs.read({"plan": "half"}), 1)
    good = MODEL.run(MoldingInputs.read({"plan": "half", "pressure": 66, "hold": 8, "cooling": 18, "melt": 225}), 1)
    assert "truth" not in [chart.name for chart in short.charts]
    assert "truth" in [chart.name for chart in good.charts]
    assert not any("The truth" in note for note in short.notes)
    assert any("The truth" in note for note in good.notes)


def test_called_effects_are_sorted_into_real_and_false() -> None:
    right, missed, false = real_and_false(trial(plan="full", shots=3, sigma=2.0, **CALM))
    assert set(right) | set(missed) == {"A", "B", "D", "E", "A·E"}
    assert {"A", "B", "A·E"} <= set(right)
    assert not set(false) & set(right)


def test_measures_are_those_of_the_run_and_the_trace_replays_it() -> None:
    inputs = MoldingInputs.read({"plan": "quarter", "shots": 2, "repeats": 2})
    outcome = MODEL.run(inputs, 5)
    assert outcome == MODEL.run(inputs, 5)
    assert MODEL.measures(inputs, [5])["good"] == [outcome.measure("good").value]
    assert outcome.trace is not None
    assert len(outcome.trace.t) == 17
    assert list(outcome.trace.t) == sorted(outcome.trace.t)
    assert {len(column) for column in outcome.trace.columns.values()} == {17}
    json.loads(outcome.model_dump_json())


def test_settings_are_coded_between_low_and_high() -> None:
    assert coded(tuple(float(f.low) for f in FACTORS)).tolist() == [-1.0] * 5
    assert coded(tuple(float(f.high) for f in FACTORS)).tolist() == [1.0] * 5


def test_a_setting_that_the_press_does_not_have_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Hold pressure"):
        MoldingInputs.read({"pressure": 90})


def test_the_effects_of_the_page_are_those_of_a_plain_fit() -> None:
    made = trial(plan="half", shots=3)
    columns = {letter: made.sheet.coded[:, j] for j, letter in enumerate("ABCDE")}
    fit = fit_model(columns, made.lengths.mean(axis=1), ["A", "B", "C", "D", "E", "A·E"])
    for e in made.found.effects:
        if e.term in columns or e.term == "A·E":
            assert e.value == pytest.approx(2 * fit.coefficient(e.term))
