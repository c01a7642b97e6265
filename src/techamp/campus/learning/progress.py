"""Where a learner stands: computed from the ledger, by the same functions for her, her instructor and the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.partners.models import Enrollment
from techamp.campus.people.models import LedgerKey
from techamp.campus.prepared import Prepared
from techamp.campus.program import schema
from techamp.campus.program.curriculum import Curriculum, curriculum

_COUNTS = {
    "lecture": "lecture", "practice": "mastery", "lab": "lab", "conversation": "conversation", "game": "game",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """The part of a piece of evidence that progress needs."""

    skill: str
    level: str
    kind: str
    place: str
    item: str


@dataclass(frozen=True)
class Progress:
    """Valid evidence and finished or open work of one key."""

    facts: tuple[Fact, ...]
    finished: frozenset[str]  # places of lectures that were read
    open: dict[str, datetime]  # place → when work there was last touched

    @cached_property
    def levels(self) -> dict[str, str]:
        """Skill → highest level that valid evidence shows."""
        rank, best = curriculum().rank, dict[str, str]()
        for fact in self.facts:
            if rank(fact.level) > rank(best.get(fact.skill, "")):
                best[fact.skill] = fact.level
        return best

    @cached_property
    def _shown(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((f.kind, f.place, f.item) for f in self.facts) | {(f.kind, f.place, "") for f in self.facts}

    def is_done(self, activity: schema.Activity) -> bool:
        """Whether an activity is behind her.

        A simulation is when its challenges are passed (or, without any, explained).
        """
        if activity.kind == "simulation":
            wanted = [("challenge", activity.place, c) for c in activity.challenges]
            return all(w in self._shown for w in wanted or [("simulation", activity.place, "")])
        kind = _COUNTS[activity.kind]
        return (kind, activity.place, "") in self._shown or (kind == "lecture" and activity.place in self.finished)

    def is_begun(self, activity: schema.Activity) -> bool:
        """Whether she worked on it."""
        return activity.place in self.open or any(f.place == activity.place for f in self.facts)

    def module_state(self, module: schema.Module) -> str:
        """ "done", "begun" or "ahead"."""
        if all(self.is_done(a) for a in module.activities):
            return "done"
        return "begun" if any(self.is_begun(a) or self.is_done(a) for a in module.activities) else "ahead"


def progress_of(key: LedgerKey) -> Progress:
    """Two queries: valid evidence, and the attempts that are neither practice nor answered."""
    return progress_of_many([key])[key.pk]


def progress_of_many(keys: list[LedgerKey]) -> dict[object, Progress]:
    """Progress of several keys in two queries: for a cohort's page."""
    facts: dict[object, list[Fact]] = {key.pk: [] for key in keys}
    valid = _valid_of(keys[0].pk) if len(keys) == 1 else _valid(key__in=keys)
    for pk, *fact in valid:
        facts[pk].append(Fact(*fact))
    finished: dict[object, set[str]] = {key.pk: set() for key in keys}
    open_: dict[object, dict[str, datetime]] = {key.pk: {} for key in keys}
    work = _work_of(keys[0].pk) if len(keys) == 1 else _work(key__in=keys)
    for key_pk, kind, place, is_open, touched in work:
        if kind == "lecture" and not is_open:
            finished[key_pk].add(place)
        if is_open or kind in {"practice", "prediction", "explanation", "challenge"}:
            open_[key_pk][place] = max(touched, open_[key_pk].get(place, touched))
    return {pk: Progress(tuple(facts[pk]), frozenset(finished[pk]), open_[pk]) for pk in facts}


def _valid(**whose: Any) -> QuerySet[Evidence, tuple[Any, ...]]:
    """(key, skill, level, kind, place, item) of evidence that was not taken back."""
    rows = Evidence.objects.filter(replaced_by__isnull=True, **whose).exclude(level="")
    return rows.values_list("key", "skill", "level", "kind", "place", "item")


