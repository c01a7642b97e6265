"""One getter per object: it authorizes, writes the audit log, or answers 404."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from techamp.campus.partners import access
from techamp.campus.partners.models import Cohort, Enrollment, Extension, Organization, Role
from techamp.campus.people.models import AccessRecord, LedgerKey, Person


def asks(person: Person, path: str = "/somewhere/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = Person.objects.get(pk=person.pk)
    return request


@pytest.fixture
def ines(college: Any) -> Person:
    person = Person.objects.create_user("ines@example.org", name="Ines")
    Role.objects.create(person=person, organization=college.place, kind="instructor")
    return person


@pytest.fixture
def far(db: None) -> Person:
    """An instructor elsewhere."""
    person = Person.objects.create_user("far@example.org", name="Far")
    place = Organization.objects.create(slug="far", name="Far", kind="institution")
    Cohort.objects.create(institution=place, name="Far cohort", starts=date(2026, 9, 7))
    Role.objects.create(person=person, organization=place, kind="instructor")
    return person


def test_an_instructor_gets_a_learner_of_her_institution_and_it_is_logged(ana: Person, ines: Person) -> None:
    assert access.learner_to_teach(asks(ines, "/teaching/x/"), ana.uid).person == ana
    record = AccessRecord.objects.get()
    assert (record.viewer, record.key.person, record.path) == (ines, ana, "/teaching/x/")


def test_elsewhere_the_learner_is_not_there_and_nothing_is_logged(ana: Person, far: Person) -> None:
    for who in (far, ana):
        with pytest.raises(Http404):
            access.learner_to_teach(asks(who), ana.uid)
    with pytest.raises(Http404):
        access.learner_to_teach(asks(far), uuid4())
    assert not AccessRecord.objects.exists()


def test_only_instructors_get_learners(ana: Person, ines: Person, college: Any) -> None:
    for kind in ("coordinator", "mentor"):
        Role.objects.update(kind=kind)
        with pytest.raises(Http404):
            access.learner_to_teach(asks(ines), ana.uid)
        with pytest.raises(Http404):
            access.cohort_to_teach(asks(ines), college.cohort.uid)


def test_a_cohort_is_for_instructors_of_its_institution(college: Any, ana: Person, ines: Person, far: Person) -> None:
    assert access.cohort_to_teach(asks(ines), college.cohort.uid) == college.cohort
    for who in (far, ana):
        with pytest.raises(Http404):
            access.cohort_to_teach(asks(who), college.cohort.uid)


def test_an_extension_is_answered_by_instructors_of_its_institution(
    college: Any, ana: Person, ines: Person, far: Person
) -> None:
    asked = Extension.objects.create(enrollment=Enrollment.objects.get(person=ana), place="x/y")
    assert access.extension_to_answer(asks(ines), asked.pk) == asked
    for who in (far, ana):
        with pytest.raises(Http404):
            access.extension_to_answer(asks(who), asked.pk)


def test_an_organization_is_got_by_the_role_one_holds_there(college: Any, ana: Person, ines: Person) -> None:
    assert access.organization_as(asks(ines), "instructor") == college.place
    for who, kind in ((ines, "office"), (ana, "instructor")):
        with pytest.raises(Http404):
            access.organization_as(asks(who), kind)


def test_looking_at_ones_own_record_is_not_logged(ana: Person) -> None:
    access.looked_at(asks(ana), LedgerKey.objects.get(person=ana))
    assert not AccessRecord.objects.exists()


def test_a_record_of_nobody_any_more_is_logged_all_the_same(ines: Person) -> None:
    access.looked_at(asks(ines), LedgerKey.objects.create())
    assert AccessRecord.objects.get().viewer == ines


def test_a_key_that_is_missing_is_made(ana: Person) -> None:
    LedgerKey.objects.all().delete()
    assert access.own_key(asks(ana)).person == ana
    assert access.own_key(asks(ana)) == LedgerKey.objects.get()


def test_pages_for_learners_are_not_there_for_others(ana: Person, ines: Person) -> None:
    @access.learners_only
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("hers")

    assert page(asks(ana)).content == b"hers"
    with pytest.raises(Http404):
        page(asks(ines))
    stranger = RequestFactory().get("/somewhere/")
    stranger.user = AnonymousUser()
    assert page(stranger)["Location"] == "/account/login/?next=/somewhere/"
