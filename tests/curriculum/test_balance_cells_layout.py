"""Line balance, cells, layout: the lecture's numbers are the library's, and the challenges reward a plan."""

from __future__ import annotations

import re
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import registry
from techamp.subjects.manufacturing_systems import (
    balance_by_rule,
    best_balance,
    cycles_to_time,
    smallest_crew,
    standard_time,
    takt_time,
)
from techamp.subjects.manufacturing_systems.layout.travel import along_aisles
from techamp.subjects.manufacturing_systems.simulations.cell_layout.floor import (
    least_part_meters,
    part_meters,
    point_of,
    spots_of,
)
from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import FLOORS, CellLayoutInputs
from techamp.subjects.manufacturing_systems.simulations.cell_layout.people import best_crew
from techamp.subjects.manufacturing_systems.simulations.line_balance.inputs import TASKS, LineBalanceInputs
from techamp.subjects.manufacturing_systems.simulations.line_balance.plan import LETTERS, tasks_of

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "manufacturing_systems" / "07-balance-cells-layout"
LECTURE = " ".join((MODULE / "lecture.md").read_text(encoding="utf-8").split())
ACTIVITIES = yaml.safe_load((MODULE / "module.yaml").read_text(encoding="utf-8"))["activities"]
PLANT = yaml.safe_load((MODULE.parents[2] / "plant.yaml").read_text(encoding="utf-8"))
LINE, CELL = (
    registry.simulation("manufacturing_systems.line_balance"),
    registry.simulation("manufacturing_systems.cell_layout"),
)
WORK = tasks_of(LineBalanceInputs.read({}))
TRIES = 3


def said(*words: str) -> None:
    assert [text for text in words if text not in LECTURE] == []


def picture(name: str) -> str:
    return (MODULE / f"{name}.svg").read_text(encoding="utf-8")


def balanced(stations: list[str], **more: Any) -> dict[str, Any]:
    places = {f"task_{letter.lower()}": f"{s}" for s, letters in enumerate(stations, 1) for letter in letters}
    return {**places, "cv": 20, **more}


@cache
def output(stations: tuple[str, ...], **more: Any) -> float:
    inputs = LINE.Inputs.read(balanced(list(stations), **more))
    return float(np.mean(LINE.measures(inputs, list(range(100)))["output"]))


def test_takt_crew_and_standard_are_the_plants_and_the_librarys() -> None:
    day = 60 * float(PLANT["shifts"]["planned_time_per_day"]["value"])
    assert sum(task.seconds for task in TASKS) == 60 * float(PLANT["motor"]["cycle_time"]["value"]) == 576
    assert takt_time(day, 300) == 180.0
    assert (smallest_crew(576, 180), smallest_crew(576, 135)) == (4, 5)
    assert standard_time(60.0, 1.0, 0.10) == pytest.approx(66.0)
    assert [cycles_to_time(cv, 0.05) for cv in (0.20, 0.10)] == [62, 16]
    said("asks for 62 cycles", "asks for 16", "with allowance | **66.0** |", "576 over 135 is 4.27")


def test_the_weights_and_both_balances_are_those_of_the_library() -> None:
    weights = WORK.positional_weights()
    ranked = sorted(range(11), key=lambda j: -weights[j])
    rows = [f"{LETTERS[j]} | {weights[j]:.0f}" for j in ranked]
    said(*(f"| {left} | {right} |" for left, right in zip(rows, rows[6:], strict=False)), f"| {rows[5]} | | |")
    rule, six, five = balance_by_rule(WORK, 180.0), balance_by_rule(WORK, 135.0), best_balance(WORK, 135.0)
    assert ["".join(sorted(LETTERS[j] for j in s)) for s in rule.stations] == ["ABC", "FGH", "DEI", "JK"]
    assert rule.loads == (142, 178, 150, 106)
    assert (len(six.stations), len(five.stations), five.optimal) == (6, 5, True)
    said(f"| Efficiency | {100 * six.efficiency:.0f} % | **{100 * five.efficiency:.0f} %** |")
    said(f"| Longest station | {max(six.loads):.0f} s | {max(five.loads):.0f} s |")
    for load in (*six.loads, *five.loads):
        assert f">{load:.0f}<" in picture("six-or-five")


