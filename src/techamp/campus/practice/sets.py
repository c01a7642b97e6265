"""A set of items in one place: what belongs to it, what was answered there, how it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.files import Source, load
from techamp.campus.practice.path import Answered, Entry, counted, is_mastered, next_item
from techamp.campus.prepared import Prepared
from techamp.campus.program.curriculum import CurriculumError, curriculum
from techamp.campus.program.schema import Practice

KIND = "practice"


@dataclass(frozen=True)
class ItemSet:
    """Items by id, where they lie in the program, and which skills the set counts for ("" counts for none)."""

    place: str
    items: tuple[str, ...]
    source: Callable[[str], Source]
    skills: tuple[str, ...] = ()

    def entries(self) -> list[Entry]:
        """The items as the path sees them."""
        found = [self.source(id).item for id in self.items]
        return [Entry(item.id, item.stage, item.kind, item.skill) for item in found]

    def next(self, past: Sequence[Answered]) -> str:
        """The item that comes next."""
        return next_item(self.entries(), past)


def set_of(activity: Practice) -> ItemSet:
    """The set of a practice activity."""
    folder = activity.folder
    return ItemSet(activity.place, tuple(activity.items), lambda id: load(folder, id), tuple(activity.skills))


def gone(id: str) -> Source:
    """The source of items in a set that the curriculum has no more."""
    raise CurriculumError(f"The item {id!r} is in no set any more.")


@dataclass(frozen=True)
class SetState:
    """How a set stands: "new", "working" or "mastered", with the last answers that count."""

    word: str
    last: tuple[Answered, ...] = ()

    @property
    def right(self) -> int:
        """Right ones among the last answers that count."""
        return sum(a.result == "right" for a in self.last)

    @property
    def of(self) -> int:
        """How many answers mastery looks at."""
        return curriculum().program.mastery.of

    @property
    def needed(self) -> int:
        """How many of them must be right."""
        return curriculum().program.mastery.right

    @property
    def dots(self) -> list[str]:
        """The last answers, then blanks for those to come."""
        return [a.result for a in self.last] + [""] * (self.of - len(self.last))


def attempts_at(key: UUID, place: str) -> QuerySet[Attempt]:
    """Attempts of one key in one place, newest first."""
    return Attempt.objects.filter(key=key, place=place, kind=KIND).order_by("-started", "-pk")


def attempt_at(key: LedgerKey, place: str, id: UUID) -> Attempt | None:
    """One attempt, if it is hers and of that place."""
    return _attempt_at.first(key.pk, place, id)


_attempt_at = Prepared(lambda key, place, id: attempts_at(key, place).filter(pk=id), UUID, str, UUID)


def newest_in_turn(key: LedgerKey, place: str) -> Attempt | None:
    """The newest attempt that the set itself put: it is on the set's page. The redo queue's are not."""
    return _newest_in_turn.first(key.pk, place)


_newest_in_turn = Prepared(lambda key, place: attempts_at(key, place).filter(state__redo__isnull=True)[:1], UUID, str)


def past_at(key: LedgerKey, place: str) -> list[Answered]:
    """Finished attempts in one place, oldest first: the set's own and those of the redo queue."""
    return [_answered(row) for row in _finished_at(key.pk, place)]


def _finished(attempts: QuerySet[Attempt]) -> QuerySet[Attempt, tuple[str, ...]]:
    """(place, item, result, stage, kind, skill), oldest first."""
    parts = (KT("realized__stage"), KT("realized__kind"), KT("realized__skill"))  # as text: nothing to parse
    finished = attempts.exclude(finished=None).order_by("started", "pk")
    return finished.values_list("place", "item", "result", *parts)


_finished_at = Prepared(lambda key, place: _finished(attempts_at(key, place)), UUID, str)


def _answered(row: tuple[str, ...]) -> Answered:
    _place, item, result, stage, kind, skill = row
    return Answered(item, stage, kind, skill, result)


def state_of(key: LedgerKey, place: str) -> SetState:
    """How one set stands."""
    return _state(past_at(key, place), bool(_mastery_at(key.pk, place)))


def states_of(key: LedgerKey, places: Sequence[str]) -> dict[str, SetState]:
    """How sets stand, in two queries."""
    past: dict[str, list[Answered]] = {}
    for row in _finished(Attempt.objects.filter(key=key, place__in=places, kind=KIND)):
        past.setdefault(row[0], []).append(_answered(row))
    mastered = set(_mastery(key.pk).filter(place__in=places))
    return {place: _state(past.get(place, []), place in mastered) for place in places}


def _mastery(key: UUID) -> QuerySet[Evidence, str]:
    """Places of evidence of mastery that was not taken back."""
    evidence = Evidence.objects.filter(key=key, kind="mastery", replaced_by=None).exclude(level="")
    return evidence.values_list("place", flat=True)


_mastery_at = Prepared(lambda key, place: _mastery(key).filter(place=place), UUID, str)


def _state(past: Sequence[Answered], mastered: bool) -> SetState:
    """A set once mastered stays mastered, unless the evidence is taken back."""
    rule = curriculum().program.mastery
    word = "mastered" if mastered or is_mastered(past, rule) else "working" if past else "new"
    return SetState(word, tuple(counted(past, rule)))
