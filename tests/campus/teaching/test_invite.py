"""Codes for a cohort: made for as many as typed, refused with a sentence, withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from tests.campus.school import browser, learner, person, place, staff, text

from techamp.campus.partners.invitations import invite, open_invitation, use
from techamp.campus.partners.models import Cohort, Invitation
from techamp.campus.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]


@pytest.fixture
def ingrid() -> Person:
    return staff("Ingrid", "instructor")


@pytest.fixture
def cohort(ingrid: Person) -> Cohort:
    learner()
    place("company", "firm")
    return Cohort.objects.get()


def address(cohort: Cohort) -> str:
    return reverse("teaching:invite", args=[cohort.uid])


def code_of(cohort: Cohort, days: int = 30) -> Invitation:
    return invite(cohort.institution, by=None, cohort=cohort, uses=3, days=days)


@pytest.mark.parametrize(("uses", "count"), [("3", 3), (" 12 ", 12), ("1", 1), ("200", 200)])
def test_a_code_for_as_many_as_typed(cohort: Cohort, ingrid: Person, uses: str, count: int) -> None:
    before = list(Invitation.objects.values_list("pk", flat=True))
    assert browser(ingrid).post(address(cohort), {"uses": uses, "company": "firm"}).status_code == 302
    made = Invitation.objects.exclude(pk__in=before).get()
    assert (made.uses_left, made.cohort, made.made_by) == (count, cohort, ingrid)
    assert made.company is not None
    assert made.company.slug == "firm"
    assert made.code in text(browser(ingrid).get(reverse("teaching:cohort", args=[cohort.uid])))


@pytest.mark.parametrize("uses", ["lots", "0", "-5", "201", "1000000", "2.5", "²", "👷", "9" * 5000])
def test_any_other_count_is_refused_and_kept(cohort: Cohort, ingrid: Person, uses: str) -> None:
    before = Invitation.objects.count()
    page = text(browser(ingrid).post(address(cohort), {"uses": uses, "company": "firm"}), 422)
    assert "How many people: must be a whole number from 1 to 200; you typed “" + uses[:30] in page
    assert f'value="{uses}"' in page
    assert '<option value="firm" selected>' in page
    assert Invitation.objects.count() == before


def test_an_empty_count_is_refused(cohort: Cohort, ingrid: Person) -> None:
    before = Invitation.objects.count()
    assert "from 1 to 200; it is empty." in text(browser(ingrid).post(address(cohort), {"uses": " "}), 422)
    assert Invitation.objects.count() == before


def test_a_withdrawn_code_places_nobody(cohort: Cohort, ingrid: Person) -> None:
    made, other = code_of(cohort), code_of(cohort)
    page = text(browser(ingrid).get(reverse("teaching:cohort", args=[cohort.uid])))
    assert f'name="withdraw" value="{made.code}"' in page
    after = text(browser(ingrid).post(address(cohort), {"withdraw": made.code}, follow=True))
    assert f"Code {made.code} is withdrawn." in after
    assert f'value="{made.code}"' not in after
    assert open_invitation(made.code) is None
    assert use(made.code, person("Nia")) is None
    assert open_invitation(other.code) == other


def test_a_code_that_is_not_open_is_not_withdrawn_twice(cohort: Cohort, ingrid: Person) -> None:
    made = code_of(cohort)
    Invitation.objects.filter(pk=made.pk).update(expires=made.expires - timedelta(days=40))
    assert "not open any more" in text(browser(ingrid).post(address(cohort), {"withdraw": made.code}, follow=True))


def test_only_an_instructor_of_the_cohorts_institution_withdraws(cohort: Cohort) -> None:
    learner("Fay", "south")
    south = Cohort.objects.exclude(pk=cohort.pk).get()
    irma, made = staff("Irma", "instructor", "south"), code_of(cohort)
    for someone in (irma, staff("Cora", "coordinator")):
        assert browser(someone).post(address(cohort), {"withdraw": made.code}).status_code == 404
    browser(irma).post(address(south), {"withdraw": made.code})
    assert open_invitation(made.code) == made


@pytest.mark.parametrize(
    ("days", "says"),
    [(30, "until Dec 22<"), (39, "until Dec 31<"), (41, "until Jan 2, 2027<"), (3650, "Nov 19, 2036<")],
)
def test_a_code_that_outlives_the_year_names_the_year(cohort: Cohort, ingrid: Person, days: int, says: str) -> None:
    with patch("django.utils.timezone.now", return_value=datetime(2026, 11, 22, 15, tzinfo=UTC)):
        code_of(cohort, days)
        assert says in text(browser(ingrid).get(reverse("teaching:cohort", args=[cohort.uid])))
