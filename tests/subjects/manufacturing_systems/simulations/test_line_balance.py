"""Line balance against a count of all balances, exact rates and its own rules."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from techamp.contract import InvalidInput, registry
from techamp.subjects.manufacturing_systems import Precedence, balance_faults, shortest_cycle
from techamp.subjects.manufacturing_systems.simulations.line_balance.inputs import TASKS, LineBalanceInputs
from techamp.subjects.manufacturing_systems.simulations.line_balance.plan import (
    ARCS,
    LETTERS,
    fairest,
    plan_of,
    proven,
    tasks_of,
)

LINE = registry.simulation("manufacturing_systems.line_balance")


def given(stations: list[str], **more: Any) -> LineBalanceInputs:
    """Tasks by their letters, station by station."""
    places = {f"task_{letter.lower()}": f"{s}" for s, letters in enumerate(stations, 1) for letter in letters}
    return LineBalanceInputs.read({**places, **more})


def mean(name: str, inputs: LineBalanceInputs, days: int = 40) -> float:
    return float(np.mean(LINE.measures(inputs, list(range(days)))[name]))


def longest_loads(tasks: Precedence, most: int) -> dict[int, float]:
    """For each number of stations the shortest longest load, counted out over all sets that may be done first."""
    everything = (1 << len(tasks)) - 1
    ends = [
        done for done in range(everything + 1) if all(tasks.before[j] & ~done == 0 for j in range(11) if done >> j & 1)
    ]
    time = {done: sum(tasks.times[j] for j in range(len(tasks)) if done >> j & 1) for done in ends}
    best = {0: 0.0}
    found = {}
    for stations in range(1, most + 1):
        best = {
            end: min(max(load, time[end] - time[start]) for start, load in best.items() if start & ~end == 0)
            for end in ends
            if any(start & ~end == 0 for start in best)
        }
        found[stations] = best[everything]
    return found


@pytest.mark.parametrize("driver", [False, True])
def test_fewest_stations_and_fairest_split_are_those_of_a_full_count(driver: bool) -> None:
    tasks = tasks_of(LineBalanceInputs.read({"driver": driver}))
    counted = longest_loads(tasks, 7)
    assert [fairest(tasks, n).cycle_time for n in counted] == list(counted.values())
    for demand in range(150, 501, 25):
        both = proven(tasks, 54_000 / demand)
        assert both is not None
        fewest = min((n for n, load in counted.items() if load <= 54_000 / demand), default=8)
        assert len(both[0].stations) == fewest
        assert both[0].optimal
        assert len(both[1].stations) >= fewest


def test_the_tasks_are_the_plants_and_their_letters_follow_every_arrow() -> None:
    assert sum(task.seconds for task in TASKS) == 576
    assert all(a < b for a, b in ARCS)
    assert "".join(LETTERS) == "ABCDEFGHIJK"


def test_at_400_a_day_the_quick_rule_takes_one_station_more_than_needed() -> None:
    both = proven(tasks_of(LineBalanceInputs.read({})), 135.0)
    assert both is not None
    assert [len(balance.stations) for balance in both] == [5, 6]
    assert not balance_faults(tasks_of(LineBalanceInputs.read({})), both[0])


def test_a_balance_is_read_as_it_was_given() -> None:
    plan = plan_of(given(["ABC", "FGH", "DEI", "JK"]))
    assert plan.balance.loads == (142.0, 178.0, 150.0, 106.0)
    assert plan.runs
    assert plan.balance.efficiency == pytest.approx(576 / (4 * 180))


def test_empty_stations_are_passed_over() -> None:
    near, far = given(["ABC", "FGH", "DEI", "JK"]), given(["ABC", "", "FGH", "", "DEI", "JK"])
    assert LINE.measures(near, [1, 2]) == LINE.measures(far, [1, 2])
    assert plan_of(far).numbers == (1, 3, 5, 6)


def test_a_line_that_turns_an_arrow_around_does_not_run() -> None:
    inputs = given(["AC", "BFGH", "DEI", "JK"])
    outcome = LINE.run(inputs, 1)
    assert outcome.measure("output").value == 0.0
    assert outcome.measure("broken").value == 1.0
    assert outcome.measure("labor").value is None
    assert outcome.notes[0].startswith("The line cannot run: B must come before C")
    assert "labor" not in LINE.measures(inputs, [1])


@pytest.mark.parametrize("places", [0, 3])
def test_without_variation_the_longest_station_sets_the_output(places: int) -> None:
    inputs = given(["ABC", "FGH", "DEI", "JK"], cv=0, places=places)
    assert mean("output", inputs, 2) == pytest.approx(54_000 / 178, abs=1.0)


def test_two_equal_exponential_stations_without_room_give_two_thirds() -> None:
    from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import run_line

    runs = [
        run_line((1.0, 1.0), (0,), (0.0, 0.0), (0.0, 0.0), 1.0, 450.0, 9000.0, seed, trace=False) for seed in range(8)
    ]
    assert np.mean([run.throughput for run in runs]) == pytest.approx(2 / 3, abs=0.01)


def test_more_places_never_give_less_and_steadier_hands_give_more() -> None:
    stations = ["AF", "GB", "CD", "HIE", "JK"]
    by_room = [mean("output", given(stations, demand=400, places=room)) for room in (0, 1, 2, 5)]
    assert all(more >= less for less, more in pairwise(by_room))
    by_hands = [mean("output", given(stations, demand=400, cv=cv)) for cv in (60, 40, 20, 0)]
    assert by_hands == sorted(by_hands)


def test_labor_is_paid_hours_over_output() -> None:
    outcome = LINE.run(given(["ABC", "FGH", "DEI", "JK"]), 3)
    output = float(outcome.measure("output").value or 0)
    assert outcome.measure("labor").value == pytest.approx(4 * 16 * 32.40 / output)


def test_a_trace_tells_every_visit_of_the_hour() -> None:
    outcome = LINE.run(LineBalanceInputs.read({}), 42)
    trace = outcome.trace
    assert trace is not None
    assert trace.t[-1] == 60.0
    by_station = [
        [p for p, s in zip(trace.columns["part"], trace.columns["station"], strict=True) if s == k and p >= 0]
        for k in range(5)
    ]
    assert all(list(parts) == list(range(parts[0], parts[-1] + 1)) for parts in by_station)
    assert min(len(parts) for parts in by_station) > 18


def test_the_shortest_cycle_wants_whole_numbers() -> None:
    with pytest.raises(InvalidInput, match="must be whole numbers"):
        shortest_cycle(Precedence((1.5, 2.0), ()), 2)
    assert shortest_cycle(Precedence((5, 4, 3, 4), ((0, 1), (0, 2))), 1).cycle_time == 16.0
