"""What she missed comes back after 1, 3 and 7 days, with fresh numbers, and then leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.campus.practice.conftest import STACK, newest, right_answer
from tests.campus.practice.test_pages import do, solve, text, to_alone, wrong_number

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import Person
from techamp.campus.practice.redo import A_DAY, Answer, minutes_for, queue_of, schedule

MONDAY = date(2026, 9, 7)
REDO = "/practice/redo/"


def answers(*days: tuple[int, bool]) -> list[Answer]:
    """(day after Monday, right) as answers."""
    return [Answer(MONDAY + timedelta(days=day), right) for day, right in days]


def due_day(*days: tuple[int, bool]) -> int | None:
    """Days after Monday on which the item is due."""
    due = schedule(answers(*days)).due
    return None if due is None else (due - MONDAY).days


def test_a_missed_item_comes_back_after_one_three_and_seven_days_and_leaves() -> None:
    assert due_day((0, False)) == 1
    assert due_day((0, False), (1, True)) == 4
    assert due_day((0, False), (1, True), (4, True)) == 11
    assert due_day((0, False), (1, True), (4, True), (11, True)) is None


def test_intervals_count_from_the_day_of_the_answer_not_from_the_day_it_was_due() -> None:
    assert due_day((0, False), (6, True)) == 9


def test_a_wrong_answer_goes_back_to_one_day() -> None:
    assert due_day((0, False), (1, True), (4, False)) == 5
    assert due_day((0, False), (1, True), (4, False), (5, True)) == 8


def test_a_right_answer_before_its_day_moves_nothing() -> None:
    assert due_day((0, False), (0, True)) == 1
    assert due_day((0, False), (1, True), (2, True), (3, True)) == 4


def test_an_item_that_was_never_missed_is_never_due() -> None:
    assert due_day((0, True), (5, True)) is None
    assert due_day() is None


def test_an_item_that_has_left_comes_back_when_it_is_missed_again() -> None:
    assert due_day((0, False), (1, True), (4, True), (11, True), (20, False)) == 21


def test_only_answers_in_time_count_as_redone() -> None:
    found = schedule(answers((0, False), (0, True), (1, True), (2, True), (4, False)))
    assert found.redone == (MONDAY + timedelta(days=1), MONDAY + timedelta(days=4))
    assert found.missed == MONDAY + timedelta(days=4)


Later = Callable[[int], None]


@pytest.fixture
def days_pass(learner: Person) -> Later:
    """Everything she did so far lies so many days back."""

    def pass_(count: int) -> None:
        for attempt in Attempt.objects.exclude(finished=None):
            assert attempt.finished
            back = timedelta(days=count)
            Attempt.objects.filter(pk=attempt.pk).update(
                started=attempt.started - back, finished=attempt.finished - back
            )

    return pass_


def miss_one(browser: Client, someone: Person) -> Attempt:
    """Answer the first item alone wrongly."""
    attempt = to_alone(browser, someone)
    do(browser, STACK, attempt, "check", **wrong_number(attempt))
    return attempt


def on_redo() -> Attempt:
    """The newest attempt of the queue."""
    return Attempt.objects.filter(state__redo=True).latest("started")


def test_the_item_comes_back_on_its_page_with_fresh_numbers(browser: Client, learner: Person, days_pass: Later) -> None:
    missed = miss_one(browser, learner)
    assert "Nothing to redo today" in text(browser.get(REDO))
    days_pass(1)
    page = text(browser.get(REDO))
    again = on_redo()
    assert (again.item, again.place, again.seed != missed.seed) == (missed.item, missed.place, True)
    assert "1 of 1 for today" in page
    assert page.count('class="btn go"') == 1
    page = do(browser, REDO, again, "check", **right_answer(again))
    assert "Right." in page
    assert "It comes back in 3 days." in page
    assert "Done for today" in page
    assert "Done for today" in text(browser.get(REDO))
    days_pass(3)
    text(browser.get(REDO))
    do(browser, REDO, on_redo(), "check", **right_answer(on_redo()))
    days_pass(7)
    text(browser.get(REDO))
    page = do(browser, REDO, on_redo(), "check", **right_answer(on_redo()))
    assert "It leaves this list." in page
    days_pass(30)
    assert "Nothing that you missed is waiting." in text(browser.get(REDO))


def test_a_wrong_answer_gets_its_next_step_and_comes_back_tomorrow(
    browser: Client, learner: Person, days_pass: Later
) -> None:
    miss_one(browser, learner)
    days_pass(2)
    text(browser.get(REDO))
    again = on_redo()
    page = do(browser, REDO, again, "check", **{"answer-0": str(again.realized["mistakes"][0]["value"])})
    assert "Multiply them." in page
    assert "It comes back tomorrow." in page


def test_a_reload_and_an_invalid_answer_keep_the_item(browser: Client, learner: Person, days_pass: Later) -> None:
    miss_one(browser, learner)
    days_pass(1)
    text(browser.get(REDO))
    again = on_redo()
    text(browser.get(REDO))
    assert "This costs nothing." in do(browser, REDO, again, "check", **{"answer-0": "3 kg"})
    assert Attempt.objects.filter(state__redo=True).count() == 1


def test_the_set_keeps_its_own_item_and_its_own_turn(browser: Client, learner: Person, days_pass: Later) -> None:
    missed = miss_one(browser, learner)
    do(browser, STACK, missed, "next")
    on_page = newest(learner)
    days_pass(1)
    text(browser.get(REDO))
    assert str(on_page.pk) in text(browser.get(STACK))
    do(browser, REDO, on_redo(), "check", **right_answer(on_redo()))
    assert str(on_page.pk) in text(browser.get(STACK))


def test_answers_here_count_for_the_set(browser: Client, learner: Person, days_pass: Later) -> None:
    missed = miss_one(browser, learner)
    do(browser, STACK, missed, "next")
    for _i in range(3):
        solve(browser, learner)
    assert not Evidence.objects.filter(kind="mastery").exists()
    days_pass(1)
    text(browser.get(REDO))
    do(browser, REDO, on_redo(), "check", **right_answer(on_redo()))
    assert Evidence.objects.get(kind="mastery").attempt == on_redo()


def test_no_more_than_ten_a_day(browser: Client, learner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("techamp.campus.practice.redo._is_put", lambda activity, item: True)
    today = date(2026, 9, 20)
    made = [f"item-{i}" for i in range(14)]
    for item in made:
        answer(learner, item, today - timedelta(days=3), "wrong")
    queue = queue_of(learner.key, today)
    assert (len(queue.due), queue.waiting, queue.minutes) == (A_DAY, 4, minutes_for(A_DAY))
    for item in made[:10]:
        answer(learner, item, today, "right")
    queue = queue_of(learner.key, today)
    assert (len(queue.due), queue.done, queue.next_day) == (0, 10, today + timedelta(days=1))
    assert len(queue_of(learner.key, today + timedelta(days=1)).due) == 4


def answer(someone: Person, item: str, day: date, result: str) -> None:
    """A counted answer on a day at noon."""
    from datetime import UTC, datetime

    Attempt.objects.create(
        key=someone.key, kind="practice", place="shop/01-lengths/stack", item=item, result=result,
        finished=datetime(day.year, day.month, day.day, 12, tzinfo=UTC), realized={}, state={},
    )  # fmt: skip


def test_practice_home_leads_there(browser: Client, learner: Person, days_pass: Later) -> None:
    miss_one(browser, learner)
    assert REDO not in text(browser.get("/practice/"))
    days_pass(1)
    page = text(browser.get("/practice/"))
    assert f'<a href="{REDO}">1 item you missed</a>' in page
    assert "about 2 min" in page


def test_somebody_else_s_attempt_is_not_there(browser: Client, learner: Person, days_pass: Later) -> None:
    own = miss_one(browser, learner)
    for id in (str(own.pk), "x", "00000000-0000-4000-8000-000000000000"):
        assert browser.get(REDO, {"attempt": id}).status_code == 404
        assert browser.post(REDO, {"attempt": id, "do": "check"}).status_code == 404
