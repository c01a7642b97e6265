"""The funnel against what theory says of each rule."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.process_control.simulations.funnel import drops as model

SEEDS = 2000
RULES = ("leave", "move_back", "reset_back", "over_last")


def fallen(rule: str, drops: int = 12, share: float = 0.0, drift: float = 0.0, wander: float = 0.0) -> model.Floats:
    return model.drop(luck_of_all(drops, drift, wander), rule, share)[0]


@cache
def luck_of_all(drops: int, drift: float, wander: float) -> model.Floats:
    return np.stack([model.luck(seed, drops, 10.0, drift, wander) for seed in range(SEEDS)])


N = np.arange(1.0, 13.0)
VARIANCES = {"leave": np.ones(12), "move_back": np.where(N == 1, 1.0, 2.0), "reset_back": N, "over_last": N}


@pytest.mark.parametrize("rule", RULES)
def test_variance_at_drop_n_is_that_of_the_rule(rule: str) -> None:
    expected = VARIANCES[rule]
    assert model.theory_rms(12, rule, 0.0, 10.0, 0.0, 0.0) ** 2 / 200.0 == pytest.approx(expected, rel=1e-12)
    # 4,000 values in each variance: a standard error of 2.2 %
    assert np.mean(fallen(rule) ** 2, axis=(0, 2)) / 100.0 == pytest.approx(expected, rel=0.1)


def test_each_rule_is_its_recursion() -> None:
    luck = model.luck(5, 40, 10.0, 0.0, 0.0)
    fell = {rule: model.drop(luck, rule)[0] for rule in RULES}
    assert np.array_equal(fell["leave"], luck)
    assert fell["move_back"][1:] == pytest.approx(luck[1:] - luck[:-1])
    assert fell["reset_back"][1:] == pytest.approx(luck[1:] - fell["reset_back"][:-1])
    assert fell["over_last"] == pytest.approx(np.cumsum(luck, axis=0))


def test_rule_three_swings_from_side_to_side() -> None:
    fell = fallen("reset_back", drops=40)
    late = fell[:, 30:, 0]
    assert np.mean(np.sign(late[:, 1:]) != np.sign(late[:, :-1])) > 0.85


@pytest.mark.parametrize("rule", [*RULES, "share"])
@pytest.mark.parametrize(("drift", "wander"), [(0.0, 0.0), (1.0, 0.0), (0.5, 3.0)])
def test_theory_is_what_many_runs_show(rule: str, drift: float, wander: float) -> None:
    seen = np.sqrt(np.mean(model.distance(fallen(rule, share=0.3, drift=drift, wander=wander)) ** 2, axis=0))
    assert seen == pytest.approx(model.theory_rms(12, rule, 0.3, 10.0, drift, wander), rel=0.04)


@pytest.mark.parametrize(
    ("share", "drift", "wander"), [(0.2, 0.0, 0.0), (0.3, 1.0, 0.0), (0.6, 0.5, 4.0), (1.0, 0.0, 2.0)]
)
def test_the_long_run_formula_is_where_the_recursion_ends(share: float, drift: float, wander: float) -> None:
    last = model.theory_rms(500, "share", share, 10.0, drift, wander)[-1]
    assert last**2 == pytest.approx(model.long_run_square(share, 10.0, drift, wander), rel=1e-9)


@pytest.mark.parametrize(("drift", "wander"), [(0.0, 5.0), (1.0, 0.0), (3.0, 8.0), (0.1, 0.0)])
def test_the_best_share_is_the_best_of_all_shares(drift: float, wander: float) -> None:
    shares = np.linspace(0.001, 1.0, 1000)
    squares = [model.long_run_square(share, 10.0, drift, wander) for share in shares]
    assert model.best_share(10.0, drift, wander) == pytest.approx(shares[int(np.argmin(squares))], abs=0.002)


def test_the_best_share_of_a_wandering_stand_is_one_minus_theta() -> None:
    # An IMA(1,1) with θ = 0.6 and innovations of variance 1 is a walk of variance (1 − θ)² plus noise of variance θ.
    theta = 0.6
    assert model.best_share(math.sqrt(theta), 0.0, 1.0 - theta) == pytest.approx(1.0 - theta)


def test_a_stand_at_rest_is_best_left_alone() -> None:
    assert model.best_share(10.0, 0.0, 0.0) == 0.0
    funnel = registry.simulation("process_control.funnel")
    ratios = funnel.measures(funnel.Inputs.read({"rule": "share", "share": 0.3}), list(range(200)))["against_leave"]
    assert np.mean(ratios) == pytest.approx(math.sqrt(2.0 / 1.7), rel=0.02)


def test_with_drift_a_share_pays_and_the_whole_error_pays_less() -> None:
    funnel = registry.simulation("process_control.funnel")
    seeds = list(range(100))

    def spread(rule: str, share: float = 0.3) -> float:
        inputs = funnel.Inputs.read({"rule": rule, "share": share, "drift": 1.0, "drops": 100})
        return float(np.mean(funnel.measures(inputs, seeds)["spread"]))

    alone, part, whole = spread("leave"), spread("share"), spread("move_back")
    assert part < whole < alone


def test_a_wide_dead_band_leaves_the_funnel_alone_and_none_is_the_plain_share() -> None:
    luck = model.luck(1, 30, 10.0, 0.0, 0.0)
    assert np.array_equal(model.drop(luck, "share", 0.5, 1000.0)[0], luck)
    tiny = model.drop(luck, "share", 0.5, 1e-9)[0]
    assert tiny == pytest.approx(model.drop(luck, "share", 0.5)[0])


def test_share_inside_the_circle_is_that_of_the_rayleigh_distribution() -> None:
    for rule, squares in (("leave", 200.0), ("move_back", 400.0)):
        inside = np.mean(model.distance(fallen(rule)[:, 1:]) <= 25.0)
        assert inside == pytest.approx(1.0 - math.exp(-(25.0**2) / squares), abs=0.01)


def test_two_rules_with_one_seed_share_their_luck() -> None:
    funnel = registry.simulation("process_control.funnel")
    alone, moved = (
        funnel.run(funnel.Inputs.read({"rule": rule}), 9).trace.columns["x"] for rule in ("leave", "move_back")
    )
    assert moved[0] == alone[0]
    assert moved[5] == pytest.approx(alone[5] - alone[4], abs=0.011)


def test_the_trace_shows_where_the_creeping_stand_points() -> None:
    funnel = registry.simulation("process_control.funnel")
    columns = funnel.run(funnel.Inputs.read({"drift": 2.0}), 1).trace.columns
    assert columns["fx"][:4] == (0.0, 2.0, 4.0, 6.0)
    assert set(columns["fy"]) == {0.0}


def test_notes_say_what_adjusting_did() -> None:
    funnel = registry.simulation("process_control.funnel")
    outcome = funnel.run(funnel.Inputs.read({"rule": "move_back"}), 42)
    assert outcome.notes[0].startswith("After each drop the funnel moved back by the whole error. The 50 drops lie")
    assert f"{outcome.measure('against_leave').value:.2f} times as much" in outcome.notes[1]
