"""Plans, aliases, effects, models, surfaces."""

from __future__ import annotations

import json
import math
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.process_control.reference_checks.folder import REFERENCES
from tests.subjects.process_control.strategies import SEEDS, normal_readings

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    Goal,
    alias_structure,
    all_terms,
    best_fraction,
    best_settings,
    box_behnken,
    canonical_analysis,
    central_composite,
    curvature,
    dispersion_effects,
    fit_model,
    fold_over,
    fractional_factorial,
    full_factorial,
    half_normal,
    lack_of_fit,
    lenth,
    log_variances,
    overall_desirability,
    plackett_burman,
    steepest_ascent,
)
from techamp.subjects.process_control.experiments.effects import effects


def published(case: str) -> dict[str, np.ndarray]:
    """The columns of a published experiment."""
    cases = json.loads((REFERENCES / "experiments.json").read_text("utf-8"))["cases"]
    inputs = next(one["inputs"] for one in cases if one["id"] == case)
    return {
        name: np.array(column)
        for name, column in zip(inputs["columns"], zip(*inputs["rows"], strict=True), strict=True)
    }


@pytest.mark.parametrize("factors", range(2, 24))
def test_columns_of_screening_plans_are_balanced_and_independent(factors: int) -> None:
    coded = plackett_burman(factors if factors < 20 else [f"x{i}" for i in range(factors)]).coded
    assert len(coded) > factors
    assert np.array_equal(coded.T @ coded, len(coded) * np.eye(factors))
    assert not coded.sum(axis=0).any()


def test_a_full_factorial_runs_every_combination_once() -> None:
    design = full_factorial(["speed", "feed", "coolant"])
    assert len({tuple(run) for run in design.coded.tolist()}) == len(design) == 8
    assert design.coded[:4, 0].tolist() == [-1, 1, -1, 1]
    assert alias_structure(design).sentences() == ("A full factorial: every effect can be told from every other.",)


def test_montgomerys_injection_molding_plan_and_its_aliases() -> None:
    """Montgomery (8th ed.), table 8.10: 2^(6-2), I = ABCE = BCDF = ADEF."""
    structure = alias_structure(fractional_factorial(6, ["E=ABC", "F=BCD"]))
    assert set(structure.relation) == {"ABCE", "BCDF", "ADEF"}
    assert structure.resolution == 4
    chains = {chain[0]: chain[1:] for chain in structure.chains}
    assert chains["AB"] == ("CE",)
    assert chains["AE"] == ("BC", "DF")
    assert chains["A"] == ()
    assert "A·B cannot be told from C·E." in structure.sentences()


@given(
    st.sampled_from(
        [(4, ["D=-ABC"]), (5, ["D=AB", "E=-AC"]), (6, ["E=ABC", "F=-BCD"]), (7, ["E=ABC", "F=BCD", "G=ACD"])]
    )
)
def test_aliased_effects_have_the_same_column_and_others_not(plan: tuple[int, list[str]]) -> None:
    design = fractional_factorial(*plan)
    letters = "ABCDEFGH"

    def column(word: str) -> np.ndarray:
        sign = -1.0 if word.startswith("-") else 1.0
        return sign * np.prod([design.coded[:, letters.index(c)] for c in word.lstrip("-")], axis=0)

    chains = alias_structure(design).chains
    for chain in chains:
        for word in chain[1:]:
            assert np.array_equal(column(chain[0]), column(word))
    for one, two in combinations(chains, 2):
        assert column(one[0]) @ column(two[0]) == 0.0


@pytest.mark.parametrize(("factors", "runs", "resolution"), [(5, 16, 5), (6, 16, 4), (7, 16, 4), (7, 8, 3), (8, 16, 4)])
def test_the_best_fraction_has_the_resolution_of_the_tables(factors: int, runs: int, resolution: int) -> None:
    """Montgomery (8th ed.), table 8.14."""
    assert alias_structure(best_fraction(factors, runs)).resolution == resolution


def test_blocks_lose_what_their_words_say() -> None:
    design = full_factorial(4, blocks=["ABC", "ACD"])
    assert np.bincount(design.block).tolist() == [4, 4, 4, 4]
    assert alias_structure(design).lost == ("BD", "ABC", "ACD")


