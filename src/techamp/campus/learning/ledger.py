"""The verbs of the ledger. Every piece of evidence in the system is written here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.prepared import Prepared
from techamp.campus.program.curriculum import curriculum


def lock(key: LedgerKey) -> None:
    """Nobody else writes for this key until the transaction ends: of two requests at once the second sees the first.

    SQLite needs no query for it: its transactions begin IMMEDIATE, and lock the whole file.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A key is locked until its transaction ends, and there is none.")
    if connection.features.has_select_for_update and not _locked(key.pk):
        raise LedgerKey.DoesNotExist(f"There is no key {key.pk}.")


_locked = Prepared(lambda pk: LedgerKey.objects.select_for_update().filter(pk=pk), UUID)


@transaction.atomic
def append(
    key: LedgerKey,
    kind: str,
    skills: Iterable[str],
    *,
    place: str = "",
    item: str = "",
    attempt: Attempt | None = None,
    by: Person | None = None,
    organization: Organization | None = None,
    reason: str = "",
    again: bool = False,
) -> list[Evidence]:
    """Append evidence of one kind for each skill, at the level that program.yaml says this kind lifts to.

    The same (kind, skill, place, item) counts once, unless ``again``; and one attempt counts once, so that what was
    corrected does not come back by sending a form again. Returns what was appended.
    """
    lock(key)
    level = curriculum().level_of(kind)
    made = []
    for skill in skills:
        same = Evidence.objects.filter(key=key, kind=kind, skill=skill, place=place, item=item)
        known = same.filter(replaced_by__isnull=True, level=level)
        if attempt is not None:
            known = known | same.filter(attempt=attempt)
        if again or not known.exists():
            made.append(
                Evidence.objects.create(
                    key=key,
                    kind=kind,
                    skill=skill,
                    level=level,
                    place=place,
                    item=item,
                    attempt=attempt,
                    by=by,
                    organization=organization,
                    reason=reason,
                    at=timezone.now(),
                )
            )
    return made


@transaction.atomic
def correct(evidence: Evidence, *, by: Person | None, level: str, reason: str, kind: str = "override") -> Evidence:
    """New evidence in place of old; a blank level takes it back. The reason is required.

    ``kind`` says what the correction is: a person's judgment, the regrade of a question, or the old kind put back.
    """
    if not reason.strip():
        raise ValueError("A correction needs a reason, so that the learner can read why.")
    lock(evidence.key)
    if Evidence.objects.filter(replaces=evidence).exists():
        raise ValueError("This line was corrected already. Correct the correction.")
    _known_level(level, blank=True)
    return Evidence.objects.create(
        key=evidence.key, kind=kind, skill=evidence.skill, level=level, place=evidence.place,
        item=evidence.item, attempt=evidence.attempt, by=by, organization=evidence.organization, replaces=evidence,
        reason=reason.strip(), at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def override(
    key: LedgerKey, skill: str, level: str, *, by: Person, organization: Organization, reason: str, place: str = ""
) -> Evidence:
    """An instructor's own judgment, with her reason."""
    if not reason.strip():
        raise ValueError("An override needs a reason, so that the learner can read why.")
    _known_level(level)
    return Evidence.objects.create(
        key=key, kind="override", skill=skill, level=level, place=place, by=by, organization=organization,
        reason=reason.strip(), at=timezone.now(),
    )  # fmt: skip


def _known_level(level: str, *, blank: bool = False) -> None:
    if level not in curriculum().levels and not (blank and not level):
        raise ValueError(f"The level must be one of {', '.join(curriculum().levels)}, and is {level!r}.")
