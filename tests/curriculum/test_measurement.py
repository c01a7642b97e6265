"""Measurement: the lecture's worked numbers are the engine's, and the challenges reward a plan and not luck."""

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
from techamp.contract import registry
from techamp.subjects.process_control import cohen_kappa, crossed_gauge_study, d2, range_gauge_study, share_intervals
from techamp.subjects.process_control.measurement.range_gauge import d2_star
from techamp.subjects.process_control.simulations.gauge_study.inputs import GaugeStudyInputs
from techamp.subjects.process_control.simulations.gauge_study.result import result_of
from techamp.subjects.process_control.simulations.gauge_study.result import values as worked_out

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "process_control" / "05-measurement"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (\d+) \| ([\d.]+) ([\d.]+) \| ([\d.]+) ([\d.]+) \| ([\d.]+) ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE
)
ROWS = np.array([[float(v) for v in row] for row in ROW.findall(LECTURE)])
CELLS = ROWS[:, 1:7].reshape(10, 3, 2)
TRIES = 8


def said(*texts: str) -> None:
    assert not [text for text in texts if text not in LECTURE]


def test_the_table_of_sixty_readings_shows_its_own_means() -> None:
    assert ROWS[:, 0].tolist() == list(range(1, 11))
    assert CELLS.mean(axis=(1, 2)) == pytest.approx(ROWS[:, 7], abs=0.0051)


def test_ranges_by_hand_are_those_of_the_engine() -> None:
    ranges = np.ptp(CELLS, axis=2)
    people = CELLS.mean(axis=(0, 2))
    assert ranges.sum() == pytest.approx(9.0)
    assert people == pytest.approx([5.655, 4.985, 5.480])
    assert [round(v, 3) for v in (d2(2), d2_star(3, 1), d2_star(10, 1))] == [1.128, 1.912, 3.179]
    found = range_gauge_study(CELLS, lower=1.0, upper=10.0)
    sds = [
        f"{found.components[name].sd:.3f}" for name in ("repeatability", "reproducibility", "gauge", "part", "total")
    ]
    assert sds == ["0.266", "0.345", "0.436", "1.463", "1.526"]
    assert f"{found.components['gauge'].tolerance:.0f}" == f"{found.components['gauge'].study:.0f}" == "29"
    assert (round(found.distinct_categories, 2), found.categories_truncated) == (4.73, 4)
    over = np.argwhere(ranges > 3.267 * 0.300)
    assert over.tolist() == [[0, 2]]
    said(*sds, "4.73", "29 percent", "0.98", "5.655", "4.985", "5.480")


def test_the_analysis_of_variance_and_its_interval_are_as_told() -> None:
    found = crossed_gauge_study(CELLS, lower=1.0, upper=10.0)
    gauge = found.components["gauge"]
    assert (round(gauge.sd, 3), round(math.sqrt(gauge.low), 2), round(math.sqrt(gauge.high), 1)) == (0.438, 0.32, 2.2)
    assert [round(600.0 * math.sqrt(end) / 9.0) for end in (gauge.low, gauge.high)] == [21, 147]
    assert share_intervals(found) is not None
    said("0.438", "from 0.32 to 2.2 microns", "21 to 147 percent")


def test_ben_is_lowest_on_nearly_every_shaft() -> None:
    lowest = np.argmin(CELLS.mean(axis=2), axis=1)
    assert np.sum(lowest == 1) >= 9


