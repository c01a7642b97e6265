"""Push, pull, lean: the lecture's numbers are the library's and the engine's; challenges reward a limit."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import registry
from techamp.subjects.manufacturing_systems import (
    JobShop,
    dispatch,
    kanban_cards,
    line_limits,
    littles_law,
    practical_worst_case,
)
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.inputs import PushAndPullInputs
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.line_run import run_line

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "manufacturing_systems" / "06-push-pull-lean"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8")
PULL = registry.simulation("manufacturing_systems.push_and_pull")
TIMES, DUE = {"A": 6, "B": 2, "C": 8, "D": 3, "E": 5}, {"A": 8, "B": 6, "C": 20, "D": 9, "E": 24}


def said(*numbers: str) -> None:
    assert [n for n in numbers if n not in LECTURE] == []


@cache
def found(**choices: Any) -> tuple[float, float, float, float]:
    """(output per hour, parts, lead time h, spread h): means of three runs of a thousand hours."""
    inputs = PushAndPullInputs.read({"hours": 1000, **choices})
    runs = [run_line(inputs, seed) for seed in range(20, 23)]
    rows = [(60 * run.throughput, run.wip, run.flow_time / 60, run.flow_sd / 60) for run in runs]
    return tuple(np.mean(rows, axis=0).tolist())


@pytest.mark.parametrize(("rate", "parts", "cap", "cards"), [(15, 12.6, 11, 1), (16, 17.6, 14, 2), (17, 31.9, 24, 4)])
def test_for_the_same_output_a_limit_holds_less(rate: int, parts: float, cap: int, cards: int) -> None:
    row = re.search(rf"\| {rate} an hour \| ([\d.]+) \| (\d+) \| (\d+) \|", LECTURE)
    assert row is not None
    assert [float(n) for n in row.groups()[:2]] == [parts, cap]
    assert found(rate=float(rate))[1] == pytest.approx(parts, rel=0.1)
    assert found(method="conwip", wip=cap)[0] == pytest.approx(rate, abs=0.12)
    assert found(method="conwip", wip=cap - 2)[0] < rate - 0.05
    fewer, more = (found(method="kanban", cards=n) for n in (cards - 1, cards))
    assert fewer[0] < rate < more[0] + 0.12
    assert fewer[1] - 0.6 <= float(row[3]) <= more[1] + 1.1


def test_under_a_cap_the_lead_time_is_shorter_and_steadier() -> None:
    for choices, numbers in (
        ({"rate": 15.0}, (12.6, 0.84, 0.44)),
        ({"method": "conwip", "wip": 11}, (11, 0.73, 0.21)),
        ({"rate": 15.0, "repair": 200}, (25.0, 1.67, 1.25)),
        ({"method": "conwip", "wip": 15, "repair": 200}, (15, 1.00, 0.40)),
    ):
        output, parts, lead, spread = found(**choices)
        assert (parts, lead) == pytest.approx(numbers[:2], rel=0.13)
        assert spread == pytest.approx(numbers[2], rel=0.2)
        assert output == pytest.approx(15.0, abs=0.2)
        said(f"| {numbers[0]} | {numbers[1]:.2f} h |")


def test_a_plan_that_is_too_high_piles_up_and_a_cap_that_is_too_high_does_not() -> None:
    assert found(rate=18.0)[1] > 150
    assert found(method="conwip", wip=30)[1] == pytest.approx(30.0)


@pytest.mark.parametrize(
    ("cap", "output", "lead"), [(8, 13.3, 0.60), (11, 15.1, 0.73), (16, 16.3, 0.98), (24, 17.0, 1.41), (45, 17.5, 2.58)]
)
def test_the_table_of_caps_is_the_engines(cap: int, output: float, lead: float) -> None:
    said(f"| {cap} | {output} an hour | {lead:.2f} h |")
    assert found(method="conwip", wip=cap)[0] == pytest.approx(output, abs=0.12)
    assert found(method="conwip", wip=cap)[2] == pytest.approx(lead, rel=0.02)


@pytest.mark.parametrize(("lumps", "parts", "lead"), [("one", 13, 0.84), ("hour", 18, 1.23), ("shift", 61, 4.09)])
def test_released_in_lumps_the_same_work_fills_the_line(lumps: str, parts: int, lead: float) -> None:
    output, held, time, _spread = found(rate=15.0, lumps=lumps)
    assert output == pytest.approx(15.0, abs=0.1)
    assert held == pytest.approx(parts, rel=0.06)
    assert time == pytest.approx(lead, rel=0.08)
    assert re.search(rf"\| \**{parts}\** \| \**{lead:.2f} h\** \|", LECTURE)


def test_cards_are_counted_as_told() -> None:
    assert kanban_cards(15, 2, 12, 0.25) == 4
    assert kanban_cards(15, 1.6, 12) == 2  # exactly two containers need two cards
    assert littles_law(wip=150, throughput=15).cycle_time == 10
    with pytest.raises(ValueError, match="container"):
        kanban_cards(15, 2, 0)


def told(order: str) -> tuple[float, int, int]:
    """Average time done, jobs late, worst lateness."""
    done = dict(zip(order, itertools.accumulate(TIMES[job] for job in order), strict=True))
    late = [done[job] - DUE[job] for job in order]
    return sum(done.values()) / len(order), sum(one > 0 for one in late), max(late)


def test_the_three_orders_of_five_jobs() -> None:
    assert told("ABCDE") == (14.6, 2, 10)
    assert told("BDEAC") == (11.4, 2, 8)
    assert told("BADCE") == (12.8, 1, 2)
    orders = ["".join(order) for order in itertools.permutations(TIMES)]
    assert min(told(order)[0] for order in orders) == 11.4
    assert min(told(order)[2] for order in orders) == 2
    shop = JobShop(((0,),) * 5, tuple((float(t),) for t in TIMES.values()))
    starts = dict(zip(TIMES, dispatch(shop, "SPT").starts, strict=True))
    assert "".join(sorted(starts, key=starts.__getitem__)) == "BDEAC"
    said("| First come | 14.6 h | 2 | 10 h |", "| Shortest first | **11.4 h** | 2 | 8 h |")
    said("| Earliest due date | 12.8 h | **1** | **2 h** |")


def test_formulas_that_stand_in_items_hold_against_the_library() -> None:
    for stations, percent in ((5, 80), (8, 90), (11, 95)):  # cap-for-output
        wip = percent / 100 * (stations - 1) / (1 - percent / 100)
        limits = line_limits([3.0] * stations)
        reached = practical_worst_case(limits, round(wip)).throughput / limits.bottleneck_rate
        assert reached == pytest.approx(percent / 100)
    for a, b, c, due in ((6, 4, 3, (14, 7, 4)), (8, 5, 4, (15, 8, 6))):  # job-latest
        worst = min(_worst((a, b, c), due, order) for order in itertools.permutations(range(3)))
        assert worst == max(c - due[2], c + b - due[1], c + b + a - due[0])


def _worst(times: tuple[int, ...], due: tuple[int, ...], order: tuple[int, ...]) -> int:
    done = itertools.accumulate(times[j] for j in order)
    return max(end - due[j] for end, j in zip(done, order, strict=True))


def passes(name: str, plan: dict[str, Any], first: int) -> bool:
    """Graded as on campus: more seeds while it is too close to call."""
    challenge = Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))
    assert set(plan) <= set(challenge.free)
    inputs = PULL.Inputs.read({**challenge.inputs, **plan})
    return all(verdict.met for verdict in grade(challenge, inputs, list(range(first, first + challenge.seeds))))


LEAST, MORE = "challenge-least-wip", "challenge-ten-percent-more"


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        (LEAST, {"method": "conwip", "wip": 18}),
        (LEAST, {"method": "kanban", "cards": 3}),
        (MORE, {"method": "kanban", "cards": 3}),
    ],
)
def test_a_good_limit_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert passes(name, plan, 1000)


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        (LEAST, {}),
        (LEAST, {"method": "conwip"}),
        (LEAST, {"method": "conwip", "wip": 14}),
        (LEAST, {"method": "kanban", "cards": 1}),
        (MORE, {}),
        (MORE, {"method": "conwip", "wip": 16}),
        (MORE, {"method": "conwip", "wip": 24}),
        (MORE, {"method": "kanban", "cards": 2}),
        (MORE, {"method": "kanban", "cards": 4}),
    ],
)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert not passes(name, plan, 1000)
