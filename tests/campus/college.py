"""A college with a cohort, a learner, and no rate limit left over from another test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort, Invitation, Organization
from techamp.campus.people.models import Person

PASSWORD = "three old lathes"


@dataclass
class College:
    """An institution, its cohort, and a sponsor."""

    place: Organization
    cohort: Cohort
    company: Organization

    def invite(self, **more: object) -> Invitation:
        return invite(self.place, by=None, cohort=self.cohort, **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def no_limits_used(db: None) -> None:
    cache.clear()


@pytest.fixture
def college(db: None) -> College:
    place = Organization.objects.create(slug="near", name="Near College", kind="institution")
    company = Organization.objects.create(slug="firm", name="Firm", kind="company")
    return College(place, Cohort.objects.create(institution=place, name="Fall", starts=date(2026, 9, 7)), company)


@pytest.fixture
def ana(college: College) -> Person:
    person = Person.objects.create_user("ana@example.org", PASSWORD, name="Ana Alvarez")
    use(college.invite(company=college.company).code, person)
    return person


@pytest.fixture
def signed_in(ana: Person) -> Client:
    client = Client()
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(ana.pk)
    return client