def _work(**whose: Any) -> QuerySet[Attempt, tuple[Any, ...]]:
    """(key, kind, place, still open, last touched), summed by the database: in a year a learner answers thousands."""
    attempts = Attempt.objects.filter(**whose).exclude(kind="question")
    grouped = attempts.values("key", "kind", "place", is_open=Q(finished=None)).annotate(last=Max("touched"))
    return grouped.values_list("key", "kind", "place", "is_open", "last")


_valid_of = Prepared(lambda key: _valid(key=key), UUID)
_work_of = Prepared(lambda key: _work(key=key), UUID)


@dataclass(frozen=True)
class Due:
    """A module with its dates for one learner."""

    module: schema.Module
    opens: date
    due: date
    state: str
    left: tuple[schema.Activity, ...]

    def is_late(self, today: date) -> bool:
        """Past its date and not done."""
        return self.state != "done" and today > self.due

    @property
    def minutes_left(self) -> int:
        """Minutes of what is left."""
        return sum(a.minutes for a in self.left)


@dataclass(frozen=True)
class Plan:
    """A learner's calendar with her progress laid on it."""

    modules: tuple[Due, ...]
    today: date
    week: int

    @property
    def late(self) -> list[Due]:
        """Modules past their date."""
        return [d for d in self.modules if d.is_late(self.today)]

    @property
    def this_week(self) -> list[Due]:
        """Open now, not done; late ones first."""
        now = [d for d in self.modules if d.opens <= self.today and d.state != "done"]
        return sorted(now, key=lambda d: not d.is_late(self.today))

    @property
    def ahead(self) -> list[Due]:
        """Neither open nor begun."""
        return [d for d in self.modules if d.opens > self.today and d.state == "ahead"]

    @property
    def reached(self) -> list[Due]:
        """Open, begun or done."""
        return [d for d in self.modules if d.opens <= self.today or d.state != "ahead"]

    @property
    def coming(self) -> list[Due]:
        """Not open yet, the next three."""
        return [d for d in self.modules if d.opens > self.today and d.state != "done"][:3]


def plan_of(enrollment: Enrollment, progress: Progress, today: date) -> Plan:
    """Cohort start + module weeks, with what is left of each module."""
    lessons = curriculum()
    modules = []
    for module in lessons.path(enrollment.spokes):
        opens, due = dates_of(lessons, module, enrollment)
        left = tuple(a for a in module.activities if not progress.is_done(a))
        modules.append(Due(module, opens, due, progress.module_state(module), left))
    week = (today - enrollment.cohort.starts).days // 7 + 1
    return Plan(tuple(modules), today, week)


def dates_of(lessons: Curriculum, module: schema.Module, enrollment: Enrollment) -> tuple[date, date]:
    """(opens, due): Monday-based weeks from the cohort's start; due at the end of its week; extensions push it out."""
    entry = lessons.weeks(module.subject, module.id)
    if entry is None:
        raise KeyError(f"program.yaml's calendar has no {module.subject}/{module.id}.")
    start = enrollment.cohort.starts
    extra = enrollment.extra_days.get(f"{module.subject}/{module.id}", 0)
    return start + timedelta(weeks=entry.opens - 1), start + timedelta(weeks=entry.due, days=extra - 1)


def next_activity(plan: Plan, progress: Progress) -> schema.Activity | None:
    """The one next thing: what she worked on last and left open, else the first in order that she can do alone.

    A lab waits for its day, so it is never the next thing while something else is left.
    """
    left = [a for d in (*plan.this_week, *plan.coming) for a in d.left]
    alone = [a for a in left if a.kind != "lab"]
    begun = [a for a in alone if a.place in progress.open and _fresh(progress.open[a.place], plan.today)]
    if begun:
        return max(begun, key=lambda a: progress.open[a.place])
    return (alone or left or [None])[0]


def _fresh(touched: datetime, today: date) -> bool:
    return (today - timezone.localdate(touched)).days <= 7
