"""From factors to a run sheet, from results to settings, from settings to a confirmation run and its verdict."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from techamp.campus.data.models import Dataset, FilledPlan
from techamp.contract import InvalidInput, registry

PLANNER = next(id for id in registry.planner_ids() if id.endswith(".experiment"))
HERE = f"/data/plan/{PLANNER}/"
CELLS = "&".join(
    f"factors-{i}-{j}={cell}"
    for i, line in enumerate(
        [("Temperature", "180", "200", "°C"), ("Speed", "1,5", "2,5", ""), ("Tool", "steel", "brass", "")]
    )
    for j, cell in enumerate(line)
)
PLAN = f"{CELLS}&response=Length+(mm)&plan=full&center_points=0&repeats=2&blocks=1&order=random&seed=3"


def filled(browser: Client, address: str) -> str:
    """Fill every box of the sheet at that address by a law with one strong factor; where it leads to."""
    page = browser.get(address).content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    values = {}
    for i, row in enumerate(row for row in rows if 'name="v' in row):
        high = ">200<" in row
        values[re.search(r'name="(v\d+-\d+)"', row)[1]] = f"{50 + 4 * high + 0.1 * (i % 3):.2f}"  # type: ignore[index]
    query = html.unescape(re.search(r'name="query" value="([^"]*)"', page)[1])  # type: ignore[index]
    return browser.post(address.split("?")[0], {"query": query, **values})["Location"]


def test_an_experiment_goes_from_factors_to_the_verdict_on_its_confirmation_run(browser: Client) -> None:
    study = filled(browser, f"{HERE}?{PLAN}")
    assert "/process_control.experiment/" in study
    page = browser.get(study).content.decode()
    assert "Temperature (+" in page
    page = browser.get(f"{study}&goal=high").content.decode()
    link = html.unescape(re.search(r'href="(/data/plan/[^"]*confirmation_run/[^"]*)"', page)[1])  # type: ignore[index]
    sheet = browser.get(link).content.decode()
    assert "Their mean should lie between" in sheet
    assert "200 °C" in sheet
    boxes = re.findall(r'name="(v\d+-\d+)"', sheet)
    assert len(boxes) == 4
    query = html.unescape(re.search(r'name="query" value="([^"]*)"', sheet)[1])  # type: ignore[index]
    done = browser.post(link.split("?")[0], {"query": query, **dict.fromkeys(boxes, "54.1")})
    assert "the model holds at these settings" in browser.get(done["Location"]).content.decode()
    done = browser.post(link.split("?")[0], {"query": query, **dict.fromkeys(boxes, "51")})
    assert "the model does not hold" in browser.get(done["Location"]).content.decode()


def test_a_fraction_says_in_words_what_it_cannot_tell_apart(browser: Client) -> None:
    page = browser.get(f"{HERE}?{PLAN.replace('plan=full', 'plan=half')}").content.decode()
    assert "Resolution III" in page
    assert "Speed · Tool" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("factors-0-1=300", "must have a low below its high"),
        ("factors-1-0=Temperature", "must have different names"),
        ("center_points=3", "must be at one of its two levels"),
        ("blocks=4&plan=half", "must fit a plan of 3 factors"),
        ("response=", "must have a name"),
    ],
)
def test_what_cannot_be_planned_is_said(browser: Client, wrong: str, said: str) -> None:
    response = browser.get(f"{HERE}?{PLAN}&{wrong}")
    assert response.status_code == 422
    assert said in response.content.decode()


def test_a_half_filled_sheet_is_found_again_and_gone_when_it_is_full(browser: Client) -> None:
    page = browser.get(f"{HERE}?{PLAN}").content.decode()
    boxes = re.findall(r'name="(v\d+-\d+)"', page)
    query = html.unescape(re.search(r'name="query" value="([^"]*)"', page)[1])  # type: ignore[index]
    browser.post(HERE, {"query": query, boxes[0]: "50,5"})
    home = browser.get("/data/").content.decode()
    assert "15 readings to come" in home
    link = html.unescape(re.search(r'href="(/data/plan/[^"]*dataset=[^"]*)"', home)[1])  # type: ignore[index]
    assert 'value="50.5"' in browser.get(link).content.decode()
    browser.post(HERE, {"query": link.split("?")[1], **dict.fromkeys(boxes, "50"), boxes[0]: "54"})
    assert Dataset.objects.count() == 1
    assert FilledPlan.objects.get().left == 0
    assert "dataset=" not in browser.get("/data/").content.decode()


def test_the_sheet_of_every_plan_fills_the_roles_of_its_study() -> None:
    for id in registry.planner_ids():
        planner = registry.planner(id)
        sheet = planner.plan(planner.Settings(), 1)
        roles = {column.name: column.required for column in registry.study(planner.study).columns}
        assert set(sheet.roles) <= set(roles)
        assert {name for name, required in roles.items() if required} <= set(sheet.roles)


def test_a_plan_of_too_many_runs_is_refused() -> None:
    planner = registry.planner(PLANNER)
    lines = "\n".join(f"F{i}|0|1|" for i in range(8))
    with pytest.raises(InvalidInput, match="must be at most 128 runs"):
        planner.plan(planner.Settings.read({"factors": lines}), 1)
