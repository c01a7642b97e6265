"""Who sees an attempt: its owner, an instructor of her institution. Nobody else, and every look is written down."""

from __future__ import annotations

import uuid

from django.test import Client
from tests.campus.practice.conftest import STACK, institution, instructor_of, newest, person, signed_in

from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import AccessRecord, Person


def an_attempt(browser: Client, learner: Person) -> Attempt:
    """Her first one."""
    browser.get(STACK)
    return newest(learner)


def test_its_owner_sees_it_and_that_is_not_logged(browser: Client, learner: Person) -> None:
    attempt = an_attempt(browser, learner)
    page = browser.get(f"/practice/attempt/{attempt.pk}/")
    assert page.status_code == 200
    assert 'name="do"' not in page.content.decode()
    assert not AccessRecord.objects.exists()


def test_an_instructor_of_her_institution_sees_it_and_is_logged(
    browser: Client, learner: Person, college: Organization
) -> None:
    attempt = an_attempt(browser, learner)
    teacher = instructor_of(college, "Lee")
    page = signed_in(teacher).get(f"/practice/attempt/{attempt.pk}/")
    assert "An attempt of Ana" in page.content.decode()
    record = AccessRecord.objects.get()
    assert (record.viewer, record.key, record.page) == (teacher, learner.key, "practice:attempt")


def test_nobody_else_sees_it(browser: Client, learner: Person) -> None:
    attempt = an_attempt(browser, learner)
    for stranger in (person("Kim"), instructor_of(institution("south"), "Max")):
        assert signed_in(stranger).get(f"/practice/attempt/{attempt.pk}/").status_code == 404
    assert Client(headers={"host": "localhost"}).get(f"/practice/attempt/{attempt.pk}/").status_code == 302
    assert browser.get(f"/practice/attempt/{uuid.uuid4()}/").status_code == 404


def test_nobody_answers_for_somebody_else(browser: Client, learner: Person) -> None:
    attempt = an_attempt(browser, learner)
    posted = {"attempt": str(attempt.pk), "do": "next"}
    assert signed_in(person("Kim")).post(STACK, posted).status_code == 404
    attempt.refresh_from_db()
    assert attempt.finished is None


def test_practice_home_is_for_learners(db: None) -> None:
    assert signed_in(person("Kim")).get("/practice/").status_code == 404
