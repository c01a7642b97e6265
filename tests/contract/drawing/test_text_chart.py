"""Charts in letters: what stands in the picture, and that it fits."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from techamp.contract import Chart, Mark, RefLine, Series
from techamp.contract.drawing.plain_letters import in_ascii, shown_width
from techamp.contract.drawing.text_chart import text_chart


def chart(ys: list[float | None], **more: Any) -> Chart:
    shape = more.pop("shape", "line+points")
    series = Series(name="x", label="Diameter", x=tuple(map(float, range(len(ys)))), y=tuple(ys), shape=shape)
    return Chart(name="c", title="Shafts", x_label="Shaft", y_label="Diameter", y_unit="mm", series=(series,), **more)


def test_points_limits_and_signals_are_drawn() -> None:
    lines = (RefLine(label="Upper limit", value=12.0, kind="limit"), RefLine(label="Center", value=10.0))
    marks = (Mark(x=3.0, y=14.0, label="beyond"), Mark(x=4.0, y=9.0, label="chip", kind="excluded"))
    drawn = text_chart(chart([10.5, 9.5, 11.0, 14.0, 9.0], lines=lines, marks=marks))
    assert drawn.count("•") == 3
    assert drawn.count("◆") == 1
    assert drawn.count("×") == 1
    assert "Upper limit 12.00" in drawn
    assert "Center 10.00" in drawn


def test_the_larger_stands_above_the_smaller() -> None:
    rows = text_chart(chart([1.0, 2.0])).splitlines()
    high, low = (next(i for i, row in enumerate(rows) if row.rstrip().endswith(s)) for s in ("•", "•"))
    assert high == low  # the first row with a point holds the larger one
    assert rows[high].index("•") > rows[-4].find("•")


def test_an_extreme_among_many_points_is_never_hidden() -> None:
    ys: list[float | None] = [0.0] * 5000
    ys[2345] = 100.0
    rows = text_chart(chart(ys)).splitlines()
    assert "•" in rows[1] + rows[2]


def test_bars_are_one_line_each_with_their_count() -> None:
    drawn = text_chart(chart([2.0, 4.0, 0.0], shape="bars", lines=(RefLine(label="Limit", value=1.5, axis="x"),)))
    rows = drawn.splitlines()
    assert rows[1].endswith(" 2")
    assert rows[2].count("█") == 2 * rows[1].count("█") + 1  # the half of an odd room
    assert rows[3].endswith(" 0")
    assert rows[4] == "Limit: 1.5"


def test_a_chart_without_points_is_no_picture() -> None:
    assert text_chart(chart([None, None])) == ""


@given(st.lists(st.none() | st.floats(-1e12, 1e12), min_size=1, max_size=40), st.integers(60, 120))
def test_it_fits_and_can_be_said_in_ascii(ys: list[float | None], width: int) -> None:
    drawn = text_chart(chart(ys), width)
    assert all(shown_width(line) <= width for line in drawn.splitlines())
    assert in_ascii(drawn).isascii()
    assert all(len(in_ascii(line)) == shown_width(line) for line in drawn.splitlines())
