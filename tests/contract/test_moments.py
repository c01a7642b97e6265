"""Dates and times as plants write them."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from techamp.contract.moments import seconds_of

NOV_3 = (datetime(2026, 11, 3, 14, 4) - datetime(1970, 1, 1)).total_seconds()


@pytest.mark.parametrize(
    "text",
    ["11/3/2026 2:04 PM", "2026-11-03 14:04", "2026/11/3 14:04:00", "3.11.2026 14:04", "3-Nov-26 2:04 p.m."],
)
def test_one_moment_in_five_hands(text: str) -> None:
    found = seconds_of([text, ""])
    assert found is not None
    assert found[0] == NOV_3
    assert np.isnan(found[1])


def test_a_thirteenth_month_makes_the_day_come_first() -> None:
    found = seconds_of(["03/11/2026 14:04", "13/11/2026 14:04"])
    assert found is not None
    assert found[0] == NOV_3


def test_time_that_would_run_backwards_makes_the_day_come_first() -> None:
    found = seconds_of(["30/10/2026", "02/11/2026", "03/11/2026"])
    ambiguous = seconds_of(["01/11/2026", "02/11/2026", "03/10/2026"])
    assert found is not None
    assert np.all(np.diff(found) > 0)
    assert ambiguous is not None
    assert ambiguous[0] == (datetime(2026, 1, 11) - datetime(1970, 1, 1)).total_seconds()


@pytest.mark.parametrize("text", ["shift A", "13/13/2026", "11/3/2026 25:00", "11/3/2026 13:00 PM", "6:04"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert seconds_of([text]) is None