def test_folding_over_frees_main_effects() -> None:
    folded = fold_over(fractional_factorial(3, ["C=AB"]))
    a, b, c = folded.coded.T
    assert abs(a @ (b * c)) == 0.0
    assert folded.block.tolist() == [0] * 4 + [1] * 4


def test_run_order_stays_in_its_block_and_follows_its_generator() -> None:
    design = full_factorial(3, blocks=["ABC"]).with_center_points(2)
    order = design.run_order(np.random.default_rng(1))
    assert sorted(order.tolist()) == list(range(12))
    assert bool(np.all(np.diff(design.block[order]) >= 0))
    assert order.tolist() == design.run_order(np.random.default_rng(1)).tolist()


def test_settings_come_in_units() -> None:
    natural = (
        full_factorial(["speed", "feed"]).with_center_points(1).natural({"speed": (800, 1200), "feed": (0.1, 0.3)})
    )
    assert natural["speed"].tolist() == [800, 1200, 800, 1200, 1000]
    assert natural["feed"][-1] == pytest.approx(0.2)


def test_a_rotatable_plan_predicts_equally_well_at_equal_distance() -> None:
    design = central_composite(3, center_points=6)
    fit = fit_model(design.columns(), normal_readings(1, len(design)), all_terms(design.factors, squares=True))
    widths = []
    for point in ([1, 0, 0], [0, 0, -1], [1 / math.sqrt(3)] * 3, [0.6, -0.8, 0]):
        _, low, high = fit.predict(dict(zip(design.factors, point, strict=True)))
        widths.append(high - low)
    assert widths == pytest.approx([widths[0]] * 4)
    assert central_composite(2).coded.max() == pytest.approx(math.sqrt(2))


def test_an_orthogonal_plan_keeps_curvatures_apart() -> None:
    design = central_composite(3, alpha="orthogonal", center_points=4)
    squares = design.coded**2 - (design.coded**2).mean(axis=0)
    assert squares.T @ squares == pytest.approx(np.diag(np.diag(squares.T @ squares)), abs=1e-9)


@pytest.mark.parametrize(("factors", "runs"), [(3, 15), (4, 27), (5, 43), (6, 51), (7, 59)])
def test_box_behnken_has_no_corner_and_three_levels(factors: int, runs: int) -> None:
    design = box_behnken(factors)
    assert len(design) == runs
    assert set(np.unique(design.coded)) == {-1.0, 0.0, 1.0}
    assert int((design.coded != 0).sum(axis=1).max()) < factors
    fit_model(design.columns(), normal_readings(2, runs), all_terms(design.factors, squares=True))


def test_lenth_finds_montgomerys_filtration_effects() -> None:
    """Montgomery (8th ed.), example 6.2: A, C, D, AC, AD are real; PSE 2.625."""
    table = published("doe-m-filtration-2-4")
    found = effects({k: table[k] for k in "ABCD"}, table["y"], all_terms("ABCD", 4))
    judged = lenth(found)
    assert set(judged.active) == {"A", "C", "D", "A·C", "A·D"}
    assert (judged.pse, judged.margin, judged.joint_margin) == pytest.approx((2.625, 6.748, 13.699), abs=0.002)
    points = half_normal(found)
    assert points[-1].name == "A"
    assert all(one.quantile < two.quantile for one, two in pairwise(points))


def test_montgomerys_dispersion_effect_of_holding_time() -> None:
    """Montgomery (8th ed.), example 8.4: after A, B and AB the ratio for C is 2.50, no other comes near."""
    table = published("doe-m-injection-molding-2-6-2")
    factors = {name: table[name] for name in "ABCDEF"}
    found = dispersion_effects(fit_model(factors, table["y"], ["A", "B", "A·B"]), list("ABCDEF"))
    assert found["C"] == pytest.approx(2.50, abs=0.005)
    assert max(abs(value) for name, value in found.items() if name != "C") < 1.5


def test_curvature_of_the_filtration_rate() -> None:
    """Montgomery (8th ed.), example 6.6: SS 1.51, error 16.25, F 0.093."""
    bend, pure = curvature(published("doe-m-filtration-2-4")["y"], [73, 75, 66, 69])
    assert (round(bend.ss, 2), round(pure.ms, 2), round(bend.f, 3)) == (1.51, 16.25, 0.093)


