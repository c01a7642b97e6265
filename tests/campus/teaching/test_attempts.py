"""An instructor sees each attempt as the learner saw it, of every kind."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.campus.capstone.test_project import SAVING
from tests.campus.school import activity, browser, enrollment_of, key_of, learner, place, staff, text

from techamp.campus.capstone import actions as capstone
from techamp.campus.data.actions import add_dataset
from techamp.campus.labs import actions as labs
from techamp.campus.labs.models import LabSession
from techamp.campus.learning.lecture import questions, record
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import AccessRecord, Person
from techamp.campus.play import actions, challenges, conversation
from techamp.campus.practice.answering import begin
from techamp.campus.practice.sets import set_of
from techamp.contract import registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

PLAY, LECTURE, TALK = (f"shop/01-funnel/{name}" for name in ("adjust", "lecture", "talk"))


@pytest.fixture
def ana() -> Person:
    return learner()


@pytest.fixture
def ingrid(ana: Person) -> Person:
    return staff("Ingrid", "instructor")


def shown(viewer: Person, attempt: Attempt | None) -> str:
    """The attempt's page."""
    assert attempt is not None
    return text(browser(viewer).get(reverse("teaching:attempt", args=[attempt.pk])))


def test_predictions_of_each_kind(ana: Person, ingrid: Person) -> None:
    key = key_of(ana)
    number = actions.predict(key, activity(PLAY), {"guess": "12.5", "sure": "medium"})
    choice = actions.predict(key, activity("shop/02-later/own-table"), {"guess": "1"})
    curve = actions.predict(key, activity("shop/02-later/drawn"), {"guess-0": "1", "guess-1": "2.5", "guess-2": "3"})
    body = shown(ingrid, number)
    assert "How far off will the drops lie?" in body
    assert "12.5" in body
    assert "fairly" in body
    body = shown(ingrid, choice)
    assert body.count("chosen") == 1
    assert body.index("Narrower") < body.index("chosen")
    assert "1, 2.5, 3" in shown(ingrid, curve)


def test_an_explanation_with_what_she_wrote(ana: Person, ingrid: Person) -> None:
    body = shown(ingrid, actions.explain(key_of(ana), activity(PLAY), "1", "We turn\nit <daily>."))
    assert "The funnel was crooked." in body
    assert "Run rule 1 with the same luck." in body
    assert "We turn<br>it &lt;daily&gt;." in body
    assert ">wrong</span>" in body


def test_runs_with_labels_and_the_way_to_each(ana: Person, ingrid: Person) -> None:
    attempt = actions.keep_run(key_of(ana), activity(PLAY), "rule=leave&share=0.30&drops=30&seed=42")
    body = shown(ingrid, attempt)
    assert "What you do after each drop Rule 1: leave the funnel alone" in body
    assert "Drops 30 drops" in body
    assert "?step=run&amp;rule=leave&amp;share=0.30&amp;drops=30&amp;seed=42" in body


def test_a_challenge_with_verdicts_and_what_was_handed_in(ana: Person, ingrid: Person) -> None:
    given = {"rule": "share", "share": "0.4"}
    body = shown(ingrid, challenges.hand_in(key_of(ana), activity(PLAY), "challenge-hidden", given, "t"))
    assert "Typical distance from the target: " in body
    assert "Share of the error to take back</dt><dd>0.4</dd>" in body
    assert "Steady drift" not in body, "the learner may see this page too"


def test_a_challenge_that_is_not_graded_yet_and_one_from_before(ana: Person, ingrid: Person) -> None:
    attempt = challenges.hand_in(key_of(ana), activity(PLAY), "challenge-still", {"rule": "leave"}, "t")
    assert attempt is not None
    for verdict in attempt.state["verdicts"]:
        del verdict["digits"]
    attempt.save()
    assert "met, with" in shown(ingrid, attempt)
    attempt.state, attempt.finished, attempt.result = {"token": "t"}, None, ""
    attempt.save()
    assert "not graded yet" in shown(ingrid, attempt)


def test_questions_of_a_lecture(ana: Person, ingrid: Person) -> None:
    lecture, key = lecture_of(activity(LECTURE)), key_of(ana)
    which, twice = lecture.questions["which"], lecture.questions["twice"]
    wrong = next(o["key"] for o in which.realized["options"] if not o["right"])
    body = shown(ingrid, questions.keep(key, activity(LECTURE), lecture, which, questions.answer(which, [wrong])))
    assert "A ball lands <strong>off</strong>" in body
    assert body.index("The table") < body.index("Nobody touched it.")
    assert "Look at twenty drops." in body
    body = shown(ingrid, questions.keep(key, activity(LECTURE), lecture, twice, questions.answer(twice, ["4"])))
    assert '<b class="num">4</b>' in body
    assert "That is the spread itself." in body


