"""Two colleges, a learner with a file of her own, and everybody who might look at it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from techamp.campus.data.actions import add_dataset
from techamp.campus.data.models import Dataset
from techamp.campus.partners.models import Cohort, Enrollment, Organization, Role
from techamp.campus.people.models import Person
from techamp.contract import registry

SHAFTS = "No;Diameter (mm)\n" + "\n".join(f"{i};7,99{i % 7}" for i in range(1, 31)) + "\n"
STUDY = next(id for id in registry.study_ids() if id.endswith(".control_chart"))


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """A folder for bytes that this test alone uses."""
    settings.FILES = tmp_path
    return tmp_path


def on_disk(files: Path) -> list[Path]:
    """Every file that is kept."""
    return sorted(path for path in files.rglob("*") if path.is_file())


def person(name: str) -> Person:
    """Somebody who can sign in."""
    return Person.objects.create_user(f"{name.lower()}@example.org", name=name)


def organization(slug: str, kind: str = "institution") -> Organization:
    """A college, a company or the office."""
    return Organization.objects.create(slug=slug, name=slug.title(), kind=kind)


def enrolled(name: str, college: Organization) -> Person:
    """A learner of that college."""
    learner = person(name)
    cohort = Cohort.objects.create(institution=college, name="Fall", starts=datetime.date(2026, 9, 7))
    Enrollment.objects.create(person=learner, cohort=cohort)
    return learner


def with_role(name: str, place: Organization, kind: str) -> Person:
    """Somebody with a role."""
    someone = person(name)
    Role.objects.create(person=someone, organization=place, kind=kind)
    return someone


def signed_in(someone: Person) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(someone)
    return client


@pytest.fixture
def college(db: None) -> Organization:
    return organization("north")


@pytest.fixture
def ana(college: Organization) -> Person:
    return enrolled("Ana", college)


@pytest.fixture
def browser(ana: Person) -> Client:
    """Ana's browser."""
    return signed_in(ana)


@pytest.fixture
def shafts(ana: Person) -> Dataset:
    """Thirty diameters of hers, written with decimal commas."""
    return add_dataset(ana, "shafts.csv", SHAFTS.encode(), "upload")


def upload(browser: Client, text: str | bytes, name: str = "shafts.csv", carried: str = "") -> HttpResponse:
    """Bring a file as the form does."""
    content = text.encode() if isinstance(text, str) else text
    response = browser.post("/data/", {"file": SimpleUploadedFile(name, content), "carried": carried})
    return response  # type: ignore[return-value]