def test_lack_of_fit_sees_a_bend_that_the_model_lacks() -> None:
    x = np.repeat(np.linspace(-1, 1, 5), 4)
    y = x + 2 * x**2 + normal_readings(3, 20) * 0.1
    short, whole = fit_model({"x": x}, y, ["x"]), fit_model({"x": x}, y, ["x", "x²"])
    assert lack_of_fit(short)[0].p < 1e-6 < lack_of_fit(whole)[0].p
    bend, pure = lack_of_fit(short)
    assert bend.ss + pure.ss == pytest.approx(short.fit.ss_residual)


@given(SEEDS, st.sampled_from([1e-3, 1.0, 1e3]))
@settings(max_examples=20)
def test_effects_follow_the_unit_and_ignore_the_zero_of_the_response(seed: int, unit: float) -> None:
    design, y = full_factorial(3), normal_readings(seed, 8)
    plain = effects(design.columns(), y, all_terms("ABC", 3))
    moved = effects(design.columns(), y * unit + 1e6 * unit, all_terms("ABC", 3))
    assert moved == pytest.approx({name: value * unit for name, value in plain.items()}, abs=1e-8 * unit)
    order = np.random.default_rng(seed).permutation(8)
    shuffled = effects({k: v[order] for k, v in design.columns().items()}, y[order], all_terms("ABC", 3))
    assert shuffled == pytest.approx(plain, abs=1e-12)


def test_categories_give_the_one_way_table() -> None:
    from techamp.subjects.process_control import one_way_anova

    groups = [normal_readings(seed, 6) + seed for seed in range(3)]
    names = np.repeat(["oil", "water", "air"], 6)
    fit = fit_model({"coolant": names}, np.concatenate(groups), ["coolant"])
    plain = one_way_anova(groups)
    assert (fit.anova[0].f, fit.anova[0].df) == pytest.approx((plain.f, 2))
    assert fit.predict({"coolant": "water"})[0] == pytest.approx(plain.means[1])


def test_confirmation_runs_fall_into_their_interval_about_as_often_as_they_say() -> None:
    rng, held = np.random.default_rng(4), 0
    design = full_factorial(3).replicated(2)
    truth = 10 + 3 * design.coded[:, 0] - design.coded[:, 1]
    for _ in range(400):
        fit = fit_model(design.columns(), truth + rng.normal(size=16), ["A", "B"])
        _, low, high = fit.predict({"A": 1.0, "B": -1.0, "C": 0.0}, runs=3)
        held += low <= 14.0 + rng.normal(size=3).mean() <= high
    assert 0.92 <= held / 400 <= 0.98


def test_the_stationary_point_of_a_known_surface_is_found() -> None:
    design = central_composite(["t", "p"], center_points=5)
    t, p = design.coded.T
    y = 80 - 2 * (t - 0.4) ** 2 - 1.5 * (p + 0.3) ** 2 + (t - 0.4) * (p + 0.3)
    fit = fit_model(design.columns(), y, all_terms(design.factors, squares=True))
    found = canonical_analysis(fit)
    assert found.stationary == pytest.approx({"t": 0.4, "p": -0.3})
    assert (found.value, found.nature, found.inside) == (pytest.approx(80.0), "maximum", True)
    assert sum(found.curvatures) == pytest.approx(-3.5)
    saddle = canonical_analysis(
        fit_model(design.columns(), t**2 - p**2 + 3 * t, all_terms(design.factors, squares=True))
    )
    assert saddle.nature == "saddle"
    assert "outside" in saddle.note


def test_montgomerys_chemical_process_has_a_maximum() -> None:
    """Montgomery (8th ed.), example 11.2: yield 80.21 at coded 0.389, 0.306; curvatures -0.9635 and -1.4143."""
    design = central_composite(2, center_points=5)
    y = [76.5, 78.0, 77.0, 79.5, 75.6, 78.4, 77.0, 78.5, 79.9, 80.3, 80.0, 79.7, 79.8]
    found = canonical_analysis(fit_model(design.columns(), y, all_terms(design.factors, squares=True)))
    assert found.nature == "maximum"
    assert list(found.stationary.values()) == pytest.approx([0.389, 0.306], abs=0.01)
    assert found.value == pytest.approx(80.21, abs=0.01)
    assert sorted(found.curvatures) == pytest.approx([-1.4143, -0.9635], abs=0.002)