def test_what_fools_a_study_is_what_200_studies_say() -> None:
    def mean(**values: Any) -> dict[str, float]:
        inputs = GaugeStudyInputs.read({"pick": "process", "order": "random"} | values)
        worked = [worked_out(inputs, result_of(inputs, seed)) for seed in range(200)]
        names = [name for name, value in worked[0].items() if value is not None]
        return {name: float(np.mean([row[name] for row in worked])) for name in names}

    rows = {
        "Random order, shafts of a week": {},
        "Each shaft twice in a row": {"order": "in_a_row"},
        "Shafts made one after the other": {"pick": "in_a_row"},
        "Smallest and largest shafts": {"pick": "extremes"},
    }
    for name, plan in rows.items():
        m = mean(**plan)
        said(f"| {name} | {m['repeatability']:.2f} | {m['reproducibility']:.2f} | {m['percent_study']:.0f} |")
    truth = mean()
    true = [truth[f"true_{name}"] for name in ("repeatability", "reproducibility", "study")]
    said(f"| In truth | {true[0]:.2f} | {true[1]:.2f} | {true[2]:.0f} |")
    rounds, luck = mean(order="rounds", drift=3.0), mean(drift=3.0)
    said(f"{rounds['repeatability']:.2f} for repeating and {rounds['reproducibility']:.2f} for people")
    assert (f"{luck['repeatability']:.2f}", f"{luck['reproducibility']:.2f}") == ("0.90", "0.21")
    assert (f"{luck['true_repeatability']:.2f}", f"{luck['true_reproducibility']:.2f}") == ("0.90", "0.13")


def test_kappas_in_the_lecture_are_the_engines() -> None:
    a, b = [1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    found = cohen_kappa(a, b)
    assert (found.value, found.observed, found.by_chance) == pytest.approx((0.40, 0.70, 0.50))
    rare = cohen_kappa([1] * 95 + [0] + [1, 1, 0, 0], [1] * 95 + [0] + [0, 0, 1, 1])
    assert rare.observed == 0.96
    assert rare.value < 0.40


def test_formulas_of_the_items_are_those_of_the_library() -> None:
    components = crossed_gauge_study(CELLS, lower=1.0, upper=10.0).components
    repeat, people, gauge = (components[name] for name in ("repeatability", "reproducibility", "gauge"))
    assert math.hypot(repeat.sd, people.sd) == pytest.approx(gauge.sd)  # gauge-total
    assert 100.0 * 6.0 * gauge.sd / 9.0 == pytest.approx(gauge.tolerance)  # tol-worked, tol-faded


def passes(name: str, plan: dict[str, Any]) -> int:
    """How many of ``TRIES`` tries the plan passes, graded as on campus: more seeds while it is too close to call."""
    challenge = Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))
    assert set(plan) <= set(challenge.free)
    inputs = type(registry.simulation(challenge.simulation)).Inputs.read({**challenge.inputs, **plan})
    return sum(_passes(challenge, inputs, 10_000 * attempt) for attempt in range(1, TRIES + 1))


def _passes(challenge: Challenge, inputs: Any, first: int) -> bool:
    for times in (1, 2, 4):
        verdicts = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        if all(v.met for v in verdicts):
            return True
        missed = [v for v, t in zip(verdicts, challenge.targets, strict=True) if not _right_side(v.mean, t)]
        if missed:
            return False
    return False


def _right_side(mean: float | None, target: Any) -> bool:
    return mean is not None and (mean <= target.at_most if target.at_most is not None else mean >= target.at_least)


WELL = {"parts": 7, "operators": 4, "repeats": 2, "pick": "process", "order": "random", "rule": "tolerance"}
GOOD = [
    ("challenge-take-it", WELL),
    ("challenge-take-it", WELL | {"parts": 5, "repeats": 3}),
    ("challenge-two-troubles", {"soak": True, "ratchet": True}),
]
NAIVE: list[tuple[str, dict[str, Any]]] = [
    ("challenge-take-it", {}),
    ("challenge-take-it", {"pick": "process"}),
    ("challenge-take-it", WELL | {"rule": "tolerance_sure"}),
    ("challenge-take-it", WELL | {"rule": "study", "pick": "extremes"}),
    ("challenge-two-troubles", {}),
    ("challenge-two-troubles", {"soak": True}),
    ("challenge-two-troubles", {"ratchet": True}),
    ("challenge-two-troubles", {"calibrate": True}),
    ("challenge-two-troubles", {"wipe": True, "soak": True, "ratchet": True}),
]


@pytest.mark.parametrize(("name", "plan"), GOOD)
def test_a_good_plan_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan) >= 0.9 * TRIES


@pytest.mark.parametrize(("name", "plan"), NAIVE)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan) == 0
