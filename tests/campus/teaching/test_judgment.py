"""An instructor's own judgment, and her invitations."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.campus.school import browser, enrollment_of, key_of, learner, place, staff, text

from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.learning.progress import progress_of
from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort
from techamp.campus.people.models import Person
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

JUDGED = {"do": "override", "skill": "shop.aim", "level": "mastered", "reason": "She showed me at the bench."}


@pytest.fixture
def ana() -> Person:
    return learner()


@pytest.fixture
def ingrid(ana: Person) -> Person:
    return staff("Ingrid", "instructor")


def test_an_override_lifts_the_skill_and_the_learner_reads_why_and_by_whom(ana: Person, ingrid: Person) -> None:
    assert browser(ingrid).post(reverse("teaching:learner", args=[ana.uid]), JUDGED).status_code == 302
    (line,) = Evidence.objects.all()
    assert (line.kind, line.by, line.organization.slug) == ("override", ingrid, "north")  # type: ignore[union-attr]
    assert progress_of(key_of(ana)).levels == {"shop.aim": "mastered"}
    body = text(browser(ana).get(reverse("learning:record")))
    assert "“She showed me at the bench.”" in body
    assert "Ingrid" in body


def test_modules_that_lie_ahead_are_folded_on_the_learners_page(ana: Person, ingrid: Person) -> None:
    Cohort.objects.update(starts=timezone.localdate())
    body = text(browser(ingrid).get(reverse("teaching:learner", args=[ana.uid])))
    reached, later, ahead = body.partition("<summary>1 module later</summary>")
    assert later
    assert "The funnel<br>" in reached
    assert "The funnel<br>" not in ahead.partition("</details>")[0]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("reason", " ", "Reason: must be filled."),
        ("skill", "nobody.nothing", "Skill: must be one of the program&#x27;s skills."),
        ("level", "best", "Level: must be one of the levels."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    ana: Person, ingrid: Person, name: str, value: str, says: str
) -> None:
    body = text(browser(ingrid).post(reverse("teaching:learner", args=[ana.uid]), {**JUDGED, name: value}), 422)
    assert says in body
    if name != "reason":
        assert ">She showed me at the bench.</textarea>" in body
    if name != "level":
        assert '<option value="mastered" selected>' in body
    assert not Evidence.objects.exists()


def test_only_instructors_of_her_institution_judge(ana: Person) -> None:
    learner("Fay", "south")
    for other in (ana, staff("Cora", "coordinator"), staff("Irma", "instructor", "south")):
        assert browser(other).post(reverse("teaching:learner", args=[ana.uid]), JUDGED).status_code == 404
    assert not Evidence.objects.exists()


def test_a_mentor_is_somebody_of_her_college_or_company_and_not_herself(ana: Person, ingrid: Person) -> None:
    learner("Fay", "south")
    stranger, near = staff("Sam", "mentor", "south"), staff("Mia", "mentor")
    use(invite(place("institution", "north"), by=None, role="mentor").code, ana)
    for uid, mentor in ((near.uid, near), (stranger.uid, None), (near.uid, near), (ana.uid, None), ("x", None)):
        browser(ingrid).post(reverse("teaching:learner", args=[ana.uid]), {"do": "mentor", "mentor": str(uid)})
        assert enrollment_of(ana).mentor == mentor


def test_the_learners_page_shows_what_she_can_do(ana: Person, ingrid: Person) -> None:
    ledger.append(key_of(ana), "lecture", ["shop.aim"], place="shop/01-funnel/lecture")
    assert "1 of 5: Met" in text(browser(ingrid).get(reverse("teaching:learner", args=[ana.uid])))


def test_a_judgment_and_what_was_done_stand_there_by_name_and_not_by_id(ana: Person, ingrid: Person) -> None:
    key, page = key_of(ana), reverse("teaching:learner", args=[ana.uid])
    browser(ingrid).post(page, JUDGED)
    for kind, where, item, realized in (
        ("challenge", "shop/01-funnel/adjust", "challenge-still", {"title": "Hold it still"}),
        ("study", "shop/01-funnel/adjust", registry.study_ids()[0], {}),
        ("practice", "gone/for/good", "old-item", {"title": "Two shims"}),
        ("capstone", "capstone", "6b311e51-2f39", {"title": "Less scrap"}),
    ):
        Attempt.objects.create(key=key, kind=kind, place=where, item=item, realized=realized, result="done")
    body = text(browser(ingrid).get(page))
    shown = re.sub(r"<[^>]*>", " ", body)
    for id in ("shop.aim", "challenge-still", registry.study_ids()[0], "old-item", "gone/for/good", "6b311e51"):
        assert id not in shown
    skill, level = curriculum().skills["shop.aim"].name, curriculum().levels["mastered"].name
    assert f"{skill} · {level} · “She showed me at the bench.”" in body
    for name in ("Hold it still", registry.study(registry.study_ids()[0]).title, "Two shims", "Capstone · Less scrap"):
        assert name in body
