"""What she missed comes back, spaced: which items are due again today. Pure: from her answers; nothing is stored.

An item that was answered wrong is due again one day later. Each right answer on or after that day sends it further
away, and after the last interval it leaves; a wrong answer sends it back to the first. A right answer *before* its
day moves nothing: it shows what is fresh, not what lasts.

The days 1, 3, 7 and ten items a day are our choice. Spacing helps (g = 0.74 over massed practice in 29 studies,
Latimier, Peyre and Ramus 2021, doi:10.1007/s10648-020-09572-8). Whether intervals should grow is open there; growing
ones kept recall higher along the way (Kang et al. 2014, doi:10.3758/s13423-014-0636-z). To bring an item back until
it was right in several sessions is successive relearning (Rawson, Dunlosky and Sciartelli 2013,
doi:10.1007/s10648-013-9240-4).

Only sets of her modules come back. The entry check finds what to brush up and is not a test to pass; its bridge pages
stay on their own list until they were right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.files import load
from techamp.campus.practice.sets import KIND
from techamp.campus.prepared import Prepared
from techamp.campus.program.curriculum import CurriculumError, curriculum
from techamp.campus.program.schema import Practice

INTERVALS = (1, 3, 7)  # days until an item is due again: after a miss, after one right answer in time, after two
A_DAY = 10
MINUTES_EACH = 1.5  # our estimate for one item, with reading what was wrong


@dataclass(frozen=True)
class Answer:
    """A counted answer to an item."""

    day: date
    right: bool


@dataclass(frozen=True)
class Schedule:
    """When an item is due again; None when it never was missed, or has left."""

    due: date | None = None
    missed: date | None = None  # the day of the newest wrong answer
    redone: tuple[date, ...] = ()  # days of answers that came when it was due


def schedule(answers: Iterable[Answer]) -> Schedule:
    """The schedule that follows from an item's answers, oldest first.

    >>> monday = date(2026, 9, 7)
    >>> schedule([Answer(monday, False)]).due
    datetime.date(2026, 9, 8)
    >>> schedule([Answer(monday, False), Answer(date(2026, 9, 8), True)]).due
    datetime.date(2026, 9, 11)
    """
    due, missed, step, redone = None, None, 0, list[date]()
    for answer in answers:
        in_time = due is not None and answer.day >= due
        if in_time:
            redone.append(answer.day)
        if not answer.right:
            step, missed = 0, answer.day
        elif in_time:
            step += 1
        else:
            continue
        due = answer.day + timedelta(days=INTERVALS[step]) if step < len(INTERVALS) else None
    return Schedule(due, missed, tuple(redone))


@dataclass(frozen=True)
class Missed:
    """An item that is due again."""

    activity: Practice
    item: str
    due: date
    missed: date


@dataclass(frozen=True)
class Queue:
    """What is due again today, longest waiting first, and what was redone today already."""

    due: tuple[Missed, ...] = ()
    done: int = 0
    waiting: int = 0  # due too, but above what one day holds
    next_day: date | None = None  # when something is due next; None when nothing is under way

    @property
    def minutes(self) -> int:
        """About how long what is due takes."""
        return minutes_for(len(self.due))


def minutes_for(count: int) -> int:
    """About how long so many items take."""
    return math.ceil(count * MINUTES_EACH)


def queue_of(key: LedgerKey, today: date) -> Queue:
    """Her queue for a day. Items that the curriculum no longer puts are left out. One query."""
    schedules = schedules_of(key)
    done = sum(day == today for s in schedules.values() for day in s.redone)
    ready: list[Missed] = []
    for (place, item), s in schedules.items():
        activity = curriculum().activities.get(place)
        if s.due and s.missed and s.due <= today and isinstance(activity, Practice) and _is_put(activity, item):
            ready.append(Missed(activity, item, s.due, s.missed))
    ready.sort(key=lambda m: (m.due, m.missed))
    room = max(0, A_DAY - done)
    later = [s.due for s in schedules.values() if s.due and s.due > today]
    tomorrow = [today + timedelta(days=1)] if len(ready) > room else []
    return Queue(tuple(ready[:room]), done, max(0, len(ready) - room), min([*later, *tomorrow], default=None))


def schedules_of(key: LedgerKey) -> dict[tuple[str, str], Schedule]:
    """The schedule of each item that she ever missed, by (place, item)."""
    given: dict[tuple[str, str], list[tuple[datetime, str]]] = {}
    for place, item, result, finished in _answers_of(key.pk):
        if finished and (
            result == "wrong" or (place, item) in given
        ):  # what was right before the first miss says nothing
            given.setdefault((place, item), []).append((finished, result))
    zone = timezone.get_current_timezone()
    return {
        at: schedule(Answer(finished.astimezone(zone).date(), result == "right") for finished, result in answers)
        for at, answers in given.items()
    }


def _answers(key: UUID) -> QuerySet[Attempt, tuple[str, str, str, datetime | None]]:
    """(place, item, result, finished) of answers, oldest first."""
    rows = Attempt.objects.filter(key=key, kind=KIND, result__in=["right", "wrong"]).exclude(finished=None)
    return rows.order_by("finished").values_list("place", "item", "result", "finished")


_answers_of = Prepared(_answers, UUID)


def _is_put(activity: Practice, item: str) -> bool:
    """Whether the set still has the item, its file can be read, and there is something to answer."""
    try:
        return item in activity.items and load(activity.folder, item).item.stage != "worked"
    except CurriculumError:
        return False


def is_redo(attempt: Attempt) -> bool:
    """Whether the queue put it, not the set."""
    return bool(attempt.state.get("redo"))


def position(queue: Queue, attempt: Attempt) -> tuple[int, int]:
    """(which one of today's this is, how many there are): a finished one is among those done."""
    return queue.done + (attempt.finished is None), queue.done + len(queue.due)