@pytest.mark.parametrize("state", [{}, {"given": []}, {"answer": "4"}])
def test_a_question_that_was_stored_with_less(ana: Person, ingrid: Person, state: dict[str, object]) -> None:
    attempt = Attempt.objects.create(key=key_of(ana), kind="question", realized={"prompt": "Why so?"}, state=state)
    assert "Why so?" in shown(ingrid, attempt)


def test_a_lecture_at_a_place_and_read(ana: Person, ingrid: Person) -> None:
    lecture = lecture_of(activity(LECTURE))
    sentence = lecture.sentences[0][1].id
    assert ">luck</span>" in shown(ingrid, record.remember(key_of(ana), activity(LECTURE), lecture, sentence))
    assert "Read to the end." in shown(ingrid, record.finish(key_of(ana), activity(LECTURE), lecture))


def test_a_conversation_with_what_was_said(ana: Person, ingrid: Person) -> None:
    assert "Nothing was said yet." in shown(ingrid, conversation.begin(key_of(ana), activity(TALK)))
    body = shown(ingrid, conversation.choose(key_of(ana), activity(TALK), "0", "1"))
    assert "→ Do what you like." in body
    assert "The cloud grows." in body


def test_a_lab_with_its_rubric(ana: Person, ingrid: Person) -> None:
    north, lab = Organization.objects.get(slug="north"), activity("shop/01-funnel/lab")
    session = LabSession.objects.create(institution=north, place=lab.place, starts=timezone.now(), where="Bench 3")
    body = shown(ingrid, labs.sign_off(key_of(ana), lab, session, by=ingrid, ticked=["still"], note="Look."))
    assert body.count("</span>seen</span>") == 1
    assert body.count(">must</span>") == 1
    assert "“Look.” Ingrid" in body


def test_a_study_without_a_reading_in_it_and_a_signed_project(ana: Person, ingrid: Person) -> None:
    study = Attempt.objects.create(key=key_of(ana), kind="study", place=PLAY, result="done", finished=timezone.now())
    assert "private unless shared" in shown(ingrid, study)
    place("company", "firm")
    mia = staff("Mia", "mentor", "firm")
    capstone.change_mentor(enrollment_of(ana), mia)
    charter = {"title": "Scrap", "problem": "Too much scrap", "measure": "Scrap", "goal": "Less"}
    project = capstone.start(enrollment_of(ana), charter)
    capstone.agree(project)
    dataset = add_dataset(ana, "own.csv", b"x\n1\n2\n3\n", "upload")
    capstone.add_dataset(project, dataset)
    capstone.add_study(project, dataset=str(dataset.uid), study=registry.study_ids()[0], query="", found="A jump.")
    capstone.state_saving(project, {k: v for k, v in SAVING.items() if isinstance(v, str)}, ["shop.aim"])
    body = shown(ingrid, capstone.sign(project, by=mia, note="Right."))
    assert "Too much scrap" in body
    assert "“Right.” Mia" in body


def test_practice_has_a_page_of_its_own_and_an_unknown_kind_does_not_break(ana: Person, ingrid: Person) -> None:
    practice = begin(key_of(ana), set_of(activity("shop/01-funnel/tools")))
    assert practice is not None
    response = browser(ingrid).get(reverse("teaching:attempt", args=[practice.pk]))
    assert response["Location"] == reverse("practice:attempt", args=[practice.pk])
    assert "dance" in shown(ingrid, Attempt.objects.create(key=key_of(ana), kind="dance", item="one"))


def test_the_page_of_a_learner_leads_to_each_of_her_attempts(ana: Person, ingrid: Person) -> None:
    actions.predict(key_of(ana), activity(PLAY), {"guess": "12"})
    actions.keep_run(key_of(ana), activity(PLAY), "rule=leave&seed=42")
    body = text(browser(ingrid).get(reverse("teaching:learner", args=[ana.uid])))
    for attempt in Attempt.objects.all():
        assert reverse("teaching:attempt", args=[attempt.pk]) in body


def test_only_she_and_instructors_of_her_institution_see_it_and_their_look_is_logged(
    ana: Person, ingrid: Person
) -> None:
    attempt = actions.explain(key_of(ana), activity(PLAY), "1", "")
    learner("Fay", "south")
    address = reverse("teaching:attempt", args=[attempt.pk])
    for other in (learner("Bo"), staff("Irma", "instructor", "south"), staff("Cora", "coordinator")):
        assert browser(other).get(address).status_code == 404
    assert browser(ana).get(address).status_code == 200
    assert not AccessRecord.objects.exists()
    shown(ingrid, attempt)
    assert AccessRecord.objects.get().viewer == ingrid
