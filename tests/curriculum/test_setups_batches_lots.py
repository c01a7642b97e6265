"""Setups, batches, lot sizes: the lecture's numbers are the library's and the engine's; challenges reward a plan."""

from __future__ import annotations

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
    Line,
    Product,
    batch_lead_time,
    common_cycle,
    economic_order_quantity,
    least_batch,
    lot_cost,
)
from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches import changeover
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.inputs import SetupsAndBatchesInputs
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.lathe_run import run_lathe, traced
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.pictures import lead_parts

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "manufacturing_systems" / "05-setups-batches-lots"
LECTURE = (MODULE / "lecture.md").read_text(encoding="utf-8")
PLANT = yaml.safe_load((MODULE.parents[2] / "plant.yaml").read_text(encoding="utf-8"))
LOTS = registry.simulation("manufacturing_systems.setups_and_batches")


def said(*numbers: str) -> None:
    assert [n for n in numbers if n not in LECTURE] == []


def plant(*path: str) -> float:
    found: Any = PLANT
    for key in path:
        found = found[key]
    return float(found["value"])


RATE = 1 / plant("demand", "takt_time")
SETUP = plant("lathe", "setup_time")
TURNING = plant("lathe", "cycle_time") * (1 + plant("lathe", "mttr") / plant("lathe", "mttf"))


@cache
def mean(name: str, **choices: Any) -> float:
    return float(np.mean(LOTS.measures(LOTS.Inputs.read(choices), list(range(100, 106)))[name]))


@cache
def year(**choices: Any) -> float:
    """Mean lead time over six runs of a year, h."""
    inputs = SetupsAndBatchesInputs.read({"days": 250, **choices})
    return float(np.mean([run_lathe(inputs, seed, trace=False).flow_time for seed in range(6)])) / 60.0


def shortest_round(setup: float) -> float:
    shares = [plant("demand", f"{length}_share") / 100 for length in ("short", "standard", "long")]
    return common_cycle([Product("shaft", RATE * s, 1 / TURNING, setup, 0.0, 1.0) for s in shares]).least_cycle


def test_the_simulation_begins_as_the_plant_is() -> None:
    inputs = SetupsAndBatchesInputs()
    assert (inputs.setup, inputs.cycle_time, inputs.batch) == (SETUP, plant("lathe", "cycle_time"), 120)
    assert (inputs.mttf, inputs.mttr) == (plant("lathe", "mttf"), plant("lathe", "mttr"))
    assert inputs.rate == RATE
    assert [100 * s for s in inputs.shares] == [plant("demand", f"{n}_share") for n in ("short", "standard", "long")]
    assert inputs.batch == plant("lathe", "batch_size")


def test_what_changeovers_take_is_the_librarys() -> None:
    for lot in (120, 60, 40, 30):
        busy = 100 * batch_lead_time(lot, RATE, SETUP, TURNING).utilization
        assert re.search(rf"\| {lot} \| {SETUP / lot:.2f} min \| \**{busy:.1f} %\** \|", LECTURE)
    assert f"{least_batch(RATE, SETUP, TURNING):.1f}" == "28.1"
    for setup, text in ((18.0, "28.1"), (12.0, "18.7"), (8.0, "12.5"), (3.0, "4.7")):
        assert f"{least_batch(RATE, setup, TURNING) - 1e-9:.1f}" == text
        assert re.search(rf"\| {setup:g} \| [$,\d]* ?\| {text} \|", LECTURE)


def test_where_the_hours_go_is_the_engines() -> None:
    found = [lead_parts(traced(SetupsAndBatchesInputs(), seed)) for seed in range(6)]
    parts = {name: float(np.mean([one[name] for one in found])) for name in found[0]}
    assert parts["gather"] == pytest.approx(12.0, abs=0.15)
    assert parts["queue"] == pytest.approx(6.5, abs=0.5)
    assert parts["lot"] == pytest.approx(3.3, abs=0.1)
    assert batch_lead_time(120, RATE / 4, 0, 3.0).collecting / 60 == pytest.approx(15.9, abs=0.05)


@pytest.mark.parametrize(
    ("lot", "long", "short"), [(25, 12.9, 4.9), (31, 7.2, 5.8), (60, 11.2, 10.8), (120, 21.8, 21.4)]
)
def test_the_table_of_lead_times_is_the_simulations(lot: int, long: float, short: float) -> None:
    assert re.search(rf"\| {lot} \| \**{long} h\** \| {short} h \|", LECTURE)
    assert year(batch=lot) == pytest.approx(long, rel=0.2 if lot == 25 else 0.04)  # 25 is taken up 99 %
    assert year(batch=lot, setup=8.0) == pytest.approx(short, rel=0.03)


