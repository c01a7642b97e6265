"""Who is stuck, on what, and why we think so: a sentence with its numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.campus.school import activity, browser, enrollment_of, key_of, learner, monday, staff, text

from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Cohort, Enrollment
from techamp.campus.people.models import Person
from techamp.campus.play import actions
from techamp.campus.teaching.position import Position, positions
from techamp.campus.teaching.stuck import Reason, last_seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

TOOLS, PLAY = "shop/01-funnel/tools", "shop/01-funnel/adjust"


@pytest.fixture
def ana() -> Person:
    return learner()


def answered(someone: Person, result: str, slip: str | None = None, place: str = TOOLS) -> Attempt:
    return Attempt.objects.create(
        key=key_of(someone), kind="practice", place=place, item="tool", result=result, finished=timezone.now(),
        state={"answers": [{"misconception": slip, "says": "Nobody sees that." if slip else ""}]},
    )  # fmt: skip


def handed_in(someone: Person, result: str, item: str = "challenge-still") -> Attempt:
    verdicts = [{"says": "Spread: missed by 2 mm.", "met": False}, {"says": "Cost: met.", "met": True}]
    return Attempt.objects.create(
        key=key_of(someone), kind="challenge", place=PLAY, item=item, result=result, finished=timezone.now(),
        realized={"title": "Stay near"}, state={"verdicts": verdicts},
    )  # fmt: skip


def row(someone: Person, today: date | None = None) -> Position:
    (found,) = positions([enrollment_of(someone)], today or timezone.localdate())
    return found


def why(someone: Person, today: date | None = None) -> list[Reason]:
    return list(row(someone, today).stuck)


def test_three_of_the_last_five_wrong_with_the_mistake_that_came_twice(ana: Person) -> None:
    for result, slip in [("right", None), ("wrong", "eye"), ("right", None), ("wrong", "eye"), ("wrong", None)]:
        last = answered(ana, result, slip)
    (reason,) = why(ana)
    assert (reason.title, reason.place, reason.attempt) == ("Tools", TOOLS, last.pk)
    assert reason.words == "3 of the last 5 answers were wrong. 2 times: Nobody sees that."


@pytest.mark.parametrize("results", ["wrwrr", "ww", "wwwrrrr", "rrrrr"])
def test_fewer_than_three_of_the_last_five_is_not_stuck(ana: Person, results: str) -> None:
    for letter in results:
        answered(ana, {"w": "wrong", "r": "right"}[letter])
    assert why(ana) == []


def test_who_has_mastered_the_set_is_not_stuck_on_it(ana: Person) -> None:
    for _i in range(5):
        answered(ana, "wrong")
    ledger.append(key_of(ana), "mastery", ["shop.aim"], place=TOOLS)
    assert why(ana) == []


def test_three_hand_ins_without_a_pass_with_what_was_missed_last(ana: Person) -> None:
    for _try in range(3):
        last = handed_in(ana, "failed")
    (reason,) = why(ana)
    assert (reason.title, reason.attempt) == ("Stay near", last.pk)
    assert reason.words == "Handed in 3 times. Spread: missed by 2 mm."


def test_two_hand_ins_or_a_pass_is_not_stuck(ana: Person) -> None:
    handed_in(ana, "failed")
    handed_in(ana, "failed")
    assert why(ana) == []
    handed_in(ana, "failed")
    handed_in(ana, "passed")
    assert why(ana) == []


def test_a_wrong_reason_chosen_twice(ana: Person) -> None:
    for choice in ("1", "2"):
        actions.explain(key_of(ana), activity(PLAY), choice, "")
    (reason,) = why(ana)
    assert reason.words == "Chose a wrong reason 2 times; last: “Too few drops.”"
    actions.explain(key_of(ana), activity(PLAY), "0", "")
    assert why(ana) == []


def test_late_and_never_seen_and_late_and_not_seen_for_a_week(ana: Person) -> None:
    Cohort.objects.update(starts=monday(-3))
    due = monday(-1) - timedelta(days=1)
    (reason,) = why(ana)
    assert (reason.title, reason.attempt) == ("The funnel", None)
    assert reason.words == f"Due {due:%b} {due.day}. Not seen yet."
    answered(ana, "right")
    assert why(ana) == []
    (reason,) = why(ana, timezone.localdate() + timedelta(days=9))
    assert reason.words.endswith("Not seen for 9 days.")


def test_who_is_on_time_may_be_away(ana: Person) -> None:
    assert why(ana) == []


def test_work_on_something_that_is_no_longer_taught_breaks_nothing(ana: Person) -> None:
    for _i in range(5):
        answered(ana, "wrong", place="shop/00-gone/old")
    assert why(ana) == []


def test_the_day_of_the_last_work_is_the_day_on_the_wall() -> None:
    evening = datetime.fromisoformat("2026-11-23T02:30:00+00:00")
    with timezone.override("America/New_York"):
        assert last_seen([Attempt(touched=evening)]) == date(2026, 11, 22)
    assert last_seen([]) is None


def test_positions_count_modules_and_skills_and_put_who_needs_help_first(ana: Person) -> None:
    abe = learner("Abe")
    Cohort.objects.update(starts=monday(-5))
    for part, kind in (("lecture", "lecture"), ("tools", "mastery"), ("lab", "lab"), ("talk", "conversation")):
        ledger.append(key_of(ana), kind, ["shop.aim"], place=f"shop/01-funnel/{part}")
    for name in ("challenge-still", "challenge-hidden"):
        ledger.append(key_of(ana), "challenge", ["shop.adjust"], place=PLAY, item=name)
    answered(ana, "right")
    found = positions(list(Enrollment.objects.order_by("pk")), timezone.localdate())
    assert [(p.enrollment.person, bool(p.stuck), p.done, p.expected, p.late, p.mastered) for p in found] == [
        (abe, True, 0, 2, 2, 0),
        (ana, False, 1, 2, 1, 2),
    ]
    body = text(browser(staff("Ingrid", "instructor")).get(reverse("teaching:home")))
    assert "Abe" in body
    assert "Not seen yet." in body
