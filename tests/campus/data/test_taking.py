"""What can be taken along: a page, charts, points and tables, and the link that makes it again."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.campus.data.conftest import STUDY

from techamp.campus.data.models import Dataset

QUERY = "role-measure=Diameter&phases=17:%20new%20tool&exclude=5:%20slip"


def taken(browser: Client, shafts: Dataset, what: str, query: str = QUERY) -> bytes:
    response = browser.get(f"/data/{shafts.uid}/{STUDY}/take/{what}?{query}")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment;")
    return response.content


def test_the_page_is_a_pdf(browser: Client, shafts: Dataset) -> None:
    assert taken(browser, shafts, "report.pdf").startswith(b"%PDF-")


def test_a_chart_is_a_drawing_that_stands_alone(browser: Client, shafts: Dataset) -> None:
    root = ElementTree.fromstring(taken(browser, shafts, "location.svg").decode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    text = "".join(root.itertext())
    assert "var(" not in text
    assert "new tool" in text
    assert len([e for e in root.iter() if e.get("class") == "c-now-dot"]) == 30


def test_a_chart_is_pixels(browser: Client, shafts: Dataset) -> None:
    assert taken(browser, shafts, "spread.png").startswith(b"\x89PNG")


def test_all_points_are_lines_with_their_limits_and_causes(browser: Client, shafts: Dataset) -> None:
    rows = list(csv.DictReader(io.StringIO(taken(browser, shafts, "points.csv").decode("utf-8-sig"))))
    assert len(rows) == 30
    assert (rows[0]["row"], rows[0]["x (mm)"], rows[3]["left out"]) == ("2.0", "7.991", "slip")
    assert {row["phase"] for row in rows} == {"1", "new tool"}


def test_a_table_of_the_outcome_is_taken_by_its_name(browser: Client, shafts: Dataset) -> None:
    rows = list(csv.reader(io.StringIO(taken(browser, shafts, "left_out.csv").decode("utf-8-sig"))))
    assert rows[1][1:] == ["5", "7.994", "slip"]


@pytest.mark.parametrize("what", ["nothing.csv", "nothing.svg", "location.gif", "report.png", "x"])
def test_what_is_not_there_is_not_found(browser: Client, shafts: Dataset, what: str) -> None:
    assert browser.get(f"/data/{shafts.uid}/{STUDY}/take/{what}?{QUERY}").status_code == 404


def test_what_cannot_be_drawn_leads_back_to_what_must_be_mended(browser: Client, shafts: Dataset) -> None:
    response = browser.get(f"/data/{shafts.uid}/{STUDY}/take/report.pdf?role-measure=Diameter&exclude=5")
    assert response.status_code == 302
    assert "exclude=5" in response["Location"]


def test_the_page_offers_picking_and_says_why_others_differ(browser: Client, shafts: Dataset) -> None:
    text = browser.get(f"/data/{shafts.uid}/{STUDY}/?{QUERY}").content.decode()
    assert 'id="picks"' in text
    assert '"row": 2' in text
    assert "Why another program may print something else" in text
    assert 'data-action="Leave out of the limits"' in text
    assert 'value="5: slip"' in text


def test_settings_of_other_charts_are_out_of_the_way(browser: Client, shafts: Dataset) -> None:
    text = browser.get(f"/data/{shafts.uid}/{STUDY}/?chart=imr").content.decode()
    assert 'data-values="ewma" hidden>' in text
    shown = browser.get(f"/data/{shafts.uid}/{STUDY}/?chart=ewma").content.decode()
    assert 'data-values="ewma">' in shown
    assert 'data-values="cusum" hidden>' in shown


def test_the_page_of_the_data_says_what_columns_mean_and_sorts_the_questions(browser: Client, shafts: Dataset) -> None:
    text = browser.get(f"/data/{shafts.uid}/").content.decode()
    assert "a measure" in text
    assert text.index("Is the process stable, and when did it change?") < text.index("These need other columns")
    assert text.index("These need other columns") < text.index("Gauge study")
