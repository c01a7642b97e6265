"""Two requests at once: what counts once is written once. On PostgreSQL, where they truly run side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from tests.campus.school import activity, enrollment_of, key_of, learner, place, staff

from techamp.campus.capstone import actions as capstone
from techamp.campus.labs import actions as labs
from techamp.campus.labs.models import Booking, LabSession
from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import Person
from techamp.campus.play import actions, challenges, conversation

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("school"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory lets one connection in at a time"),
]
PLAY, LAB, TALK = (f"shop/01-funnel/{name}" for name in ("adjust", "lab", "talk"))


@pytest.fixture
def ana() -> Person:
    return learner()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each in a thread and a connection of its own, begun together."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_evidence_is_one_line(ana: Person) -> None:
    key = key_of(ana)
    at_once(*[lambda: ledger.append(key, "lecture", ["shop.aim", "shop.adjust"], place=PLAY)] * 4)
    assert Evidence.objects.count() == 2


def test_the_last_seat_goes_to_one(ana: Person) -> None:
    bo, cora = learner("Bo"), staff("Cora", "coordinator")
    session = labs.offer(
        place("institution", "north"), by=cora, place=LAB, where="Bench", seats=1,
        starts=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    found = at_once(lambda: labs.book(session, ana), lambda: labs.book(session, bo))
    assert [booking is None for booking in found].count(True) == 1
    assert Booking.objects.count() == 1


def test_a_challenge_sent_twice_is_one_attempt_and_tries_are_not_exceeded(ana: Person) -> None:
    key, play = key_of(ana), activity(PLAY)
    one, two = at_once(*[lambda: challenges.hand_in(key, play, "challenge-still", {"rule": "leave"}, "same")] * 2)
    assert one == two
    assert Evidence.objects.count() == 1
    at_once(*[
        lambda n=n: challenges.hand_in(key, play, "challenge-still", {"rule": "move_back"}, f"t{n}") for n in range(4)
    ])  # fmt: skip
    assert Attempt.objects.filter(kind="challenge").count() == 3


def test_a_prediction_runs_and_an_explanation_are_one_each(ana: Person) -> None:
    key, play = key_of(ana), activity(PLAY)
    at_once(*[lambda n=n: actions.predict(key, play, {"guess": str(n)}) for n in range(3)])
    at_once(*[lambda n=n: actions.keep_run(key, play, f"seed={n}") for n in range(3)])
    at_once(*[lambda: actions.explain(key, play, "0", "")] * 3)
    kinds = list(Attempt.objects.order_by("kind").values_list("kind", flat=True))
    assert kinds == ["explanation", "prediction", "simulation"]
    assert Attempt.objects.get(kind="simulation").state["count"] == 3


def test_a_conversation_is_begun_once_and_goes_one_step(ana: Person) -> None:
    key, talk = key_of(ana), activity(TALK)
    at_once(*[lambda: conversation.begin(key, talk)] * 3)
    at_once(*[lambda: conversation.choose(key, talk, "0", "0")] * 3)
    assert Attempt.objects.get().state["path"] == [0]


def test_a_lab_is_signed_once(ana: Person) -> None:
    cora, key, lab, north = staff("Cora", "coordinator"), key_of(ana), activity(LAB), place("institution", "north")
    session = LabSession.objects.create(institution=north, place=LAB, starts=timezone.now(), where="Bench")
    at_once(*[lambda: labs.sign_off(key, lab, session, by=cora, ticked=["still", "reads"], note="")] * 3)
    assert Attempt.objects.count() == 1
    assert Evidence.objects.count() == 2


def test_a_project_is_started_once(ana: Person) -> None:
    charter = {"title": "Scrap", "problem": "Scrap", "measure": "Scrap", "goal": "Less"}
    enrollment = enrollment_of(ana)
    one, two = at_once(*[lambda: capstone.start(enrollment, charter)] * 2)
    assert one == two
