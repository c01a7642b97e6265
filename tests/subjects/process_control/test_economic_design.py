"""Charts that cost least: the formula against simulated cycles, and what must hold whatever things cost."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from techamp.contract import InvalidInput
from techamp.subjects.process_control import ChartCosts, economic_design, hourly_cost

BOTTLES = ChartCosts(0.05, 2.0, 1.0, 0.1, 50.0, 25.0, 100.0, hours_per_part=0.0167, search_hours=1.0)
FOUNDRY = ChartCosts(
    0.02, 0.86, 2.0, 4.22, 977.4, 977.4, 949.2, in_control=114.24, hours_per_part=0.083, false_alarm_hours=0.5,
    search_hours=0.083, repair_hours=0.75, runs_in_search=False, runs_in_repair=False,
)  # fmt: skip


def simulated(costs: ChartCosts, n: int, h: float, k: float, cycles: int, seed: int) -> tuple[float, float]:
    """Cost per hour over many cycles, and its standard error."""
    rng = np.random.default_rng(seed)
    found = hourly_cost(costs, n, h, k)
    cause = rng.exponential(1.0 / costs.cause_rate, cycles)
    before = np.floor(cause / h)
    alarms = rng.binomial(before.astype(np.int64), found.false_alarm)
    signal = rng.geometric(found.detection, cycles)
    out = h * (before + signal) - cause + n * costs.hours_per_part
    out = out + costs.runs_in_search * costs.search_hours + costs.runs_in_repair * costs.repair_hours
    stops = (not costs.runs_in_search) * alarms * costs.false_alarm_hours
    stops = stops + (not costs.runs_in_search) * costs.search_hours + (not costs.runs_in_repair) * costs.repair_hours
    length = cause + out + stops
    spent = costs.in_control * cause + costs.shifted * out + costs.false_alarm * alarms + costs.repair
    spent = spent + (costs.per_sample + costs.per_part * n) / h * (cause + out)
    rate = float(spent.sum() / length.sum())
    return rate, float(np.std(spent - rate * length) / math.sqrt(cycles) / length.mean())


@pytest.mark.parametrize(
    ("costs", "n", "h", "k"), [(BOTTLES, 5, 0.8, 3.0), (FOUNDRY, 10, 2.0, 2.2), (FOUNDRY, 3, 5.0, 1.5)]
)
def test_the_formula_gives_the_cost_of_simulated_cycles(costs: ChartCosts, n: int, h: float, k: float) -> None:
    rate, error = simulated(costs, n, h, k, 200_000, 1986)
    assert hourly_cost(costs, n, h, k).total == pytest.approx(rate, abs=4 * error)


@pytest.mark.parametrize("costs", [BOTTLES, FOUNDRY])
def test_no_neighbor_of_the_best_design_costs_less(costs: ChartCosts) -> None:
    best = economic_design(costs)
    for n in (best.n - 1, best.n, best.n + 1):
        for h in (0.97, 1.0, 1.03):
            for k in (0.98, 1.0, 1.02):
                assert hourly_cost(costs, n, best.interval * h, best.limits * k).total >= best.cost.total - 1e-9


def test_the_parts_add_up_to_the_total() -> None:
    one = hourly_cost(FOUNDRY, 5, 1.0, 2.5)
    assert one.sampling + one.bad_parts + one.searches + one.repairs == pytest.approx(one.total, rel=1e-14)


def test_money_in_cents_changes_no_design() -> None:
    money = ("per_sample", "per_part", "false_alarm", "repair", "shifted", "in_control")
    cents: dict[str, Any] = {name: 100.0 * getattr(BOTTLES, name) for name in money}
    one, other = economic_design(BOTTLES), economic_design(replace(BOTTLES, **cents))
    assert (other.n, other.interval, other.limits) == pytest.approx((one.n, one.interval, one.limits), rel=1e-4)
    assert other.cost.total == pytest.approx(100.0 * one.cost.total, rel=1e-8)


def test_a_larger_shift_needs_fewer_parts_and_a_dearer_alarm_wider_limits() -> None:
    assert economic_design(replace(BOTTLES, shift=1.0)).n > economic_design(BOTTLES).n > economic_design(
        replace(BOTTLES, shift=4.0)
    ).n  # fmt: skip
    assert economic_design(replace(BOTTLES, false_alarm=500.0)).limits > economic_design(BOTTLES).limits


def test_people_who_bear_few_false_alarms_get_wider_limits_and_pay_for_it() -> None:
    free, held = economic_design(FOUNDRY), economic_design(FOUNDRY, most_false_alarms=0.0027)
    assert free.limits < 2.9 < held.limits
    assert held.cost.false_alarm <= 0.0027 + 1e-12
    assert held.cost.total > free.cost.total


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cause_rate": 0.0}, "cause_rate: must be greater than 0"),
        ({"shift": math.nan}, "shift: must be a finite number of 0 or more"),
        ({"shifted": 0.0, "in_control": 5.0}, r"shifted: must be more than the cost in control \(5\)"),
        ({"per_sample": 0.0, "per_part": 0.0}, "per_part: must be above 0 where a sample costs nothing"),
    ],
)
def test_costs_that_cannot_be_are_refused(changes: dict[str, float], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        replace(BOTTLES, **changes)


@pytest.mark.parametrize(("n", "h", "k"), [(0, 1.0, 3.0), (5, 0.0, 3.0), (5, 1.0, math.inf)])
def test_designs_that_cannot_be_are_refused(n: int, h: float, k: float) -> None:
    with pytest.raises(InvalidInput):
        hourly_cost(BOTTLES, n, h, k)
