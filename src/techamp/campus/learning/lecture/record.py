"""The verbs of a lecture: remember the place, and that it was read. Questions are in ``questions``."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from techamp.campus.learning import ledger
from techamp.campus.learning.lecture.blocks import Lecture
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.prepared import Prepared
from techamp.campus.program import schema


def reading(key: LedgerKey, activity: schema.Lecture) -> Attempt | None:
    """Her newest reading of this lecture, open or finished."""
    return _readings.first(key.pk, activity.place)


_readings = Prepared(
    lambda key, place: Attempt.objects.filter(key=key, kind="lecture", place=place).order_by("-started")[:1], UUID, str
)


@transaction.atomic
def remember(key: LedgerKey, activity: schema.Lecture, lecture: Lecture, sentence: str) -> Attempt | None:
    """Keep the sentence at which she is, for another device. None if there is no such sentence, or she has finished."""
    segment = lecture.segment_of(sentence)
    if segment is None:
        return None
    attempt = _opened(key, activity, lecture)
    if attempt.finished:
        return None
    attempt.state = {"segment": segment.id, "sentence": sentence}
    attempt.save(update_fields=["state", "touched"])
    return attempt


@transaction.atomic
def finish(key: LedgerKey, activity: schema.Lecture, lecture: Lecture) -> Attempt:
    """She has read it: the attempt is finished and evidence written, once."""
    attempt = _opened(key, activity, lecture)
    if not attempt.finished:
        attempt.finished, attempt.result, attempt.content = timezone.now(), "done", lecture.hash
        attempt.save(update_fields=["finished", "result", "content", "touched"])
    ledger.append(key, "lecture", activity.skills, place=activity.place, attempt=attempt)
    return attempt


def _opened(key: LedgerKey, activity: schema.Lecture, lecture: Lecture) -> Attempt:
    """Her reading, begun now if there is none. Her key is locked, so that two devices open one attempt and not two."""
    ledger.lock(key)
    known = reading(key, activity)
    return known or Attempt.objects.create(key=key, kind="lecture", place=activity.place, content=lecture.hash)
