"""Lot sizes: optima that nothing beats, plans that meet demand, batches against lead time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    Product,
    batch_lead_time,
    best_batch,
    common_cycle,
    economic_order_quantity,
    economic_production_quantity,
    least_batch,
    lot_cost,
    mm1,
    wagner_whitin,
)

POSITIVE = st.floats(0.01, 1000.0)


@given(POSITIVE, POSITIVE, POSITIVE, st.floats(1.01, 50.0), st.floats(0.1, 10.0))
def test_no_other_lot_is_cheaper(setup: float, holding: float, demand: float, speed: float, factor: float) -> None:
    best = economic_production_quantity(setup, holding, demand, demand * speed)
    other = lot_cost(best.quantity * factor, setup, holding, demand, demand * speed)
    assert other.cost >= best.cost * (1 - 1e-12)
    assert other.cost / best.cost == pytest.approx((factor + 1 / factor) / 2)  # the flat bottom of the curve


def test_instant_production_is_an_order() -> None:
    assert economic_production_quantity(8, 0.225, 1300, 1e15).quantity == pytest.approx(
        economic_order_quantity(8, 0.225, 1300).quantity
    )


def cheapest_by_trying_all(demand: list[int], setup: float, holding: list[float]) -> float:
    """Every choice of periods in which to produce: the oracle."""
    costs = []
    for choice in itertools.product((False, True), repeat=len(demand)):
        cost, held, source = 0.0, 0.0, None
        for t, wanted in enumerate(demand):
            source = t if choice[t] else source
            cost += setup * choice[t]
            if wanted and source is None:
                cost = float("inf")
                break
            held = sum(holding[source:t]) if source is not None else 0.0
            cost += held * wanted
        costs.append(cost)
    return min(costs)


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0.0, 5.0)), min_size=1, max_size=7), st.floats(0.0, 100.0))
def test_wagner_whitin_is_as_cheap_as_trying_all(periods: list[tuple[int, float]], setup: float) -> None:
    demand, holding = [d for d, _ in periods], [h for _, h in periods]
    plan = wagner_whitin(demand, setup, holding)
    assert plan.cost == pytest.approx(cheapest_by_trying_all(demand, setup, holding))
    assert sum(plan.lots) == pytest.approx(sum(demand))
    stated = sum(setup for lot in plan.lots if lot) + sum(h * s for h, s in zip(holding, plan.stock, strict=True))
    assert plan.cost == pytest.approx(stated)


def test_unit_costs_that_rise_pull_production_forward() -> None:
    assert wagner_whitin([10, 10], 1.0, 0.5, unit_cost=[1.0, 9.0]).lots == (20.0, 0.0)


def test_setups_that_fill_the_machine_set_the_cycle() -> None:
    cheap = [Product(name, 10, 40, 2.0, 0.01, 1.0) for name in "AB"]
    found = common_cycle(cheap)
    assert found.cycle == found.least_cycle == 8.0
    assert found.utilization == pytest.approx(1.0)


def test_a_full_machine_has_no_cycle() -> None:
    with pytest.raises(InvalidInput, match=r"must leave time for setups.*but got 1\.0\. Take products off"):
        common_cycle([Product(name, 20, 40, 0.0, 1.0, 1.0) for name in "AB"])


def test_a_batch_of_one_without_setup_is_a_plain_queue() -> None:
    assert batch_lead_time(1, 0.8, 0.0, 1.0).lead_time == pytest.approx(mm1(0.8, 1.0).W)


@given(st.floats(0.05, 0.95), st.floats(0.01, 20.0), st.floats(0.1, 5.0))
def test_no_neighboring_batch_has_a_shorter_lead_time(load: float, setup: float, unit_time: float) -> None:
    rate = load / unit_time
    best = best_batch(rate, setup, unit_time)
    sizes = [
        size for size in (best.size - 1, best.size + 1) if size >= 1 and size > least_batch(rate, setup, unit_time)
    ]
    assert all(batch_lead_time(size, rate, setup, unit_time).lead_time >= best.lead_time * (1 - 1e-9) for size in sizes)


def test_a_batch_too_small_to_keep_up_is_told_the_least() -> None:
    with pytest.raises(InvalidInput) as refused:
        batch_lead_time(3, 0.4, 5, 1)
    assert str(refused.value) == (
        "batch size: must be above 3.33333 to keep up with demand, but got 3. "
        "Make batches larger than 3.33333, or cut the setup."
    )
