"""What belongs to a person: found by walking every relation between tables, so that a new table cannot be forgotten.

Each relation that leads to a person, her ledger key, or a row of hers is either *mine* (the row is hers: it is
exported, and it goes when she goes) or *theirs* (she stands in somebody else's row: the row is theirs and stays). What
``THEIRS`` does not name is mine. ``DECIDED`` lists both; a test fails when a relation is in neither, so that somebody
decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from techamp.campus.people.models import LedgerKey, Person

MINE = frozenset(
    {
        "account.EmailAddress.user",
        "account.EmailConfirmation.email_address",
        "capstone.Project.owner",
        "data.Dataset.owner",
        "data.Dataset.attempt",
        "data.DatasetShare.dataset",
        "data.FilledPlan.dataset",
        "data.StudyRun.dataset",
        "games.Move.team",
        "games.Seat.person",
        "games.Seat.team",
        "games.Session.owner",
        "games.Team.session",
        "labs.Booking.person",
        "learning.Attempt.key",
        "learning.Evidence.attempt",
        "learning.Evidence.key",
        "learning.Evidence.replaces",
        "learning.PlantValue.attempt",
        "learning.PlantValue.key",
        "mfa.Authenticator.user",
        "partners.Enrollment.person",
        "partners.Extension.enrollment",
        "partners.Role.person",
        "people.AccessRecord.key",
        "people.LedgerKey.person",
        "people.Person_groups.person",
        "people.Person_user_permissions.person",
        "workshop.Draft.owner",
        "workshop.Going.draft",
    }
)
THEIRS = frozenset(
    {
        "capstone.Project.mentor",
        "data.DatasetShare.person",
        "games.Move.by",
        "games.Session.made_by",
        "labs.LabSession.made_by",
        "learning.Evidence.by",
        "narration.Recording.made_by",
        "partners.Enrollment.mentor",
        "partners.Extension.answered_by",
        "partners.Invitation.made_by",
        "people.AccessRecord.viewer",
        "practice.Regrade.by",
        "practice.Regrade.taken_back_by",
    }
)
DECIDED = MINE | THEIRS
BY_ADDRESS = (("partners.Invitation", "email"), ("people.OutboxMail", "to"))
"""Rows that hold her email address and no relation to her."""


@dataclass(frozen=True)
class Link:
    """``model.field`` leads to a row of ``target``."""

    model: type[Model]
    field: str
    target: type[Model]

    @property
    def label(self) -> str:
        """``learning.Attempt.key``."""
        return f"{self.model._meta.label}.{self.field}"


def links() -> list[Link]:
    """Every relation that leads to a person, directly or through a row of hers; nearest first."""
    found: dict[str, Link] = {}
    owned: list[type[Model]] = [Person]
    for target in owned:
        for link in _to(target):
            if link.label in found:
                continue
            found[link.label] = link
            if link.label not in THEIRS and link.model not in owned:
                owned.append(link.model)
    return list(found.values())


def _to(target: type[Model]) -> Iterator[Link]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.concrete and _is(field.related_model, target):
                yield Link(model, field.name, target)


def _is(model: Any, target: type[Model]) -> bool:
    return isinstance(model, type) and issubclass(model, Model) and model._meta.concrete_model is target


def rows_of(person: Person) -> dict[type[Model], list[Model]]:
    """All rows of hers, by table."""
    rows: dict[type[Model], dict[Any, Model]] = {Person: {person.pk: person}}
    for link in links():
        if link.label in THEIRS:
            continue
        mine = link.model._default_manager.filter(**{f"{link.field}__in": list(rows.get(link.target, {}))})
        rows.setdefault(link.model, {}).update({row.pk: row for row in mine})
    for label, field in BY_ADDRESS:
        model = apps.get_model(label)
        rows[model] = {row.pk: row for row in model._default_manager.filter(**{field: person.email})}
    return {model: list(found.values()) for model, found in rows.items() if found}


def key_links() -> list[Link]:
    """What points to a ledger key, and so stays when the person goes."""
    return [link for link in links() if link.target is LedgerKey]
