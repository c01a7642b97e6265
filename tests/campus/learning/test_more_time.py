"""A week more is asked for with one tap, answered with one tap, and the answer stands on her page."""

from __future__ import annotations

import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.campus.practice.conftest import CURRICULUM, instructor_of, person, signed_in

from techamp.campus.learning.progress import plan_of, progress_of
from techamp.campus.partners.models import Cohort, Enrollment, Extension, Organization
from techamp.campus.people.models import Person

ASK = "/week/more-time/shop/01-lengths/"
MODULE = "/learn/shop/01-lengths/"


@pytest.fixture(autouse=True)
def _small_curriculum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(CURRICULUM))


@pytest.fixture
def college(db: None) -> Organization:
    """The learner's college."""
    return Organization.objects.create(slug="north", name="North", kind=Organization.Kind.INSTITUTION)


def enrolled(college: Organization, days_ago: int) -> Enrollment:
    """Ana; her one module is due 13 days after the start."""
    starts = timezone.localdate() - datetime.timedelta(days=days_ago)
    cohort = Cohort.objects.create(institution=college, name="Fall", starts=starts)
    return Enrollment.objects.create(person=person("Ana"), cohort=cohort)


def due_in(enrollment: Enrollment) -> int:
    """Days until her module is due."""
    fresh, today = Enrollment.objects.get(pk=enrollment.pk), timezone.localdate()
    return (plan_of(fresh, progress_of(enrollment.person.key), today).modules[0].due - today).days


def text(response: HttpResponse) -> str:
    """The page."""
    assert response.status_code == 200
    return response.content.decode()


def asked(enrollment: Enrollment, **given: str) -> Extension:
    """She asks."""
    assert signed_in(enrollment.person).post(ASK, given).status_code == 302
    return Extension.objects.get(granted=None)


def test_asked_and_granted_in_two_taps(college: Organization) -> None:
    ana = enrolled(college, 12)
    browser, teacher = signed_in(ana.person), signed_in(instructor_of(college, "Ines"))
    assert due_in(ana) == 1
    assert "Ask for a week more" in text(browser.get("/week/"))
    extension = asked(ana, reason="Two weeks of nights", back="home")
    assert "Your instructor has not answered yet." in text(browser.get("/week/"))
    page = text(teacher.get("/teaching/"))
    assert "“Two weeks of nights”" in page
    assert "Grant until" in page
    answer = teacher.post(f"/teaching/extensions/{extension.pk}/", {"do": "grant", "words": "Rest first."})
    assert answer.status_code == 302
    assert due_in(ana) == 8
    page = text(browser.get("/week/"))
    assert "You have more time" in page
    assert '“Rest first.” <span class="soft">Ines' in page
    extension.refresh_from_db()
    assert (extension.granted, extension.days, extension.answered_by.name) == (True, 7, "Ines")
    assert "Nobody is waiting." in text(teacher.get("/teaching/extensions/"))


def test_a_week_more_leaves_a_week_when_the_date_is_past(college: Organization) -> None:
    ana = enrolled(college, 23)
    assert due_in(ana) == -10
    extension = asked(ana)
    signed_in(instructor_of(college, "Ines")).post(f"/teaching/extensions/{extension.pk}/", {"do": "grant"})
    assert due_in(ana) == 7


def test_declined_with_a_word_leaves_the_date(college: Organization) -> None:
    ana = enrolled(college, 14)
    extension = asked(ana)
    signed_in(instructor_of(college, "Ines")).post(
        f"/teaching/extensions/{extension.pk}/", {"do": "decline", "words": "Come to the open lab on Friday."}
    )
    assert due_in(ana) == -1
    page = text(signed_in(ana.person).get(MODULE))
    assert "not granted" in page
    assert "Come to the open lab on Friday." in page


def test_a_double_tap_asks_once_and_the_first_answer_stands(college: Organization) -> None:
    ana, teacher = enrolled(college, 12), signed_in(instructor_of(college, "Ines"))
    assert asked(ana) == asked(ana)
    url = f"/teaching/extensions/{Extension.objects.get().pk}/"
    teacher.post(url, {"do": "grant"})
    page = text(teacher.post(url, {"do": "decline"}, follow=True))
    assert "Ana had an answer already. It stands." in page
    assert due_in(ana) == 8


def test_an_instructor_of_another_college_cannot_answer(college: Organization) -> None:
    ana = enrolled(college, 12)
    extension = asked(ana)
    far = Organization.objects.create(slug="south", name="South", kind=Organization.Kind.INSTITUTION)
    stranger = signed_in(instructor_of(far, "Sam"))
    assert stranger.post(f"/teaching/extensions/{extension.pk}/", {"do": "grant"}).status_code == 404
    assert "Ana" not in text(stranger.get("/teaching/extensions/"))
    assert signed_in(ana.person).post(f"/teaching/extensions/{extension.pk}/", {"do": "grant"}).status_code == 404
    assert due_in(ana) == 1


def test_a_module_that_is_not_open_cannot_be_asked_for(college: Organization) -> None:
    ana = enrolled(college, -3)
    assert signed_in(ana.person).post(ASK).status_code == 404
    assert signed_in(ana.person).post("/week/more-time/shop/nothing/").status_code == 404


def test_far_from_the_date_nothing_is_offered(college: Organization) -> None:
    browser = signed_in(enrolled(college, 5).person)
    assert "Ask for a week more" not in text(browser.get("/week/"))
    assert "Ask for a week more" not in text(browser.get(MODULE))


def test_an_ask_for_a_module_that_is_gone_breaks_no_page(college: Organization) -> None:
    ana = enrolled(college, 12)
    Extension.objects.create(enrollment=ana, place="shop/99-gone")
    teacher = signed_in(instructor_of(college, "Ines"))
    assert "Grant 7 days" in text(teacher.get("/teaching/extensions/"))
    teacher.post(f"/teaching/extensions/{Extension.objects.get().pk}/", {"do": "grant"})
    assert "shop/99-gone" in text(teacher.get("/teaching/extensions/"))
    text(signed_in(ana.person).get("/week/"))


def test_the_cohort_page_asks_the_database_once_for_all_extensions(
    college: Organization, django_assert_max_num_queries: object
) -> None:
    ana = enrolled(college, 12)
    teacher = signed_in(instructor_of(college, "Ines"))
    url = f"/teaching/cohort/{ana.cohort.uid}/"
    text(teacher.get(url))
    for number in range(6):
        Enrollment.objects.create(person=person(f"P{number}"), cohort=ana.cohort)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        text(teacher.get(url))


def test_a_person_is_no_instructor_of_herself(college: Organization) -> None:
    ana: Person = enrolled(college, 12).person
    client: Client = signed_in(ana)
    assert client.get("/teaching/extensions/").status_code == 404
