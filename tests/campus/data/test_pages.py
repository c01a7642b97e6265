"""From a file to a chart, through the pages."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
from django.test import Client
from tests.campus.data.conftest import SHAFTS, STUDY, upload
from tests.contract.test_reading_files import parquet
from tests.contract.workbook import workbook

from techamp.campus.data.models import Dataset, StudyRun
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import Person
from techamp.campus.program.curriculum import curriculum


def page(browser: Client, address: str, status: int = 200) -> str:
    response = browser.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_file_is_read_shown_and_charted(browser: Client) -> None:
    brought = upload(browser, "Report\nLot;7\n" + SHAFTS)
    shown = page(browser, brought["Location"])
    assert "Row 3 holds the column names. The 2 rows above it were left out." in shown
    assert "Diameter (mm)" in shown
    assert "7.991" in shown
    charted = page(browser, f"{brought['Location']}{STUDY}/")
    assert charted.index('class="now"') < charted.index('<figure class="chart"') < charted.index('class="measures"')
    assert "30 readings" in charted
    assert 'id="settings"' in charted


def test_the_preview_shows_the_measure_first_and_the_row_counter_last(browser: Client) -> None:
    lines = [f"{i},{i % 2 + 1},{i // 3},7.99{i % 7}" for i in range(1, 31)]
    brought = upload(browser, "\n".join(["No,Machine,Subgroup,Diameter (mm)", *lines]) + "\n")
    preview = page(browser, brought["Location"]).partition('class="data preview"')[2].partition("</table>")[0]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)<', preview)
    assert heads == ["Diameter (mm)", "Machine", "Subgroup", "No"]
    assert re.findall(r"<td[^>]*>([^<]+)<", preview)[:4] == ["7.991", "2", "0", "1"]


def test_a_pasted_column_is_read(browser: Client) -> None:
    response = browser.post("/data/", {"column": "Weight (g)\n10,1\n10,2\n\n10,3\n", "name": "Scale 4"})
    dataset = Dataset.objects.get()
    assert response["Location"] == f"/data/{dataset.uid}/"
    assert (dataset.name, dataset.source, dataset.rows) == ("Scale 4", "paste", 4)
    assert dataset.columns == [{"name": "Weight", "unit": "g", "number": True}]


def test_nothing_brought_is_a_sentence_on_top_and_at_the_field(browser: Client) -> None:
    response = upload(browser, b"")
    assert response.status_code == 422
    text = response.content.decode()
    said = "File: must hold at least one number, but got &#x27;an empty file&#x27;. Choose another file."
    assert text.count(said) == 2
    assert "data-focus" in text
    assert 'aria-invalid="true"' in text
    assert Dataset.objects.count() == 0


def test_a_workbook_is_read_and_charted(browser: Client) -> None:
    content = workbook(Shafts=[["No", "Diameter 8.00 ± 0.05 mm"], *[[i, 8.0 + (i % 7) / 100] for i in range(1, 31)]])
    brought = upload(browser, content, "shafts.xlsx")
    assert Dataset.objects.get().rows == 30
    charted = page(browser, f"{brought['Location']}{STUDY}/")
    assert "30 readings" in charted
    assert re.search(r'name="lower_spec"[^>]* value="7.95"', charted)


def test_a_parquet_file_is_charted_from_the_columns_that_it_needs(browser: Client) -> None:
    brought = upload(browser, parquet(**{"Diameter (mm)": np.arange(40.0) % 7, "Note": ["x"] * 40}), "shafts.parquet")
    dataset = Dataset.objects.get()
    assert (dataset.rows, dataset.reading_rules.format) == (40, "parquet")
    assert "40 readings" in page(browser, f"{brought['Location']}{STUDY}/")


def test_a_damaged_workbook_is_refused_with_the_way_out(browser: Client) -> None:
    response = upload(browser, b"PK\x03\x04" + b"x" * 50, "shafts.xlsx")
    assert response.status_code == 422
    assert "save it again as .xlsx or CSV" in response.content.decode()


def test_text_among_numbers_is_shown_with_its_row_and_can_count_as_blank(browser: Client) -> None:
    brought = upload(browser, SHAFTS.replace("7;7,990", "7;broken"))
    shown = page(browser, brought["Location"])
    said = "ow 8, Diameter: must be a number, but got &#x27;broken&#x27;."
    assert said in shown
    charted = page(browser, f"{brought['Location']}{STUDY}/?role-measure=Diameter", 422)
    assert said in charted
    assert "<svg class=" not in charted
    browser.post(f"{brought['Location']}rules/", {"column-1": "blank"})
    assert Dataset.objects.get().reading_rules.text_as_blank == ("Diameter",)
    assert "1 cell with text counts as blank in Diameter: row 8 (“broken”)." in page(browser, brought["Location"])
    assert "29 readings" in page(browser, f"{brought['Location']}{STUDY}/?role-measure=Diameter")


def test_rows_that_do_not_fit_can_be_left_out_at_once(browser: Client) -> None:
    brought = upload(browser, SHAFTS + "Mean;7,993\n")
    shown = page(browser, brought["Location"])
    offered = re.search(r'name="skipped" value="([^"]+)"><button', shown)
    assert offered is not None
    assert offered[1] == "32"
    browser.post(f"{brought['Location']}rules/", {"skipped": offered[1]})
    assert Dataset.objects.get().rows == 30
    assert "do not fit" not in page(browser, brought["Location"])


def test_rules_can_be_changed_and_wrong_ones_change_nothing(browser: Client, shafts: Dataset) -> None:
    address = f"/data/{shafts.uid}/rules/"
    browser.post(address, {"header_row": "0", "skipped": "1, 30-31", "delimiter": ";", "decimal": ",", "thousands": ""})
    shafts.refresh_from_db()
    assert (shafts.rows, shafts.columns[0]["name"]) == (28, "Column 1")
    wrong = browser.post(address, {"header_row": "first", "skipped": "x", "decimal": ",", "thousands": ","})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    for part in ("Row with the column names: must be a row number", "Rows to leave out: must be row numbers",
                 "Thousands: must differ from the decimal mark"):  # fmt: skip
        assert part in text
    shafts.refresh_from_db()
    assert shafts.rows == 28


def test_a_header_row_beyond_the_file_is_refused_in_words(browser: Client, shafts: Dataset) -> None:
    response = browser.post(f"/data/{shafts.uid}/rules/", {"header_row": "900"})
    assert response.status_code == 422
    assert "Choose a smaller one." in response.content.decode()


def test_settings_stand_in_the_address_and_make_the_same_again(browser: Client, shafts: Dataset) -> None:
    here = f"/data/{shafts.uid}/{STUDY}/"
    text = page(browser, f"{here}?subgroup_size=5")
    assert "X̄-R chart of 30 readings in 6 subgroups" in text
    link = re.search(r'class="link-again" href="([^"]+)"', text)
    assert link is not None
    again = link[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(again).query)["subgroup_size"] == ["5"]
    assert "X̄-R chart of 30 readings in 6 subgroups" in page(browser, again)


def test_a_wrong_setting_is_said_on_top_and_at_its_field_and_keeps_what_was_typed(
    browser: Client, shafts: Dataset
) -> None:
    text = page(browser, f"/data/{shafts.uid}/{STUDY}/?subgroup_size=99", 422)
    assert text.count("Readings in a subgroup: must be a whole number from 1 to 25 readings") == 2
    assert 'href="#subgroup_size"' in text
    assert 'value="99"' in text


def test_a_role_without_a_column_is_said_at_its_field(browser: Client, shafts: Dataset) -> None:
    text = page(browser, f"/data/{shafts.uid}/{STUDY}/?go=1&role-measure=", 422)
    assert text.count("What was measured: must be one of your columns") == 2
    assert 'href="#role-measure"' in text


def test_htmx_gets_the_result_alone_and_the_faults_of_the_fields(browser: Client, shafts: Dataset) -> None:
    headers = {"HX-Request": "true"}
    response = browser.get(f"/data/{shafts.uid}/{STUDY}/", headers=headers)
    assert "<html" not in response.content.decode()
    assert "<svg" in response.content.decode()
    assert "HX-Request" in response["Vary"]
    wrong = browser.get(f"/data/{shafts.uid}/{STUDY}/?subgroup_size=99", headers=headers)
    assert wrong.status_code == 200
    assert 'id="subgroup_size-fault" hx-swap-oob="true">Readings in a subgroup' in wrong.content.decode()
    restored = browser.get(f"/data/{shafts.uid}/{STUDY}/", headers={**headers, "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_an_unknown_study_is_not_there(browser: Client, shafts: Dataset) -> None:
    assert browser.get(f"/data/{shafts.uid}/{STUDY}/").status_code == 200
    assert browser.get(f"/data/{shafts.uid}/no.such_study/").status_code == 404
    assert browser.get("/data/?study=no.such_study").status_code == 404


def test_a_kept_analysis_makes_itself_again_and_can_be_dropped(browser: Client, shafts: Dataset) -> None:
    here = f"/data/{shafts.uid}/{STUDY}/"
    browser.post(f"{here}keep/", {"query": "go=1&role-measure=Diameter&chart=imr", "title": "First look"})
    run = StudyRun.objects.get()
    assert (run.title, run.roles, run.settings["chart"]) == ("First look", {"measure": "Diameter"}, "imr")
    assert run.summary["notes"]
    shown = page(browser, f"/data/{shafts.uid}/")
    assert "First look" in shown
    link = re.search(rf'href="({re.escape(here)}\?[^"]+)"', shown)
    assert link is not None
    assert "I-MR chart of 30 readings" in page(browser, link[1].replace("&amp;", "&"))
    browser.post(f"/data/kept/{run.uid}/delete/")
    assert StudyRun.objects.count() == 0
    assert Dataset.objects.count() == 1


def test_coming_from_a_lesson_goes_straight_to_the_chart_and_records_that_step_once(
    browser: Client, ana: Person
) -> None:
    place = next(iter(curriculum().activities))
    carried = f"study={STUDY}&chart=imr&from={place}"
    assert "Read it and draw the chart" in page(browser, f"/data/?{carried}")
    brought = upload(browser, SHAFTS, carried=carried)
    assert parse_qs(urlsplit(brought["Location"]).query) == {"chart": ["imr"], "from": [place]}
    for _again in range(2):
        page(browser, brought["Location"])
    attempt = Attempt.objects.get(key=ana.key, kind="study")
    assert (attempt.place, attempt.item, attempt.result) == (place, STUDY, "done")
    assert attempt.state["dataset"] == str(Dataset.objects.get().uid)
    assert attempt.state["settings"]["chart"] == "imr"
    assert attempt.state["note"]
    assert "7.99" not in str(attempt.state["settings"])


def test_a_place_that_is_no_activity_records_nothing(browser: Client, shafts: Dataset) -> None:
    page(browser, f"/data/{shafts.uid}/{STUDY}/?from=nowhere/at/all")
    assert Attempt.objects.count() == 0


def test_hostile_names_and_headers_are_shown_as_text(browser: Client) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    brought = upload(browser, f'"{hostile}",b\n1,2\n3,4\n5,7\n', name=f"..\\..\\{hostile}.csv")
    for address in (brought["Location"], f"{brought['Location']}{STUDY}/", "/data/", f"{brought['Location']}delete/"):
        text = page(browser, address)
        assert "<img src=x" not in text
        assert "&lt;img src=x" in text


def test_a_file_name_keeps_no_folders_and_no_control_characters(browser: Client) -> None:
    upload(browser, SHAFTS, name="C:\\shop\\sha\u202efts\x07.csv")
    assert Dataset.objects.get().name == "shafts.csv"


def test_her_file_comes_back_byte_for_byte_and_never_opens_in_the_browser(browser: Client, shafts: Dataset) -> None:
    response = browser.get(f"/data/{shafts.uid}/file/")
    assert response.content == SHAFTS.encode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="shafts.csv"'
