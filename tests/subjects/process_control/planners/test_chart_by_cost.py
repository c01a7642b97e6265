"""Planning a control chart by cost: the design, the comparison with now, and the sheet."""

from __future__ import annotations

from typing import Any

import pytest

from techamp.contract import InvalidInput, Outcome, Sheet, registry

PLANNER = registry.planner("process_control.chart_by_cost")


def prospect(**settings: Any) -> Outcome:
    found = PLANNER.prospect(PLANNER.Settings.read(settings))
    assert found is not None
    return found


def plan(**settings: Any) -> Sheet:
    return PLANNER.plan(PLANNER.Settings.read(settings), 1)


def test_the_best_design_its_cost_and_the_saving_are_told() -> None:
    found = prospect(minutes_per_part="1.002")
    assert found.notes[0].startswith("Least cost: 5 parts every 49 min, limits at 2.98 standard errors.")
    assert found.measure("cost").value == pytest.approx(10.367, abs=0.0005)
    cost, now, saving = (found.measure(name).value for name in ("cost", "now", "saving"))
    assert cost is not None
    assert now is not None
    assert saving == pytest.approx(4000.0 * (now - cost))
    assert saving > 0


def test_who_samples_well_already_is_told_so() -> None:
    assert prospect(now_interval=0.75).notes[1].endswith("as good as the best.")


def test_few_false_alarms_are_kept_when_asked_for() -> None:
    often = {"hours_between": 50, "shift": 0.8, "false_alarm": 5, "shifted": 900}
    assert any("false alarm every" in note for note in prospect(**often).notes)
    held = prospect(**often, few_alarms=True)
    assert not any("false alarm every" in note for note in held.notes)
    assert held.measure("limits").value == pytest.approx(3.0, abs=0.01)


def test_the_sheet_has_twenty_five_samples_for_the_control_chart() -> None:
    sheet = plan()
    assert len(sheet.rows) == 25 * 5
    assert sheet.roles == {"subgroup": "Sample", "measure": "Reading"}
    assert set(sheet.settings) <= set(registry.study(PLANNER.study).Settings.model_fields)


def test_the_shares_of_the_table_add_up() -> None:
    *parts, total = prospect().tables[1].rows
    for place in (1, 2):
        assert sum(float(str(row[place])) for row in parts) == pytest.approx(float(str(total[place])), abs=0.002)


def test_a_cause_that_costs_nothing_needs_no_chart() -> None:
    with pytest.raises(InvalidInput, match="no chart is needed"):
        prospect(shifted=0)
