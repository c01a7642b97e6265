"""Counts and small shifts: the lecture's numbers are the engine's, and the challenges reward a plan and not luck."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import registry
from techamp.subjects.process_control import (
    average_run_length,
    c_chart,
    cusum_chart,
    cusum_run_length,
    ewma_chart,
    ewma_run_length,
    individuals_chart,
    laney_p_chart,
    np_chart,
    p_chart,
    run_length_distribution,
    signal_points,
)

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "process_control" / "03-attributes-and-small-shifts"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8")
TESTED = (230, 210, 213, 160, 275, 257, 216, 247, 233, 209, 252, 216, 216, 203, 238, 222, 240, 208, 229, 200)
AGAIN = (6, 6, 10, 6, 7, 12, 6, 9, 4, 3, 5, 10, 8, 20, 8, 6, 7, 7, 10, 5)
CAPS = (905, 845, 937, 966, 1101, 1033, 917, 874, 1021, 1098, 977, 829, 841, 1160, 923, 736, 923, 815, 925, 938)
FORCES = (1.84, 1.70, 1.72, 1.31, 2.16, 2.03, 1.73, 1.95, 1.86, 1.69, 2.00, 1.74, 1.73, 1.64, 1.89, 1.78, 1.91, 1.68,
          1.83, 1.62, 2.12, 1.99, 2.02, 2.03, 1.75, 2.11, 2.36, 1.62, 1.60, 1.65, 2.12, 1.98, 2.17, 2.09, 1.99, 2.01,
          1.92, 2.12, 1.72, 1.87)  # fmt: skip
TRIES = 4


def said(*numbers: str) -> None:
    assert [n for n in numbers if n not in LECTURE] == []


def outside(panel: Any) -> list[int]:
    return np.flatnonzero((panel.points > panel.upper) | (panel.points < panel.lower)).tolist()


def test_the_tester_has_one_day_outside_and_none_without_it() -> None:
    chart = p_chart(AGAIN, TESTED).location
    assert (sum(TESTED), sum(AGAIN)) == (4474, 155)
    assert outside(chart) == [13]
    assert round(100 * chart.center[0], 2) == 3.46
    assert [
        round(100 * float(v), 1) for v in (chart.upper[13], chart.points[13], max(chart.upper), min(chart.upper))
    ] == [7.3, 9.9, 7.8, 6.8]
    cleaned = p_chart(AGAIN, TESTED, exclude={13: "new lot of motors"}).location
    assert outside(cleaned) == [13]
    assert round(100 * cleaned.center[0], 2) == 3.16
    said("4,474", "3.46 percent", "9.9 percent", "7.3 percent", "4,271", "3.16 percent", "7.8 percent", "6.8")
    for day in (12, 13, 14, 15):
        share = 100 * AGAIN[day - 1] / TESTED[day - 1]
        said(f"| {day} | {TESTED[day - 1]} | {AGAIN[day - 1]} | {share:.1f} % |")


def test_pits_and_beads_have_the_limits_that_are_told() -> None:
    assert round(float(c_chart([1], center=90 / 20).location.upper[0]), 1) == 10.9
    beads = np_chart([10], 50, center=220 / 1200).location
    assert (round(float(beads.lower[0]), 2), round(float(beads.upper[0]), 2)) == (0.96, 17.37)
    said("10.9", "0.96 and 17.37", "9.17")


def test_many_caps_make_a_plain_chart_cry_and_laneys_chart_calm() -> None:
    plain, wide = p_chart(CAPS, 48_000).location, laney_p_chart(CAPS, 48_000).location
    assert (len(outside(plain)), len(outside(wide))) == (9, 0)
    shown = [f"{100 * float(v):.2f}" for v in (plain.lower[0], plain.upper[0], wide.lower[0], wide.upper[0])]
    assert shown == ["1.77", "2.14", "1.31", "2.60"]
    assert round(float(wide.point_sigma[0] / plain.point_sigma[0]), 1) == 3.4
    said(*shown, "3.4")


@pytest.mark.parametrize(("p", "told"), [(0.02, "441"), (0.002, "4,491")])
def test_the_sample_that_leaves_zero_is_told(p: float, told: str) -> None:
    edge = int(told.replace(",", ""))
    assert np_chart([1], edge - 1, center=p).location.lower[0] == 0.0
    assert np_chart([1], edge + 1, center=p).location.lower[0] > 0.0
    said(told)


def test_the_press_is_found_by_the_charts_that_remember() -> None:
    chart = individuals_chart(FORCES, center=1.80, sigma=0.20)
    assert signal_points((np.array(FORCES) - 1.80) / 0.20, "WE1").tolist() == []
    ewma = ewma_chart(chart, weight=0.1, k=2.70).location
    assert outside(ewma)[0] == 26
    assert [round(float(v), 3) for v in (*ewma.points[:3], ewma.points[26], ewma.upper[26])] == [
        1.804,
        1.794,
        1.786,
        1.931,
        1.924,
    ]
    cusum = cusum_chart(chart, reference=0.5, decision=4.77)
    assert (int(cusum.signals()[0][0]), cusum.began(26)) == (26, 20)
    rows = re.findall(r"^\| (2\d) \| (\d\.\d\d) \| [−\d.]+ \| [−\d.]+ \| \**(\d\.\d\d)\** \|$", LECTURE, re.MULTILINE)
    assert [int(row[0]) for row in rows] == list(range(21, 28))
    for number, force, total in rows:
        assert float(force) == FORCES[int(number) - 1]
        assert float(total) == pytest.approx(float(cusum.upper[int(number) - 1]), abs=0.005)
    said("1.931", "1.924", "0.124")


def test_run_lengths_in_the_table_are_those_of_the_library() -> None:
    rows = re.findall(r"^\| (none|[\d.]+σ) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", LECTURE, re.MULTILINE)
    assert len(rows) == 6
    for name, *told in rows:
        shift = 0.0 if name == "none" else float(name.removesuffix("σ"))
        lengths = (
            average_run_length("limits_only", shift),
            ewma_run_length(shift, weight=0.1, k=2.70),
            cusum_run_length(shift, reference=0.5, decision=4.77),
        )
        assert told == [f"{length:.{1 if '.' in text else 0}f}" for text, length in zip(told, lengths, strict=True)]
    plant = yaml.safe_load((MODULE.parents[2] / "plant.yaml").read_text(encoding="utf-8"))
    per_hour = plant["demand"]["per_hour"]["value"]
    assert 81 / per_hour > 5 > 15 / per_hour == 1
    said(f"{per_hour} an hour")
    assert round(average_run_length("western_electric", 1.0), 1) == 9.2
    spread = run_length_distribution("limits_only", 1.0)
    assert 29 <= spread.quantile(0.5) <= 31
    assert 99 <= spread.quantile(0.9) <= 101


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


OTHER, SMALL, OWN = "challenge-other-bowl", "challenge-small-shift", "challenge-own-limits"
GOOD: list[tuple[str, dict[str, Any]]] = [
    (OTHER, {"judge": "people", "paddle": 100, "days": 5, "width": 2.5}),
    (OTHER, {"judge": "people", "paddle": 60, "days": 8, "width": 2.5}),
    (SMALL, {"a_weight": 0.1}),
    (SMALL, {"a_chart": "cusum", "a_reference": 0.3}),
    (OWN, {"a_weight": 0.1, "a_width": 2.7}),
    (OWN, {"a_weight": 0.05, "a_width": 2.5}),
]
NAIVE: list[tuple[str, dict[str, Any]]] = [
    (OTHER, {}),
    (OTHER, {"width": 2.0, "days": 10}),
    (OTHER, {"judge": "people"}),
    (OTHER, {"judge": "people", "paddle": 100, "days": 20}),
    (SMALL, {}),
    (SMALL, {"a_chart": "shewhart"}),
    (SMALL, {"a_chart": "western_electric"}),
    (OWN, {}),
    (OWN, {"a_weight": 0.1, "a_width": 2.5}),
    (OWN, {"a_chart": "western_electric"}),
]


@pytest.mark.parametrize(("name", "plan"), GOOD)
def test_a_good_plan_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert sum(verdicts(name, plan)) == TRIES


@pytest.mark.parametrize(("name", "plan"), NAIVE)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert sum(verdicts(name, plan)) == 0
