"""Keeping control: the lecture's numbers are the engine's, and the challenges reward a plan and not luck."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import registry
from techamp.subjects.process_control import (
    SinglePlan,
    acceptance,
    bounded_adjustment,
    ewma_loop,
    long_run,
    stability_limit,
    standard_plan,
    standard_scheme,
    x_bar_miss,
)

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "process_control" / "08-keeping-control"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8")
PLAN = SinglePlan(50, 1)


def said(*numbers: str) -> None:
    missing = [n for n in numbers if n not in LECTURE]
    assert not missing


def test_the_plan_of_the_lecture_is_the_standards() -> None:
    scheme = standard_scheme(250, 1.0)
    assert scheme.normal == standard_plan(250, 1.0) == PLAN
    assert scheme.tightened == SinglePlan(80, 1)
    assert scheme.reduced == SinglePlan(20, 0, 2)


def test_what_the_plan_lets_through_is_what_the_lecture_says() -> None:
    none, passes = (acceptance(SinglePlan(50, c), 0.04) for c in (0, 1))
    assert [round(v, 2) for v in (none, passes - none, passes)] == [0.13, 0.27, 0.40]
    assert round(acceptance(PLAN, 0.003), 2) == 0.99
    assert round(100 * acceptance(PLAN, 0.01)) == 91
    assert round(100 * acceptance(SinglePlan(80, 1), 0.04)) == 17
    said("0.13", "0.27", "0.40", "0.99", "91 of", "17 of 100")


def test_the_lot_size_hardly_matters() -> None:
    small, large = (acceptance(PLAN, 0.04, kind="hypergeometric", lot=lot) for lot in (250, 25_000))
    assert abs(small - large) < 0.04


def test_a_good_supplier_meets_reduced_inspection_as_often_as_said() -> None:
    good, bad = (long_run(standard_scheme(250, 1.0), p) for p in (0.003, 0.04))
    assert round(10 * good.shares["reduced"]) == 6
    assert round(good.sample_number) == 31
    assert bad.shares["tightened"] > 0.99


def test_the_numbers_of_correcting_are_the_engines() -> None:
    assert round(100 * (ewma_loop(0.3).sd - 1)) == 8
    assert round(100 * (ewma_loop(1.0).sd - 1)) == 41
    assert round(ewma_loop(0.3, drift=0.4).offset, 1) == 1.3
    seen = (12.0**2 + 4.0**2) ** 0.5
    assert round(bounded_adjustment(0.3, 10.0, shock=seen).interval) == 11
    assert [round(stability_limit(d), 2) for d in (0, 1, 2, 6)] == [2.0, 1.0, 0.62, 0.24]
    said("8 %", "41 %", "= 1.3$ microns", "eleven presses", "0.24 instead of 2")


def test_points_that_know_their_neighbors_signal_as_often_as_said() -> None:
    shares = [100 * (1 - x_bar_miss(0.0, k=3 * (1 - phi) ** 0.5)) for phi in (0.5, 0.7)]
    assert [round(shares[0], 1), round(shares[1])] == [3.4, 10]
    said("3.4 %", "10 %")


def test_the_rows_of_the_standard_in_practice_are_the_standards() -> None:
    item = (MODULE / "practice" / "table-accept.yaml").read_text(encoding="utf-8")
    rows = re.findall(r"\| (\d+)–(\d+) \| (\w) \| (\d+) \| ([\w ]+) \| (\d+) \| (\d+) \|", item)
    assert len(rows) == 4
    for low, high, _letter, n, *entries in rows:
        for lot in (int(low), int(high)):
            for aql, entry in zip((1.0, 1.5, 2.5), entries, strict=True):
                plan = standard_plan(lot, aql)
                if entry.startswith("use"):
                    assert plan.stages.sizes[0] != int(n)
                else:
                    assert (plan.stages.sizes[0], plan.stages.accepts[0]) == (int(n), int(entry))


def passes(name: str, given: dict[str, Any], tries: int = 4) -> int:
    """Graded as the campus does: 30 seeds, and up to 120 while it is too close to call."""
    raw = yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8"))
    challenge = Challenge.model_validate(raw)
    inputs = registry.simulation(challenge.simulation).Inputs.read({**challenge.inputs, **given})
    return sum(_passes(challenge, inputs, 1000 * (attempt + 1)) for attempt in range(tries))


def _passes(challenge: Challenge, inputs: Any, first: int) -> bool:
    for times in (1, 2, 4):
        verdicts = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        if all(v.met for v in verdicts):
            return True
        if any(v.mean > float(t.at_most or 0) for v, t in zip(verdicts, challenge.targets, strict=True)):
            return False
    return False


GOOD: list[tuple[str, dict[str, Any]]] = [
    ("challenge-motors", {"plan": "standard", "aql": "1"}),
    ("challenge-motors", {"plan": "standard", "aql": "0.4", "sampling": "double"}),
    ("challenge-motors", {"plan": "own", "n": 80, "accept": 1}),
    ("challenge-trusted", {"plan": "none"}),
    ("challenge-late", {"weight": 0.1, "dead_band": 8}),
    ("challenge-late", {"weight": 0.05, "dead_band": 5}),
]
NAIVE: list[tuple[str, dict[str, Any]]] = [
    ("challenge-motors", {}),
    ("challenge-motors", {"plan": "all"}),
    ("challenge-motors", {"plan": "standard", "aql": "2.5"}),
    ("challenge-trusted", {}),
    ("challenge-trusted", {"plan": "all"}),
    ("challenge-late", {}),
    ("challenge-late", {"weight": 0.1}),
    ("challenge-late", {"control": "leave"}),
    ("challenge-late", {"weight": 0.05, "dead_band": 30}),
]


@pytest.mark.parametrize(("name", "plan"), GOOD)
def test_a_good_answer_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan) >= 4


@pytest.mark.parametrize(("name", "plan"), NAIVE)
def test_a_naive_answer_and_the_start_fail_their_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan, tries=2) == 0
