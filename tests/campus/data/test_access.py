"""Who sees a dataset: the owner, and whom she shares it with. Everybody else gets 404, and looks are logged."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.campus.data.conftest import STUDY, enrolled, organization, signed_in, with_role

from techamp.campus.data import actions
from techamp.campus.data.models import Dataset
from techamp.campus.partners.models import Organization, Role
from techamp.campus.people.models import AccessRecord, Person

PAGES = ("", f"{STUDY}/")


def statuses(client: Client, dataset: Dataset) -> list[int]:
    return [client.get(f"/data/{dataset.uid}/{page}").status_code for page in PAGES]


def test_the_owner_sees_it_and_is_not_logged(browser: Client, shafts: Dataset) -> None:
    assert statuses(browser, shafts) == [200, 200]
    assert AccessRecord.objects.count() == 0


def test_her_instructor_sees_it_only_while_it_is_shared_and_is_logged(
    browser: Client, shafts: Dataset, college: Organization
) -> None:
    ines = with_role("Ines", college, "instructor")
    client = signed_in(ines)
    assert statuses(client, shafts) == [404, 404]
    browser.post(f"/data/{shafts.uid}/share/", {"shared": "1"})
    assert statuses(client, shafts) == [200, 200]
    looks = AccessRecord.objects.order_by("at").values_list("viewer__name", "key__person__name", "page")
    assert list(looks) == [("Ines", "Ana", "data:dataset"), ("Ines", "Ana", "data:study")]
    assert "shafts.csv" in client.get("/data/").content.decode()
    browser.post(f"/data/{shafts.uid}/share/", {"shared": "0"})
    assert statuses(client, shafts) == [404, 404]
    assert "shafts.csv" not in client.get("/data/").content.decode()


@pytest.mark.parametrize(
    ("place", "kind", "role"),
    [
        ("south", "institution", "instructor"),
        ("north", "institution", "coordinator"),
        ("firm", "company", "company"),
        ("firm", "company", "mentor"),
        ("office", "office", "office"),
    ],
)
def test_nobody_else_sees_what_she_shares_with_her_instructor(
    shafts: Dataset, college: Organization, place: str, kind: str, role: str
) -> None:
    actions.share_with_instructor(shafts, True)
    there = college if place == college.slug else organization(place, kind)
    assert statuses(signed_in(with_role("Otto", there, role)), shafts) == [404, 404]


def test_another_learner_of_her_college_does_not_see_it(shafts: Dataset, college: Organization) -> None:
    actions.share_with_instructor(shafts, True)
    assert statuses(signed_in(enrolled("Ben", college)), shafts) == [404, 404]


def test_who_is_not_signed_in_is_asked_to(client: Client, shafts: Dataset) -> None:
    for page in PAGES:
        response = client.get(f"/data/{shafts.uid}/{page}")
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/account/login/")


def test_the_mentor_whom_she_shares_with_sees_it_as_long_as_he_is_a_mentor(shafts: Dataset) -> None:
    firm = organization("firm", "company")
    mia, other = with_role("Mia", firm, "mentor"), with_role("Max", firm, "mentor")
    actions.share(shafts, mia)
    assert statuses(signed_in(mia), shafts) == [200, 200]
    assert statuses(signed_in(other), shafts) == [404, 404]
    Role.objects.filter(person=mia).delete()
    assert statuses(signed_in(mia), shafts) == [404, 404]
    Role.objects.create(person=mia, organization=firm, kind="mentor")
    actions.unshare(shafts, mia)
    assert statuses(signed_in(mia), shafts) == [404, 404]


def test_whom_it_is_shared_with_changes_nothing(
    shafts: Dataset, ana: Person, browser: Client, college: Organization
) -> None:
    actions.share_with_instructor(shafts, True)
    browser.post(f"/data/{shafts.uid}/{STUDY}/keep/", {"query": "go=1&role-measure=Diameter"})
    run = shafts.runs.get()
    client = signed_in(with_role("Ines", college, "instructor"))
    for page in ("rules/", "share/", "delete/", f"{STUDY}/keep/"):
        assert client.post(f"/data/{shafts.uid}/{page}", {"query": "go=1"}).status_code == 404, page
    assert client.get(f"/data/{shafts.uid}/file/").status_code == 404
    assert client.get(f"/data/{shafts.uid}/delete/").status_code == 404
    assert client.post(f"/data/kept/{run.uid}/delete/").status_code == 404
    shown = client.get(f"/data/{shafts.uid}/").content.decode()
    assert "Ana shares this with you." in shown
    assert "/rules/" not in shown
    assert "/delete/" not in shown
    assert shafts.runs.count() == 1


def test_looking_from_a_lesson_records_a_step_for_the_owner_only(shafts: Dataset, college: Organization) -> None:
    from techamp.campus.learning.models import Attempt
    from techamp.campus.program.curriculum import curriculum

    actions.share_with_instructor(shafts, True)
    ines = signed_in(with_role("Ines", college, "instructor"))
    ines.get(f"/data/{shafts.uid}/{STUDY}/?from={next(iter(curriculum().activities))}")
    assert Attempt.objects.count() == 0
