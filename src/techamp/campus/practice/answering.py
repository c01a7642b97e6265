"""The verbs of practice: begin, answer, ask for the hint, go on. Each is one transaction that locks the learner's key.

So two tabs, a double click and the back button cannot make two attempts where one was meant, or count one answer twice.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from techamp import __version__
from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.expressions import ItemError
from techamp.campus.practice.grading import Graded, grade
from techamp.campus.practice.path import Answered, is_mastered, skills_shown
from techamp.campus.practice.sets import KIND, ItemSet, attempt_at, attempts_at, newest_in_turn, past_at
from techamp.campus.practice.variants import realize
from techamp.campus.prepared import Prepared
from techamp.campus.program.curriculum import CurriculumError, curriculum

KEPT = 40  # answers kept of one attempt; all but the last can only be invalid ones
LONGEST = 200  # characters kept of one text
log = logging.getLogger(__name__)


def begin(key: LedgerKey, item_set: ItemSet) -> Attempt | None:
    """The attempt that is on the page: the newest one, else a first one. None when no item of the set can be put."""
    return newest_in_turn(key, item_set.place) or _begin(key, item_set)


@transaction.atomic
def _begin(key: LedgerKey, item_set: ItemSet) -> Attempt | None:
    ledger.lock(key)
    return newest_in_turn(key, item_set.place) or _put(key, item_set, [])


@transaction.atomic
def proceed(key: LedgerKey, item_set: ItemSet, after: UUID, now: datetime) -> Attempt | None:
    """The next item after an answered one or a worked example. When ``after`` is not the newest, nothing is made."""
    ledger.lock(key)
    newest = newest_in_turn(key, item_set.place)
    if newest is None or newest.pk != after:
        return newest
    if newest.finished is None and newest.realized["stage"] != "worked":
        return newest
    if newest.finished is None:
        _finish(newest, "done", now)
    return _put(key, item_set, past_at(key, item_set.place))


@transaction.atomic
def redo(key: LedgerKey, item_set: ItemSet, id: str) -> Attempt | None:
    """A fresh variant of an item that she missed, or the one that waits for her answer. None when it cannot be put.

    It lies in its set's place and counts there like any other answer, for mastery too.
    """
    ledger.lock(key)
    waiting = attempts_at(key.pk, item_set.place).filter(item=id, finished=None, state__redo=True).first()
    try:
        return waiting or _made(key, item_set, id, redo=True)
    except (ItemError, CurriculumError) as error:
        log.error("%s/%s cannot be put: %s", item_set.place, id, error)
        return None


@transaction.atomic
def answer(
    key: LedgerKey, item_set: ItemSet, id: UUID, given: Sequence[str], now: datetime,
    organization: Organization | None = None,
) -> Attempt | None:  # fmt: skip
    """Grade an answer. The first that is right or wrong counts; an invalid one costs nothing. None: no such attempt."""
    ledger.lock(key)
    attempt = attempt_at(key, item_set.place, id)
    if attempt is None or attempt.finished or attempt.realized["stage"] == "worked":
        return attempt
    given = [text[:LONGEST] for text in given]
    graded = grade(attempt.realized, given)
    _note(attempt, given, graded, now)
    if graded.verdict == "invalid":
        attempt.save(update_fields=["state", "touched"])
        return attempt
    _finish(attempt, graded.verdict, now)
    if graded.verdict == "right" and attempt.realized["stage"] == "alone" and item_set.skills:
        _count(key, item_set, attempt, organization)
    return attempt


@transaction.atomic
def leave(key: LedgerKey, item_set: ItemSet, id: UUID, now: datetime) -> Attempt | None:
    """ "I don't know this yet": finished as wrong, without an answer."""
    ledger.lock(key)
    attempt = attempt_at(key, item_set.place, id)
    if attempt and not attempt.finished:
        attempt.state = {**attempt.state, "left": True}
        _finish(attempt, "wrong", now)
    return attempt


@transaction.atomic
def show_hint(key: LedgerKey, item_set: ItemSet, id: UUID, given: Sequence[str]) -> Attempt | None:
    """Show the hint, and keep what was typed so far. A hint costs nothing; her instructor sees that it was read."""
    ledger.lock(key)
    attempt = attempt_at(key, item_set.place, id)
    if attempt and not attempt.finished:
        draft = [text[:LONGEST] for text in given]
        attempt.state = {**attempt.state, "hints": attempt.state.get("hints", 0) + 1, "draft": draft}
        attempt.save(update_fields=["state", "touched"])
    return attempt


def _note(attempt: Attempt, given: Sequence[str], graded: Graded, now: datetime) -> None:
    entry = {"text": list(given), "at": now.isoformat(), **graded.as_plain()}
    answers = [*attempt.state.get("answers", []), entry][-KEPT:]
    attempt.state = {**attempt.state, "answers": answers, "draft": []}


def _finish(attempt: Attempt, result: str, now: datetime) -> None:
    attempt.result, attempt.finished = result, now
    attempt.save(update_fields=["state", "result", "finished", "touched"])


def _count(key: LedgerKey, item_set: ItemSet, attempt: Attempt, organization: Organization | None) -> None:
    """Evidence: practiced at the first right answer alone of a skill; mastered when the last answers say so."""
    about: dict[str, Any] = {"place": item_set.place, "attempt": attempt, "organization": organization}
    ledger.append(key, "practice", [attempt.realized["skill"]], **about)
    past = past_at(key, item_set.place)
    if is_mastered(past, curriculum().program.mastery):
        shown = skills_shown(past)
        ledger.append(key, "mastery", [s for s in item_set.skills if s in shown] or sorted(shown), **about)


def _put(key: LedgerKey, item_set: ItemSet, past: Sequence[Answered]) -> Attempt | None:
    """A fresh variant of the item that comes next. An item that cannot be put is passed over, and the log says why."""
    broken: set[str] = set()
    while len(broken) < len(item_set.items):
        usable = ItemSet(item_set.place, tuple(_usable(item_set, broken)), item_set.source, item_set.skills)
        if not usable.items:
            break
        id = usable.next(past)
        try:
            return _made(key, item_set, id)
        except ItemError as error:
            log.error("%s/%s cannot be put: %s", item_set.place, id, error)
            broken.add(id)
    return None


def _usable(item_set: ItemSet, broken: set[str]) -> list[str]:
    """Items whose files can be read."""
    usable = []
    for id in item_set.items:
        try:
            if id not in broken:
                item_set.source(id)
                usable.append(id)
        except CurriculumError as error:
            log.error("%s", error)
    return usable


_put_before = Prepared(
    lambda key, place, item: Attempt.objects.filter(key=key, place=place, item=item).values_list("pk"), UUID, str, str
)


def _made(key: LedgerKey, item_set: ItemSet, id: str, **state: bool) -> Attempt:
    count = len(_put_before(key.pk, item_set.place, id))
    seed = seed_of(key, item_set.place, id, count)
    realized = realize(item_set.source(id), seed)
    return Attempt.objects.create(
        key=key, kind=KIND, place=item_set.place, item=id, seed=seed, realized=realized,
        state={"answers": [], "hints": 0, **state}, content=realized["content"], engine=f"techamp {__version__}",
    )  # fmt: skip


def seed_of(key: LedgerKey, place: str, item: str, count: int) -> int:
    """The seed of her next variant of an item: 48 bits, another one each time, another one for each learner."""
    digest = hashlib.sha256(f"{key.pk} {place} {item} {count}".encode()).digest()
    return int.from_bytes(digest[:6], "big")
