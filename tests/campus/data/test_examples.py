"""Example files on the page of her data."""

from __future__ import annotations

from django.test import Client

from techamp.campus.data.models import Dataset
from techamp.contract.example_file import example_files


def test_every_example_is_offered_read_without_a_fault_and_kept_once(browser: Client) -> None:
    home = browser.get("/data/").content.decode()
    for file in example_files():
        assert file.title in home
        first = browser.post(f"/data/example/{file.name}/")
        again = browser.post(f"/data/example/{file.name}/")
        assert first["Location"] == again["Location"]
        shown = browser.get(first["Location"]).content.decode()
        assert "Example file" in shown
        assert 'id="problems"' not in shown
    assert Dataset.objects.filter(source="example").count() == len(example_files())


def test_an_unknown_example_is_not_found(browser: Client) -> None:
    assert browser.post("/data/example/no-such.csv/").status_code == 404


def test_machines_are_offered_by_name_once_their_column_is_chosen(browser: Client) -> None:
    address = browser.post("/data/example/two-lathes.csv/")["Location"]
    study = next(w for w in browser.get(address).content.decode().split('"') if w.endswith(".control_chart/"))
    page = browser.get(study).content.decode()
    assert "<option>Lathe 1</option><option>Lathe 2</option>" in page
    without = browser.get(study, {"go": "1", "role-measure": "Diameter"}).content.decode()
    assert "<option>Lathe 1</option>" not in without
    assert '<div class="setting" id="setting-only" hidden>' in without
