"""Learners for the load: made by the application's own services, each with some weeks behind her."""

from __future__ import annotations

import os
import random
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from techamp.campus.data.actions import add_dataset
from techamp.campus.learning.lecture import record
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort, Organization
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.play import actions as play
from techamp.campus.practice import answering
from techamp.campus.practice.sets import set_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry

ANSWERED = 12  # practice answers behind each learner
READINGS = 60  # in her dataset


@dataclass(frozen=True)
class Learner:
    """Somebody signed in, and where she goes."""

    session: str
    lecture: str
    practice: str
    simulation: str
    study: str


def made(count: str) -> list[dict[str, str]]:
    """So many of them, with their sessions and addresses."""
    cohort = _cohort()
    return [asdict(_learner(n, cohort)) for n in range(int(count))]


def _cohort() -> Cohort:
    college, _made = Organization.objects.get_or_create(
        slug="bench", defaults={"name": "Bench College", "kind": "institution"}
    )
    today = timezone.localdate()
    starts = today - timedelta(days=today.weekday(), weeks=2)
    return Cohort.objects.create(institution=college, name="Bench, fall", starts=starts)


@transaction.atomic
def _learner(number: int, cohort: Cohort) -> Learner:
    person = Person.objects.create_user(f"{_code()}@bench.example", None, name=f"Learner {number}")
    use(invite(cohort.institution, by=None, cohort=cohort).code, person)
    key = LedgerKey.objects.get(person=person)
    modules = curriculum().path([])
    activities = [a for m in modules for a in m.activities]
    lectures = [a for a in activities if isinstance(a, schema.Lecture)]
    sets = [a for a in activities if isinstance(a, schema.Practice)]
    bench = next(a for a in activities if isinstance(a, schema.Play) and a.predict and a.predict.kind == "number")
    record.finish(key, lectures[0], lecture_of(lectures[0]))
    mine = sets[number % len(sets)]
    _practice(key, mine, random.Random(number))
    play.predict(key, bench, {"guess": "1.5", "sure": "low"})
    return Learner(
        signed_in(person), _url(lectures[number % len(lectures)]), _url(mine), _url(bench), _study(person, number)
    )


def _code() -> str:
    return os.urandom(6).hex()


def _url(activity: schema.Activity) -> str:
    return f"/learn/{activity.place}/"


def _practice(key: LedgerKey, activity: schema.Practice, rng: random.Random) -> None:
    """Two thirds right, one third wrong."""
    item_set = set_of(activity)
    attempt = answering.begin(key, item_set)
    for _i in range(ANSWERED):
        if attempt is None:
            return
        given = right_answer(attempt.realized) if rng.random() < 2 / 3 else wrong_answer(attempt.realized)
        attempt = answering.answer(key, item_set, attempt.pk, given, timezone.now()) or attempt
        attempt = answering.proceed(key, item_set, attempt.pk, timezone.now())


def right_answer(realized: dict) -> list[str]:
    """What a form would hold for a right answer."""
    if realized["kind"] == "choice":
        return [o["key"] for o in realized["options"] if o["right"]][:1]
    if realized["kind"] == "order":
        return [str(k) for k in range(len(realized["order"]))]
    return [f"{ask['value']:.10g}" for ask in realized["asks"]]


def wrong_answer(realized: dict) -> list[str]:
    """What a form would hold for a wrong answer."""
    if realized["kind"] == "choice":
        return [o["key"] for o in realized["options"] if not o["right"]][:1]
    if realized["kind"] == "order":
        return [str(k) for k in reversed(range(len(realized["order"])))]
    return [f"{ask['value'] * 3 + 7:.10g}" for ask in realized["asks"]]


def _study(person: Person, number: int) -> str:
    rng = random.Random(number)
    lines = "\n".join(f"{rng.gauss(7.995, 0.004):.4f}" for _i in range(READINGS))
    dataset = add_dataset(person, f"shafts-{number}.csv", f"diameter\n{lines}\n".encode(), "upload")
    chart = next(id for id in registry.study_ids() if id.endswith(".control_chart"))
    return f"/data/{dataset.uid}/{chart}/"


def signed_in(person: Person) -> str:
    """The key of a fresh session."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
