"""NUL in any field, address or cookie breaks no page, on SQLite and on PostgreSQL."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.campus.school import browser, enrollment_of, learner, staff, text

from techamp.campus.capstone.models import Project
from techamp.campus.data.models import Dataset
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]
PLAY = "/learn/shop/01-funnel/adjust/"


@pytest.fixture
def ana() -> Person:
    return learner()


def test_it_is_taken_out_of_what_is_typed_and_the_rest_is_kept(ana: Person) -> None:
    page = browser(ana)
    charter = {"title": "Scr\0ap", "problem": "Too\0 much", "measure": "Count", "goal": "Half"}
    assert page.post("/capstone/", charter).status_code == 302
    project = Project.objects.get()
    assert (project.title, project.charter["problem"]) == ("Scrap", "Too much")
    page.post(PLAY, {"do": "predict", "guess": "1\x002", "sure": "low\0"})
    assert Attempt.objects.get(kind="prediction").state == {"guess": 12.0, "sure": "low"}
    page.post(PLAY, {"do": "explain", "choice": "0", "text": "We turn\0 it."})
    assert Attempt.objects.get(kind="explanation").state["text"] == "We turn it."
    page.post("/me/", {"name": "A\0na", "language": "en"})
    assert Person.objects.get(pk=ana.pk).name == "Ana"


def test_an_instructors_reason_and_a_multipart_form_too(ana: Person) -> None:
    ingrid = staff("Ingrid", "instructor")
    judged = {"do": "override", "skill": "shop.aim", "level": "mastered", "reason": "Seen\0 it."}
    browser(ingrid).post(reverse("teaching:learner", args=[enrollment_of(ana).person.uid]), judged)
    assert Evidence.objects.get().reason == "Seen it."
    file = SimpleUploadedFile("a\0.csv", b"Diameter\0,x\n" + b"8.001,1\n7.99\x009,2\n" * 20)
    assert browser(ana).post("/data/", {"file": file, "carried": "a\0"}).status_code in {302, 422}
    assert all("\0" not in str(d.columns) + d.name for d in Dataset.objects.all())


@pytest.mark.parametrize("address", ["/join/AB%00CD/", "/learn/shop/01-funnel/adj%00ust/", "/sign-in/link/%00/"])
def test_an_address_with_it_is_not_there(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ("run", "42")),
        ("step=comp%00are", ("compare", "42")),
        ("%00step=compare", ("compare", "42")),
        ("seed=1%007", ("run", "17")),
        ("was=%00&seed=%0017", ("run", "17")),
        ("%00=1", ("run", "42")),
    ],
)
def test_a_query_with_it_is_read_without_it(ana: Person, query: str, expected: tuple[str, str]) -> None:
    page = browser(ana)
    page.post(PLAY, {"do": "predict", "guess": "12"})
    body = text(page.get(f"{PLAY}?{query}"))
    step = re.search(r'href="\?step=(\w+)" aria-current="step"', body)
    seed = re.search(r'data-query value="[^"]*seed=(\w+)"', body)
    assert step
    assert seed
    assert (step[1], seed[1]) == expected


@pytest.mark.parametrize("path", ["/account/login/", "/sign-in/link/", "/join/", "/account/password/reset/"])
def test_forms_in_front_of_the_door_answer(path: str) -> None:
    sent = {"login": "a\0@example.org", "email": "a\0@example.org", "password": "\0" * 12, "code": "AB\0CD"}
    assert Client().post(path, sent).status_code < 500


def test_a_cookie_that_spells_it_signs_nobody_in() -> None:
    response = Client(headers={"cookie": 'sessionid="a\\000b"'}).get("/week/")
    assert response.status_code == 302
