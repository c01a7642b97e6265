"""Setups and batches against exact gathering times, an exact queue, conservation, and the library's limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.manufacturing_systems import least_batch, mg1
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches import changeover
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.inputs import (
    DAY,
    SHARES,
    SetupsAndBatchesInputs,
)
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.lathe_run import (
    CYCLE_CV,
    LatheRun,
    run_lathe,
    traced,
)
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.pictures import lead_parts
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.words import shortest_interval

LOTS = registry.simulation("manufacturing_systems.setups_and_batches")
CASES: tuple[dict[str, Any], ...] = (
    {},
    {"batch": 40, "move": "one"},
    {"plan": "wheel", "interval": 5.0},
    {"variety": "six", "batch": 50, "setup": 8.0},
)


def read(**choices: Any) -> SetupsAndBatchesInputs:
    return SetupsAndBatchesInputs.read(choices)


def mean(name: str, seeds: range = range(1, 9), **choices: Any) -> float:
    return float(np.mean(LOTS.measures(LOTS.Inputs.read(choices), list(seeds))[name]))


def test_an_order_waits_half_of_the_other_orders_of_its_lot() -> None:
    inputs = read(batch=60, days=250)
    found = np.mean([lead_parts(traced(inputs, seed))["gather"] for seed in range(4)])
    # Weighted by share, (lot - 1)/(2 × rate × share) gives the number of lengths × (lot - 1)/(2 × rate).
    assert found == pytest.approx(3 * 59 / (2 * inputs.rate) / 60.0, rel=0.01)


def test_without_changeovers_it_is_the_exact_queue() -> None:
    inputs = read(batch=1, setup=3.0, mttr=0.0, days=250, demand=150)
    quick = inputs.model_copy(update={"setup": 0.0})  # below what a player may set
    waits = [run_lathe(quick, seed, trace=False).flow_time for seed in range(12)]
    exact = mg1(quick.rate, quick.cycle_time, CYCLE_CV**2).W
    assert np.mean(waits) == pytest.approx(exact, abs=4 * np.std(waits) / np.sqrt(12))
    assert np.std(waits) < 0.05 * exact


@pytest.mark.parametrize("choices", CASES)
def test_shafts_and_hours_are_conserved(choices: dict[str, Any]) -> None:
    inputs = read(**choices)
    lathe = traced(inputs, 3)
    run, station = lathe.run, lathe.run.station("lathe")
    assert lathe.lead_times.mean() == pytest.approx(run.flow_time, rel=1e-9)
    assert len(lathe.lead_times) == run.finished
    assert sum(station.times.values()) == pytest.approx(run.duration)
    assert station.times["setup"] == pytest.approx(station.setups * inputs.setup, abs=inputs.setup)
    assert run.wip == pytest.approx(run.throughput * run.flow_time, rel=0.12)  # the ends of a run are in it
    assert np.all(np.diff([lathe.shafts.ordered, lathe.shafts.released, lathe.shafts.started], axis=0) >= -1e-6)
    assert np.all(lathe.shafts.left >= lathe.shafts.ended - 1e-9)


def test_a_whole_lot_moves_on_at_once_and_one_by_one_costs_no_more() -> None:
    whole, one = traced(read(batch=40), 5), traced(read(batch=40, move="one"), 5)
    moments = whole.shafts.left[whole.done]
    assert set(np.unique(moments, return_counts=True)[1].tolist()) <= {40, 80}
    assert np.array_equal(whole.shafts.started, one.shafts.started)
    assert lead(one) < lead(whole)


def lead(lathe: LatheRun) -> float:
    return float(lathe.lead_times.mean())


def test_lead_time_by_lot_size_is_a_u_and_a_shorter_changeover_moves_it_down() -> None:
    leads = [mean("lead_time", batch=lot) for lot in (25, 31, 80, 160)]
    assert min(leads) == leads[1]
    assert leads[3] > 3 * leads[1]
    assert mean("lead_time", batch=15, setup=5.5) < 0.5 * leads[1]


def test_one_lathe_cannot_keep_up_with_lots_below_the_least() -> None:
    inputs = read(batch=15)
    assert inputs.batch < 0.7 * least_batch(inputs.rate, inputs.setup, inputs.turning)
    assert mean("busy", range(1, 4), batch=15) > 99.9
    assert mean("output", range(1, 4), batch=15) < 0.97 * inputs.demand
    said = LOTS.run(inputs, 1).notes
    assert any(note.startswith("The lathe does not keep up") for note in said)


def test_rounds_bring_every_length_up_and_the_shortest_is_the_librarys() -> None:
    inputs = read(plan="wheel", interval=10.0)
    assert 10.0 < mean("every", plan="wheel", interval=10.0) < 15.0  # a round goes on with the last one's length
    free = 60.0 * shortest_interval(inputs) * (1.0 - inputs.load)
    assert free == pytest.approx(3 * inputs.setup)
    assert mean("promise", plan="wheel", interval=7.5) < mean("promise", batch=60)


def test_the_sheet_adds_up_and_what_is_bought_is_paid_for() -> None:
    assert sum(step.today for step in changeover.STEPS) == changeover.TODAY
    assert sum(step.after for step in changeover.STEPS) == pytest.approx(3.0)
    for minutes in np.arange(3.0, 40.5, 0.5):
        assert sum(changeover.minutes_after(float(minutes))) == pytest.approx(minutes, abs=0.03)
    prices = [one.cost / saved for one, saved in zip(changeover.IMPROVEMENTS, changeover.SAVED, strict=True)]
    assert prices == sorted(prices)
    assert changeover.cost_of(12.0) == 900.0
    assert changeover.cost_of(11.5) == 3500.0


@pytest.mark.parametrize("choices", [*CASES, {"batch": 300, "demand": 60, "days": 20}, {"batch": 2}])
def test_a_run_and_its_measures_agree_and_the_trace_is_whole(choices: dict[str, Any]) -> None:
    inputs = LOTS.Inputs.read(choices)
    outcome = LOTS.run(inputs, 7)
    found = LOTS.measures(inputs, [7])
    assert {m.name: [m.value] for m in outcome.measures} == found
    trace = outcome.trace
    assert trace is not None
    assert all(len(column) == len(trace.t) for column in trace.columns.values())
    assert list(trace.t) == sorted(trace.t)
    assert trace.t[-1] == 2 * DAY


def test_the_curve_passes_through_the_run_itself() -> None:
    outcome = LOTS.run(LOTS.Inputs.read({"batch": 55}), 4)
    curve = outcome.chart("curve")
    assert curve.series[0].y[curve.series[0].x.index(55.0)] == curve.marks[0].y
    assert curve.marks[0].y == pytest.approx(outcome.measure("lead_time").value, abs=1e-3)


def test_the_defaults_are_the_plants() -> None:
    assert all(sum(shares) == pytest.approx(1.0) for shares in SHARES.values())
    with pytest.raises(ValueError, match="Enter a whole number from 1 to 300 shafts"):
        LOTS.Inputs.read({"batch": 0})
