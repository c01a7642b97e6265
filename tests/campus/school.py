"""People of a small school, made through the application's own services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort, Enrollment, Organization, Role
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.program.curriculum import curriculum


def place(kind: str, slug: str) -> Organization:
    """An institution, a company or the office."""
    return Organization.objects.get_or_create(slug=slug, defaults={"name": slug.title(), "kind": kind})[0]


def person(name: str) -> Person:
    """Somebody with an account and nothing else."""
    return Person.objects.create_user(f"{name.lower()}@example.org", "a long password", name=name)


def monday(weeks: int = 0) -> date:
    """Monday of this week, or of one so many weeks later."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def learner(name: str = "Ana", college: str = "north", starts: date | None = None, company: str = "") -> Person:
    """Somebody enrolled in the college's only cohort of that start."""
    institution = place("institution", college)
    begins = starts or monday()
    cohort, _made = Cohort.objects.get_or_create(
        institution=institution, starts=begins, defaults={"name": f"{college.title()} {begins:%b %d}"}
    )
    someone = person(name)
    sponsor = place("company", company) if company else None
    use(invite(institution, by=None, cohort=cohort, company=sponsor).code, someone)
    return someone


def staff(name: str, role: str, slug: str = "north") -> Person:
    """Somebody with a role in an organization."""
    kind = {Role.Kind.COMPANY: "company", Role.Kind.OFFICE: "office"}.get(role, "institution")  # type: ignore[call-overload]
    organization = Organization.objects.filter(slug=slug).first() or place(kind, slug)
    someone = person(name)
    use(invite(organization, by=None, role=role).code, someone)
    return someone


def key_of(someone: Person) -> LedgerKey:
    """What her attempts and evidence point to."""
    return LedgerKey.objects.get(person=someone)


def enrollment_of(someone: Person) -> Enrollment:
    """Her enrollment."""
    return Enrollment.objects.get(person=someone)


def activity(address: str) -> Any:
    """The activity at ``<subject>/<module>/<activity>``."""
    return curriculum().activities[address]


def browser(someone: Person | None = None) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(headers={"host": "localhost"})
    if someone is not None:
        client.force_login(someone)
    return client


def text(response: HttpResponse, status: int = 200) -> str:
    """The page, if it came with that status."""
    assert response.status_code == status, f"{response.status_code}: {response.content[:300]!r}"
    return response.content.decode()
