"""The standard's tables and switching rules, and the plans that inspect less when quality is good."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    ContinuousPlan,
    DoublePlan,
    MultiplePlan,
    SinglePlan,
    SkipLotPlan,
    Switching,
    acceptance,
    average_sample_number,
    average_total_inspection,
    clear_acceptance,
    code_letter,
    continuous_inspected,
    continuous_quality_limit,
    find_double_plan,
    find_single_plan,
    least_inspection_for_lots,
    least_inspection_for_quality,
    long_run,
    lots_until_discontinued,
    outgoing_quality_limit,
    plan_of_letter,
    skip_lot_acceptance,
    skip_lot_inspected,
    staged_plan_of_letter,
    standard_plan,
    standard_scheme,
)
from techamp.subjects.process_control.sampling.military_standard import AQLS, INSPECTIONS, LETTERS
from techamp.subjects.process_control.sampling.switching import Scheme, chances

SCHEME = standard_scheme(1000, 1.0)


@pytest.mark.parametrize(
    ("letter", "aql", "inspection", "plan"),
    [
        ("K", 1.5, "normal", (125, 5, 6)),
        ("K", 1.5, "tightened", (125, 3, 4)),
        ("K", 1.5, "reduced", (50, 2, 5)),
        ("J", 1.0, "reduced", (32, 1, 3)),
        ("R", 0.015, "tightened", (1250, 0, 1)),  # up to letter Q
        ("Q", 0.025, "tightened", (3150, 1, 2)),  # down to the extra row S
        ("A", 10.0, "tightened", (8, 1, 2)),  # down over B and C
        ("A", 1000.0, "normal", (2, 30, 31)),
        ("B", 40.0, "reduced", (2, 2, 4)),
        ("R", 65.0, "reduced", (8, 10, 13)),  # up to letter F
    ],
)
def test_single_plans_of_the_standard(letter: str, aql: float, inspection: str, plan: tuple[int, ...]) -> None:
    """MIL-STD-105E, tables II-A, II-B, II-C."""
    found = plan_of_letter(letter, aql, inspection)
    assert (found.n, found.accept, found.reject) == plan


def test_double_and_multiple_plans_of_the_standard() -> None:
    """MIL-STD-105E, tables III and IV."""
    assert staged_plan_of_letter("K", 1.5) == DoublePlan(80, 80, 2, 5, 6)
    assert staged_plan_of_letter("K", 1.5, "tightened") == DoublePlan(80, 80, 1, 4, 4)
    assert staged_plan_of_letter("K", 1.5, "reduced") == DoublePlan(32, 32, 0, 4, 3, 6)
    assert staged_plan_of_letter("H", 0.25) == SinglePlan(50, 0)  # no double plan accepts with none
    multiple = staged_plan_of_letter("K", 1.5, "normal", "multiple")
    assert multiple == MultiplePlan((32,) * 7, (None, 1, 2, 3, 5, 7, 9), (4, 5, 6, 7, 8, 9, 10))


def test_special_levels_ask_for_less() -> None:
    letters = [
        [code_letter(lot, level) for level in ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")] for lot in (1000, 9)
    ]
    assert letters == [list("CCEFGJK"), list("AAAAABC")]


def test_every_entry_of_the_tables_is_a_plan_and_the_kinds_of_sampling_agree() -> None:
    """Single, double and multiple plans of one entry were made to have nearly the same operating characteristic."""
    for inspection in INSPECTIONS:
        for letter in LETTERS[3:]:
            for aql in AQLS[:16]:
                single = plan_of_letter(letter, aql, inspection)
                p = (single.accept + 0.67) / (single.n + 0.33)
                for sampling in ("double", "multiple"):
                    other = staged_plan_of_letter(letter, aql, inspection, sampling)
                    gap = acceptance(other, p, kind="poisson") - acceptance(single, p, kind="poisson")
                    assert abs(gap) < (0.2 if inspection == "reduced" else 0.11), (
                        inspection,
                        letter,
                        aql,
                        sampling,
                        gap,
                    )


def test_tightened_accepts_less_and_reduced_more() -> None:
    for letter in "FJM":
        for aql in (0.65, 1.5, 4.0):
            normal, tight, reduced = (acceptance(plan_of_letter(letter, aql, name), 0.05) for name in INSPECTIONS)
            assert tight <= normal <= reduced


def test_plans_for_defects_per_hundred_are_judged_by_poisson() -> None:
    plan = plan_of_letter("A", 100.0)
    assert (plan.n, plan.accept) == (2, 5)
    assert acceptance(plan, 1.0) == pytest.approx(acceptance(plan, 1.0, kind="poisson"))
    assert 0.98 < acceptance(plan, 1.0) < 1.0


def test_a_multiple_plan_does_what_it_says() -> None:
    plan, p, trials = MultiplePlan((20, 20, 20), (None, 1, 3), (3, 4, 4)), 0.04, 60_000
    counts = np.cumsum(np.random.default_rng(4).binomial(20, p, (trials, 3)), axis=1)
    rejected, accepted = counts >= [3, 4, 4], counts <= [-1, 1, 3]
    stage = np.argmax(rejected | accepted, axis=1)
    passed = accepted[np.arange(trials), stage]
    assert acceptance(plan, p) == pytest.approx(passed.mean(), abs=0.006)
    assert average_sample_number(plan, p) == pytest.approx(20 * (stage + 1).mean(), rel=0.01)
    total = np.where(passed, 20 * (stage + 1), 500).mean()
    assert average_total_inspection(plan, p, 500) == pytest.approx(total, rel=0.02)


def test_a_multiple_plan_of_two_stages_is_the_double_plan() -> None:
    double, multiple = DoublePlan(50, 100, 1, 4, 4), MultiplePlan((50, 100), (1, 4), (4, 5))
    for kind in ("binomial", "poisson", "hypergeometric"):
        both = [acceptance(plan, 0.03, kind=kind, lot=1000) for plan in (double, multiple)]
        assert both[0] == pytest.approx(both[1], abs=1e-13)


def test_between_the_numbers_of_a_reduced_plan_a_lot_passes_but_not_clearly() -> None:
    plan = standard_plan(1000, 1.0, inspection="reduced")
    assert acceptance(plan, 0.03) == pytest.approx(acceptance(SinglePlan(32, 2), 0.03))
    assert clear_acceptance(plan, 0.03) == pytest.approx(acceptance(SinglePlan(32, 1), 0.03))


def played(lots: str) -> str:
    """The inspection after a series: a accepted, r rejected, b between the numbers."""
    state = Switching()
    for lot in lots:
        state = state.after(lot != "r", lot == "a")
    return state.inspection


@pytest.mark.parametrize(
    ("lots", "inspection"),
    [
        ("r", "normal"),
        ("raaar", "tightened"),  # 2 of 5
        ("raaaar", "normal"),  # 2 of 6
        ("rr" + "aaaa", "tightened"),
        ("rr" + "aaaaa", "normal"),
        ("rr" + "aaaar" + "aaaa", "tightened"),
        ("a" * 9, "normal"),
        ("a" * 10, "reduced"),
        ("aaaar" + "a" * 10, "reduced"),
        ("a" * 10 + "b", "normal"),
        ("a" * 10 + "r", "normal"),
        ("a" * 10 + "r" + "r", "normal"),  # the lot rejected on reduced inspection does not count on normal
    ],
)
def test_the_switching_rules(lots: str, inspection: str) -> None:
    assert played(lots) == inspection


def test_too_many_defectives_keep_a_supplier_from_reduced_inspection() -> None:
    state = Switching(limit=5)
    for _ in range(10):
        state = state.after(True, True, 1)
    assert state.inspection == "normal"
    for _ in range(5):
        state = state.after(True, True, 0)
    assert state.inspection == "reduced"


@pytest.mark.parametrize(("stop", "lots"), [("ten_on_tightened", 12), ("five_rejected", 7)])
def test_inspection_ends_when_tightened_does_not_help(stop: str, lots: int) -> None:
    state, count = Switching(stop=stop), 0
    while state.inspection != "discontinued":
        state, count = state.after(False), count + 1
    assert count == lots
    assert lots_until_discontinued(SCHEME, 1.0, stop=stop) == pytest.approx(lots)


def test_the_long_run_is_what_a_long_series_shows() -> None:
    own, rng = chances(SCHEME, 0.015), np.random.default_rng(3)
    state, seen, accepted, lots = Switching(), dict.fromkeys(INSPECTIONS, 0), 0, 60_000
    for u in rng.random(lots):
        seen[state.inspection] += 1
        passes, clear = own[state.inspection]
        accepted += u < passes
        state = state.after(bool(u < passes), bool(u < clear))
    theory = long_run(SCHEME, 0.015)
    assert theory.acceptance == pytest.approx(accepted / lots, abs=0.01)
    for name, share in theory.shares.items():
        assert share == pytest.approx(seen[name] / lots, abs=0.02)


def test_the_long_run_at_its_ends() -> None:
    perfect, hopeless = long_run(SCHEME, 0.0), long_run(SCHEME, 1.0)
    assert (perfect.acceptance, perfect.sample_number) == pytest.approx((1.0, 32.0))
    assert (hopeless.acceptance, hopeless.total_inspection) == pytest.approx((0.0, 1000.0))
    assert lots_until_discontinued(SCHEME, 0.0) == float("inf")


def test_a_scheme_of_one_plan_is_that_plan() -> None:
    plan = SinglePlan(50, 1)
    alone = long_run(Scheme(plan, plan, None, 1000), 0.02)
    assert alone.acceptance == pytest.approx(acceptance(plan, 0.02))
    assert alone.total_inspection == pytest.approx(average_total_inspection(plan, 0.02, 1000))


def test_continuous_sampling_has_the_published_limits() -> None:
    """Montgomery, ISQC, table 16.1: both have an AOQL of 0.79 %."""
    for fraction, clearance in ((1 / 3, 59), (1 / 7, 113)):
        assert continuous_quality_limit(ContinuousPlan(clearance, fraction))[0] == pytest.approx(0.0079, abs=0.00015)


def test_continuous_sampling_does_what_it_says() -> None:
    plan, p = ContinuousPlan(20, 0.25), 0.03
    bad, drawn = np.random.default_rng(5).random((2, 200_000))
    row, inspected = 0, 0
    for is_bad, is_drawn in zip((bad < p).tolist(), (drawn < plan.fraction).tolist(), strict=True):
        if row < plan.clearance or is_drawn:
            inspected += 1
            row = 0 if is_bad else row + 1
    assert continuous_inspected(plan, p) == pytest.approx(inspected / 200_000, abs=0.01)


def test_skip_lot_sampling_does_what_it_says() -> None:
    plan, p = SkipLotPlan(SinglePlan(20, 1), 4, 0.25), 0.04
    good = acceptance(plan.reference, p)
    luck, drawn = np.random.default_rng(6).random((2, 200_000))
    row, inspected, passed = 0, 0, 0
    for u, is_drawn in zip(luck.tolist(), (drawn < plan.fraction).tolist(), strict=True):
        looked = row < plan.clearance or is_drawn
        inspected += looked
        passed += not looked or u < good
        if looked:
            row = row + 1 if u < good else 0
    assert skip_lot_inspected(plan, p) == pytest.approx(inspected / 200_000, abs=0.01)
    assert skip_lot_acceptance(plan, p) == pytest.approx(passed / 200_000, abs=0.01)


def test_dodge_and_romig_tables() -> None:
    """Dodge & Romig (1959), as quoted by Montgomery, ISQC, section 15.5; the LTPD table rounds by an approximation."""
    lots = least_inspection_for_lots(5000, 0.0025, 0.01)
    assert lots.accept == 4
    assert lots.n == pytest.approx(770, abs=5)
    assert outgoing_quality_limit(lots, 5000)[0] == pytest.approx(0.0028, abs=5e-5)
    assert least_inspection_for_quality(7000, 0.009, 0.03) == SinglePlan(65, 3)


def test_a_found_double_plan_holds_both_risks_and_saves_parts() -> None:
    for good, bad in ((0.01, 0.05), (0.005, 0.02)):
        plan, single = find_double_plan(good, bad), find_single_plan(good, bad)
        assert acceptance(plan, good) >= 0.95
        assert acceptance(plan, bad) <= 0.10
        assert average_sample_number(plan, good) < single.n


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: standard_plan(1000, 1.0, inspection="loose"), "inspection: must be normal, tightened or reduced"),
        (lambda: standard_plan(1000, 1.0, sampling="triple"), "sampling: must be single, double or multiple"),
        (lambda: MultiplePlan((5, 5), (0,), (2, 3)), "sizes, accepts, rejects: must be equally long"),
        (lambda: MultiplePlan((5, 5), (0, 1), (3, 2)), "accepts, rejects: must rise"),
        (lambda: SinglePlan(5, 1, 1), "reject: must be above 1"),
        (lambda: Switching(stop="soon"), "stop: must be one of"),
        (lambda: SkipLotPlan(SinglePlan(5, 0), 0, 0.5), "clearance: must be a whole number"),
        (lambda: ContinuousPlan(5, 0.0), "fraction: must be above 0"),
        (lambda: least_inspection_for_lots(1000, 0.02, 0.01), "process_average: must be at least 0 and below"),
        (lambda: find_double_plan(0.01, 0.05, ratio=0), "ratio: must be a whole number"),
    ],
)
def test_what_makes_no_plan_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert str(refusal.value).startswith(message)
