"""Claims of the module on flow: its challenges, its answers against the library, the numbers in its lecture."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import pytest
import yaml

from techamp.campus.play.challenges import EXTEND, grade
from techamp.campus.program import schema
from techamp.campus.program.curriculum import read_as
from techamp.contract import Inputs, registry
from techamp.paths import curriculum_root
from techamp.subjects.manufacturing_systems import best_case, line_limits, littles_law, practical_worst_case, worst_case

MODULE = curriculum_root() / "hub" / "manufacturing_systems" / "01-flow"
PLANT = yaml.safe_load((curriculum_root() / "plant.yaml").read_text(encoding="utf-8"))
LECTURE = " ".join((MODULE / "lecture.md").read_text(encoding="utf-8").split())
ATTEMPTS = 6
GOOD, NAIVE = 0.95, 0.05


def _passed(name: str, **chosen: Any) -> float:
    """Share of attempts that pass as campus grades them: more seeds while a result is too close to call."""
    challenge = read_as(schema.Challenge, MODULE / f"{name}.yaml")
    inputs = type(registry.simulation(challenge.simulation)).Inputs.read({**challenge.inputs, **chosen})
    return sum(_passes(challenge, inputs, attempt) for attempt in range(ATTEMPTS)) / ATTEMPTS


def _passes(challenge: schema.Challenge, inputs: Inputs, attempt: int) -> bool:
    for times in (1, 2, EXTEND):
        first = 10_000 * (attempt + 1)
        verdicts = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        right = all(_right_side(v.mean, t) for v, t in zip(verdicts, challenge.targets, strict=True))
        if all(v.met for v in verdicts) or not right:
            return right
    return False


def _right_side(mean: float, target: schema.Target) -> bool:
    if target.at_most is not None:
        return mean <= target.at_most
    return mean >= (target.at_least or 0.0)


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("challenge-enough-pennies", {"wip": 10}),
        ("challenge-enough-pennies", {"wip": 11}),
        ("challenge-one-machine", {"machines_c": 2, "wip": 6}),
        ("challenge-fifteen-an-hour", {"places": 1}),
    ],
)
def test_a_good_choice_passes(name: str, chosen: dict[str, Any]) -> None:
    assert _passed(name, **chosen) >= GOOD


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("challenge-enough-pennies", {}),
        ("challenge-enough-pennies", {"wip": 8}),
        ("challenge-enough-pennies", {"wip": 20}),
        ("challenge-one-machine", {}),
        ("challenge-one-machine", {"machines_b": 2, "wip": 6}),
        ("challenge-one-machine", {"machines_a": 2, "wip": 12}),
        ("challenge-one-machine", {"machines_c": 2, "wip": 8}),
        ("challenge-one-machine", {"machines_c": 2, "machines_b": 2, "wip": 6}),
        ("challenge-fifteen-an-hour", {}),
        ("challenge-fifteen-an-hour", {"places": 0}),
        ("challenge-fifteen-an-hour", {"places": 3}),
    ],
)
def test_a_start_or_a_guess_fails(name: str, chosen: dict[str, Any]) -> None:
    assert _passed(name, **chosen) <= NAIVE


def test_every_alone_answer_comes_from_the_library() -> None:
    """The one item that writes its formula out is held against the library for every value that it can draw."""
    item = yaml.safe_load((MODULE / "practice" / "practical-output.yaml").read_text(encoding="utf-8"))
    vary = {name: spec["among"] for name, spec in item["vary"].items()}
    for rb in vary["rb"]:
        for t0 in vary["t0"]:
            # A line with that rate and work: the slowest station, and the rest of the work on faster ones.
            rest = t0 - 1 / rb
            limits = line_limits([1 / rb, *[rest / 40] * 40])
            for w in vary["w"]:
                expected = practical_worst_case(limits, w).throughput
                written = eval(item["answer"]["is"], {"min": min}, {"rb": rb, "t0": t0, "w": w})
                assert written == pytest.approx(expected, rel=1e-9)
    others = [path for path in (MODULE / "practice").glob("*.yaml") if path.stem != "practical-output"]
    for path in others:
        text = path.read_text(encoding="utf-8")
        assert "kind: choice" in text or "manufacturing_systems." in text.split("prompt:")[0] + text, path.name


def test_the_plants_three_numbers_fit_and_are_those_in_the_lecture() -> None:
    rate, wip = PLANT["demand"]["per_hour"]["value"], PLANT["flow"]["wip"]["value"]
    assert littles_law(wip=wip, throughput=rate).cycle_time == PLANT["flow"]["lead_time"]["value"] == 40
    assert (rate, wip) == (15, 600)
    work = PLANT["flow"]["process_time"]["value"]
    assert round(work) == 102
    assert round(work / 60, 1) == 1.7
    assert round(littles_law(throughput=rate, cycle_time=work / 60).wip) == 26
    assert "about 26 parts would do" in LECTURE


def test_the_six_stations_are_judged_with_the_numbers_in_the_lecture() -> None:
    simulation = registry.simulation("manufacturing_systems.the_line")
    inputs = simulation.Inputs.read({})
    minutes = inputs.of_stations("time")
    rates = [
        60 / time * mttf / (mttf + mttr)
        for time, mttf, mttr in zip(minutes, inputs.of_stations("mttf"), inputs.of_stations("mttr"), strict=True)
    ]
    assert (round(min(rates), 1), round(sum(minutes), 1)) == (17.7, 17.5)
    assert rates.index(min(rates)) == 2
    critical = min(rates) * sum(minutes) / 60
    assert round(critical, 1) == 5.2
    assert round(20 / (critical + 19) * min(rates), 1) == 14.7
    found = simulation.measures(inputs, list(range(60)))
    assert statistics.fmean(found["throughput"]) == pytest.approx(17.4, abs=0.1)
    assert statistics.fmean(found["wip"]) == pytest.approx(20.0, abs=1.0)


def test_the_defaults_of_the_line_are_the_plants() -> None:
    inputs = registry.simulation("manufacturing_systems.the_line").Inputs.read({})
    for name, time, mttf, mttr in zip(
        inputs.names, *(inputs.of_stations(what) for what in ("time", "mttf", "mttr")), strict=True
    ):
        station = {key: PLANT[name][key]["value"] for key in ("cycle_time", "machines", "mttf", "mttr")}
        assert time == pytest.approx(station["cycle_time"] / station["machines"])
        assert (mttf, mttr) == (station["mttf"], station["mttr"])


def test_the_table_and_the_curves_of_penny_fab_one_are_theory() -> None:
    limits = line_limits([2, 2, 2, 2])
    for wip, row in ((1, (0.125, 0.125, 0.125)), (4, (0.5, 0.286, 0.125)), (12, (0.5, 0.4, 0.125))):
        found = tuple(round(case(limits, wip).throughput, 3) for case in (best_case, practical_worst_case, worst_case))
        assert found == row
        assert f"| {wip} | {row[0]:.3f} | {row[1]:.3f} | {row[2]:.3f} |" in LECTURE
    assert (best_case(limits, 5).cycle_time, best_case(limits, 8).cycle_time) == (10.0, 16.0)
    assert (worst_case(limits, 4).cycle_time, worst_case(limits, 40).cycle_time) == (32.0, 320.0)
    assert practical_worst_case(limits, 4).cycle_time == 14.0
    assert practical_worst_case(limits, 12).cycle_time == 30.0


@pytest.mark.parametrize("path", sorted(MODULE.glob("*.svg")), ids=lambda path: path.stem)
def test_a_drawing_is_320_wide_has_a_title_and_no_text_below_12(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sizes = [int(part.split('"')[0]) for part in text.split('font-size="')[1:]]
    assert 'viewBox="0 0 320 ' in text
    assert "<title>" in text
    assert "style=" not in text
    assert min(sizes) >= 12
