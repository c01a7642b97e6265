"""The lathe: its kernel against theory, against the library's rules, and against itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import NormalDist

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.process_control import choose_rules, d2, signal_points
from techamp.subjects.process_control.constants import d3
from techamp.subjects.process_control.simulations.watch_the_lathe import kernel, plans
from techamp.subjects.process_control.simulations.watch_the_lathe.inputs import LatheInputs, plant_of, policy_of

N = 1400
QUIET = {"chip_chance": 0.0, "coolant_chance": 0.0, "wear": 0.0, "wear_cv": 0.0, "set_sigma": 0.0}


def week(seed: int, plant: dict[str, float] | None = None, **choices: object) -> plans.Week:
    inputs = LatheInputs.read(choices)
    shop = plant_of(inputs) | (plant or {})
    memory = plans.Memory(N).draw(seed)
    return plans.watch(memory, plans.flat(kernel.POLICY, policy_of(inputs)), plans.flat(kernel.PLANT, shop))


@pytest.mark.parametrize(("number", "name"), [(0, "limits_only"), (1, "western_electric"), (2, "nelson")])
def test_streaming_rules_mark_the_points_that_the_library_marks(number: int, name: str) -> None:
    rng = np.random.default_rng(number)
    for scale, decimals in ((1.0, 9), (1.6, 1), (0.5, 1), (1.0, 0)):  # rounding makes ties and points on the lines
        z = np.round(scale * rng.standard_normal(4000) + 0.2 * np.sin(np.arange(4000) / 9.0), decimals)
        ours = np.array([kernel.signal(z, k, 0, number, 3.0) for k in range(len(z))])
        assert np.array_equal(np.flatnonzero(ours), signal_points(z, name))


def test_the_rule_that_is_reported_is_one_that_the_point_breaks() -> None:
    rng = np.random.default_rng(5)
    z = np.round(1.3 * rng.standard_normal(4000), 1)
    nelson = {int(rule.id[-1]): set(signal_points(z, rule).tolist()) for rule in choose_rules("nelson")}
    for k in range(len(z)):
        rule = int(kernel.signal(z, k, 0, kernel.NELSON, 3.0))
        assert rule == min((number for number, points in nelson.items() if k in points), default=0)


def test_runs_start_anew_after_a_stop() -> None:
    z = np.full(20, 0.5)
    assert kernel.signal(z, 8, 0, kernel.NELSON, 3.0) == 2
    assert kernel.signal(z, 8, 1, kernel.NELSON, 3.0) == 0
    assert kernel.signal(z, 9, 1, kernel.NELSON, 3.0) == 2


def test_false_alarms_come_as_often_as_theory_says() -> None:
    rule_1 = ranges = points = 0
    for seed in range(300):
        found = week(seed, QUIET, subgroup=5, interval=5, reaction="keep_running", insert_every=400).points
        rule_1 += int((found[:, kernel.SIGNAL] == 1).sum())
        ranges += int((found[:, kernel.SIGNAL] == 9).sum())
        points += len(found)
    assert points == 300 * 280
    assert rule_1 / points == pytest.approx(0.0027, rel=0.25)
    assert ranges / points == pytest.approx(0.0046, rel=0.25)


def test_shafts_out_of_tolerance_are_the_tails_of_the_normal() -> None:
    quiet = QUIET | {"sigma": 2.0}
    out = sum(N - week(seed, quiet, reaction="keep_running").totals["in_spec"] for seed in range(60))
    assert out / (60 * N) == pytest.approx(2.0 * NormalDist().cdf(-4.5 / 2.0), rel=0.06)


def test_tampering_with_every_shaft_is_rule_two_of_the_funnel() -> None:
    made = [
        week(seed, QUIET, chart="i_mr", interval=1, reaction="adjust_each").shafts[1:, kernel.TRUE]
        for seed in range(20)
    ]
    expected = 2.0 * 1.2**2 + 0.3**2 + 0.1**2 / 12.0
    assert np.mean((np.concatenate(made) + 4.5) ** 2) == pytest.approx(expected, rel=0.04)


def test_planned_wear_runs_from_low_to_high_and_compensation_takes_it_off() -> None:
    still = QUIET | {"wear": 0.02}
    low = week(1, still, wear_plan="aim_low", reaction="keep_running").shafts[:, kernel.MEAN]
    flat = week(1, still, wear_plan="compensate", reaction="keep_running").shafts[:, kernel.MEAN]
    assert (low[0], low[179], low[180]) == pytest.approx((-6.3, -6.3 + 179 * 0.02, -6.3))
    assert np.max(np.abs(flat + 4.5)) <= 0.5 + 1e-9


def test_a_plotted_point_is_the_average_of_its_readings_less_the_plan() -> None:
    found = week(3, subgroup=4, interval=30, chart="xbar_s")
    readings = found.shafts[:, kernel.READING] - found.shafts[:, kernel.PLAN]
    for point in found.points:
        sample = readings[int(point[kernel.AT]) - 3 : int(point[kernel.AT]) + 1]
        assert point[kernel.VALUE] == pytest.approx(np.mean(sample))
        assert point[kernel.SPREAD] == pytest.approx(np.std(sample, ddof=1))


def test_limits_are_those_of_a_chart_with_known_sigma() -> None:
    inputs = LatheInputs.read({"subgroup": 5, "width": 3.0})
    policy, plant = plans.flat(kernel.POLICY, policy_of(inputs)), plans.flat(kernel.PLANT, plant_of(inputs))
    sigma, error, low, high = plans.chart_of(policy, plant)
    assert sigma == pytest.approx(np.sqrt(1.2**2 + 0.3**2 + 0.01 / 12))
    assert (error, low, high) == pytest.approx((5**-0.5, 0.0, d2(5) + 3 * d3(5)))


def test_every_shaft_ends_somewhere_and_the_bill_adds_up() -> None:
    for seed in range(20):
        inputs = LatheInputs.read({"chip_chance": 1.0, "coolant_chance": 1.0})
        totals = week(seed, chip_chance=1.0, coolant_chance=1.0).totals
        assert totals["scrap"] + totals["escapes"] + totals["good"] == N
        assert totals["false_alarms"] + totals["found"] == totals["signals"]
        assert totals["cost"] == pytest.approx(
            totals["checks"] * inputs.check_cost
            + totals["stop_minutes"] * inputs.stop_cost
            + totals["inserts"] * inputs.insert_cost
            + totals["scrap"] * inputs.scrap_cost
            + totals["escapes"] * inputs.escape_cost
        )


def test_a_chipped_insert_is_found_changed_and_sorted_for() -> None:
    found = next(
        w for w in (week(seed, subgroup=5, interval=20) for seed in range(50)) if len(w.faults) and w.totals["found"]
    )
    point = next(p for p in found.points if p[kernel.SIGNAL] > 0 and int(p[kernel.CAUSE]) & kernel.CHIPPED)
    at, event = int(point[kernel.AT]), found.shafts[:, kernel.EVENT].astype(int)
    assert event[at] & kernel.LOOKED
    assert event[at] & kernel.CHANGE
    assert all(event[j] & kernel.SORTED_OUT for j in range(at - 19, at - 4))
    assert not int(found.shafts[at + 1, kernel.STATE]) & kernel.CHIPPED


def test_two_policies_meet_the_same_faults() -> None:
    one = week(11, reaction="keep_running", insert_every=200, chip_chance=0.0, coolant_chance=0.5)
    two = week(
        11, reaction="adjust_each", insert_every=200, subgroup=1, interval=3, chip_chance=0.0, coolant_chance=0.5
    )
    assert len(one.faults) > 3
    assert np.array_equal(one.faults[:, kernel.BEGAN], two.faults[:, kernel.BEGAN])


def test_no_plan_of_the_grid_beats_knowing_everything() -> None:
    plant = plans.flat(kernel.PLANT, plant_of(LatheInputs.read({})))
    memory = plans.Memory(N)
    grid = [plans.flat(kernel.POLICY, plan) for plan in plans.declared_grid()[::7]]
    for seed in range(25):
        memory.draw(seed)
        assert plans.clairvoyant(memory, plant) <= min(plans.watch(memory, p, plant).cost_per_100 for p in grid)


def test_the_best_plan_is_the_cheapest_on_its_own_weeks() -> None:
    plant = plans.flat(kernel.PLANT, plant_of(LatheInputs.read({})))
    _, best = plans.best_plan(N, tuple(plant.tolist()))
    memory = plans.Memory(N)
    for plan in plans.declared_grid()[::37]:
        policy = plans.flat(kernel.POLICY, plan)
        costs = [plans.watch(memory.draw(seed), policy, plant).cost_per_100 for seed in plans.GRID_SEEDS]
        assert np.mean(costs) >= best - 1e-9


_UNCOMPILED = """
import json, warnings
warnings.simplefilter("ignore")
from techamp.subjects.process_control.simulations.watch_the_lathe import kernel, plans
from techamp.subjects.process_control.simulations.watch_the_lathe.inputs import LatheInputs, plant_of, policy_of
inputs = LatheInputs.read({"rules": "nelson", "subgroup": 3, "interval": 9, "chip_chance": 1.0, "coolant_chance": 1.0})
memory = plans.Memory(300).draw(5)
week = plans.watch(memory, plans.flat(kernel.POLICY, policy_of(inputs)), plans.flat(kernel.PLANT, plant_of(inputs)))
numbers = [*week.totals.values(), *week.shafts.ravel().tolist(), *week.points.ravel().tolist()]
print(json.dumps([value.hex() for value in numbers]))
"""


def test_compiled_and_uncompiled_kernel_give_the_same_bits() -> None:
    def told(disable: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", _UNCOMPILED],
            env=os.environ | {"TECHAMP_UNCOMPILED": disable},
            capture_output=True,
            text=True,
            check=True,
        )
        return list(json.loads(done.stdout))

    assert told("1") == told("0")


def test_an_i_mr_chart_takes_one_shaft_and_says_so() -> None:
    lathe = registry.simulation("process_control.watch_the_lathe")
    outcome = lathe.run(lathe.Inputs.read({"chart": "i_mr", "subgroup": 5}), 1)
    assert "An I-MR chart plots single shafts, so each sample was one shaft." in outcome.notes
    assert outcome.trace.fixed["size"] == 1


def test_the_replay_ends_with_the_bill_of_the_run() -> None:
    lathe = registry.simulation("process_control.watch_the_lathe")
    outcome = lathe.run(lathe.Inputs.read({"chip_chance": 0.5}), 2)
    bill = next(table for table in outcome.tables if table.name == "bill")
    assert outcome.trace.columns["c"][-1] == pytest.approx(sum(row[1] for row in bill.rows), abs=0.05)


def test_the_clock_counts_every_cut_and_every_stop() -> None:
    lathe = registry.simulation("process_control.watch_the_lathe")
    for reaction in ("find_cause", "adjust_on_signal"):  # samples every 30: nothing stops after the last shaft
        inputs = lathe.Inputs.read({"chip_chance": 0.5, "coolant_chance": 0.5, "interval": 30, "reaction": reaction})
        outcome = lathe.run(inputs, 2)
        stops = dict(next(table for table in outcome.tables if table.name == "bill").rows)["Stops"]
        assert stops > 50.0
        assert outcome.trace.t[-1] == pytest.approx(1400 * 3.2 + stops / inputs.stop_cost, abs=0.1)


def test_one_shift_is_140_shafts() -> None:
    lathe = registry.simulation("process_control.watch_the_lathe")
    assert len(lathe.run(lathe.Inputs.read({"run": "shift"}), 1).trace.t) == 140
