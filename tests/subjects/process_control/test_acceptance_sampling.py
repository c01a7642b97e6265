"""Sampling plans: what they let through, what they cost, and how one is found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    DoublePlan,
    SinglePlan,
    VariablesPlan,
    acceptance,
    average_outgoing_quality,
    average_sample_number,
    average_total_inspection,
    code_letter,
    find_single_plan,
    find_variables_plan,
    normal_plan,
    outgoing_quality_limit,
    sequential_acceptance,
    sequential_plan,
    variables_acceptance,
)

DOUBLE = DoublePlan(50, 100, 1, 4, 4)


@given(st.integers(1, 200), st.integers(0, 8), st.floats(0.0, 1.0))
@settings(max_examples=40)
def test_single_plans_agree_with_scipy(n: int, accept: int, p: float) -> None:
    if accept >= n:
        return
    plan = SinglePlan(n, accept)
    assert acceptance(plan, p) == pytest.approx(stats.binom.cdf(accept, n, p), abs=1e-12)
    lot = 500
    exact = stats.hypergeom.cdf(accept, lot, round(lot * p), n)
    assert acceptance(plan, p, kind="hypergeometric", lot=lot) == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize("kind", ["binomial", "poisson", "hypergeometric"])
def test_worse_lots_are_accepted_less(kind: str) -> None:
    for plan in (SinglePlan(80, 2), DOUBLE):
        chances = [acceptance(plan, p, kind=kind, lot=1000) for p in np.linspace(0, 0.2, 41)]
        assert chances[0] == pytest.approx(1.0)
        assert bool(np.all(np.diff(chances) <= 1e-12))


def test_a_double_plan_does_what_it_says() -> None:
    rng, p, trials = np.random.default_rng(1), 0.03, 40_000
    first, second = rng.binomial(50, p, trials), rng.binomial(100, p, trials)
    again = (first > 1) & (first < 4)
    accepted = (first <= 1) | (again & (first + second <= 4))
    assert acceptance(DOUBLE, p) == pytest.approx(accepted.mean(), abs=0.01)
    assert average_sample_number(DOUBLE, p) == pytest.approx(50 + 100 * again.mean(), abs=1.5)
    inspected = np.where(accepted, np.where(again, 150, 50), 2000)
    assert average_total_inspection(DOUBLE, p, 2000) == pytest.approx(inspected.mean(), rel=0.01)


def test_no_incoming_quality_gets_worse_out_than_the_limit() -> None:
    limit, at = outgoing_quality_limit(SinglePlan(89, 2), 10_000)
    assert limit == pytest.approx(0.01525, abs=1e-5)
    others = [average_outgoing_quality(SinglePlan(89, 2), p, 10_000) for p in np.linspace(0.001, 0.2, 400)]
    assert max(others) <= limit + 1e-12
    assert 0.02 < at < 0.03


@given(st.floats(0.002, 0.04), st.floats(2.5, 8.0))
@settings(max_examples=15)
def test_a_found_plan_holds_both_risks_and_none_smaller_does(good: float, ratio: float) -> None:
    bad = min(0.5, good * ratio)
    plan = find_single_plan(good, bad)
    assert acceptance(plan, good) >= 0.95
    assert acceptance(plan, bad) <= 0.10
    smaller = SinglePlan(plan.n - 1, plan.accept)
    assert acceptance(smaller, good) < 0.95 or acceptance(smaller, bad) > 0.10


@pytest.mark.parametrize("known", [True, False])
def test_a_variables_plan_holds_both_risks_and_does_what_it_says(known: bool) -> None:
    plan = find_variables_plan(0.01, 0.06, sigma_known=known)
    assert variables_acceptance(plan, 0.01) == pytest.approx(0.95, abs=1e-6)
    assert variables_acceptance(plan, 0.06) <= 0.10
    drawn = np.random.default_rng(2).normal(size=(20_000, plan.n))
    spread = 1.0 if known else drawn.std(axis=1, ddof=1)
    accepted = (stats.norm.isf(0.03) - drawn.mean(axis=1)) / spread >= plan.k
    assert variables_acceptance(plan, 0.03) == pytest.approx(accepted.mean(), abs=0.015)
    assert plan.n < find_single_plan(0.01, 0.06).n


def test_a_sequential_plan_keeps_its_risks_with_fewer_parts() -> None:
    plan = sequential_plan(0.01, 0.06)
    (good, parts_good), (bad, parts_bad) = (sequential_acceptance(plan, p) for p in (0.01, 0.06))
    assert good >= 0.95
    assert bad <= 0.10
    assert max(parts_good, parts_bad) < find_single_plan(0.01, 0.06).n
    assert plan.decide(0, 10) == "continue"
    assert plan.decide(0, 44) == "accept"
    assert plan.decide(3, 10) == "reject"


def test_the_military_standard_follows_its_arrows() -> None:
    assert code_letter(1000) == "J"
    assert normal_plan(1000, 1.0) == SinglePlan(80, 2)
    assert normal_plan(1000, 0.25) == SinglePlan(50, 0)  # up to letter H
    assert normal_plan(1000, 0.40) == SinglePlan(125, 1)  # down to letter K
    assert normal_plan(1000, 0.065) == SinglePlan(200, 0)  # down to the first plan
    assert normal_plan(200_000, 10.0) == SinglePlan(125, 21)  # up to the largest number


def test_stricter_quality_never_accepts_more_in_the_military_standard() -> None:
    for lot in (10, 100, 1000, 10_000, 1_000_000):
        chances = [acceptance(normal_plan(lot, aql), 0.02) for aql in (0.1, 0.25, 0.65, 1.5, 4.0)]
        assert bool(np.all(np.diff(chances) >= -1e-12))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SinglePlan(5, 5), "accept: must be a whole number from 0 to 4"),
        (lambda: DoublePlan(50, 50, 3, 4, 4), "accept1, reject1, accept2: must leave counts between"),
        (lambda: acceptance(SinglePlan(5, 0), 1.2), "p: must be a share from 0 to 1"),
        (lambda: acceptance(SinglePlan(5, 0), 0.1, kind="hypergeometric"), "lot: must be given"),
        (lambda: average_total_inspection(SinglePlan(50, 0), 0.1, 20), "lot: must be at least the sample (50)"),
        (lambda: find_single_plan(0.05, 0.01), "good: must be above 0 and below the bad share"),
        (lambda: sequential_plan(0.01, 0.05, producer_risk=0.7, consumer_risk=0.4), "risks: must be above 0"),
        (lambda: variables_acceptance(VariablesPlan(5, 1.0, True), 0.0), "p: must be between 0 and 1"),
        (lambda: code_letter(1), "lot: must be a whole number of at least 2"),
        (lambda: normal_plan(100, 1.1), "aql: must be one of 0.01"),
    ],
)
def test_what_makes_no_plan_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert str(refusal.value).startswith(message)
