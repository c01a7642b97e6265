"""A mended item: whom it changes (preview), change it (apply), undo it (take back). Each is one transaction.

In her favor: what was right stays right, unless ``strict`` is asked for. The answer, the verdict she read and the
item as it was put stay in the attempt; its result changes, and a note beside it names the batch. Evidence follows by
working out what a set's answers earn before and after, so that a correction adds or withdraws exactly the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.practice.bridge import entry_set, page_of, topic_of
from techamp.campus.practice.earned import Earned, earned, settle
from techamp.campus.practice.files import Source
from techamp.campus.practice.models import Regrade
from techamp.campus.practice.regrading import NotComparable, Regraded, regraded
from techamp.campus.practice.sets import KIND, ItemSet, gone, set_of
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Practice


class CannotRegrade(ValueError):
    """What keeps a batch from being previewed, applied or taken back: one sentence with its remedy."""


@dataclass(frozen=True)
class Change:
    """A counted answer whose verdict the mended item changes."""

    attempt: Attempt
    was: str
    now: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Effect:
    """What a key's evidence gains or loses."""

    key: LedgerKey
    added: Earned
    withdrawn: Earned


@dataclass(frozen=True)
class Preview:
    """Whom a mended item changes."""

    item_set: ItemSet
    item: str
    content: str
    counted: int
    still_open: int
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]  # right answers that the mended item calls wrong, and that stay right
    uncertain: tuple[tuple[Attempt, str], ...]
    effects: tuple[Effect, ...]


def preview(place: str, item: str, *, strict: bool = False) -> Preview:
    """Whom the item as it is now would change; nothing is written."""
    item_set = set_at(place)
    source = _source(item_set, item)
    attempts = Attempt.objects.filter(kind=KIND, place=place, item=item).select_related("key__person")
    counted = list(attempts.filter(result__in=["right", "wrong"]).order_by("finished", "pk"))
    changes: list[Change] = []
    kept: list[Change] = []
    uncertain: list[tuple[Attempt, str]] = []
    for attempt in counted:
        try:
            graded = _graded(source, attempt)
        except NotComparable as reason:
            uncertain.append((attempt, str(reason)))
            continue
        if graded and graded.verdict != attempt.result:
            change = Change(attempt, attempt.result, graded.verdict, graded.parts)
            (changes if graded.verdict == "right" or strict else kept).append(change)
    open_ones = attempts.filter(finished=None).exclude(realized__stage="worked").count()
    return Preview(
        item_set, item, source.content, len(counted), open_ones, tuple(changes), tuple(kept), tuple(uncertain),
        tuple(_effects(item_set, changes)),
    )  # fmt: skip


@transaction.atomic
def apply(
    place: str, item: str, *, reason: str, by: Person | None, now: datetime, strict: bool = False
) -> Regrade | None:
    """Change the results and the evidence; None when the item changes nothing (so a second time does nothing)."""
    if not reason.strip():
        raise CannotRegrade("reason: must be filled, so that learners can read why. Say what was wrong with the item.")
    _lock(Attempt.objects.filter(kind=KIND, place=place, item=item))
    found = preview(place, item, strict=strict)
    if not found.changes:
        return None
    batch = Regrade.objects.create(
        place=place, item=item, content=found.content, reason=reason.strip(), strict=strict, by=by, at=now,
        changes=[{"attempt": str(c.attempt.pk), "was": c.was, "now": c.now} for c in found.changes],
    )  # fmt: skip
    for change in found.changes:
        note: dict[str, object] = {
            "batch": str(batch.pk),
            "was": change.was,
            "now": change.now,
            "parts": list(change.parts),
            "reason": batch.reason,
            "at": now.isoformat(),
        }
        _write(change.attempt, change.now, [*change.attempt.state.get("regrades", []), note])
    _settle(found.effects, place, by, batch.reason)
    return batch


