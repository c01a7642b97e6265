"""A plan becomes a sheet, what is typed into it becomes a dataset, and a full sheet becomes a study."""

from __future__ import annotations

import re

import numpy as np
import pytest
from django.test import Client
from tests.campus.data.conftest import enrolled

from techamp.campus.data import actions
from techamp.campus.data.models import Dataset
from techamp.campus.partners.models import Organization
from techamp.contract import registry

PLANNER = next(id for id in registry.planner_ids() if id.endswith(".gauge_study"))
PLAN = "parts=3&operators=2&trials=2&seed=5"
HERE = f"/data/plan/{PLANNER}/"


def boxes(page: str) -> list[str]:
    return re.findall(r'name="(v\d+-3)"', page)


def fill(names: list[str], most: int = 99) -> dict[str, str]:
    rng = np.random.default_rng(1)
    return {name: f"{8 + rng.normal(0, 0.01):.3f}" for name in names[:most]}


def test_the_sheet_has_each_reading_once_in_an_order_that_the_seed_sets() -> None:
    planner = registry.planner(PLANNER)
    settings = planner.Settings.read({"parts": 4, "operators": 2, "trials": 3})
    sheet = planner.plan(settings, 7)
    given = [row[:3] for row in sheet.rows]
    assert len(given) == len(set(given)) == 24
    assert sheet == planner.plan(settings, 7)
    assert sheet.rows != planner.plan(settings, 8).rows
    assert given != sorted(given, key=str)
    assert set(sheet.roles) == {"operator", "part", "trial", "measurement"}


def test_a_sheet_is_filled_in_at_two_sittings_and_goes_on_to_its_study(browser: Client) -> None:
    names = boxes(browser.get(f"{HERE}?{PLAN}").content.decode())
    assert len(names) == 12
    first = browser.post(HERE, {"query": PLAN, **fill(names, 5)})
    dataset = Dataset.objects.get()
    assert (dataset.source, dataset.rows) == ("typed", 12)
    assert f"dataset={dataset.uid}" in first["Location"]
    again = browser.get(first["Location"]).content.decode()
    assert f'value="{float(fill(names)[names[4]]):.12g}"' in again
    assert "7 readings are still to come" in again
    done = browser.post(HERE, {"query": first["Location"].split("?")[1], **fill(names)})
    assert Dataset.objects.get().uid == dataset.uid
    assert done["Location"].startswith(f"/data/{dataset.uid}/{registry.planner(PLANNER).study}/?go=1&role-operator=")
    assert browser.get(done["Location"]).status_code == 200


def test_what_is_no_number_is_named_and_nothing_is_kept(browser: Client) -> None:
    names = boxes(browser.get(f"{HERE}?{PLAN}").content.decode())
    response = browser.post(HERE, {"query": PLAN, names[2]: "eight", names[3]: "8,01"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Reading 3: must be a number, but got &#x27;eight&#x27;." in text
    assert 'value="8,01"' in text
    assert Dataset.objects.count() == 0


def test_settings_out_of_range_are_said_at_the_field(browser: Client) -> None:
    response = browser.get(f"{HERE}?parts=900")
    assert response.status_code == 422
    assert "Parts: must be a whole number from 2 to 30 parts" in response.content.decode()


@pytest.mark.django_db
def test_nobody_fills_in_somebody_elses_dataset(browser: Client, shafts: Dataset, college: Organization) -> None:
    other = actions.dataset_from_rows(enrolled("Ben", college).key, "x", [("a", "")], [[1.0], [2.0]])
    assert browser.get(f"{HERE}?{PLAN}&dataset={other.uid}").status_code == 404
    assert browser.post(HERE, {"query": f"{PLAN}&dataset={other.uid}", "v0-3": "1"}).status_code == 404


def test_the_page_of_data_offers_the_plans(browser: Client) -> None:
    assert HERE in browser.get("/data/").content.decode()
