"""A chart is drawn at any width whatever is in it: nothing outside, nothing unreadable, nothing that is no number."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techamp.campus.ui.chart import NARROW, WIDE, figure, svg, table
from techamp.campus.ui.middleware import chart_width
from techamp.contract import Chart, Mark, RefLine, Series, registry
from techamp.contract.drawing.axes import CHARACTER, LABEL, fitting, frame_of, tick_decimals, tick_text, ticks

WIDTHS = (256, NARROW, 330, 380, 480, 600, WIDE)
STYLE = Path(__file__).parents[3] / "src" / "techamp" / "campus" / "ui" / "static" / "ui" / "chart.css"


def series(y: Any, x: Any = None, **more: Any) -> Series:
    return Series(**{"name": "s", "label": "Diameter", "x": tuple(x or range(len(y))), "y": tuple(y), **more})


def chart(*rows: Series, **more: Any) -> Chart:
    given = {"name": "c", "title": "Shafts", "x_label": "Shaft", "y_label": "Diameter", "y_unit": "mm", "series": rows}
    return Chart(**(given | more))


def drawn(one: Chart, width: int = WIDE, **more: Any) -> ElementTree.Element:
    """The drawing, parsed, after what holds for every drawing was looked at."""
    text = str(svg(one, width, **more))
    root = ElementTree.fromstring(text)
    without_words = re.sub(r' aria-label="[^"]*"', "", text)  # a sentence may say none
    assert not re.search(r"\bnan\b|\binf\b|None", without_words, re.IGNORECASE)
    assert "style=" not in text
    assert "font-size" not in text
    return root


def paths(root: ElementTree.Element, css: str) -> list[str]:
    return [p.get("d", "") for p in root.iter("path") if p.get("class") == css]


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(t.itertext()) for t in root.iter("text")]


def places(root: ElementTree.Element, css: str) -> list[tuple[float, float]]:
    """Points of a path, in px."""
    return [(float(x), float(y)) for d in paths(root, css) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", d)]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_line_stands_inside_its_frame_with_its_labels(width: int) -> None:
    root = drawn(chart(series([7.99, 8.01, 8.0])), width)
    assert root.get("viewBox", "").split()[2] == str(width)
    points = places(root, "c-now")
    assert len(points) == 3
    assert all(0 <= x <= width for x, _y in points)
    assert points[1][1] < points[2][1] < points[0][1], "more is higher"
    assert {"Shaft", "Diameter (mm)"} <= set(words(root))


def test_no_text_is_smaller_than_twelve_px_at_any_width() -> None:
    rules = STYLE.read_text(encoding="utf-8")
    sizes = [float(px) for px in re.findall(r"font:\s*\d+ ([\d.]+)px", rules)]
    assert sizes
    assert min(sizes) >= 12
    for width in WIDTHS:
        assert f'<svg width="{width}"' in str(svg(chart(series([1, 2])), width)), (
            "it is never drawn smaller than laid out"
        )


def test_every_label_is_escaped() -> None:
    evil = "<script>\"&'</script>"
    one = chart(
        series([1, 2], label=evil), title=evil, name=evil, x_label=evil, y_label=evil, x_unit=evil, y_unit=evil,
        lines=(RefLine(label=evil, value=1.5), RefLine(label=evil, value=1, axis="x")),
        marks=(Mark(x=1, y=2, label=evil),), words=evil, equation=evil, x_names=(evil, "b"),
    )  # fmt: skip
    for width in (0, *WIDTHS):
        text = str(figure(one, width, guess=1.2))
        assert "<script" not in text
        assert "&lt;script&gt;" in text
    ElementTree.fromstring(str(svg(one, WIDE)))


EMPTY = {
    "no series": chart(),
    "no points": chart(series([])),
    "only gaps": chart(series([None, None])),
    "one point": chart(series([8.0])),
    "one point and a line": chart(series([8.0]), lines=(RefLine(label="UCL", value=8.0),)),
    "constant": chart(series([8.0] * 5)),
    "constant zero": chart(series([0.0] * 5)),
    "constant and tiny": chart(series([1e-13] * 5)),
    "tiny": chart(series([1e-13, 2e-13, 3e-13])),
    "huge": chart(series([-1e99, 1e99])),
    "hair apart": chart(series([8.0, 8.0 + 1e-12])),
    "no series and limits by point": chart(lines=(RefLine(label="UCL", value=(1.0, 2.0)),)),
    "limits that are gaps": chart(series([1, 2]), lines=(RefLine(label="UCL", value=(None, None)),)),
    "equal axes, one point": chart(series([8.0]), equal_axes=True),
    "bars of nothing": chart(series([0, 0], shape="bars")),
    "one bar": chart(series([3], shape="bars"), x_names=("a",)),
    "names without series": chart(x_names=("a", "b")),
}


@pytest.mark.parametrize("one", EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("width", [256, WIDE])
def test_little_or_nothing_is_drawn_too(one: Chart, width: int) -> None:
    drawn(one, width)
    assert "<table" in str(table(one))


NUMBERS = st.none() | st.floats() | st.integers(-(10**9), 10**9)


@given(
    st.lists(st.tuples(st.floats(), NUMBERS), max_size=12),
    st.sampled_from(["line", "points", "line+points", "steps", "bars"]),
    st.lists(st.floats(), max_size=2),
    st.booleans(),
)
def test_whatever_numbers_come_the_drawing_is_sound(
    points: list[tuple[float, Any]], shape: str, limits: list[float], equal: bool
) -> None:
    one = chart(
        series([y for _x, y in points], [x for x, _y in points], shape=shape),
        lines=tuple(RefLine(label="L", value=v, axis=a) for v, a in zip(limits, ("y", "x"), strict=False)),
        marks=tuple(Mark(x=x, y=y if y is not None else 0.0, label="m") for x, y in points[:2]),
        equal_axes=equal,
    )
    drawn(one, NARROW)
    assert "nan" not in str(table(one))


def test_a_nan_is_a_gap_and_not_a_point() -> None:
    root = drawn(chart(series([1, math.nan, 3, math.inf, 5])))
    assert [d.count("M") for d in paths(root, "c-now")] == [3]


def test_limits_by_point_are_steps_and_columns_of_the_table() -> None:
    one = chart(series([1, 2, 3]), lines=(RefLine(label="UCL", value=(4.5, 5.25, None), kind="limit"),))
    (path,) = paths(drawn(one), "c-limit")
    assert path.count("L") == 2, "over, and down"
    assert "UCL" in words(drawn(one))
    text = str(table(one))
    assert '<th class="n" scope="col">UCL (mm)</th>' in text
    assert '<tr><th class="n" scope="row">1</th><td class="n">2</td><td class="n">5.25</td></tr>' in text
    assert '<tr><th class="n" scope="row">2</th><td class="n">3</td><td class="n">–</td></tr>' in text


def test_a_band_lies_between_its_bounds_and_the_table_has_both() -> None:
    band = series([1, 2], y2=(3.5, 4), shape="band", label="Range")
    (path,) = paths(drawn(chart(band, series([2, 3]))), "c-band")
    assert path.endswith("Z")
    assert path.count("L") == 3
    assert "1 … 3.5" in str(table(chart(band)))


def test_bars_stand_on_zero_and_carry_their_names() -> None:
    root = drawn(chart(series([3, -2], shape="bars"), x_names=("Saw", "Lathe")))
    tall, deep = (dict(r.attrib) for r in root.iter("rect"))
    assert float(tall["y"]) + float(tall["height"]) == pytest.approx(float(deep["y"]), abs=0.11)
    assert {"Saw", "Lathe"} <= set(words(root))


def test_marks_are_shapes_and_words() -> None:
    root = drawn(
        chart(series([1, 9, 2]), marks=(Mark(x=1, y=9, label="rule 1"), Mark(x=2, y=2, label="", kind="excluded")))
    )
    assert len(paths(root, "c-signal")) == 1
    assert len(paths(root, "c-excluded")) == 1
    assert "rule 1" in words(root)


def test_the_ghost_and_the_prediction_fit_on_the_same_paper() -> None:
    now, before = chart(series([1, 2], [1, 2])), chart(series([1, 50], [1, 500]))
    root = drawn(now, NARROW, ghost=before)
    assert all(0 <= x <= NARROW for x, _y in places(root, "c-ghost"))
    root = drawn(now, NARROW, guess={"x": [1, 300], "y": [5, 80]})
    assert all(0 <= x <= NARROW and 0 <= y <= 260 for x, y in places(root, "c-guess"))
    assert "your prediction" in words(root)
    drawn(now, NARROW, guess=-7.5)


@pytest.mark.parametrize("width", WIDTHS)
def test_long_labels_leave_room_for_the_data_and_do_not_leave_the_paper(width: int) -> None:
    long = "An upper limit with a name that is far too long for any margin"
    one = chart(
        series([7.99, 8.01]), x_label=long, y_label=long, x_unit="shafts", lines=(RefLine(label=long, value=8.0),)
    )
    root = drawn(one, width)
    xs = [x for x, _y in places(root, "c-now")]
    assert max(xs) - min(xs) > 0.4 * width
    for text in words(root):
        assert len(text) * LABEL <= width + 2, text


def test_an_upright_lines_label_at_the_right_edge_stands_to_its_left() -> None:
    one = chart(series([1, 2], [0, 10]), lines=(RefLine(label="Today, the new insert", value=10, axis="x"),))
    (label,) = [t for t in drawn(one).iter("text") if t.text == "Today, the new insert"]
    assert label.get("text-anchor") == "end"


def test_the_table_has_every_point_even_two_over_one_place() -> None:
    text = str(table(chart(series([5.5, 6.5, 7.5], [1, 1, 2]))))
    assert text.count("<tr>") == 4
    assert all(f">{value}<" in text for value in ("5.5", "6.5", "7.5"))


def test_a_long_table_is_cut_and_says_so() -> None:
    text = str(table(chart(series(range(1000)))))
    assert text.count("<tr>") == 201
    assert "800 more rows are not shown." in text


def test_the_table_writes_large_places_out() -> None:
    assert ">1\u202f234\u202f567<" in str(table(chart(series([1.0], [1_234_567.0]))))


@pytest.mark.parametrize("id", registry.simulation_ids())
def test_the_labels_of_our_own_simulations_fit(id: str) -> None:
    simulation = registry.simulation(id)
    for one in simulation.run(type(simulation).Inputs.read({}), 1).charts:
        for width in WIDTHS:
            for text in words(drawn(one, width)):
                assert len(text) * min(CHARACTER, LABEL) <= width + 2, (one.name, width, text)


@given(st.floats(-1e9, 1e9), st.floats(1e-9, 1e9), st.integers(2, 12))
def test_ticks_are_round_and_cover_the_span(low: float, span: float, about: int) -> None:
    span = max(span, 1e-8 * abs(low))
    found = ticks(low, low + span, about)
    assert found[0] <= low + 1e-9 * max(abs(low), span)
    assert found[-1] >= low + span - 1e-9 * max(abs(low), span)
    assert 3 <= len(found) <= 60


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([0.0, 0.5, 1.0], ["0.0", "0.5", "1.0"]),
        ([-20.0, 0.0, 20.0], ["−20", "0", "20"]),
        ([-0.02, -0.0, 0.02], ["−0.02", "0.00", "0.02"]),
        ([3.0], ["3"]),
    ],
)
def test_ticks_have_the_decimals_that_tell_them_apart(values: list[float], texts: list[str]) -> None:
    assert [tick_text(v, tick_decimals(values)) for v in values] == texts


def test_a_label_is_cut_before_its_unit() -> None:
    assert fitting("Average of five", 100, 10, " (mm)") == "Aver… (mm)"
    assert fitting("Short", 100, 10, " (mm)") == "Short (mm)"


@pytest.mark.parametrize(
    ("screen", "width"), [(0, 0), (320, 256), (359, 256), (360, 292), (412, 330), (1280, 720), (99999, 720)]
)
def test_a_chart_takes_what_the_screen_leaves_it(screen: int, width: int) -> None:
    assert chart_width(screen) == width


def test_numbers_that_equal_axes_make_longer_stay_on_the_paper() -> None:
    for high in (60, 90, 120, 150, 200):
        one = chart(series([-high * 0.4, high * 0.4], [-high, high]), equal_axes=True)
        frame = frame_of(one, 292)
        longest = max(len(tick_text(t, tick_decimals(frame.y_ticks))) for t in frame.y_ticks)
        assert frame.left - 6 - CHARACTER * longest >= 2
