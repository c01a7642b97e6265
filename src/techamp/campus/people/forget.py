"""Delete a person. What she wrote and brought goes; that somebody showed a skill stays for the sums."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction

from techamp.campus.people.links import BY_ADDRESS, key_links
from techamp.campus.people.models import LedgerKey, Person

KEPT: dict[str, dict[str, Any]] = {
    "learning.Attempt": {"state": {}, "realized": {}, "seed": 0},
    "learning.Evidence": {"reason": ""},
}
"""Rows at the ledger key that stay, and what is blanked in them: her words, her answers, words about her.

Rows of any other table at the key are deleted, so that a new table cannot keep what nobody thought of.
"""


@transaction.atomic
def forget(person: Person) -> None:
    """For good. Her ledger key stays, pointing to nobody."""
    key = LedgerKey.objects.filter(person=person).first()
    for link in key_links() if key else ():
        rows = link.model._base_manager.filter(**{link.field: key})  # the default one of Evidence only appends
        if link.model._meta.label in KEPT:
            rows.update(**KEPT[link.model._meta.label])
        else:
            rows.delete()
    for label, field in BY_ADDRESS:
        apps.get_model(label)._default_manager.filter(**{field: person.email}).delete()
    _end_sessions(person)
    person.delete()


def _end_sessions(person: Person) -> None:
    """Sessions are signed text in which only the reading finds a person."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
