"""The demo campus as a visitor finds it: everybody is there, and stands where the story says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from techamp.campus.capstone.models import Project
from techamp.campus.data.models import Dataset, StudyRun
from techamp.campus.demo import campus
from techamp.campus.demo.cast import ELSEWHERE, FIRST, MIDDLE
from techamp.campus.demo.people import SIGN_INS
from techamp.campus.demo.welcome import open_code
from techamp.campus.labs.models import LabSession
from techamp.campus.learning.home import next_thing
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.learning.progress import Progress, plan_of, progress_of
from techamp.campus.partners.invitations import open_invitation
from techamp.campus.partners.models import Cohort, Enrollment, Extension
from techamp.campus.people.models import Person
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.campus.teaching.position import Position, positions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 24)
"""A Thursday; the campus below is laid out on it."""
CAST = campus.Cast(FIRST, MIDDLE, ELSEWHERE[:3])
"""The cohort in the middle whole, and as many of the others as differ."""


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The campus, made once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        campus.make(TODAY, CAST)
        yield
        transaction.set_rollback(True)


def middle() -> Cohort:
    return Enrollment.objects.get(person__email="ana@demo.techamp.example").cohort


def rows(cohort: Cohort) -> dict[str, Position]:
    found = cohort.enrollments.select_related("person__key", "cohort__institution", "company")
    return {p.enrollment.person.name: p for p in positions(list(found), TODAY)}


def of_story(*stories: str) -> set[str]:
    return {part.name for part in MIDDLE if part.story in stories}


def standing(name: str) -> tuple[Enrollment, Progress]:
    enrollment = Enrollment.objects.get(person__name=name)
    return enrollment, progress_of(enrollment.person.key)


def test_everybody_is_there(whole: None) -> None:
    assert middle().enrollments.count() == 24
    assert (TODAY - middle().starts).days // 7 + 1 == 4
    assert {s.email for s in SIGN_INS} <= set(Person.objects.values_list("email", flat=True))
    names = [part.name for part in (*CAST.first, *CAST.middle, *CAST.elsewhere)]
    assert Person.objects.filter(name__in=names).count() == len(names) == len({n.split()[0] for n in names})


def test_the_stuck_list_names_whom_it_should_and_why(whole: None) -> None:
    stuck = {name: row.stuck for name, row in rows(middle()).items() if row.stuck}
    assert set(stuck) == of_story(
        "stuck on a set", "stuck on a first set", "stuck on a challenge", "stuck on why", "away", "never came"
    )
    (slip,) = stuck["Sokha Chea"]
    assert slip.words.startswith("4 of the last 5 answers were wrong. 4 times: ")
    said = slip.words.partition("times: ")[2]
    wrong = Attempt.objects.get(pk=slip.attempt)
    assert any(said[:12] in mistake["says"] for mistake in wrong.realized["mistakes"])
    (tries,) = stuck["Marek Dudek"]
    assert tries.words.startswith("Handed in 3 times. ")
    assert "missed by" in tries.words
    assert stuck["Bridget Lowe"][0].words.startswith("Chose a wrong reason 2 times; last: ")
    assert "Not seen for 10 days." in stuck["Priya Nair"][0].words
    assert "Not seen yet." in stuck["Gus Lindqvist"][0].words


def test_positions_follow_the_stories(whole: None) -> None:
    found = rows(middle())
    late = {name for name, row in found.items() if row.late}
    assert late == of_story("late", "stuck on a first set", "away", "never came")
    assert all(found[name].done > found[name].expected for name in of_story("ahead"))
    assert all(row.seen is None or row.seen < TODAY for row in found.values())


def test_the_learner_in_the_middle_goes_on_with_her_simulation(whole: None) -> None:
    enrollment, progress = standing("Ana Alvarez")
    plan = plan_of(enrollment, progress, TODAY)
    following = next_thing(enrollment.person.key, plan, progress)
    assert following is not None
    assert following.begun
    activity = next(a for a in curriculum().activities.values() if a.title == following.title)
    assert isinstance(activity, schema.Play)
    kinds = Counter(
        Attempt.objects.filter(key=enrollment.person.key, place=activity.place).values_list("kind", flat=True)
    )
    assert kinds == {"prediction": 1, "simulation": 1}
    assert plan.modules[0].state == "done"
    assert not plan.late
    assert Attempt.objects.filter(key=enrollment.person.key, kind="practice", result="wrong").count() >= 3


def test_the_learner_in_the_middle_has_a_seat_on_saturday_own_data_and_a_charter(whole: None) -> None:
    ana = Person.objects.get(name="Ana Alvarez")
    session = LabSession.objects.get(bookings__person=ana)
    starts = timezone.localtime(session.starts)
    assert (starts.strftime("%A"), starts.date() > TODAY, starts.date() - TODAY <= timedelta(days=7)) == (
        "Saturday", True, True
    )  # fmt: skip
    run = StudyRun.objects.get(dataset__owner=ana)
    assert run.dataset.rows == 60
    assert run.summary["notes"]
    assert Project.objects.get(owner=ana).step == "charter"


def test_a_lab_is_signed_with_the_readings_that_were_typed(whole: None) -> None:
    signed = Attempt.objects.filter(kind="lab", result="passed", key__person__name="Kofi Mensah").get()
    dataset = Dataset.objects.get(uid=signed.state["dataset"])
    assert (dataset.rows, dataset.source) == (25, "lab")
    assert Evidence.objects.filter(kind="lab", attempt=signed, by__name="Carl Cole").exists()
    not_yet = Attempt.objects.get(kind="lab", result="failed")
    assert not_yet.key.person.name in of_story("ahead, lab not yet")
    assert len(not_yet.state["missing"]) == 1


def test_one_capstone_waits_for_the_mentor_and_one_is_signed(whole: None) -> None:
    steps = {p.owner.name: (p.step, p.mentor.name) for p in Project.objects.select_related("owner", "mentor")}
    assert steps == {
        "Ana Alvarez": ("charter", "Mia Moreau"),
        "Femi Adeyemi": ("sign-off", "Mia Moreau"),
        "Marta Costa": ("", "Mia Moreau"),
    }
    assert Evidence.objects.filter(kind="capstone", key__person__name="Marta Costa").exists()


def test_some_agree_to_be_seen_by_their_company_and_some_do_not(whole: None) -> None:
    sponsored = Enrollment.objects.filter(company__slug="pawtucket-motion")
    assert {True, False} == set(sponsored.values_list("shows_company", flat=True))


def test_one_asked_for_more_time_and_one_has_it(whole: None) -> None:
    asked = {(e.enrollment.person.name, e.granted) for e in Extension.objects.filter(enrollment__cohort=middle())}
    assert asked == {("Yusuf Demir", None), ("Noel Santos", True)}
    assert not rows(middle())["Noel Santos"].late


def test_learners_wrote_to_their_instructor(whole: None) -> None:
    written = Attempt.objects.filter(kind="explanation").exclude(state__text="")
    assert written.count() >= 10
    assert Attempt.objects.filter(kind="conversation", result="passed").exists()
    assert Attempt.objects.filter(kind="conversation", result="failed").exists()


def test_times_are_spread_over_the_weeks_and_never_after_the_making(whole: None) -> None:
    midnight = timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day))
    attempts = Attempt.objects.filter(key__person__enrollments__cohort=middle())
    assert not attempts.filter(touched__gte=midnight).exists()
    assert not Evidence.objects.filter(at__gte=midnight).exists()
    assert len({timezone.localdate(a.started) for a in attempts}) >= 18
    assert not attempts.filter(finished__lt=timezone.make_aware(datetime(2026, 8, 1))).exists()


def test_no_evidence_comes_before_what_it_points_to(whole: None) -> None:
    wrong = [e for e in Evidence.objects.exclude(attempt=None).select_related("attempt") if e.at < e.attempt.started]
    assert wrong == []


def test_a_visitor_can_join_with_the_code_and_the_mail_holds_it(whole: None) -> None:
    invitation = open_invitation(open_code())
    assert invitation is not None
    assert invitation.cohort == Enrollment.objects.get(person__name="Ben Boone").cohort
    client = Client()
    assert client.get(reverse("people:join-code", args=[invitation.code]))["Location"] == reverse("account_signup")


def test_the_other_college_sees_none_of_them(whole: None) -> None:
    client = Client()
    client.force_login(Person.objects.get(name="Sam Sato"))
    page = client.get(reverse("teaching:home")).content.decode()
    assert "Columbus" in page
    assert "Lowell" not in page
    assert client.get(reverse("teaching:cohort", args=[middle().uid])).status_code == 404


@pytest.mark.parametrize("email", [s.email for s in SIGN_INS])
def test_each_sign_in_lands_on_a_page(whole: None, email: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(email=email))
    assert client.get(reverse("learning:home"), follow=True).status_code == 200