def test_the_steepest_way_goes_up() -> None:
    fit = fit_model(full_factorial(2).columns(), [1.0, 5.0, 2.0, 6.0], ["A", "B"])
    path = steepest_ascent(fit, 2)
    assert path == [{"A": 1.0, "B": 0.25}, {"A": 2.0, "B": 0.5}]


def test_desirability_trades_responses_and_one_useless_spoils_all() -> None:
    larger, target = Goal(target=10, low=0), Goal(target=5, low=4, high=7, weight=2.0)
    assert (larger.desirability(-1), larger.desirability(5), larger.desirability(12)) == (0.0, 0.5, 1.0)
    assert (target.desirability(4.5), target.desirability(6.0)) == (0.25, 0.25)
    assert overall_desirability([larger, target], [5, 5]) == pytest.approx(math.sqrt(0.5))
    assert overall_desirability([larger, target], [5, 8]) == 0.0


def test_best_settings_meet_in_the_middle_of_two_wishes() -> None:
    design = central_composite(["t", "p"])
    t, p = design.coded.T
    strength = fit_model(design.columns(), 10 + 5 * t - p**2, all_terms(design.factors, squares=True))
    cost = fit_model(design.columns(), 10 + 5 * t - p, all_terms(design.factors, squares=True))
    found = best_settings([strength, cost], [Goal(target=15, low=5), Goal(target=5, high=15)])
    grid = np.linspace(-1, 1, 81)
    scores = [overall_desirability([Goal(15, 5), Goal(5, high=15)], _at(a, b)) for a in grid for b in grid]
    assert found.overall >= max(scores) - 1e-6


def _at(t: float, p: float) -> list[float]:
    return [10 + 5 * t - p**2, 10 + 5 * t - p]


def test_log_variances_are_those_of_the_repeats() -> None:
    table = normal_readings(5, 20).reshape(5, 4) + 1e6
    assert log_variances(table) == pytest.approx(np.log(np.var(table, axis=1, ddof=1)), rel=1e-6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fractional_factorial(4, ["D=AE"]), "generators: must make D from two or more of ABC"),
        (lambda: fractional_factorial(4, ["DABC"]), "generators: must read like E=ABC"),
        (lambda: full_factorial(3, blocks=["ABX"]), "blocks: must be words of ABC"),
        (lambda: full_factorial(["a", "a"]), "factors: must be 1 different names at least"),
        (lambda: box_behnken(2), "factors: must be 3 to 7"),
        (lambda: central_composite(2, alpha="far"), "alpha: must be rotatable, face, orthogonal"),
        (lambda: full_factorial(2).natural({"A": (2.0, 1.0), "B": (0, 1)}), "ranges, A: must have a low below 1"),
        (lambda: fit_model({"A": [-1, 1]}, [1.0, 2.0], ["B"]), "terms: must be made of A"),
        (lambda: fit_model({"A": [-1, 1]}, [1.0, np.nan], ["A"]), "y: must have no gap"),
        (lambda: fit_model({"A": [-1, 1, 1]}, [1.0, 2.0], ["A"]), "A: must hold 2 settings"),
        (lambda: fit_model({"A": [-1, 1], "B": [-1, 1]}, [1.0, 2.0], ["A", "B"]), "terms: must have at least 3"),
        (
            lambda: fit_model({"A": [-1, 1, 1, -1], "B": [-1, 1, 1, -1]}, [1.0, 2, 3, 4], ["A", "B"]),
            "terms: must have columns that are no mix",
        ),
        (lambda: lenth({"A": 1.0, "B": 2.0}), "found: must be three effects at least"),
        (lambda: curvature([1.0, 2.0], [1.0]), "centers: must be two runs at least"),
        (lambda: Goal(target=5, low=6), "low: must be below the target (5)"),
        (lambda: best_fraction(5, 12), "runs: must be a power of 2"),
    ],
)
def test_what_makes_no_experiment_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert str(refusal.value).startswith(message)
