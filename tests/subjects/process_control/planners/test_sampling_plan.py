"""The chooser gives the standard's plans, holds both risks, follows the kp rule, and its card says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from techamp.contract import InvalidInput, Outcome, Sheet, registry
from techamp.subjects.process_control import SinglePlan, acceptance, outgoing_quality_limit

PLANNER = registry.planner("process_control.sampling")


def asked(**values: Any) -> tuple[Sheet, Outcome]:
    settings = PLANNER.Settings.read(values)
    outcome = PLANNER.prospect(settings)
    assert outcome is not None
    return PLANNER.plan(settings, 1), outcome


def test_a_lot_of_1000_at_aql_1_is_judged_by_80_parts() -> None:
    """MIL-STD-105E, tables I and II-A: letter J, n 80, accept 2."""
    sheet, outcome = asked(lot=1000, aql="1", level="II", lots=3)
    assert sheet.notes[0] == "Inspect 80. Accept the lot with 2 defective or fewer, reject it with 3."
    assert "code letter J" in outcome.notes[0]
    assert sheet.rows == ((1.0, 80.0, None), (2.0, 80.0, None), (3.0, 80.0, None))
    assert any("2 of 5 lots" in note for note in sheet.notes)
    limit, _at = outgoing_quality_limit(SinglePlan(80, 2), 1000)
    assert outcome.measure("aoql").value == pytest.approx(100 * limit)


def test_every_plan_that_the_form_offers_exists() -> None:
    for field in PLANNER.Settings.fields():
        for value, _label in field.options:
            sheet, _outcome = asked(**{field.name: value})
            assert sheet.rows


def test_two_risks_are_held_and_drawn() -> None:
    sheet, outcome = asked(way="points", good=1, bad=5, lot=5000)
    assert sheet.notes[0].startswith("Inspect 132. Accept the lot with 3")
    assert acceptance(SinglePlan(132, 3), 0.05) <= 0.10
    assert acceptance(SinglePlan(132, 3), 0.01) >= 0.95
    assert float(outcome.measure("bad").value or 0) == pytest.approx(5.0, abs=0.05)
    oc = outcome.chart("oc").series[0]
    assert oc.y[0] == 100
    assert list(oc.y) == sorted(oc.y, reverse=True)  # type: ignore[type-var]


def test_a_double_plan_has_a_second_count_that_may_stay_empty() -> None:
    sheet, outcome = asked(lot=1000, aql="1", sampling="double")
    assert [column.optional for column in sheet.columns] == [False, False, False, True]
    assert "inspect 50 more" in sheet.notes[0]
    assert outcome.chart("asn")


@pytest.mark.parametrize(("share", "said"), [(0.9, "Inspect no part"), (1.1, "Inspect all 200 parts")])
def test_by_cost_all_or_none(share: float, said: str) -> None:
    sheet, outcome = asked(way="cost", lot=200, inspect_cost=0.5, escape_cost=50, share=share)
    assert sheet.notes[0].startswith(said)
    assert "0.5/50 = 1 %" in outcome.notes[0]


def test_a_lot_smaller_than_its_sample_is_inspected_whole() -> None:
    sheet, _outcome = asked(lot=10, aql="0.1")
    assert sheet.notes[0] == "Inspect all 10 parts."


def test_a_bad_share_below_the_good_one_is_refused() -> None:
    with pytest.raises(InvalidInput, match="must be above the good share"):
        asked(way="points", good=5, bad=1)
