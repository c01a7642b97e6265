"""An outcome in a notebook, in a report and in a terminal says the same."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from techamp.contract import Chart, DataTable, Explanation, Measure, Outcome, RefLine, Series
from techamp.contract.drawing.html import report_page
from techamp.contract.drawing.plain_letters import shown_width
from techamp.contract.drawing.style_sheet import style_sheet
from techamp.contract.drawing.text import outcome_text

SERIES = Series(name="x", label="Width", x=(1.0, 2.0, 3.0), y=(4.0, 5.5, None))
CHART = Chart(
    name="c", title="Widths <of> slots", x_label="Slot", y_label="Width", y_unit="mm", series=(SERIES,),
    lines=(RefLine(label="Center", value=4.75),), words="Three slots.", equation="CL = x̄ = 4.75",
)  # fmt: skip
OUTCOME = Outcome(
    notes=("Stable & centered.", "Look at the spread next."),
    measures=(Measure(name="cpk", label="Cpk", value=-1.5, low=-1.6, high=-1.4, decimals=2, unit="", help="Nearest."),),
    charts=(CHART,),
    tables=(DataTable(name="t", title="Slots", columns=("Slot", "Width (mm)", "Good"), rows=(("A1", 4.0, True),)),),
    explanations=(Explanation(name="e", title="Why it differs", sentences=("d2 is rounded.",)),),
)
SAID = ["Look at the spread next.", "Cpk", "−1.50", "95 %: −1.60 to −1.40", "Slots", "A1", "yes", "d2 is rounded."]


@pytest.mark.parametrize("word", SAID)
def test_every_part_is_said_everywhere(word: str) -> None:
    notebook = OUTCOME._repr_html_()
    page = report_page("Slots", "slots.csv", OUTCOME, "Made by hand.")
    assert word in notebook
    assert word in page
    assert word in outcome_text(OUTCOME)


def test_text_of_a_file_cannot_become_markup() -> None:
    for page in (OUTCOME._repr_html_(), CHART._repr_html_(), report_page("<b>", "<i>", OUTCOME, "<u>")):
        assert "Widths &lt;of&gt; slots" in page
        assert not re.search(r"<(of|b|i|u)>", page)
    table = DataTable(name="t", title="<b>", columns=("<i>",), rows=(("<script>",),))
    assert "<script>" not in table._repr_html_()


def test_a_drawing_alone_is_xml_with_its_own_colors() -> None:
    root = ElementTree.fromstring(CHART._repr_svg_())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in CHART._repr_svg_()


def test_the_style_touches_nothing_outside_of_the_outcome() -> None:
    plain = re.sub(r"@media[^{]*\{", "", style_sheet())
    selectors = [part.strip() for rule in re.findall(r"([^{}]+)\{", plain) for part in rule.split(",")]
    assert selectors
    assert all(selector.startswith(".techamp") for selector in selectors)


def test_long_tables_are_cut_in_a_terminal_and_say_so() -> None:
    rows = tuple((f"row {i}", "word " * 30) for i in range(20))
    outcome = Outcome(tables=(DataTable(name="t", title="Long", columns=("Where", "What"), rows=rows),))
    text = outcome_text(outcome)
    assert "… and 8 more rows" in text
    assert max(map(shown_width, text.splitlines())) <= 80
