"""A conversation goes on from where it stands: no tap is lost, none counts twice, and a good end is evidence."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.campus.school import activity, browser, key_of, learner, text

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.learning.progress import progress_of
from techamp.campus.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

PLACE = "shop/01-funnel/talk"
URL = f"/learn/{PLACE}/"


@pytest.fixture
def ana() -> Person:
    return learner()


@pytest.fixture
def page(ana: Person) -> Client:
    client = browser(ana)
    client.get(URL)
    return client


def say(client: Client, at: int | str, choice: int | str) -> str:
    """Choose; the page that follows."""
    assert client.post(URL, {"at": at, "choice": choice}).status_code == 302
    return text(client.get(URL))


def paths() -> list[list[int]]:
    return [a.state["path"] for a in Attempt.objects.filter(kind="conversation").order_by("started")]


def test_to_a_good_end(page: Client, ana: Person) -> None:
    body = say(page, 0, 0)
    assert "It looks steady." in body
    assert "A fact first." in body
    body = say(page, 1, 0)
    assert "A good end" in body
    assert "Leave luck alone." in body
    (line,) = Evidence.objects.all()
    assert (line.kind, line.skill, line.level) == ("conversation", "shop.aim", "practiced")
    assert progress_of(key_of(ana)).is_done(activity(PLACE))


def test_to_a_bad_end_which_is_no_evidence_and_then_another_way(page: Client, ana: Person) -> None:
    assert "It ends here" in say(page, 0, 1)
    assert not Evidence.objects.exists()
    page.post(URL, {"do": "again"})
    assert "Shall I turn the knob?" in text(page.get(URL))
    say(page, 0, 0)
    say(page, 1, 0)
    assert [a.result for a in Attempt.objects.order_by("started")] == ["failed", "passed"]
    assert Evidence.objects.count() == 1


def test_a_second_good_end_is_no_second_line(page: Client) -> None:
    for _go in range(2):
        say(page, 0, 0)
        say(page, 1, 0)
        page.post(URL, {"do": "again"})
    assert Evidence.objects.count() == 1


def test_a_double_tap_says_it_once(page: Client) -> None:
    say(page, 0, 0)
    say(page, 0, 0)
    assert paths() == [[0]]


@pytest.mark.parametrize(("at", "choice"), [(0, 1), ("", 0), ("x", 0), (7, 0), (1, 2), (1, -1), (1, "²"), (1, "")])
def test_a_stale_tab_or_a_choice_that_is_not_there_changes_nothing(
    page: Client, at: int | str, choice: int | str
) -> None:
    say(page, 0, 0)
    assert "It looks steady." in say(page, at, choice)
    assert paths() == [[0]]


def test_a_stale_tab_does_not_go_on_with_a_talk_that_she_left(page: Client) -> None:
    say(page, 0, 0)
    page.post(URL, {"do": "again"})
    say(page, 0, 1)
    say(page, 1, 0)
    assert paths() == [[0], [1]]
    assert not Evidence.objects.exists()


def test_two_taps_on_again_begin_one_talk(page: Client) -> None:
    say(page, 0, 1)
    page.post(URL, {"do": "again"})
    page.post(URL, {"do": "again"})
    assert paths() == [[1], []]


def test_a_talk_that_was_rewritten_meanwhile_goes_on_as_it_began(page: Client) -> None:
    attempt = Attempt.objects.get()
    attempt.realized["nodes"]["shown"]["says"] = "It was steady then."
    attempt.save()
    assert "It was steady then." in say(page, 0, 0)


def test_meters_stand_where_the_choices_put_them(page: Client) -> None:
    body = say(page, 0, 0)
    assert re.search(r'<span class="label">Trust</span><b class="num">\+1</b>', body)
