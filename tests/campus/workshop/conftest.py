"""Somebody who is signed in, and a builder whose kernels are ready."""

from __future__ import annotations

import pytest
from django.test import Client

from techamp.campus.people.models import Person
from techamp.campus.workshop import actions, running
from techamp.campus.workshop.models import Draft
from techamp.contract import Builder, registry


@pytest.fixture(scope="session")
def builder() -> Builder:
    """The line builder, with its kernels loaded."""
    found = registry.builder(next(id for id in registry.builder_ids() if id.endswith(".line")))
    found.warm_up()
    return found


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run is waited for: a thread of its own would not see the test's transaction."""
    monkeypatch.setattr(running, "PATIENCE", 120.0)


@pytest.fixture
def ana(db: None) -> Person:
    return Person.objects.create_user("ana@example.org", "a long password", name="Ana")


@pytest.fixture
def browser(ana: Person) -> Client:
    client = Client()
    client.force_login(ana)
    return client


@pytest.fixture
def draft(ana: Person, builder: Builder) -> Draft:
    """A line of three stations."""
    template = next(t for t in builder.templates(None) if t.name == "three")
    return actions.begin(ana, builder, template.document)
