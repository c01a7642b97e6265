"""Comparing: the lecture's numbers are the library's, its figures hold them, and the challenges reward a plan."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import Table, TableColumn, registry
from techamp.subjects.process_control import (
    one_sample_t,
    one_way_anova,
    paired_t,
    polynomial_fit,
    proportion_sample_size,
    t_power,
    t_sample_size,
    tukey_pairs,
    two_proportions,
    two_sample_t,
)
from techamp.subjects.process_control.tail_areas import f_quantile, t_quantile

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "process_control" / "06-comparing"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8")
ROSA = (-6.2, -4.5, -3.9, -4.1, -6.0, -3.5, -4.0, -4.0)
SECOND = (-2.7, -2.3, -0.9, -4.3, -3.5, -1.5, -5.2, -3.2)
BARS_A = (-4.9, -6.2, -3.1, -5.8, -7.1, -2.9, -5.8, -3.7, -1.5, -4.9)
BARS_B = (-3.7, -4.5, -4.0, -4.5, -5.8, -2.3, -5.1, -3.0, 0.3, -4.6)
WEAR = (-7.1, -6.3, -3.8, -4.8, -7.3, -5.1, -5.6, -4.4, -6.3, -3.8, -3.6, -1.8, -3.0, -2.6, -4.7)
BENT = (-6.7, -5.9, -4.9, -4.3, -3.9, -3.7, -3.5, -3.2, -2.8, -2.9, -2.9, -2.8, -2.4, -2.5, -2.3)
STEELS = ((-4.2, -5.1, -5.2, -4.3, -3.4, -4.1, -4.9, -6.4), (-5.3, -5.2, -3.0, -7.0, -3.7, -5.0, -3.8, -6.7),
          (-2.8, -1.9, -2.6, -1.5, -2.1, -2.3, -4.1, -3.1))  # fmt: skip
TRIES = 3


def told(*values: float, decimals: int = 2) -> None:
    """Each number stands in the lecture, with a proper minus."""
    texts = [f"{value:.{decimals}f}".replace("-", "−") for value in values]
    assert [text for text in texts if text not in LECTURE] == []


def test_rosas_eight_shafts_give_the_interval_that_is_told() -> None:
    one = one_sample_t(ROSA)
    told(one.low, one.high, (one.high - one.low) / 2)
    told(t_quantile(0.975, 7), decimals=3)
    assert sum(not one.low <= shaft <= one.high for shaft in ROSA) == 3
    assert "Three of Rosa's eight lie outside" in LECTURE


def test_the_second_lathe_turns_larger_by_what_is_told() -> None:
    found = two_sample_t(SECOND, ROSA)
    told(found.low, found.high)
    told(found.p, found.estimate / found.statistic, decimals=3)
    assert found.estimate == pytest.approx(1.575)
    assert "= 1.58 \\pm 2.17 \\times 0.615" in LECTURE
    assert f"{t_quantile(0.975, found.df):.2f}" == "2.17"


@pytest.mark.parametrize(("n", "low", "high"), [(20, "0.94", "2.38"), (50, "1.13", "1.99")])
def test_a_ratio_of_spreads_reaches_as_far_as_the_table_says(n: int, low: str, high: str) -> None:
    root = math.sqrt(f_quantile(0.975, n - 1, n - 1))
    assert (f"{1.5 / root:.2f}", f"{1.5 * root:.2f}") == (low, high)
    assert f"| {low} to {high} |" in LECTURE


@pytest.mark.parametrize("counts", [(12, 200, 5, 200), (24, 400, 10, 400), (3, 60, 0, 60)])
def test_shares_differ_by_what_is_told(counts: tuple[int, int, int, int]) -> None:
    found = two_proportions(*counts)
    span = f"{100 * found.low:.1f} to {100 * found.high:.1f}".replace("-", "−")
    assert span in LECTURE


def test_pairs_see_what_two_groups_do_not() -> None:
    pairs, groups = paired_t(BARS_B, BARS_A), two_sample_t(BARS_B, BARS_A)
    told(pairs.estimate, pairs.low, pairs.high, groups.low, groups.high, (groups.high - groups.low) / 2)
    assert pairs.low > 0.0 > groups.low
    assert sum(b > a for a, b in zip(BARS_A, BARS_B, strict=True)) == 9
    reach = (pairs.high - pairs.low) / 2
    spread = math.sqrt(sum((one_sample_t(x).high - one_sample_t(x).estimate) ** 2 for x in (BARS_A, BARS_B)))
    spread *= math.sqrt(10) / t_quantile(0.975, 9)  # of one shaft of A less one of B
    assert 2 * ((1.96 * spread / reach) ** 2 - 10) > 100  # “worth more than a hundred extra shafts”


def test_the_numbers_of_shafts_are_those_of_the_library() -> None:
    assert [t_sample_size(delta, 1.2) for delta in (2.0, 1.0, 0.5)] == [9, 32, 123]
    assert t_sample_size(1.0, math.sqrt(2) * 0.8, kind="paired") == 16
    assert round(100 * t_power(1.0, 1.2, 10)) == 42
    assert proportion_sample_size(0.04, 0.02) == 1527
    figure = (MODULE / "power.svg").read_text(encoding="utf-8")
    assert round(100 * t_power(0.5, 1.2, 60)) == 62
    assert "62 percent with 60" in figure


@pytest.mark.parametrize("ratio", [0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5])
def test_the_two_rules_are_off_by_one_part_at_most(ratio: float) -> None:
    assert abs(math.ceil(21 * ratio**2 + 1) - t_sample_size(1.0, ratio)) <= 1
    assert abs(math.ceil(10.5 * ratio**2 + 2) - t_sample_size(1.0, ratio, kind="paired")) <= 1


def test_the_line_of_the_wear_is_the_one_that_is_told() -> None:
    fit = polynomial_fit(range(0, 180, 12), WEAR)
    start, slope = fit.coefficients
    told(start.value, *fit.predict(90))
    told(slope.value, slope.low, slope.high, decimals=4)
    bent = polynomial_fit(range(0, 180, 12), BENT)
    assert f"R-squared is {bent.r_squared:.2f}" in LECTURE
    assert bent.r_squared > fit.r_squared


def test_the_steels_differ_as_is_told() -> None:
    assert f"p = {one_way_anova(STEELS).p:.4f}" in LECTURE
    for pair in tukey_pairs(STEELS):
        told(pair.low, pair.high)
    assert round(100 * (1 - 0.95**10)) == 40


def test_nineteen_of_twenty_intervals_of_the_figure_hold_the_truth() -> None:
    figure = (MODULE / "promise.svg").read_text(encoding="utf-8")
    truth = float(re.findall(r'class="good"[^>]*d="M([\d.]+) 24', figure)[0])
    spans = re.findall(r'd="M([\d.]+) (\d+)H([\d.]+)"', figure)
    missed = [row for row, (low, _, high) in enumerate(spans, 1) if not float(low) <= truth <= float(high)]
    assert (len(spans), missed) == (20, [16])


def test_the_lab_waits_in_a_study_that_takes_its_columns() -> None:
    sheet = yaml.safe_load((MODULE / "lab.md").read_text(encoding="utf-8").split("---")[1])
    study = registry.study(sheet["data"]["study"])
    assert study.Settings.read(sheet["data"]["settings"]).paired == "yes"
    labels = [column["label"] for column in sheet["data"]["columns"]]
    table = Table(
        tuple(TableColumn(label, np.linspace(1.0, 12.5, 12) ** (1 + 0.1 * i)) for i, label in enumerate(labels))
    )
    assert study.suggest(table) == {"measure": "First method", "second": "Second method", "pair": "Part"}
    assert f"$t$ is {t_quantile(0.975, 11):.3f}" in (MODULE / "lab.md").read_text(encoding="utf-8")


def verdicts(name: str, plan: dict[str, Any]) -> list[bool]:
    """Whether each of ``TRIES`` tries passes, graded as on campus: more seeds while it is too close to call."""
    challenge = Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))
    assert set(plan) <= set(challenge.free)
    inputs = type(registry.simulation(challenge.simulation)).Inputs.read({**challenge.inputs, **plan})
    return [_passes(challenge, inputs, 10_000 * attempt) for attempt in range(1, TRIES + 1)]


def _passes(challenge: Challenge, inputs: Any, first: int) -> bool:
    for times in (1, 4):
        found = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        if all(v.met for v in found):
            return True
        if any(_missed(v.mean, t.at_most, t.at_least) for v, t in zip(found, challenge.targets, strict=True)):
            return False
    return False


def _missed(mean: float | None, at_most: float | None, at_least: float | None) -> bool:
    assert mean is not None
    return (at_most is not None and mean > at_most) or (at_least is not None and mean < at_least)


FAIR, WORTH = "challenge-fair-plan", "challenge-worth-it"
WISE = {"order": "together", "blanks": "halves", "judge": "pairs"}
GOOD: list[tuple[str, dict[str, Any]]] = [
    (FAIR, {**WISE, "days": 7, "per_day": 4}),
    (FAIR, {**WISE, "days": 8, "per_day": 3}),
    (WORTH, {"days": 12, "per_day": 6}),
    (WORTH, {"days": 16, "per_day": 4}),
]
NAIVE: list[tuple[str, dict[str, Any]]] = [
    (FAIR, {}),
    (FAIR, {"order": "together", "per_day": 30}),
    (FAIR, {**WISE, "per_day": 30}),
    (FAIR, {**WISE, "days": 7, "per_day": 4, "judge": "groups"}),
    (FAIR, {**WISE, "days": 7, "per_day": 4, "blanks": "random"}),
    (FAIR, {**WISE, "days": 7, "per_day": 4, "order": "apart"}),
    (WORTH, {}),
    (WORTH, {"per_day": 20}),
    (WORTH, {"days": 20, "per_day": 10}),
]


@pytest.mark.parametrize(("name", "plan"), GOOD)
def test_a_good_plan_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert sum(verdicts(name, plan)) == TRIES


@pytest.mark.parametrize(("name", "plan"), NAIVE)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert sum(verdicts(name, plan)) == 0
