"""``techamp regrade``: a preview in words, then apply or take back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Role
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.practice import regrade
from techamp.campus.practice.regrade import CannotRegrade, Change, Preview
from techamp.campus.program.curriculum import CurriculumError


def run(place: str, item: str, *, apply: bool, strict: bool, reason: str, by: str, take_back: str) -> int:
    """Do what the command line asks; 0 done, 2 could not. Says it on standard output."""
    try:
        lines = _taken_back(take_back, by) if take_back else _graded(place, item, apply, strict, reason, by)
        for line in lines:
            print(line)
    except (CannotRegrade, CurriculumError) as error:
        print(f"techamp regrade: {error}", file=sys.stderr)
        return 2
    except Http404 as error:
        print(f"techamp regrade: place: {error}", file=sys.stderr)
        return 2
    return 0


def _graded(place: str, item: str, apply: bool, strict: bool, reason: str, by: str) -> Iterator[str]:
    if not (place and item):
        raise CannotRegrade("place, item: name both, as in: techamp regrade <subject>/<module>/<activity> <item>")
    yield from _preview(regrade.preview(place, item, strict=strict))
    if not apply:
        for batch in regrade.batches(place, item):
            state = (
                f"taken back {batch.taken_back:%Y-%m-%d %H:%M}"
                if batch.taken_back
                else f"applied to {len(batch.changes)}"
            )
            yield f"Batch {batch.pk}, {batch.at:%Y-%m-%d %H:%M}, {state}: {batch.reason}"
        yield 'Nothing was changed. To change it: the same with --apply --reason "what was wrong with the item".'
        return
    made = regrade.apply(place, item, reason=reason, by=_person(by), now=timezone.now(), strict=strict)
    if made is None:
        yield "Nothing to change."
    else:
        yield f"Changed {len(made.changes)} answers in batch {made.pk}."
        yield f"To undo it: techamp regrade --take-back {made.pk}"


def _taken_back(id: str, by: str) -> Iterator[str]:
    try:
        batch = regrade.take_back(UUID(id), by=_person(by), now=timezone.now())
    except ValueError as error:
        raise error if isinstance(error, CannotRegrade) else CannotRegrade(f"batch: {id!r} is no batch's id.") from None
    yield f"Taken back: {len(batch.changes)} answers of {batch.place} {batch.item} are as they were."


def _person(email: str) -> Person | None:
    """Who answers for it; CannotRegrade for who may not."""
    if not email:
        return None
    kinds = [Role.Kind.INSTRUCTOR, Role.Kind.OFFICE]
    found = Person.objects.filter(email__iexact=email, roles__kind__in=kinds).first()
    if found is None:
        raise CannotRegrade(f"by: {email} is no instructor and not of the office. Name who answers for the change.")
    return found


def _preview(found: Preview) -> Iterator[str]:
    yield f"{found.item_set.place} {found.item}, content {found.content}: {found.counted} counted answers"
    yield from _changes("would become right", [c for c in found.changes if c.now == "right"])
    yield from _changes("would become wrong", [c for c in found.changes if c.now == "wrong"])
    yield from _changes("stay right, though the mended item calls them wrong (--strict takes them away)", found.kept)
    yield f"cannot be compared: {len(found.uncertain)}"
    for attempt, why in found.uncertain:
        yield f"  {_answer(attempt)}: {why}"
    for effect in found.effects:
        for sign, part in (("+", effect.added), ("−", effect.withdrawn)):
            for kind, skill in part:
                yield f"evidence {sign} {_who(effect.key)}: {kind}, {skill}"
    if found.still_open:
        yield f"{found.still_open} open attempts hold the item as it was. Run this again when they are answered."


def _changes(title: str, changes: list[Change] | tuple[Change, ...]) -> Iterator[str]:
    yield f"{title}: {len(changes)}"
    for change in changes:
        yield f"  {_answer(change.attempt)}"


def _answer(attempt: Attempt) -> str:
    given = " · ".join(attempt.state["answers"][-1]["text"]) if attempt.state.get("answers") else "–"
    when = f"{timezone.localtime(attempt.finished):%Y-%m-%d %H:%M}" if attempt.finished else ""
    return f"{_who(attempt.key)}, {when}, {given!r}, attempt {attempt.pk}"


def _who(key: LedgerKey) -> str:
    return key.person.name or key.person.email if key.person else "somebody who has left"
