"""The lot inspector against the theory of its plans."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.process_control import (
    Switching,
    acceptance,
    average_outgoing_quality,
    average_total_inspection,
    long_run,
    standard_plan,
    standard_scheme,
)
from techamp.subjects.process_control.simulations.lot_inspector.inputs import LotInputs, policy, prices, supplier
from techamp.subjects.process_control.simulations.lot_inspector.receiving import (
    INSPECTIONS,
    REJECTED,
    Lots,
    receive,
    values,
)

LOT_INSPECTOR = registry.simulation("process_control.lot_inspector")
SEEDS = list(range(40))


def received(seed: int, **given: Any) -> Lots:
    inputs = LotInputs.read(given)
    return receive(seed, inputs.lots, inputs.lot_size, supplier(inputs), policy(inputs), prices(inputs))


def steady(p: float, **given: Any) -> list[Lots]:
    """Many lots from a supplier that does not shift."""
    return [received(seed, lots=200, good_share=100 * p, bad_begins=0, **given) for seed in SEEDS]


@pytest.mark.parametrize("sampling", ["single", "double", "multiple"])
def test_a_steady_supplier_meets_the_plan_of_theory(sampling: str) -> None:
    p, plan = 0.02, standard_plan(250, 1.0, sampling=sampling)
    runs = steady(p, switching="off", sampling=sampling)
    accepted = np.mean([np.mean(np.array(run.verdict) != REJECTED) for run in runs])
    inspected = np.mean([run.inspected for run in runs])
    escaped = np.mean([run.escaped for run in runs]) / 250
    assert accepted == pytest.approx(acceptance(plan, p), abs=0.015)
    assert inspected == pytest.approx(average_total_inspection(plan, p, 250), rel=0.03)
    assert escaped == pytest.approx(average_outgoing_quality(plan, p, 250), rel=0.05)


def test_with_switching_it_meets_the_long_run_of_the_chain() -> None:
    p = 0.006
    theory = long_run(standard_scheme(250, 1.0), p)
    # The chain has no stop of the supplier: with so few rejected lots it hardly happens.
    runs = steady(p)
    shares = [np.mean([np.array(run.inspection[40:]) == k for run in runs]) for k in range(3)]
    for name, share in zip(INSPECTIONS, shares, strict=False):
        assert share == pytest.approx(theory.shares[name], abs=0.035)


def test_every_verdict_and_every_switch_follows_from_the_rules() -> None:
    inputs = LotInputs.read({"bad_begins": 10})
    plans, switched = policy(inputs).plans, set()
    for seed in SEEDS[:10]:
        run, state = received(seed, bad_begins=10), Switching(stop="ten_on_tightened")
        for k, verdict in enumerate(run.verdict):
            assert INSPECTIONS[run.inspection[k]] == state.inspection
            plan = plans[state.inspection].stages
            assert (verdict == REJECTED) == (run.found[k] >= plan.rejects[0])
            state = state.after(verdict != REJECTED, run.found[k] <= (plan.accepts[0] or 0), run.found[k])
            switched.add(state.inspection)
            assert run.stopped[k] == (state.inspection == "discontinued")
            if run.stopped[k]:
                state = Switching("tightened", stop="ten_on_tightened")
    assert {"normal", "tightened", "reduced"} <= switched


def test_the_money_adds_up() -> None:
    for given in ({}, {"plan": "none"}, {"plan": "all"}, {"plan": "own", "rejected": "give_back"}):
        inputs, run = LotInputs.read(given), received(3, **given)
        rejected = sum(v == REJECTED for v in run.verdict)
        total = sum(run.inspected) * 0.81 + sum(run.escaped) * 86.5 + rejected * 45.0
        assert sum(run.cost) == pytest.approx(total)
        outcome = LOT_INSPECTOR.run(inputs, 3)
        assert outcome.measure("cost_per_lot").value == pytest.approx(total / 60)
        assert next(c for c in outcome.charts if c.name == "bill").series[0].y == pytest.approx(
            (sum(run.inspected) * 0.81, rejected * 45.0, sum(run.escaped) * 86.5), abs=0.01
        )


def test_luck_is_shared_and_a_smaller_sample_is_part_of_a_larger_one() -> None:
    small, large = (received(5, plan="own", n=n, accept=20) for n in (20, 80))
    assert small.bad == large.bad
    assert all(a <= b for a, b in zip(small.found, large.found, strict=True))


def test_nobody_beats_who_knows_each_lot() -> None:
    for given in ({"plan": "none"}, {"plan": "all"}, {"plan": "own", "n": 60}, {"sampling": "double"}):
        inputs = LotInputs.read(given)
        for seed in SEEDS:
            worked = values(received(seed, **given), inputs.lot_size, prices(inputs))
            assert worked["cost_per_lot"] >= worked["all_knowing"]


def test_measures_of_many_seeds_are_those_of_single_runs() -> None:
    inputs = LotInputs.read({"sampling": "multiple"})
    many = LOT_INSPECTOR.measures(inputs, [1, 2])
    for k, seed in enumerate((1, 2)):
        outcome = LOT_INSPECTOR.run(inputs, seed)
        assert {m.name: m.value for m in outcome.measures}.items() <= {
            n: column[k] for n, column in many.items()
        }.items()


@pytest.mark.parametrize("plan", ["none", "standard", "own", "all"])
def test_a_run_says_what_happened(plan: str) -> None:
    outcome = LOT_INSPECTOR.run(LotInputs.read({"plan": plan, "bad_begins": 20}), 2)
    assert outcome.trace is not None
    assert {len(column) for column in outcome.trace.columns.values()} == {60}
    assert "reached the line" in outcome.notes[0]
    assert {chart.name for chart in outcome.charts} >= {"lots", "costs", "bill"}


def test_an_own_sample_is_never_larger_than_the_lot() -> None:
    run = received(1, plan="own", n=250, accept=20, lot_size=50)
    assert set(run.sampled) == {50}