def test_the_output_of_varying_hands_is_the_simulations() -> None:
    five, title = ("AF", "BG", "CD", "EHI", "JK"), picture("room").split("</title>")[0]
    for cv, told in ((0, (435, 435, 435, 435)), (20, (379, 424, 431, 435)), (40, (324, 388, 408, 426))):
        found = [output(five, demand=400, cv=cv, places=room) for room in (0, 1, 2, 5)]
        assert found == pytest.approx(told, abs=1.5)
        assert [n for n in told if not re.search(rf"\b{n}\b", title)] == []
    assert output(("ABC", "FGH", "DEI", "JK"), places=0) == pytest.approx(287, abs=1.5)
    assert output(("ABC", "FG", "DHI", "EJK"), places=0) == pytest.approx(314, abs=1.5)
    said("the line makes 379", "with one place the line makes 424", "287 a day", "make 314", "would make 435")


def test_the_floors_are_as_far_as_told() -> None:
    told = [f"{least_part_meters(floor, False)[0] / 1000:.1f}" for floor in ("shop", "line", "u")]
    assert told == ["28.2", "10.1", "8.7"]
    assert re.findall(r">([\d.]+) km a day<", picture("floors")) == told
    assert f"{part_meters('shop', spots_of(CellLayoutInputs.read({}))) / 1000:.1f}" == "54.7"
    said("28.2 kilometers", "it is 10.1, and in a U it is 8.7", "departments takes 54.7")


def test_one_persons_round_on_each_floor_is_as_long_as_told() -> None:
    crews = [best_crew(floor, least_part_meters(floor, False)[1], 1, 1) for floor in ("shop", "line", "u")]
    assert [crew.seconds[0] for crew in crews] == [252, 206, 188]
    assert crews[2].cycle == 192
    assert re.findall(r">(\d+) s</text>", picture("round")) == ["252", "206", "188"]
    said("252 seconds is more than the takt of 240", "walk all the way back: 206", "her round takes 188")


def test_a_lot_takes_as_long_as_told_by_floor_and_box() -> None:
    def lead(floor: str, box: int) -> float:
        inputs = CELL.Inputs.read({"floor": floor, "box": box})
        return float(np.mean(CELL.measures(inputs, list(range(30)))["lead"]))

    assert [round(lead(floor, box)) for floor, box in (("shop", 30), ("u", 30), ("u", 1))] == [386, 385, 201]
    said("386 minutes in departments and 385 in the U", "With boxes of one the lot takes 201")


def test_the_simulation_begins_with_the_balance_of_the_lecture_and_misses_demand() -> None:
    start = next(a for a in ACTIVITIES if a["id"] == "line-balance")["inputs"]
    assert {k: v for k, v in start.items() if k.startswith("task")} == {
        k: v for k, v in balanced(["ABC", "FGH", "DEI", "JK"]).items() if k.startswith("task")
    }
    assert start["places"] == 0


def challenge(name: str) -> Challenge:
    return Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))


def verdicts(name: str, plan: dict[str, Any]) -> list[bool]:
    found = challenge(name)
    assert set(plan) <= set(found.free)
    inputs = type(registry.simulation(found.simulation)).Inputs.read({**found.inputs, **plan})
    return [
        all(verdict.met for verdict in grade(found, inputs, list(range(10_000 * k, 10_000 * k + found.seeds))))
        for k in range(1, TRIES + 1)
    ]


@pytest.mark.parametrize("name", ["challenge-five-stations", "challenge-over-the-drain"])
def test_the_authors_answer_passes_and_the_start_does_not(name: str) -> None:
    assert all(verdicts(name, challenge(name).answer))
    assert not any(verdicts(name, {}))


@pytest.mark.parametrize(
    ("stations", "passes"),
    [
        (["AF", "BG", "CD", "EHI", "JK"], True),
        (["AB", "FG", "CD", "HIE", "JK"], False),  # FG has 138 s
        (["AB", "CF", "GH", "DI", "EJK"], False),  # EJK has 144 s
        (["AF", "BG", "CDH", "EIJ", "K"], False),  # CDH has 160 s
    ],
)
def test_five_stations_pass_only_with_time_in_hand(stations: list[str], passes: bool) -> None:
    plan = {k: v for k, v in balanced(stations).items() if k.startswith("task")}
    assert verdicts("challenge-five-stations", plan) == [passes] * TRIES


def test_few_placings_pass_over_the_drain() -> None:
    good = []
    for floor in FLOORS:
        for spots in (p for p in permutations(range(6)) if p[4] == 3):
            apart = along_aisles(point_of(floor, spots, 3), point_of(floor, spots, 5))
            if part_meters(floor, spots) <= 11_500 and apart >= 9:
                good.append((floor, spots))
    assert good == [("u", (0, 1, 4, 2, 3, 5)), ("u", (0, 4, 1, 2, 3, 5))]
    answer = challenge("challenge-over-the-drain").answer
    assert [all(verdicts("challenge-over-the-drain", {**answer, "box": box})) for box in (3, 4, 5, 6)] == [
        False,
        True,
        True,
        False,
    ]
