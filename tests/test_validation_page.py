"""The validation page says what the tests find today."""

from __future__ import annotations

import pytest
from tests.reference_cases import Comparison, collect
from tests.validation_page import PAGE, render, rows


def test_page_is_fresh() -> None:
    kept, now = rows(PAGE.read_text("utf-8")), rows(render(collect()))
    stale = "docs/validation.md is stale: run make validation"
    assert [row[:3] for row in kept] == [row[:3] for row in now], stale
    for old, new in zip(kept, now, strict=True):
        assert _digits(old[4]) == pytest.approx(_digits(new[4]), abs=0.6), f"{stale} ({new[0]}, {new[1]})"


def test_rows_read_back_what_was_rendered() -> None:
    comparison = Comparison("area", "a-case", "Title", "a book", "mean", 50.81, 50.8100001, 0.001, False)
    assert rows(render([comparison])) == [("a-case", "mean", "50.81", "50.8100001", "8.7")]


def _digits(shown: str) -> float:
    return {"exact": 99.0, "differs": -1.0}.get(shown) or float(shown.rstrip("+"))
