"""Who looked at a record: the page in words, who, and the day; one line for the same person, page and day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import get_resolver, reverse
from tests.campus.school import browser, key_of, learner, staff, text

from techamp.campus.people.looks import WORDS, Look, looks
from techamp.campus.people.models import AccessRecord, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]


@pytest.fixture
def ana() -> Person:
    return learner()


def look(at: Person, by: Person | None, page: str, day: int, hour: int = 15) -> None:
    made = AccessRecord.objects.create(viewer=by, key=key_of(at), page=page, path="/labs/session/6b311e51/")
    AccessRecord.objects.filter(pk=made.pk).update(at=datetime(2026, 11, day, hour, tzinfo=UTC))


def test_the_page_says_in_words_what_was_looked_at(ana: Person) -> None:
    ingrid = staff("Ingrid", "instructor")
    address = reverse("teaching:learner", args=[ana.uid])
    browser(ingrid).get(address)
    body = text(browser(ana).get(reverse("learning:record")))
    part = body[body.index("Who looked at your record") :]
    assert "Ingrid" in part
    assert "your page as instructors see it" in part
    assert address not in body


def test_one_line_for_the_same_person_page_and_day(ana: Person) -> None:
    ingrid, cora = staff("Ingrid", "instructor"), staff("Cora", "coordinator")
    for by, page, day in (
        (ingrid, "teaching:learner", 18), (ingrid, "teaching:learner", 19), (ingrid, "labs:sign", 19),
        (ingrid, "teaching:learner", 19), (cora, "labs:sign", 20), (cora, "labs:sign", 20),
    ):  # fmt: skip
        look(ana, by, page, day)
        look(ana, by, page, day, hour=16)
    assert sorted((found.day.day, found.who, found.page) for found in looks(key_of(ana))) == [
        (18, "Ingrid", "your page as instructors see it"),
        (19, "Ingrid", "your page as instructors see it"),
        (19, "Ingrid", "your sheet of a lab session"),
        (20, "Cora", "your sheet of a lab session"),
    ]
    assert [found.day.day for found in looks(key_of(ana))] == [20, 19, 19, 18]


def test_a_page_without_words_and_a_viewer_who_left(ana: Person) -> None:
    look(ana, None, "gone:page", 19)
    look(ana, None, "other:page", 19)
    (found,) = looks(key_of(ana))
    assert found == Look("", "a page about you", found.day)
    body = text(browser(ana).get(reverse("learning:record")))
    assert "somebody who has left" in body
    assert "6b311e51" not in body


def test_many_looks_at_one_page_hide_nobody(ana: Person) -> None:
    ingrid, cora = staff("Ingrid", "instructor"), staff("Cora", "coordinator")
    look(ana, cora, "labs:sign", 18)
    for _time in range(40):
        look(ana, ingrid, "teaching:attempt", 19)
    assert [found.who for found in looks(key_of(ana))] == ["Ingrid", "Cora"]


def test_a_look_late_in_the_evening_stands_under_the_day_on_the_wall(ana: Person) -> None:
    look(ana, staff("Ingrid", "instructor"), "teaching:learner", 20, hour=2)
    assert [found.day.day for found in looks(key_of(ana))] == [19]


@pytest.mark.parametrize("page", sorted(WORDS))
def test_words_are_for_views_that_there_are(page: str) -> None:
    space, name = page.split(":")
    _prefix, resolver = get_resolver().namespace_dict[space]
    assert name in resolver.reverse_dict
