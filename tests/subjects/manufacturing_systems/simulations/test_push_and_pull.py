"""Push and pull against closed networks and the best case; limits hold; the same luck with more cards; Little's law."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry
from techamp.subjects.manufacturing_systems import best_case, conwip, line_limits
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.inputs import (
    STATIONS,
    TAKT_RATE,
    PushAndPullInputs,
    own_rates,
)
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.line_run import cards_of, replay, run_line
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.pictures import parts_for_takt, point
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.words import at_stations

PULL = registry.simulation("manufacturing_systems.push_and_pull")
MINUTES, MACHINES = [one.minutes for one in STATIONS], [one.machines for one in STATIONS]
CASES: tuple[dict[str, Any], ...] = (
    {},
    {"lumps": "shift", "rate": 14.0},
    {"method": "kanban", "cards": 2},
    {"method": "conwip", "wip": 13},
)


def read(**choices: Any) -> PushAndPullInputs:
    return PushAndPullInputs.read(choices)


@pytest.mark.parametrize("wip", [5, 12, 25])
def test_conwip_with_exponential_times_is_the_exact_closed_network(wip: int) -> None:
    inputs = read(method="conwip", wip=wip, cv=1.0, repair=0, hours=1000)
    rates = [run_line(inputs, seed).throughput for seed in range(10)]
    error = np.std(rates) / np.sqrt(len(rates))
    exact = conwip(MINUTES, wip, MACHINES).throughput
    assert abs(np.mean(rates) - exact) < 4.0 * error
    assert error < 0.004 * exact


@pytest.mark.parametrize("wip", [3, 6, 9, 14])
def test_conwip_without_chance_is_the_best_case(wip: int) -> None:
    found = run_line(read(method="conwip", wip=wip, cv=0.0, repair=0), 1)
    best = best_case(line_limits(MINUTES, MACHINES), wip)
    assert found.throughput == pytest.approx(best.throughput, rel=0.005)
    assert found.wip == pytest.approx(wip)


def test_a_variation_too_small_to_see_is_none() -> None:
    assert run_line(read(cv=1e-300), 1).throughput == run_line(read(cv=0.0), 1).throughput


@pytest.mark.parametrize("choices", CASES)
def test_parts_are_conserved_and_littles_law_holds(choices: dict[str, Any]) -> None:
    run = run_line(read(hours=1000, **choices), 5)
    (product,) = run.products
    assert sum(at_stations(run)) == pytest.approx(run.wip)
    assert run.throughput * run.flow_time == pytest.approx(run.wip, rel=0.02)
    assert not run.deadlock
    assert product.finished > 0


def test_no_station_holds_more_than_its_cards_and_no_line_more_than_its_cap() -> None:
    inputs = read(method="kanban", cards=1)
    seen = replay(inputs, 4, 480.0)
    for k in range(len(STATIONS)):
        mine = seen.station == k
        assert most_at_once(seen.queued[mine], seen.moved[mine]) <= cards_of(inputs, k)
    capped = replay(read(method="conwip", wip=9), 4, 480.0)
    first, last = capped.station == 0, capped.station == len(STATIONS) - 1
    came, gone = np.sort(capped.queued[first]), np.sort(capped.moved[last])
    inside = [np.sum(came <= t) - np.sum(gone <= t) for t in (100.0, 300.0, 470.0)]
    assert len(set(inside)) == 1


def most_at_once(came: Any, gone: Any) -> int:
    return max(int(np.sum((came <= t) & (gone > t))) for t in came)


def test_the_plan_sets_the_output_of_push_and_the_cap_the_parts_of_conwip() -> None:
    for cv in (0.25, 1.0):
        pushed = [run_line(read(rate=14.0, cv=cv, hours=1000), seed).throughput for seed in range(3)]
        assert 60 * np.mean(pushed) == pytest.approx(14.0, rel=0.01)
    assert run_line(read(method="conwip", wip=17), 2).wip == pytest.approx(17.0)


def test_with_the_same_luck_more_cards_and_a_higher_cap_never_give_less() -> None:
    for method, name, values in (("kanban", "cards", (0, 1, 2, 4, 8)), ("conwip", "wip", (4, 8, 12, 20, 40))):
        out = [run_line(read(method=method, **{name: v}), 3).finished for v in values]
        assert all(more >= less for less, more in pairwise(out))


def test_pull_keeps_takt_with_less_in_the_line_and_a_steadier_lead_time() -> None:
    def mean(name: str, **choices: Any) -> float:
        return float(np.mean(PULL.measures(PULL.Inputs.read({"hours": 1000, **choices}), [1, 2, 3, 4])[name]))

    assert mean("throughput", method="conwip", wip=16, repair=200) > TAKT_RATE
    assert mean("wip", rate=15.0, repair=200) > 16.0 * 1.25
    assert mean("throughput", method="kanban", cards=2, repair=200) > TAKT_RATE
    assert mean("wip", method="kanban", cards=2, repair=200) < 16.0
    assert mean("wip", rate=15.0, lumps="shift") > 50.0
    assert mean("spread", method="conwip", wip=12) < 0.6 * mean("spread", rate=15.0)


def test_a_plan_above_the_slowest_station_piles_up_as_long_as_it_runs() -> None:
    short, long = (run_line(read(rate=19.0, hours=hours), 1) for hours in (100, 400))
    assert long.wip > 2 * short.wip
    said = PULL.run(PULL.Inputs.read({"rate": 19.0}), 1).notes[1]
    assert said.endswith("nothing tells it to stop.")


@pytest.mark.parametrize("choices", [*CASES, {"method": "kanban", "cards": 0, "cv": 1.5, "repair": 300}])
def test_a_run_and_its_measures_agree_and_the_trace_is_whole(choices: dict[str, Any]) -> None:
    inputs = PULL.Inputs.read(choices)
    outcome = PULL.run(inputs, 7)
    assert {m.name: [m.value] for m in outcome.measures} == PULL.measures(inputs, [7])
    trace = outcome.trace
    assert trace is not None
    assert all(len(column) == len(trace.t) for column in trace.columns.values())
    assert list(trace.t) == sorted(trace.t)
    assert all(q <= s <= e <= lv <= m for q, s, e, lv, m in moments(trace.columns))


def moments(columns: Any) -> list[tuple[float, ...]]:
    return list(zip(*(columns[name] for name in ("queued", "started", "ended", "left", "moved")), strict=True))


def test_a_curve_is_crossed_where_it_meets_takt() -> None:
    assert parts_for_takt([(10.0, 14.0, 0.7), (14.0, 16.0, 0.9)]) == pytest.approx(12.0)
    assert parts_for_takt([(10.0, 14.0, 0.7), (14.0, 14.5, 0.9)]) is None
    inputs = read(method="conwip", wip=12)
    assert point(inputs, 7)[0] == pytest.approx(12.0)


def test_the_stations_are_the_plants() -> None:
    plant = yaml.safe_load((curriculum().root / "plant.yaml").read_text(encoding="utf-8"))
    for one in STATIONS:
        there = plant[one.name.lower()]
        assert (one.minutes, one.machines, one.mttf, one.mttr) == tuple(
            there[name]["value"] for name in ("cycle_time", "machines", "mttf", "mttr")
        )
    assert plant["demand"]["per_hour"]["value"] == TAKT_RATE
    assert min(own_rates(read())) == pytest.approx(60 / 3.3 * 450 / 462)