@transaction.atomic
def take_back(id: UUID, *, by: Person | None, now: datetime) -> Regrade:
    """Restore every result of a batch, and the evidence that follows from it. A second time does nothing."""
    batch = Regrade.objects.select_for_update().filter(pk=id).first()
    if batch is None:
        raise CannotRegrade(f"batch: there is no batch {id}. A preview of the item lists its batches.")
    if batch.taken_back:
        return batch
    was = {UUID(c["attempt"]): c["was"] for c in batch.changes}
    attempts = Attempt.objects.filter(pk__in=was).select_related("key__person")
    _lock(attempts)
    changes = [Change(a, a.result, was[a.pk]) for a in attempts]
    for attempt in attempts:
        last = attempt.state.get("regrades", [{}])[-1].get("batch")
        if last != str(batch.pk):
            raise CannotRegrade(f"batch: a later batch changed the same answers. Take back {last} first.")
    effects = _effects(_set_as_was(batch.place, attempts), changes)
    for change in changes:
        _write(change.attempt, change.now, change.attempt.state["regrades"][:-1])
    _settle(effects, batch.place, by, f"Taken back: {batch.reason}")
    batch.taken_back, batch.taken_back_by = now, by
    batch.save(update_fields=["taken_back", "taken_back_by"])
    return batch


def batches(place: str, item: str) -> QuerySet[Regrade]:
    """The batches of an item, newest first."""
    return Regrade.objects.filter(place=place, item=item).order_by("-at")


def set_at(place: str) -> ItemSet:
    """The set at a place: a practice activity, a question of the entry check, the ones to try on a bridge page."""
    activity = curriculum().activities.get(place)
    if isinstance(activity, Practice):
        return set_of(activity)
    if place.startswith("bridge/entry/"):
        return entry_set(topic_of(place.rpartition("/")[2]))
    if place.startswith("bridge/try/"):
        return page_of(topic_of(place.rpartition("/")[2])).tries
    raise CannotRegrade(f"place: the curriculum has no practice set {place!r}. Write <subject>/<module>/<activity>.")


def _set_as_was(place: str, attempts: Iterable[Attempt]) -> ItemSet:
    """The set, or, when the curriculum has it no more, one that counts for the skills that its items had."""
    try:
        return set_at(place)
    except (CannotRegrade, Http404):
        skills = sorted({a.realized["skill"] for a in attempts if a.realized["skill"]})
        return ItemSet(place, (), gone, tuple(skills))


def _source(item_set: ItemSet, item: str) -> Source:
    if item not in item_set.items:
        known = ", ".join(item_set.items)
        raise CannotRegrade(f"item: {item_set.place} has no item {item!r}; it has {known}. Write one of them.")
    return item_set.source(item)


def _graded(source: Source, attempt: Attempt) -> Regraded | None:
    """None for what was left without an answer."""
    answers = attempt.state.get("answers", [])
    if attempt.state.get("left") or not answers:
        return None
    return regraded(source, attempt.realized, answers[-1]["text"])


def _effects(item_set: ItemSet, changes: Iterable[Change]) -> list[Effect]:
    """Evidence gained and lost by each key."""
    by_key: dict[LedgerKey, dict[UUID, str]] = {}
    for change in changes:
        by_key.setdefault(change.attempt.key, {})[change.attempt.pk] = change.now
    effects = []
    for key, results in by_key.items():
        before, after = earned(key, item_set), earned(key, item_set, results)
        added, withdrawn = _without(after, before), _without(before, after)
        if added or withdrawn:
            effects.append(Effect(key, added, withdrawn))
    return effects


def _without(these: Earned, those: Mapping[tuple[str, str], UUID]) -> Earned:
    return {what: attempt for what, attempt in these.items() if what not in those}


def _lock(attempts: QuerySet[Attempt]) -> None:
    """The learners' keys, in one order, so that two batches cannot wait for each other."""
    keys = set(attempts.values_list("key", flat=True))
    list(LedgerKey.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _write(attempt: Attempt, result: str, regrades: list[dict[str, object]]) -> None:
    """Result and note; not ``touched``: she did not work on it."""
    state = {**attempt.state, "regrades": regrades}
    if not regrades:
        del state["regrades"]
    Attempt.objects.filter(pk=attempt.pk).update(result=result, state=state)


def _settle(effects: Iterable[Effect], place: str, by: Person | None, reason: str) -> None:
    for effect in effects:
        settle(effect.key, place, effect.added, effect.withdrawn, by=by, reason=reason)
