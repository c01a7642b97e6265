"""A set of items in one place: what belongs to it, what was answered there, how it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.files import Source, load
from techamp.campus.practice.path import Answered, Entry, counted, is_mastered, next_item
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


def attempts_at(key: LedgerKey, place: str) -> QuerySet[Attempt]:
    """Attempts of one key in one place, newest first."""
    return Attempt.objects.filter(key=key, place=place, kind=KIND).order_by("-started", "-pk")


def in_turn(key: LedgerKey, place: str) -> QuerySet[Attempt]:
    """Attempts that the set itself put, newest first: the first of them is on its page. The redo queue's are not."""
    return attempts_at(key, place).filter(state__redo__isnull=True)


def past_at(key: LedgerKey, place: str) -> list[Answered]:
    """Finished attempts in one place, oldest first: the set's own and those of the redo queue."""
    return _past(attempts_at(key, place)).get(place, [])


def _past(attempts: QuerySet[Attempt]) -> dict[str, list[Answered]]:
    rows = attempts.exclude(finished=None).order_by("started", "pk")
    found: dict[str, list[Answered]] = {}
    parts = (KT("realized__stage"), KT("realized__kind"), KT("realized__skill"))  # as text: nothing to parse
    for place, item, result, stage, kind, skill in rows.values_list("place", "item", "result", *parts):
        found.setdefault(place, []).append(Answered(item, stage, kind, skill, result))
    return found


def state_of(key: LedgerKey, place: str) -> SetState:
    """How one set stands."""
    return states_of(key, [place])[place]


def states_of(key: LedgerKey, places: Sequence[str]) -> dict[str, SetState]:
    """How sets stand, in two queries. A set once mastered stays mastered, unless the evidence is taken back."""
    rule = curriculum().program.mastery
    past = _past(Attempt.objects.filter(key=key, place__in=places, kind=KIND))
    evidence = Evidence.objects.filter(key=key, kind="mastery", place__in=places, replaced_by=None).exclude(level="")
    mastered = set(evidence.values_list("place", flat=True))
    found = {}
    for place in places:
        own = past.get(place, [])
        word = "mastered" if place in mastered or is_mastered(own, rule) else "working" if own else "new"
        found[place] = SetState(word, tuple(counted(own, rule)))
    return found
