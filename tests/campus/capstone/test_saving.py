"""What a change saves: arithmetic that a finance person can do again."""

from __future__ import annotations

import pytest

from techamp.campus.capstone.saving import Saving, read_saving
from techamp.contract import InvalidInput

TYPED = {"what": "Scrap", "before": "12", "after": "4", "per_year": "50", "value": "8", "method": "Counted"}


def saving(**changes: float) -> Saving:
    return Saving(**{"what": "Scrap", "before": 12.0, "after": 4.0, "per_year": 50.0, "value": 8.0, "yearly_cost": 0.0,
                     "once_cost": 0.0, "method": "Counted", **changes})  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "yearly", "months"),
    [
        ({}, 3200, 0),
        ({"yearly_cost": 200, "once_cost": 1500}, 3000, 6),
        ({"after": 12}, 0, None),
        ({"after": 20, "once_cost": 10}, -3200, None),
        ({"after": -4}, 6400, 0),
        ({"yearly_cost": 5000, "once_cost": 1}, -1800, None),
        ({"before": 0.0412, "after": 0.0287, "per_year": 52.5, "value": 1000}, 656.25, 0),
    ],
)
def test_yearly_saving_and_payback(changes: dict[str, float], yearly: float, months: float | None) -> None:
    found = saving(**changes)
    assert found.yearly == pytest.approx(yearly)
    assert found.payback_months == (None if months is None else pytest.approx(months))


@pytest.mark.parametrize(
    ("changes", "equation"),
    [
        ({}, "(12 − 4) × 50 × 8 − 0 = 3\u202f200"),
        ({"after": -4}, "(12 − (−4)) × 50 × 8 − 0 = 6\u202f400"),
        ({"after": 20}, "(12 − 20) × 50 × 8 − 0 = (−3\u202f200)"),
        ({"before": 0.0412, "after": 0.0287, "per_year": 52.5}, "(0.0412 − 0.0287) × 52.5 × 8 − 0 = 5.25"),
        ({"before": 1250, "per_year": 12000}, "(1\u202f250 − 4) × 12\u202f000 × 8 − 0 = 119\u202f616\u202f000"),
    ],
)
def test_the_equation_holds_as_it_is_written(changes: dict[str, float], equation: str) -> None:
    assert saving(**changes).equation == equation


def test_a_form_with_the_costs_left_empty() -> None:
    found = read_saving({**TYPED, "value": "$1,250", "after": "2,5", "yearly_cost": "", "once_cost": " "})
    assert (found.value, found.after, found.yearly_cost, found.once_cost) == (1250, 2.5, 0, 0)


@pytest.mark.parametrize("name", ["before", "after", "per_year", "value"])
def test_what_is_counted_with_must_be_filled(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"must be a number\."):
        read_saving({**TYPED, name: ""})
