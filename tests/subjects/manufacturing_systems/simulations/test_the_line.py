"""The line against exact exponential lines, hand-worked lines, and Little's law."""

from __future__ import annotations

import json
import math
import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

from techamp.contract import registry
from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import LineRun, line_model, replay, run_line

CASES = {case["id"]: case for case in json.loads((REFERENCES / "exponential_lines.json").read_text("utf-8"))["cases"]}
EXACT = ["exp_2_4", "exp_3_0", "exp_3_6", "exp_4_2", "exp_5_3", "exp_6_1", "exp_unbalanced_4"]


def _exponential(case: dict[str, Any], seed: int) -> LineRun:
    params = case["inputs"]
    rates = params["mu"] if isinstance(params["mu"], list) else [params["mu"]] * params["N"]
    places = params.get("buffers") or [params["buffer"]] * (len(rates) - 1)
    n = len(rates)
    return run_line([1 / rate for rate in rates], places, [1.0] * n, [0.0] * n, 1.0, 500.0, 4000.0, seed)


@pytest.mark.parametrize("id", EXACT)
def test_exponential_lines_agree_with_their_exact_throughput(id: str) -> None:
    rates = [_exponential(CASES[id], seed).throughput for seed in range(20)]
    margin = 4.0 * statistics.stdev(rates) / math.sqrt(len(rates))
    assert abs(statistics.fmean(rates) - CASES[id]["expected"]["throughput"]) < margin
    assert margin < 0.02


def test_without_chance_the_slowest_station_sets_the_rate_and_those_before_it_fill_up() -> None:
    line = run_line([2.0, 4.0, 1.0], [3, 3], [1.0] * 3, [0.0] * 3, 0.0, 400.0, 4000.0, 1)
    assert line.throughput == pytest.approx(0.25, rel=1e-9)
    # A part is held on station 1 for one turn of the slowest, waits three turns, is worked on, and needs 1 minute more.
    assert float(line.lead_times.mean()) == pytest.approx(4.0 + 3 * 4.0 + 4.0 + 1.0, rel=1e-9)
    assert line.states.round(9).tolist() == [[0.5, 0.5, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [0.25, 0.0, 0.75, 0.0]]


def test_a_station_that_never_waits_works_for_its_availability() -> None:
    shares = [
        run_line([1.0, 0.5], [100], [90.0, 1.0], [10.0, 0.0], 0.0, 100.0, 20_000.0, seed).states[0]
        for seed in range(20)
    ]
    busy = [share[0] for share in shares]
    assert abs(statistics.fmean(busy) - 0.9) < 4.0 * statistics.stdev(busy) / math.sqrt(len(busy))
    assert all(share[0] + share[3] == pytest.approx(1.0, rel=1e-9) for share in shares)


@settings(max_examples=40, deadline=None)
@given(
    minutes=st.lists(st.floats(0.5, 10.0), min_size=3, max_size=6),
    cv=st.sampled_from([0.0, 0.25, 1.0, 2.0]),
    places=st.integers(0, 20),
    mttr=st.sampled_from([0.0, 10.0, 60.0]),
    seed=st.integers(0, 10**6),
)
def test_part_hours_of_the_parts_are_those_that_the_engine_adds_up(
    minutes: list[float], cv: float, places: int, mttr: float, seed: int
) -> None:
    n = len(minutes)
    line = run_line(minutes, [places] * (n - 1), [200.0] * n, [mttr] * n, cv, 300.0, 1200.0, seed)
    found = float(line.lead_times.sum()) - line.before + line.inside
    assert found == pytest.approx(line.wip * line.minutes, rel=1e-9)
    assert line.states.sum(axis=1) == pytest.approx(np.ones(n), rel=1e-9)


def test_the_replay_is_the_same_run_with_its_stops() -> None:
    arrays: Any = ((3.2, 2.2, 3.3), (2, 2), (60.0, 90.0, 45.0), (10.0, 5.0, 12.0), 0.25)
    seen = replay(line_model(*arrays), 300.0, 480.0, 7)
    line = run_line(*arrays, 300.0, 480.0, 7)
    out = seen.left[(seen.station == 2) & (seen.left <= 480.0)]
    assert np.sort(out) == pytest.approx(line.left[line.out] - 300.0, abs=1e-6)
    down = [sum(min(to, 480.0) - max(since, 0.0) for k, since, to in seen.stops if k == i) / 480.0 for i in range(3)]
    assert down == pytest.approx(line.states[:, 3], abs=1e-6)


def test_the_slow_station_is_named() -> None:
    simulation = registry.simulation("manufacturing_systems.the_line")
    outcome = simulation.run(simulation.Inputs.read({"motor_time": 5.0}), 42)
    assert outcome.measure("bottleneck").value == 4
    assert "Motor bench sets the pace." in outcome.notes[0]
    assert outcome.trace is not None
    assert outcome.trace.fixed["bottleneck"] == 3


def test_more_places_bring_little_output_and_much_lead_time() -> None:
    simulation = registry.simulation("manufacturing_systems.the_line")
    few, many = (simulation.measures(simulation.Inputs.read({"places": n}), list(range(60))) for n in (10, 20))
    rate, lead, wip = (
        statistics.fmean(many[name]) / statistics.fmean(few[name]) for name in ("throughput", "lead_time", "wip")
    )
    assert 1.0 < rate < 1.02
    assert lead > 1.3
    assert wip > 1.3


def test_a_line_that_makes_nothing_says_so() -> None:
    simulation = registry.simulation("manufacturing_systems.the_line")
    slow = {"hours": 20, **{f"{name}_mttf": 20.0 for name in ("lathe", "press", "cell", "motor", "test", "pack")}}
    slow |= {f"{name}_mttr": 240.0 for name in ("lathe", "press", "cell", "motor", "test", "pack")}
    outcomes = [simulation.run(simulation.Inputs.read({**slow, "lathe_time": 10.0}), seed) for seed in range(12)]
    silent = [outcome for outcome in outcomes if outcome.measure("lead_time").value is None]
    assert silent
    assert silent[0].notes == ("No part left the line in the counted time. Shorten a time or a repair.",)
