"""Settings from a model, and what a confirmation run there should give."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from techamp.contract import InvalidInput
from techamp.subjects.process_control import ModelFit, all_terms, choose_settings, confirmation, fit_model

CORNERS = np.array(list(product((-1.0, 1.0), repeat=3)))


def fitted(y: np.ndarray[tuple[int], np.dtype[np.float64]], times: int = 1) -> ModelFit:
    coded = np.tile(CORNERS, (times, 1))
    return fit_model({name: coded[:, j] for j, name in enumerate("ABC")}, y, all_terms("ABC"))


def test_the_highest_corner_is_found_where_two_factors_act_together() -> None:
    y = 10 - 2 * CORNERS[:, 0] + CORNERS[:, 1] + 4 * CORNERS[:, 0] * CORNERS[:, 1]
    best = choose_settings(fitted(y), "high", factors="AB")
    assert best == {"A": -1.0, "B": -1.0}  # 10 + 2 − 1 + 4 = 15, against 13 at A and B high
    assert choose_settings(fitted(y), "low", factors="AB") == {"A": 1.0, "B": -1.0}


def test_a_target_is_met_with_the_noisy_factor_held_on_its_quiet_side() -> None:
    y = 10 + 3 * CORNERS[:, 0] + 2 * CORNERS[:, 2]
    found = choose_settings(fitted(y), "target", target=11.0, factors="AC", fixed={"C": 1.0})
    assert found["C"] == 1.0
    assert 10 + 3 * found["A"] + 2 * found["C"] == pytest.approx(11.0, abs=1e-4)


def test_a_factor_of_names_is_never_set_between() -> None:
    y = 10 + 3 * CORNERS[:, 0] + CORNERS[:, 1]
    found = choose_settings(fitted(y), "target", target=10.0, factors="AB", either_or="A")
    assert abs(found["A"]) == 1.0


def test_the_best_settings_are_no_worse_than_any_point_of_a_fine_grid() -> None:
    luck = np.random.default_rng(6)
    for _case in range(20):
        y = luck.standard_normal(8)
        fit = fitted(y)
        best = confirmation(fit, choose_settings(fit, "high", factors="ABC")).value
        grid = [
            confirmation(fit, dict(zip("ABC", p, strict=True))).value for p in product((-1, -0.4, 0.3, 1), repeat=3)
        ]
        assert best >= max(grid) - 1e-6


def test_a_saturated_model_predicts_without_an_interval() -> None:
    fit = fit_model({"A": np.array([-1.0, 1.0])}, np.array([1.0, 3.0]), ["A"])
    found = confirmation(fit, {"A": 1.0})
    assert found.value == pytest.approx(3.0)
    assert math.isnan(found.low)


def test_more_confirmation_runs_narrow_the_interval_to_that_of_the_mean() -> None:
    fit = fitted(np.random.default_rng(2).standard_normal(16), times=2)
    one, many = (confirmation(fit, {"A": 1.0}, runs=runs) for runs in (1, 10**9))
    line = [1, 1, 0, 0, 0, 0, 0]
    half = math.sqrt(fit.fit.direction_variance(np.array(line, dtype=float)))
    assert (one.high - one.low) / (many.high - many.low) == pytest.approx(math.sqrt(half**2 + 1) / half, rel=1e-4)


def test_blocks_are_averaged_in_a_prediction() -> None:
    block = np.array(["mon"] * 8 + ["tue"] * 8)
    y = np.tile(CORNERS[:, 0], 2) + np.where(block == "tue", 5.0, 0.0)
    columns = {"A": np.tile(CORNERS[:, 0], 2), "block": block}
    fit = fit_model(columns, y, ["block", "A"], categorical=["block"])
    assert confirmation(fit, {"A": 1.0}, averaged=("block",)).value == pytest.approx(3.5)


@pytest.mark.parametrize(("goal", "target"), [("best", None), ("target", None)])
def test_a_goal_must_be_known_and_a_target_given(goal: str, target: float | None) -> None:
    with pytest.raises(InvalidInput, match="must be one of"):
        choose_settings(fitted(CORNERS[:, 0]), goal, target=target, factors="A")


def test_at_least_one_run_confirms() -> None:
    with pytest.raises(InvalidInput, match="must be 1 at least"):
        confirmation(fitted(CORNERS[:, 0]), {}, runs=0)
