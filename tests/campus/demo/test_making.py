"""Making the demo campus: the same on the same day, once, and wholly or not at all."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from techamp.campus import demo
from techamp.campus.demo import campus
from techamp.campus.demo.cast import MIDDLE, MOTION, Part
from techamp.campus.demo.clock import history
from techamp.campus.demo.people import SIGN_INS
from techamp.campus.demo.welcome import ADDRESS, at_this_address, open_code
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import Person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 24)
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+-]+")
SMALL = campus.Cast((), (Part("Ana Alvarez", "ahead", MOTION, True), MIDDLE[14]), ())


def digest() -> tuple[Counter[tuple[Any, ...]], Counter[tuple[Any, ...]]]:
    """Attempts and evidence without ids, and without what follows from the secret runs of challenges: how often one was
    handed in, and so at what time everything after it was done."""
    attempts = Counter(
        (
            a.key.person.email,
            a.kind,
            a.place,
            a.item,
            a.seed,
            str(a.realized),
            a.result,
            bool(a.finished),
            *told(a),
        )
        for a in Attempt.objects.exclude(kind="challenge").select_related("key__person")
    )
    evidence = Counter(
        (e.key.person.email, e.skill, e.level, e.kind, e.place, e.item)
        for e in Evidence.objects.select_related("key__person")
    )
    return attempts, evidence


def told(attempt: Attempt) -> list[str]:
    """What she did, but for the address of a dataset."""
    return sorted(TIME.sub("…", f"{name}: {value}") for name, value in attempt.state.items() if name != "dataset")


def made(today: date) -> tuple[Counter[tuple[Any, ...]], Counter[tuple[Any, ...]]]:
    with transaction.atomic():
        campus.make(today, SMALL)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_the_same_day_gives_the_same_campus() -> None:
    first, again = made(TODAY), made(TODAY)
    assert sum(first[0].values()) > 100
    assert first == again


def test_another_weekday_gives_a_campus_too() -> None:
    attempts, evidence = made(TODAY + timedelta(days=4))
    assert {kind for _email, kind, *_rest in attempts} >= {"lecture", "practice", "lab"}
    assert evidence


def test_an_interrupted_making_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campus.welcome, "write", lambda *_given: 1 / 0)
    before = set((Path(settings.FILES) / "data").glob("*/*"))
    with pytest.raises(ZeroDivisionError):
        campus.make(TODAY, SMALL)
    assert not Organization.objects.exists()
    assert not Person.objects.exists()
    assert not Attempt.objects.exists()
    assert set((Path(settings.FILES) / "data").glob("*/*")) == before


def test_create_makes_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made_of = campus.make
    monkeypatch.setattr(campus, "make", lambda: made_of(TODAY, campus.Cast((), (), ())))
    demo.create()
    people = Person.objects.count()
    demo.create()
    assert Person.objects.count() == people > 0
    assert len(mail.outbox) == 1
    assert open_code() in mail.outbox[0].body


def test_the_clock_of_a_history_is_for_its_block_and_its_thread_only() -> None:
    real = timezone.now
    seen: list[datetime] = []
    with history(TODAY) as clock:
        clock.tick(90)
        assert timezone.now() == clock.now == timezone.make_aware(datetime(2026, 9, 24, 1, 30))
        other = Thread(target=lambda: seen.append(timezone.now()))
        other.start()
        other.join()
    assert timezone.now is real
    assert abs(real() - seen[0]) < timedelta(minutes=5)


def test_links_in_the_mail_lead_to_where_the_campus_was_reached(rf: RequestFactory) -> None:
    request = rf.get("/demo/outbox/", headers={"host": "localhost:8123"})
    assert at_this_address(f"See {ADDRESS}/join/K7QX-2MPD/", request) == "See http://localhost:8123/join/K7QX-2MPD/"


def test_another_curriculum_gives_a_campus_of_what_it_has(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    """One module of practice, no lecture, simulation, lab or capstone; everybody's page is there all the same."""
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(Path(__file__).parents[1] / "practice" / "curriculum"))
    campus.make(TODAY)
    assert set(Attempt.objects.values_list("kind", flat=True)) == {"practice"}
    for sign_in in SIGN_INS:
        client.force_login(Person.objects.get(email=sign_in.email))
        assert client.get(reverse("learning:home"), follow=True).status_code == 200
