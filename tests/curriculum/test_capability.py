"""Capability: the lecture's numbers are the engine's, and challenges reward the right change."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import random, registry
from techamp.subjects.process_control import (
    capability,
    capability_ratios,
    chart_constants,
    cpk_interval,
    expected_ppm,
    percentile_capability,
)
from techamp.subjects.process_control.sigma import given_sigma
from techamp.subjects.process_control.simulations.center_or_spread.process import process_of

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "process_control" / "04-capability"
LECTURE = " ".join((MODULE / "lecture.md").read_text(encoding="utf-8").split())
GRINDER = registry.simulation("process_control.center_or_spread")
TRIES = 4


def said(*texts: str) -> None:
    assert not [text for text in texts if text not in LECTURE]


def truth(**changes: Any) -> Any:
    return process_of(GRINDER.Inputs.read(changes), 0)


def test_the_truck_and_the_garage() -> None:
    centered, off = capability_ratios(4.5, 1.2, 0.0, 9.0), capability_ratios(6.6, 1.2, 0.0, 9.0)
    assert (round(centered.cp or 0, 2), round(centered.cpk, 2), round(off.cpk, 2)) == (1.25, 1.25, 0.67)
    said("9 over 7.2 is 1.25", "2.4 over 3.6 is 0.67")


def test_control_limits_of_the_first_slide_are_those_of_means_of_five() -> None:
    half = 3.0 * 1.2 / math.sqrt(5.0)
    assert f"they are at {4.5 - half:.1f} and {4.5 + half:.1f}" in LECTURE


def test_the_table_of_changes_is_the_grinders_truth() -> None:
    rows = {
        "As it is": {},
        "New spindle bearing": {"spindle": True},
        "Better bar": {"bar": True},
        "Center moved by 1.5 µm": {"move": -1.5},
    }
    for name, change in rows.items():
        p = truth(**change)
        said(f"| {name} | {p.short.cpk:.2f} | {p.long.cpk:.2f} |")
    p = truth()
    assert (round(p.within, 3), round(6 * p.within, 1), round(p.short.cp, 2)) == (0.985, 5.9, 1.52)
    said(
        "from 1.02 to 1.47", "from 0.58 to 0.64", f"sigma is {p.overall:.2f}", f"these are {6 * p.overall:.1f} microns"
    )


def test_the_module_page_tells_the_same_truth() -> None:
    page = (MODULE / "module.yaml").read_text(encoding="utf-8")
    before, after = truth(), truth(spindle=True)
    assert f"{before.short.cpk:.1f} to {after.short.cpk:.1f}" in page
    assert f"{before.long.cpk:.2f} to {after.long.cpk:.2f}" in page
    assert round(before.ppm / 10_000) == 4
    assert "of 100 shafts 4 are bad" in page


def test_the_table_of_tails_is_normal_theory() -> None:
    for z in (2.0, 2.5, 3.0, 3.5, 4.0):
        ppm, index = _three(expected_ppm(0.0, 1.0, None, z)), capability_ratios(0.0, 1.0, upper=z).cpk
        said(f"| {z:.1f} | {ppm:,.0f} | {index:.2f} |")


def _three(ppm: float) -> float:
    """Rounded as on the slide: whole parts below 1,000, tens above."""
    return round(ppm) if ppm < 1000 else round(ppm, -1)


def test_bad_shafts_of_the_grinder_by_a_normal_curve() -> None:
    p, centered = truth(), truth(move=-1.5)
    assert round(-p.center / p.overall, 2) == 1.74
    assert round(expected_ppm(p.center, p.overall, None, 0.0), -3) == 41_000
    assert round(expected_ppm(p.center, p.overall, -9.0, None), -1) == 250
    said("some 41,000 ppm", "about 250 ppm")
    assert round(4.5 / p.overall, 2) == 2.61
    assert round(expected_ppm(centered.center, centered.overall, -9.0, 0.0), -3) == 9000
    assert round(1e6 / expected_ppm(0.0, 1.0, None, 2.5)) == 161


def test_runout_is_one_ppm_by_a_normal_curve_and_thousands_in_truth() -> None:
    m, s, limit = math.log(3.0), 0.5, 12.0
    mean = math.exp(m + s * s / 2)
    sd = mean * math.sqrt(math.exp(s * s) - 1.0)
    assert (round(mean, 1), round(sd, 1), round((limit - mean) / sd, 1)) == (3.4, 1.8, 4.7)
    assert round(expected_ppm(mean, sd, None, limit)) == 1
    assert round(capability_ratios(mean, sd, upper=limit).cpk, 2) == 1.58
    assert round(expected_ppm(m, s, None, math.log(limit))) == 2781
    assert round((math.log(limit) - m) / s, 2) == 2.77
    said("puts 2,781 in a million", "a Ppk of 1.58", "2.77 of their sigmas")


def test_percentiles_see_the_tail_that_the_normal_formula_misses() -> None:
    shares = (np.arange(400) + 0.5) / 400
    runout = np.exp(math.log(3.0) + 0.5 * random.normal_quantile(shares))
    assert percentile_capability(runout, upper=12.0, family="lognormal").Ppk < 1.0 < 1.5
    said("99.865 percent point")


def test_twenty_people_find_what_the_slide_says() -> None:
    for n, told in ((10, "0.78, another 2.26"), (50, "1.05 to 1.55"), (300, "1.24 to 1.45")):
        found = []
        for person in range(20):
            x = random.normal(4, n, person, np.arange(n))
            found.append(capability_ratios(float(x.mean()), float(x.std(ddof=1)), -4.0, 4.0).cpk)
        assert [f"{v:.2f}" for v in (min(found), max(found))] == [part[-4:] for part in _ends(told)]
        said(told)


def _ends(told: str) -> list[str]:
    return told.replace(", another", " to").split(" to ")


def test_intervals_in_the_lecture_are_bissells() -> None:
    low, high = cpk_interval(1.33, 50, 49)
    said(f"it runs from {low:.2f} to {high:.2f}")
    assert cpk_interval(1.68, 50, 49)[0] == pytest.approx(1.33, abs=0.01)
    n, ppk = 100, 1.5
    assert ppk - 1.96 * math.sqrt(1 / (9 * n) + ppk**2 / (2 * (n - 1))) == pytest.approx(
        cpk_interval(ppk, n, n - 1)[0], abs=1e-4
    )
    assert f"{cpk_interval(1.5, 100, 99)[0]:.2f}" == "1.28"


def test_the_lab_sheets_hand_formulas_are_those_of_the_library() -> None:
    lab = (MODULE / "lab.md").read_text(encoding="utf-8")
    assert f"divided by {chart_constants(5).d2:.3f}" in lab


def test_indices_of_items_are_those_of_a_full_capability_study() -> None:
    readings = np.random.default_rng(3).normal(5.0, 1.1, 40)
    mean, sd = float(readings.mean()), float(readings.std(ddof=1))
    whole = capability(readings, within=given_sigma(0.9), lower=0.0, upper=9.0)
    short, long = capability_ratios(mean, 0.9, 0.0, 9.0), capability_ratios(mean, sd, 0.0, 9.0)
    of = {name: index.value for name, index in whole.indices.items()}
    assert [of["Cp"], of["CPL"], of["CPU"], of["Cpk"]] == pytest.approx([short.cp, short.cpl, short.cpu, short.cpk])
    assert [of["Pp"], of["PPL"], of["PPU"], of["Ppk"]] == pytest.approx([long.cp, long.cpl, long.cpu, long.cpk])
    assert whole.ppm_overall == pytest.approx(expected_ppm(mean, sd, 0.0, 9.0))
    assert [whole.indices["Ppk"].low, whole.indices["Ppk"].high] == pytest.approx(cpk_interval(long.cpk, 40, 39))


def test_no_right_answer_is_a_typed_number() -> None:
    for path in sorted((MODULE / "practice").glob("*.yaml")):
        item = yaml.safe_load(path.read_text(encoding="utf-8"))
        if item["kind"] == "number":
            assert "process_control." in path.read_text(encoding="utf-8"), path.name
            assert not isinstance(item["answer"]["is"], (int, float)), path.name


@pytest.mark.parametrize("name", ["bad-worked", "bad-faded", "bad-bread", "bad-both", "runout-logs"])
def test_what_is_shown_lies_on_a_line_of_the_table(name: str) -> None:
    vary = yaml.safe_load((MODULE / "practice" / f"{name}.yaml").read_text(encoding="utf-8"))["vary"]
    decimals = 2 if name == "runout-logs" else 1
    for sigma in vary.get("sigma", vary.get("s"))["among"]:
        for z in vary.get("z", vary.get("low"))["among"]:
            assert round(z * sigma, decimals) == pytest.approx(z * sigma)


def test_in_the_worked_item_the_far_side_is_next_to_nothing() -> None:
    vary = yaml.safe_load((MODULE / "practice" / "bad-worked.yaml").read_text(encoding="utf-8"))["vary"]
    assert min((9.0 - z * s) / s for s in vary["sigma"]["among"] for z in vary["z"]["among"]) > 4.0


@pytest.mark.parametrize(("width", "demand"), [(18, 1.33), (33, 1.67)])
def test_the_sigma_needed_gives_the_ppk_asked_for(width: float, demand: float) -> None:
    sigma = capability_ratios(0.5 * width, 1.0, 0.0, width).cpk / demand
    assert capability_ratios(0.5 * width, sigma, 0.0, width).cpk == pytest.approx(demand)


def passes(name: str, plan: dict[str, Any]) -> int:
    """How many of ``TRIES`` tries the plan passes, graded as on campus: more seeds while it is too close to call."""
    challenge = Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))
    assert set(plan) <= set(challenge.free)
    inputs = GRINDER.Inputs.read({**challenge.inputs, **plan})
    return sum(_passes(challenge, inputs, 10_000 * attempt) for attempt in range(1, TRIES + 1))


def _passes(challenge: Challenge, inputs: Any, first: int) -> bool:
    for times in (1, 2, 4):
        verdicts = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        if all(v.met for v in verdicts):
            return True
        if any(not _right_side(v.mean, t) for v, t in zip(verdicts, challenge.targets, strict=True)):
            return False
    return False


def _right_side(mean: float | None, target: Any) -> bool:
    return mean is not None and (mean <= target.at_most if target.at_most is not None else mean >= target.at_least)


DOLLAR, RELEASE = "challenge-quarter-dollar", "challenge-release-or-hold"
WELL = {"move": -1.5, "bar": True, "spindle": True, "interval": 150}
WIDE = {"sample": 75, "spread_out": "weeks", "rule": "ppk"}
GOOD: list[tuple[str, dict[str, Any]]] = [(DOLLAR, WELL), (DOLLAR, WELL | {"interval": 175}), (RELEASE, WIDE)]
NAIVE: list[tuple[str, dict[str, Any]]] = [
    (DOLLAR, {}),
    (DOLLAR, {"move": -1.5}),
    (DOLLAR, {"sort": True}),
    (DOLLAR, WELL | {"move": 0.0}),
    (DOLLAR, WELL | {"interval": 200}),
    (DOLLAR, WELL | {"cooling": True}),
    (DOLLAR, WELL | {"sort": True}),
    (RELEASE, {}),
    (RELEASE, WIDE | {"rule": "cpk"}),
    (RELEASE, WIDE | {"rule": "none_bad"}),
    (RELEASE, WIDE | {"spread_out": "row"}),
    (RELEASE, WIDE | {"sample": 10}),
    (RELEASE, WIDE | {"sample": 100}),
]


@pytest.mark.parametrize(("name", "plan"), GOOD)
def test_a_good_plan_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan) >= 0.9 * TRIES


@pytest.mark.parametrize(("name", "plan"), NAIVE)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan) == 0
