"""Bottlenecks and buffers: the lecture's numbers are the simulation's and the library's; the challenge wants a plan."""

from __future__ import annotations

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
    best_buffers,
    exponential_line,
    exponential_throughput,
    line_capacity,
    littles_law,
)
from techamp.subjects.manufacturing_systems.explaining.active_periods import Period, momentary_bottleneck
from techamp.subjects.manufacturing_systems.explaining.bottleneck import find_bottleneck
from techamp.subjects.manufacturing_systems.simulations.the_line.simulation import counted

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "manufacturing_systems" / "03-bottlenecks-and-buffers"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8").replace("\u00a0", " ")
PLANT = yaml.safe_load((MODULE.parents[2] / "plant.yaml").read_text(encoding="utf-8"))
LINE = registry.simulation("manufacturing_systems.the_line")
CHALLENGE = Challenge.model_validate(
    yaml.safe_load((MODULE / "challenge-twenty-five-places.yaml").read_text(encoding="utf-8"))
)
PLACES = ("press_places", "cell_places", "motor_places", "test_places", "pack_places")
SEEDS = list(range(500, 530))


def said(*numbers: str) -> None:
    assert [n for n in numbers if n not in LECTURE] == []


@cache
def throughput(**changes: Any) -> float:
    inputs = LINE.Inputs.read({**CHALLENGE.inputs, **changes})
    return float(np.mean(LINE.measures(inputs, SEEDS)["throughput"]))


def test_the_table_of_states_is_the_lines_and_names_the_motor_bench() -> None:
    inputs = LINE.Inputs.read(CHALLENGE.inputs)
    runs = [counted(inputs, seed, trace=False) for seed in range(8)]
    states = 100 * np.mean([run.states for run in runs], axis=0)  # busy, blocked, starved, down
    for row, name in zip(states, ("Lathe", "Press", "Cell", "**Motor**", "Test", "Pack"), strict=True):
        line = next(line for line in LECTURE.splitlines() if line.startswith(f"| {name} | "))
        told = [float(cell.strip(" *")) for cell in line.split("|")[2:5]]
        assert row[:3].tolist() == pytest.approx(told, abs=1.0)
    assert states[2][3] == pytest.approx(7, abs=1)
    found = find_bottleneck([run.run for run in runs], endless=True)
    assert found.station == "station 4"
    assert found.signs == {"active share": "station 4", "turning point": "station 4"}


def test_the_moving_bottleneck_of_the_small_log() -> None:
    periods = [Period(0, 0, 50), Period(1, 40, 110), Period(2, 20, 35), Period(2, 100, 180)]
    found = momentary_bottleneck(periods, 180.0)
    assert [round(180 * found.sole[k]) for k in (0, 1, 2)] == [40, 50, 70]
    said("Alone: lathe 40 min, cell 50, motor 70. Moving: 20 of 180 min.")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, 15.88),
        ({"motor_time": 3.4}, 16.72),
        ({"cell_mttr": 20}, 16.35),
        ({"cell_time": 2.6}, 15.94),
        ({"lathe_mttr": 5}, 15.89),
        ({"press_time": 1.8}, 15.88),
    ],
)
def test_what_changes_bring(change: dict[str, float], told: float) -> None:
    assert throughput(**change) == pytest.approx(told, abs=0.08)
    assert throughput(**change) - throughput() == pytest.approx(told - 15.88, abs=0.02)
    said(f"{told}")


def test_a_minute_at_the_motor_bench_in_money() -> None:
    margin = float(PLANT["cost"]["margin"]["value"])
    rate = line_capacity([2.2, 3.6], [1, 1], 0.1).rate
    assert f"{rate * margin:.1f}" == "14.5"
    said(f"{margin}", "= 14.5\\ \\text{USD}")


def test_two_equal_machines_by_their_places() -> None:
    for places in (0, 2, 8, 32):
        flow = exponential_line([1, 1], [places])
        said(f"| {places} | {flow.throughput:.3f} | {flow.buffer_levels[0]:.1f} |")
    times = [littles_law(wip=wip, throughput=rate).cycle_time for wip, rate in ((17, 0.971), (2, 0.8))]
    assert [round(time, 1) for time in times] == [17.5, 2.5]
    for places in (3, 4, 6):  # buffer-worked tells this formula
        found = exponential_line([1, 1], [places]).throughput
        assert found == pytest.approx((places + 2) / (places + 3))


@pytest.mark.parametrize(
    ("place", "gain"), [("press", 0.01), ("cell", 0.02), ("motor", 0.38), ("test", 0.01), ("pack", 0)]
)
def test_ten_more_places(place: str, gain: float) -> None:
    assert throughput(**{f"{place}_places": 15}) - throughput() == pytest.approx(gain, abs=0.02)
    picture = (MODULE / "next-place.svg").read_text(encoding="utf-8")
    assert f">+{gain:.2f}<" in picture or gain == 0


def test_shares_of_places_are_the_best_by_theory() -> None:
    assert best_buffers(3, 6, exponential_throughput([1, 1, 0.8, 1])).buffers == (1, 3, 2)
    said("1, 3 and 2 places for a line of four whose third station is slower by a fifth")
    item = yaml.safe_load((MODULE / "practice" / "buffer-rank.yaml").read_text(encoding="utf-8"))
    ways = [tuple(int(n) for n in text.split(", ")) for text in item["order"]]
    rates = [exponential_line([1, 1, 0.8, 1], way).throughput for way in ways]
    assert rates == sorted(rates, reverse=True)


def test_seventeen_before_the_motor_bench_beat_ten_everywhere() -> None:
    well = throughput(**dict(zip(PLACES, (2, 2, 17, 2, 2), strict=True)))
    assert well == pytest.approx(16.25, abs=0.06)
    assert throughput(**dict.fromkeys(PLACES, 10)) < well
    said("give 16.25")


def passes(places: tuple[int, ...]) -> bool:
    inputs = LINE.Inputs.read({**CHALLENGE.inputs, **dict(zip(PLACES, places, strict=True))})
    found = grade(CHALLENGE, inputs, list(range(10_000, 10_000 + CHALLENGE.seeds)))
    return all(verdict.met for verdict in found)


@pytest.mark.parametrize("places", [(2, 2, 17, 2, 2), (1, 1, 21, 1, 1), (3, 3, 17, 1, 1)])
def test_places_before_the_bottleneck_pass(places: tuple[int, ...]) -> None:
    assert passes(places)


@pytest.mark.parametrize(
    "places", [(5, 5, 5, 5, 5), (1, 20, 2, 1, 1), (10, 12, 1, 1, 1), (1, 1, 4, 18, 1), (0, 0, 25, 0, 0), (10,) * 5]
)
def test_places_elsewhere_or_too_many_fail(places: tuple[int, ...]) -> None:
    assert not passes(places)
