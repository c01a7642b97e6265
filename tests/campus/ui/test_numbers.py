"""Numbers as people read and type them."""

from __future__ import annotations

import math

import pytest
from django.test import RequestFactory

from techamp.campus.ui.middleware import PageMiddleware
from techamp.campus.ui.numbers import exact_number, plain_number, typed_number, typed_whole


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (3.14159, 2, "3.14"),
        (-3.14159, 2, "−3.14"),
        (-0.0004, 3, "0.000"),
        (9999.4, 0, "9999"),
        (12345.6, 0, "12\u202f346"),
        (-1234567, 1, "−1\u202f234\u202f567.0"),
        (None, 1, "–"),
        (math.nan, 1, "–"),
        (math.inf, 1, "–"),
        (True, 0, "1"),
    ],
)
def test_a_number_with_so_many_decimals(value: float | None, decimals: int, text: str) -> None:
    assert plain_number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(16.0, "16"), (1.01, "1.01"), (-0.04, "−0.04"), (1 / 3, "0.333333333"), (5, "5")]
)
def test_a_number_with_the_decimals_that_it_has(value: float, text: str) -> None:
    assert exact_number(value) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        (" 1,234,567.5 ", 1234567.5),
        ("1,25", 1.25),
        ("0,125", 0.125),
        ("1 250", 1250.0),
        ("$0.04", 0.04),
        ("-1e3", -1000.0),
        ("", None),
        ("1,2,3", None),
        ("1,25.5", None),
        ("1e12", None),
        ("-inf", None),
        ("١٢", 12.0),
    ],
)
def test_a_number_as_it_is_typed(text: str, value: float | None) -> None:
    assert typed_number(text) == value


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("007", 7), ("1.0", None), ("", None), ("１２", None)])
def test_a_whole_number_as_it_is_typed(text: str, value: int | None) -> None:
    assert typed_whole(text) == value


@pytest.mark.parametrize(
    ("header", "cookie", "width"),
    [
        ("360", "", 292),
        ("", "360", 292),
        ("1280", "360", 720),
        ("", "wide", 0),
        ("²", "", 0),
        ("-5", "", 0),
        ("9" * 9, "", 0),
    ],
)
def test_the_width_of_the_screen_comes_from_a_header_or_a_cookie(header: str, cookie: str, width: int) -> None:
    request = RequestFactory().get("/", headers={"X-Width": header} if header.isascii() and header else {})
    request.COOKIES["w"] = cookie or header
    seen: list[int] = []
    PageMiddleware(lambda r: seen.append(r.chart_width))(request)  # type: ignore[arg-type,attr-defined,func-returns-value]
    assert seen == [width]
