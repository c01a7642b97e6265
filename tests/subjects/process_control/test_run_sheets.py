"""From a plan to the sheet at the machine: settings in units, order, blocks, blanks."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from techamp.contract import InvalidInput
from techamp.subjects.process_control import PLANS, Factor, choose_plan, one_at_a_time, plan_experiment

THREE = [
    Factor("Melt temperature", 200.0, 220.0, "°C"),
    Factor("Pressure", 40.0, 60.0, "MPa"),
    Factor("Hold", 4.0, 8.0, "s"),
]
FIVE = [Factor(name, 0.0, 1.0) for name in "ABCDE"]


def test_a_full_factorial_gives_every_combination_once_in_units_and_in_random_order() -> None:
    sheet = plan_experiment(THREE, seed=1)
    assert len(set(sheet.settings)) == len(sheet) == 8
    assert {row[0] for row in sheet.settings} == {200.0, 220.0}
    assert sorted(sheet.standard) == list(range(1, 9))
    assert list(sheet.standard) != list(range(1, 9))


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    orders = [tuple(plan_experiment(FIVE, seed=seed).standard) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def test_chance_puts_each_run_first_equally_often() -> None:
    first = Counter(int(plan_experiment(THREE, seed=seed).standard[0]) for seed in range(1600))
    assert set(first) == set(range(1, 9))
    assert sum((count - 200) ** 2 / 200 for count in first.values()) < 24.3  # chi-square, 7 df, 0.1 %


def test_the_table_has_heads_with_units_and_a_blank_for_each_reading() -> None:
    table = plan_experiment(THREE, seed=1, shots=2, responses=("Length (mm)",), center_points=1).table()
    assert table.columns == ("Run", "Melt temperature (°C)", "Pressure (MPa)", "Hold (s)", "Reading", "Length (mm)")
    assert len(table.rows) == 18
    assert table.rows[0][-1] is None
    assert [row[0] for row in table.rows[:4]] == [1, 1, 2, 2]
    assert (210.0, 50.0, 6.0) in [row[1:4] for row in table.rows]


def test_blocks_stay_together_and_give_up_the_largest_interaction_only() -> None:
    sheet = plan_experiment(THREE, seed=4, blocks=2, center_points=1)
    assert list(sheet.block) == [1] * 5 + [2] * 5
    corners = sheet.coded[np.abs(sheet.coded).sum(axis=1) > 0]
    assert len({tuple(row) for row in corners.tolist()}) == 8
    assert any("Lost to the differences between blocks" in said for said in sheet.sentences())
    for block in (1, 2):
        inside = sheet.coded[sheet.block == block]
        assert np.all(inside.sum(axis=0) == 0.0)  # every factor is balanced within every block
        assert len({float(np.prod(row)) for row in inside[np.abs(inside).sum(axis=1) > 0]}) == 1


def test_each_repeat_can_be_a_block_of_its_own() -> None:
    sheet = plan_experiment(FIVE, "half", seed=4, repeats=2, blocks=2)
    assert [int((sheet.block == b).sum()) for b in (1, 2)] == [16, 16]
    assert sorted(sheet.standard[:16]) == list(range(1, 17))


def test_fractions_say_what_they_cannot_tell_apart() -> None:
    half, quarter = (plan_experiment(FIVE, plan, seed=1) for plan in ("half", "quarter"))
    assert (len(half), len(quarter)) == (16, 8)
    assert any("Resolution V:" in said for said in half.sentences())
    assert any("Resolution III:" in said for said in quarter.sentences())


def test_one_at_a_time_moves_each_factor_alone() -> None:
    design = one_at_a_time(("a", "b"))
    assert design.coded.tolist() == [[-1, -1], [1, -1], [-1, 1]]
    assert "interaction" in " ".join(plan_experiment(THREE, "one_at_a_time", seed=1).sentences())


def test_standard_order_is_kept_when_asked_and_warned_about() -> None:
    sheet = plan_experiment(THREE, seed=1, random_order=False)
    assert list(sheet.standard) == list(range(1, 9))
    assert any("drifts" in said for said in sheet.sentences())


def test_a_factor_may_have_names_for_levels() -> None:
    sheet = plan_experiment([Factor("Nozzle", "old", "new"), Factor("Speed", 10.0, 20.0)], seed=1)
    assert {row[0] for row in sheet.settings} == {"old", "new"}
    with pytest.raises(InvalidInput, match="must be at one of its two levels"):
        plan_experiment([Factor("Nozzle", "old", "new"), Factor("Speed", 10.0, 20.0)], seed=1, center_points=1)


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_makes_a_sheet_of_five_factors(plan: str) -> None:
    sheet = plan_experiment(FIVE, plan, seed=1)
    assert len(sheet) == len(choose_plan("ABCDE", plan))
    assert len(sheet.table().rows) == len(sheet)
    assert sheet.sentences()


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"plan": "third"}, "must be one of full"),
        ({"blocks": 3}, "must fit a plan of 3 factors"),
        ({"plan": "quarter"}, "must leave more runs than 3 factors"),
        ({"repeats": 0}, "must be a whole number from 1 to 20"),
        ({"responses": ()}, "must name what is measured"),
        ({"center_points": -1}, "must be a whole number, 0 or more"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_the_rule(changed: dict[str, object], rule: str) -> None:
    with pytest.raises(InvalidInput, match=rule):
        plan_experiment(THREE, **({"seed": 1} | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high"), [(2.0, 1.0), (1.0, 1.0), (float("nan"), 1.0), ("a", "a")])
def test_a_factor_needs_two_levels_in_order(low: float | str, high: float | str) -> None:
    with pytest.raises(InvalidInput):
        Factor("Speed", low, high)
