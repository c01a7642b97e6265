"""A curriculum of two sets and an entry check, and the people who meet it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.test import Client

from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Cohort, Enrollment, Organization, Role
from techamp.campus.people.models import Person
from techamp.campus.practice.places import code_of

CURRICULUM = Path(__file__).parent / "curriculum"
ITEMS = CURRICULUM / "hub" / "shop" / "01-lengths"
STACK, WORDS, STEPS = (f"/learn/shop/01-lengths/{name}/" for name in ("stack", "words", "steps"))


@pytest.fixture(autouse=True)
def _small_curriculum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(CURRICULUM))


def person(name: str) -> Person:
    """Somebody who can sign in."""
    return Person.objects.create_user(f"{name.lower()}@example.org", name=name)


def signed_in(someone: Person) -> Client:
    """Her browser."""
    client = Client(headers={"host": "localhost"})
    client.force_login(someone)
    return client


def institution(slug: str) -> Organization:
    """A college."""
    return Organization.objects.create(slug=slug, name=slug.title(), kind=Organization.Kind.INSTITUTION)


@pytest.fixture
def college(db: None) -> Organization:
    """The learner's college."""
    return institution("north")


@pytest.fixture
def learner(college: Organization) -> Person:
    """Ana, enrolled at the college."""
    ana = person("Ana")
    cohort = Cohort.objects.create(institution=college, name="Fall", starts=datetime.date(2026, 9, 7))
    Enrollment.objects.create(person=ana, cohort=cohort)
    return ana


@pytest.fixture
def browser(learner: Person) -> Client:
    """Ana's browser."""
    return signed_in(learner)


def instructor_of(organization: Organization, name: str) -> Person:
    """An instructor."""
    someone = person(name)
    Role.objects.create(person=someone, organization=organization, kind=Role.Kind.INSTRUCTOR)
    return someone


def newest(someone: Person, place: str = "shop/01-lengths/stack") -> Attempt:
    """Her newest attempt at a place."""
    return Attempt.objects.filter(key=someone.key, place=place).latest("started")


def right_answer(attempt: Attempt) -> dict[str, str]:
    """What to post for it to be right."""
    realized = attempt.realized
    if realized["kind"] == "choice":
        return {"option": next(o["key"] for o in realized["options"] if o["right"])}
    if realized["kind"] == "order":
        return {f"place-{code_of(attempt.pk, o['key'])}": str(int(o["key"]) + 1) for o in realized["order"]}
    return {f"answer-{i}": f"{a['value']:.{a['decimals']}f} {a['unit']}" for i, a in enumerate(realized["asks"])}
