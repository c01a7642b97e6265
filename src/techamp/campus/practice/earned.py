"""What the answers in a set earn, worked out from the beginning; and evidence that follows when that changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.partners.models import Enrollment, Organization
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.practice.path import Answered, is_mastered, skills_shown
from techamp.campus.practice.sets import ItemSet, attempts_at
from techamp.campus.program.curriculum import curriculum

Earned: TypeAlias = dict[tuple[str, str], UUID]  # (kind, skill) → the attempt that earned it first
REGRADE = "regrade"  # the kind of a correction that a regrade writes


def earned(key: LedgerKey, item_set: ItemSet, results: Mapping[UUID, str] | None = None) -> Earned:
    """What ``answering`` would have counted, answer by answer; ``results`` says how some turned out instead."""
    if not item_set.skills:
        return {}
    changed, rule = results or {}, curriculum().program.mastery
    parts = ("realized__stage", "realized__kind", "realized__skill")
    done = attempts_at(key.pk, item_set.place).exclude(finished=None).order_by("started", "pk")
    rows = [
        (finished, pk, Answered(item, stage, kind, skill, changed.get(pk, result)))
        for finished, pk, item, result, stage, kind, skill in done.values_list(
            "finished", "pk", "item", "result", *parts
        )
    ]
    found: Earned = {}
    for finished, pk, answer in sorted(rows, key=lambda row: row[0]):
        if answer.result == "right" and answer.stage == "alone":
            found.setdefault(("practice", answer.skill), pk)
            past = _until(finished, rows)
            if is_mastered(past, rule):
                shown = skills_shown(past)
                for skill in [s for s in item_set.skills if s in shown] or sorted(shown):
                    found.setdefault(("mastery", skill), pk)
    return found


def _until(moment: datetime, rows: list[tuple[datetime, UUID, Answered]]) -> list[Answered]:
    return [answer for finished, _pk, answer in rows if finished <= moment]


def settle(key: LedgerKey, place: str, added: Earned, withdrawn: Earned, *, by: Person | None, reason: str) -> None:
    """Append what was earned, take back what was not. What an instructor has judged stays as she judged it."""
    for (kind, skill), attempt in added.items():
        _give(key, place, kind, skill, attempt, by, reason)
    for kind, skill in withdrawn:
        _withdraw(key, place, kind, skill, by, reason)


def _give(key: LedgerKey, place: str, kind: str, skill: str, attempt: UUID, by: Person | None, reason: str) -> None:
    at = Evidence.objects.filter(key=key, skill=skill, place=place, replaced_by=None)
    if at.filter(kind=kind).exclude(level="").exists() or at.filter(kind="override", replaces__kind=kind).exists():
        return
    taken = at.filter(kind=REGRADE, level="", replaces__kind=kind).first()
    if taken:
        ledger.correct(taken, by=by, level=curriculum().level_of(kind), reason=reason, kind=kind)
        return
    source = Attempt.objects.get(pk=attempt)
    about = {"place": place, "attempt": source, "by": by, "organization": _institution(key), "reason": reason}
    ledger.append(key, kind, [skill], **about)  # type: ignore[arg-type]


def _withdraw(key: LedgerKey, place: str, kind: str, skill: str, by: Person | None, reason: str) -> None:
    rows = Evidence.objects.filter(key=key, kind=kind, skill=skill, place=place, replaced_by=None).exclude(level="")
    for evidence in rows:
        ledger.correct(evidence, by=by, level="", reason=reason, kind=REGRADE)


def _institution(key: LedgerKey) -> Organization | None:
    """Where she learns now; None for who was forgotten."""
    enrollments = Enrollment.objects.filter(person__key=key).select_related("cohort__institution")
    newest = enrollments.order_by("-cohort__starts", "-pk").first()
    return newest.cohort.institution if newest else None
