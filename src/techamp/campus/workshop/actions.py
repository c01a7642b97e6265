"""The verbs of the workshop: begin, change, go back, go on again, keep what a run said, delete."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from techamp.campus.data.actions import tidy_name
from techamp.campus.people.models import Person
from techamp.campus.workshop.models import Draft
from techamp.contract import Builder, Document, Finding, InvalidInput

MOST_DRAFTS = 60
MOST_STEPS, MOST_LETTERS = 40, 400_000
"""Changes that can be taken back: so many, and together so long."""


class Stale(Exception):
    """The draft was changed elsewhere since the page was made."""


def begin(owner: Person, builder: Builder, document: Document) -> Draft:
    """A new draft. Raises InvalidInput if she has too many, or if it is too long."""
    if Draft.objects.filter(owner=owner).count() >= MOST_DRAFTS:
        remedy = _("Delete some that you do not need any more.")
        raise InvalidInput(_("Your models"), _("must be at most %d") % MOST_DRAFTS, MOST_DRAFTS + 1, remedy)
    check_length(builder, document)
    return Draft.objects.create(owner=owner, builder=builder.id, name=_name(builder, document), document=document)


def check_length(builder: Builder, document: Document) -> None:
    """Raise InvalidInput where a document is longer than its builder takes."""
    length = len(json.dumps(document))
    if length > 2 * builder.longest:
        rule = _("must be at most %d letters long") % (2 * builder.longest)
        raise InvalidInput(_("The model"), rule, length, _("Take something out of it."))


@transaction.atomic
def change(draft: Draft, builder: Builder, revision: int, document: Document) -> Draft:
    """Keep another document, and the one before it for going back. Raises Stale, InvalidInput."""
    found = Draft.objects.select_for_update().get(pk=draft.pk)
    if found.revision != revision:
        raise Stale
    if document == found.document:
        return found
    check_length(builder, document)
    return _kept(found, builder, document, past=_cut([*found.past, found.document]), future=[])


@transaction.atomic
def undo(draft: Draft, builder: Builder) -> Draft:
    """Back to the document before the last change; the same where there is none."""
    found = Draft.objects.select_for_update().get(pk=draft.pk)
    if not found.past:
        return found
    *past, before = found.past
    return _kept(found, builder, before, past=past, future=_cut([*found.future, found.document]))


@transaction.atomic
def redo(draft: Draft, builder: Builder) -> Draft:
    """On to the document that the last undo left."""
    found = Draft.objects.select_for_update().get(pk=draft.pk)
    if not found.future:
        return found
    *future, after = found.future
    return _kept(found, builder, after, past=_cut([*found.past, found.document]), future=future)


def _kept(found: Draft, builder: Builder, document: Document, **history: list[Any]) -> Draft:
    found.document, found.name = document, _name(builder, document)
    found.past, found.future = history["past"], history["future"]
    found.revision += 1
    found.save(update_fields=["document", "name", "past", "future", "revision", "changed"])
    return found


def _cut(documents: list[Any]) -> list[Any]:
    """The newest documents, as many as may be kept."""
    kept: list[Any] = []
    letters = 0
    for document in reversed(documents[-MOST_STEPS:]):
        letters += len(json.dumps(document))
        if letters > MOST_LETTERS and kept:
            break
        kept.append(document)
    return kept[::-1]


def _name(builder: Builder, document: Document) -> str:
    return tidy_name(builder.board(document).title)


def keep_finding(draft_pk: int, revision: int, version: int, finding: Finding | None) -> None:
    """What the run of a revision said; nothing if the draft has changed since."""
    plain = json.loads(finding.model_dump_json()) if finding else None
    Draft.objects.filter(pk=draft_pk, revision=revision).update(finding=plain, found_for=revision, found_by=version)


def delete(draft: Draft) -> None:
    """For good."""
    draft.delete()
