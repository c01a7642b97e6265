"""Five minutes: what is due again, what is begun, what is rusty, what is new; each with its reason."""

from __future__ import annotations

import datetime
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.campus.learning.lecture_sample import write_curriculum
from tests.campus.practice.conftest import CURRICULUM, person, signed_in

from techamp.campus.learning.models import Attempt
from techamp.campus.learning.progress import plan_of, progress_of
from techamp.campus.learning.shorter import short_things
from techamp.campus.partners.models import Cohort, Enrollment, Organization
from techamp.campus.people.models import Person

PAGE = "/week/shorter/"
STACK = "shop/01-lengths/stack"


@pytest.fixture(autouse=True)
def _small_curriculum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(CURRICULUM))


@pytest.fixture
def ana(db: None) -> Person:
    """A learner in her first week."""
    college = Organization.objects.create(slug="north", name="North", kind=Organization.Kind.INSTITUTION)
    cohort = Cohort.objects.create(institution=college, name="Fall", starts=timezone.localdate())
    found = person("Ana")
    Enrollment.objects.create(person=found, cohort=cohort)
    return found


def kinds(someone: Person) -> list[str]:
    """What is offered, best first."""
    enrollment, today = Enrollment.objects.get(person=someone), timezone.localdate()
    progress = progress_of(someone.key)
    return [t.kind for t in short_things(someone.key, plan_of(enrollment, progress, today), progress, today)]


def answered(someone: Person, place: str, item: str, result: str, days_ago: int = 0) -> Attempt:
    """A counted answer."""
    attempt = Attempt.objects.create(
        key=someone.key, kind="practice", place=place, item=item, result=result, state={},
        realized={"stage": "alone", "kind": "number", "skill": "shop.lengths"},
        finished=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip
    return attempt


def page_of(client: Client) -> str:
    """The page."""
    response = client.get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_due_again_comes_first_then_what_is_begun_then_what_is_rusty(ana: Person) -> None:
    answered(ana, STACK, "stack-alone", "wrong", days_ago=2)
    answered(ana, "bridge/entry/halves", "half", "wrong")
    assert kinds(ana) == ["Redo", "Practice", "Brush up", "Practice"]
    page = page_of(signed_in(ana))
    assert "Redo: 1 item you missed" in page
    assert "2 minutes are enough for this" in page
    assert "You missed this a day or more ago" in page
    assert page.count('class="btn go"') == 1
    assert page.count("<li>") >= 2


def test_a_set_says_how_near_it_is(ana: Person) -> None:
    answered(ana, STACK, "stack-alone", "right")
    page = page_of(signed_in(ana))
    assert "One item of: Stacks of shims" in page
    assert "1 of your last 1 here are right." in page


def test_who_has_begun_nothing_gets_the_first_thing_in_order(ana: Person) -> None:
    page = page_of(signed_in(ana))
    assert "One item of: Stacks of shims" in page
    assert "This set begins with one worked example to read." in page


def test_a_lecture_is_gone_on_with_at_its_place(ana: Person, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    root = write_curriculum(tmp_path / "curriculum")
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(root))
    from techamp.campus.learning.lecture.parsing import lecture_of
    from techamp.campus.learning.lecture.record import remember
    from techamp.campus.program.curriculum import curriculum

    activity = next(a for a in curriculum().activities.values() if a.kind == "lecture")
    lecture = lecture_of(activity)
    Cohort.objects.update(starts=timezone.localdate() - datetime.timedelta(days=1))
    first = page_of(signed_in(ana))
    assert "Your place is kept." in first
    segment, sentence = lecture.sentences[-1]
    remember(ana.key, activity, lecture, sentence.id)
    page = page_of(signed_in(ana))
    assert f"You stopped here in “{activity.title}”." in page
    assert f"#{sentence.id}" in page
    assert segment.title in page


def test_the_entry_check_is_offered_until_it_is_done(ana: Person) -> None:
    Cohort.objects.update(starts=timezone.localdate() + timedelta(days=10))
    assert "Begin the entry check" in page_of(signed_in(ana))
    answered(ana, "bridge/entry/halves", "half", "right")
    assert "Go on with the entry check" in page_of(signed_in(ana))


def test_when_nothing_is_open_it_says_so(ana: Person) -> None:
    Cohort.objects.update(starts=timezone.localdate() + timedelta(days=10))
    answered(ana, "bridge/entry/halves", "half", "right")
    answered(ana, "bridge/entry/thirds", "third", "right")
    assert "Nothing short is open" in page_of(signed_in(ana))


def test_home_leads_there(ana: Person) -> None:
    answered(ana, STACK, "stack-alone", "right")
    assert f'href="{PAGE}"' in signed_in(ana).get("/week/").content.decode()
