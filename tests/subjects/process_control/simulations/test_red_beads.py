"""The red beads against the hypergeometric distribution, Deming's own run, and what a blind bet is worth."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.stats import hypergeom

from techamp.contract import registry
from techamp.subjects.process_control import count_miss, np_chart
from techamp.subjects.process_control.simulations.red_beads import dipping, judging
from techamp.subjects.process_control.simulations.red_beads.inputs import BETS, WORKERS, RedBeadsInputs

DEMING_1985 = ((14, 10, 9, 10), (17, 5, 8, 5), (11, 6, 5, 9), (8, 8, 9, 6), (12, 11, 12, 8), (9, 11, 7, 10))


def dips(seed: int, **choices: Any) -> dipping.Dips:
    return dipping.work(RedBeadsInputs.read(choices), seed)


def mean(name: str, runs: int = 600, **choices: Any) -> float:
    beads = registry.simulation("process_control.red_beads")
    return float(np.mean(beads.measures(beads.Inputs.read(choices), list(range(runs)))[name]))


@cache
def crews() -> tuple[dipping.Dips, ...]:
    return tuple(dips(seed) for seed in range(600))


def test_counts_are_hypergeometric() -> None:
    red = np.concatenate([dips(seed, days=20).red for seed in range(100)])
    law = hypergeom(4000, 800, 50)
    assert red.mean() == pytest.approx(law.mean(), abs=0.1)
    assert red.var() == pytest.approx(law.var(), rel=0.05)
    for count in (4, 7, 10, 13, 16):
        assert np.mean(red <= count) == pytest.approx(law.cdf(count), abs=0.015)


def test_every_place_of_the_paddle_is_as_likely_red() -> None:
    beads = np.concatenate([dips(seed, days=20, share=30.0).beads for seed in range(60)])
    assert beads.mean(axis=0) == pytest.approx(np.full(50, 0.3), abs=0.025)


def test_a_bowl_that_runs_out_of_red_gives_no_more_than_it_held() -> None:
    assert dipping.dip(np.full((1, 100), 1e-6), np.array([20])).sum() == 20


def test_demings_own_run_has_no_signal() -> None:
    counts = np.array(DEMING_1985).T.ravel()
    panel = np_chart(counts, 50).location
    assert counts.sum() == 220
    assert (float(panel.lower[0]), float(panel.upper[0])) == pytest.approx((0.96, 17.37), abs=0.01)
    worker, day = np.tile(np.arange(6), 4), np.repeat(np.arange(4), 6)
    beads = np.arange(50) < counts[:, None]
    played = dipping.Dips(worker, day, beads)
    assert not judging.paddles(RedBeadsInputs.read({}), played).out.any()
    assert played.of_day(0) == {0: 14.0, 1: 17.0, 2: 11.0, 3: 8.0, 4: 12.0, 5: 9.0}


@pytest.mark.parametrize("bet", sorted(BETS))
def test_no_bet_beats_chance_with_one_bowl(bet: str) -> None:
    # 1,800 days: a standard error of about 0.85 %
    inputs = RedBeadsInputs.read({"bet": bet})
    paid = [judging.wins(inputs, crew) for crew in crews()]
    assert 100 * np.mean(paid) == pytest.approx(100 / 6, abs=2.6)


def test_betting_on_the_best_so_far_pays_when_one_bowl_is_better() -> None:
    assert mean("bets_won", 300, bet="best_so_far", odd="cruz", odd_share=10.0, days=10) > 55.0


def test_after_praise_comes_an_ordinary_day() -> None:
    # The mean of the lowest of six independent counts, from the distribution.
    law, k = hypergeom(4000, 800, 50), np.arange(51)
    lowest = float(np.sum(law.sf(k) ** 6))
    highest = float(np.sum(1.0 - law.cdf(k) ** 6))
    assert mean("after_praise") == pytest.approx(10.0 - lowest, abs=0.25)
    assert mean("after_blame") == pytest.approx(10.0 - highest, abs=0.25)


def test_sending_people_home_changes_nothing_and_better_beads_do() -> None:
    assert mean("second_half", boss="keep_best") == pytest.approx(0.0, abs=0.25)
    assert mean("second_half", boss="bowl", new_share=10.0) == pytest.approx(-5.0, abs=0.25)


def test_false_alarms_of_wide_samples_come_as_often_as_the_binomial_says() -> None:
    signals = mean("signals", 100, days=20, paddle=50, width=2.0) * 100
    miss = count_miss(10 - 2 * math.sqrt(8), 10 + 2 * math.sqrt(8), 10.0, 50)
    assert signals / (100 * 120) == pytest.approx(1.0 - miss, rel=0.15)


def test_another_bowl_is_found_as_often_as_its_operating_characteristic_says() -> None:
    found = mean("odd_found", 400, days=1, odd="dee", odd_share=45.0, width=3.0)
    p = (5 * 0.20 + 0.45) / 6
    miss = count_miss(50 * p - 3 * math.sqrt(50 * p * (1 - p)), 50 * p + 3 * math.sqrt(50 * p * (1 - p)), 22.5, 50)
    assert found == pytest.approx(100 * (1 - miss), abs=8.0)  # the limits wander a little with six paddles


def test_all_paddles_of_a_person_see_more_than_each_one() -> None:
    real = {"odd": "dee", "odd_share": 30.0, "days": 10}
    assert mean("odd_found", 200, judge="people", **real) > mean("odd_found", 200, **real) + 20.0
    assert mean("accused", 200, judge="people", **real) < 0.15


def test_the_three_best_stay_and_dip_twice() -> None:
    found = dips(4, boss="keep_best", days=5)
    first = dips(4, days=5)
    assert np.array_equal(found.red[:18], first.red[:18])
    totals = {who: int(first.red[:18][first.worker[:18] == who].sum()) for who in range(6)}
    stayed = sorted(sorted(totals, key=lambda who: (totals[who], who))[:3])
    assert found.worker[18:24].tolist() == [who for who in stayed for _twice in (1, 2)]
    pairs = found.red[18:].reshape(-1, 2)
    assert (pairs[:, 0] != pairs[:, 1]).any()


def test_a_crew_without_one_red_bead_is_judged_without_limits() -> None:
    crews = [dips(seed, days=1, paddle=10, share=1.0) for seed in range(40)]
    clean = next(crew for crew in crews if crew.red.sum() == 0)
    points = judging.paddles(RedBeadsInputs.read({"days": 1, "paddle": 10}), clean)
    assert not points.out.any()


def test_the_trace_holds_every_bead() -> None:
    beads = registry.simulation("process_control.red_beads")
    outcome = beads.run(beads.Inputs.read({"odd": "fay"}), 5)
    trace = outcome.trace
    assert [row.count("1") for row in trace.columns["beads"]] == list(trace.columns["red"])
    assert trace.fixed["workers"] == list(WORKERS)
    assert "odd" not in trace.fixed
    assert outcome.notes[-1].startswith("Fay dips from a bowl with 35 % red beads")