@pytest.mark.parametrize(("setup", "best", "lead"), [(18.0, 31, 7.2), (12.0, 22, 5.2), (8.0, 15, 3.7), (3.0, 7, 1.8)])
def test_the_best_lot_of_each_changeover_is_told(setup: float, best: int, lead: float) -> None:
    said(f"| {lead} h |")
    assert year(setup=setup, batch=best) == pytest.approx(lead, abs=0.16)
    assert year(setup=setup, batch=best) < year(setup=setup, batch=round(1.35 * best))
    assert year(setup=setup, batch=best) < year(setup=setup, batch=int(0.8 * best))
    cost = changeover.cost_of(setup)
    assert not cost or f"${cost:,.0f}" in LECTURE


def test_rounds_are_told_as_they_are() -> None:
    for setup, hours in ((18, "5.6 h"), (12, "3.8 h"), (8, "2.5 h"), (3, "0.9 h")):
        assert f"{shortest_round(setup) / 60 + 1e-9:.1f} h" == hours
        said(f"| {setup} min | {hours} |")
    assert year(plan="wheel", interval=6.0) == pytest.approx(6.4, abs=0.06)
    assert mean("promise", plan="wheel", interval=6) == pytest.approx(10.0, abs=0.5)
    assert mean("promise", batch=31) == pytest.approx(12.0, abs=1.3)  # so close to full, luck is large


def test_the_motors_of_the_plant_and_their_flat_curve() -> None:
    holding = plant("suppliers", "holding_rate") / 100 * plant("bom", "motor")
    order, year = plant("suppliers", "motor", "order_cost"), plant("demand", "per_year")
    best = economic_order_quantity(order, holding, year)
    assert round(best.quantity, -1) == plant("suppliers", "motor", "order_quantity") == 1030
    said(f"**${best.cost:,.0f}**")
    for lot in (515, 2060):
        assert lot_cost(lot, order, holding, year).cost == pytest.approx(11_612, abs=6)


def moved(lot: int, move: int, first: float, second: float) -> float:
    """When a lot is done at the second of two machines, by the engine."""
    line = Line("two").station("first", time=first, move_batch=move).station("second", time=second)
    arrivals = {"between": 1.0, "first": 0.0, "batch": lot, "count": 1}
    model = line.product("part", ["first", "second"], arrivals=arrivals).model()
    return float(simulate(model, 1, parts=lot).until)


@pytest.mark.parametrize(("move", "done"), [(60, 324), (12, 218), (1, 194)])
def test_smaller_baskets_finish_a_lot_sooner(move: int, done: float) -> None:
    first, second = plant("lathe", "cycle_time"), plant("press", "cycle_time")
    assert moved(60, move, first, second) == pytest.approx(done, abs=0.5)
    assert re.search(rf"\| \**{done} min\** \|", LECTURE)


def test_formulas_that_stand_in_items_hold_against_the_engine() -> None:
    for lot, basket, first, second in ((48, 6, 1.5, 0.8), (60, 12, 2.0, 1.2), (72, 12, 2.5, 1.0), (40, 10, 1.5, 1.0)):
        assert moved(lot, basket, first, second) == pytest.approx(lot * first + basket * second)  # lot-basket, move-1
    for lot, rate, setup in ((80, 40, 24), (60, 50, 18)):  # change-hours
        share = batch_lead_time(lot, rate / 60, setup, 0.5).utilization - rate / 60 * 0.5
        assert 80 * share == pytest.approx(rate * 80 / lot * setup / 60)


def passes(name: str, plan: dict[str, Any], first: int) -> bool:
    challenge = Challenge.model_validate(yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8")))
    assert set(plan) <= set(challenge.free)
    inputs = LOTS.Inputs.read({**challenge.inputs, **plan})
    return all(verdict.met for verdict in grade(challenge, inputs, list(range(first, first + challenge.seeds))))


FIFTH, SIX = "challenge-fifth-lead-time", "challenge-six-lengths"


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        (FIFTH, {"setup": 8.0, "batch": 16}),
        (FIFTH, {"setup": 8.0, "batch": 18}),
        (SIX, {"plan": "wheel", "interval": 6.0}),
    ],
)
def test_a_good_plan_passes_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert [passes(name, plan, first) for first in (1000, 2000)] == [True, True]


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        (FIFTH, {"batch": 31}),
        (FIFTH, {"setup": 8.0}),
        (FIFTH, {"setup": 8.0, "batch": 12}),
        (FIFTH, {"setup": 12.0, "batch": 21}),
        (FIFTH, {"setup": 5.5, "batch": 11}),
        (SIX, {"batch": 15}),
        (SIX, {"batch": 18}),
        (SIX, {"plan": "wheel"}),
        (SIX, {"plan": "wheel", "interval": 4.0}),
    ],
)
def test_a_naive_plan_fails_its_challenge(name: str, plan: dict[str, Any]) -> None:
    assert not passes(name, plan, 1000)
