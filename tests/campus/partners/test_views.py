"""A company sees who agreed to it; the office sees sums, and none over few people."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.campus.school import browser, enrollment_of, key_of, learner, monday, place, staff, text

from techamp.campus.learning import ledger
from techamp.campus.partners.models import Cohort
from techamp.campus.people.models import AccessRecord, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]


@pytest.fixture
def carl() -> Person:
    place("company", "firm")
    return staff("Carl", "company", "firm")


def cells(body: str, cohort: str) -> list[str]:
    """The office's row of a cohort, as text."""
    row = re.search(rf'<tr[^>]*><th[^>]* scope="row">{re.escape(cohort)}</th>(.*?)</tr>', body, re.S)[1]  # type: ignore[index]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]


def office() -> str:
    place("office", "office")
    return text(
        browser(Person.objects.filter(name="Olga").first() or staff("Olga", "office", "office")).get("/office/")
    )


def test_a_company_sees_the_skills_of_who_agreed_and_the_others_as_a_number(carl: Person) -> None:
    ana, bo, cy = learner("Ana", company="firm"), learner("Bo", company="firm"), learner("Cy", company="rival")
    for someone in (ana, bo, cy):
        ledger.append(key_of(someone), "lecture", ["shop.aim"], place="shop/01-funnel/lecture")
    enrollment = enrollment_of(ana)
    enrollment.shows_company = True
    enrollment.save()
    body = text(browser(carl).get(reverse("partners:company")))
    assert "2 of your people are in the program." in body
    assert "1 person keeps the record private." in body
    assert ">Ana</h2>" in body
    assert "1 of 5: Met" in body
    assert "Bo<" not in body
    assert "Cy<" not in body
    assert [a.key for a in AccessRecord.objects.all()] == [key_of(ana)]
    enrollment.shows_company = False
    enrollment.save()
    assert "Ana" not in text(browser(carl).get(reverse("partners:company")))


def test_consent_to_one_company_shows_nothing_to_another(carl: Person) -> None:
    ana = learner("Ana", company="rival")
    enrollment = enrollment_of(ana)
    enrollment.shows_company = True
    enrollment.save()
    assert "Ana" not in text(browser(carl).get(reverse("partners:company")))


def test_the_office_sees_sums_of_each_cohort_and_no_name() -> None:
    people = [learner(f"Person{i}", starts=monday(-5)) for i in range(6)]
    for someone in people[:3]:
        ledger.append(key_of(someone), "lecture", ["shop.aim", "shop.adjust"], place="shop/01-funnel/lecture")
    ledger.append(key_of(people[5]), "practice", ["shop.aim"], place="shop/01-funnel/aim")
    body = office()
    name = Cohort.objects.get().name
    row = cells(body, name)
    assert row[0] == "North"
    assert row[2:5] == ["6", "6", "0"]
    assert row[5:] == ["6", "–", "0", "0", "0"], "one practiced skill would point to one person"
    assert "Person" not in body


def test_a_cohort_of_few_shows_its_size_and_no_more() -> None:
    for i in range(4):
        learner(f"Person{i}", starts=monday(-5))
    assert cells(office(), Cohort.objects.get().name)[2:] == ["4", "too few to show"]


@pytest.mark.parametrize("done", [1, 4, 5])
def test_a_count_of_few_people_or_of_all_but_few_is_not_shown(done: int) -> None:
    people = [learner(f"Person{i}", starts=monday(-3)) for i in range(6)]
    for someone in people[:done]:
        for kind, part in (("lecture", "lecture"), ("mastery", "tools"), ("lab", "lab"), ("conversation", "talk")):
            ledger.append(key_of(someone), kind, ["shop.aim"], place=f"shop/01-funnel/{part}")
        for item in ("challenge-still", "challenge-hidden"):
            ledger.append(key_of(someone), "challenge", ["shop.aim"], place="shop/01-funnel/adjust", item=item)
    assert cells(office(), Cohort.objects.get().name)[3] == "–"


def test_only_the_office_sees_the_office(carl: Person) -> None:
    for other in (learner(), carl, staff("Ingrid", "instructor")):
        assert browser(other).get(reverse("partners:office")).status_code == 404
