"""Where she stands, what is due when, and the one next thing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.campus.school import activity, browser, enrollment_of, key_of, learner, monday, person, staff, text

from techamp.campus.learning import ledger
from techamp.campus.learning.home import also_this_week, next_thing
from techamp.campus.learning.models import Attempt
from techamp.campus.learning.plant import resolve, write
from techamp.campus.learning.progress import Due, Plan, next_activity, plan_of, progress_of
from techamp.campus.partners.models import Cohort, Extension
from techamp.campus.people.models import Person
from techamp.campus.play import actions, conversation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

FUNNEL = "shop/01-funnel"
START = date(2026, 9, 7)
DONE = {
    "lecture": ("lecture", ""),
    "tools": ("mastery", ""),
    "lab": ("lab", ""),
    "talk": ("conversation", ""),
}


@pytest.fixture
def ana() -> Person:
    return learner(starts=START)


def plan(someone: Person, today: date = START) -> Plan:
    return plan_of(enrollment_of(someone), progress_of(key_of(someone)), today)


def finish(someone: Person, *names: str) -> None:
    """Evidence for activities of the first module."""
    for name in names:
        if name == "adjust":
            for item in ("challenge-still", "challenge-hidden"):
                ledger.append(key_of(someone), "challenge", ["shop.adjust"], place=f"{FUNNEL}/adjust", item=item)
        else:
            ledger.append(key_of(someone), DONE[name][0], ["shop.aim"], place=f"{FUNNEL}/{name}")


def upcoming(someone: Person, today: date = START) -> str:
    found = next_activity(plan(someone, today), progress_of(key_of(someone)))
    return found.place if found else ""


@pytest.mark.parametrize(
    ("name", "kind", "item", "done"),
    [
        ("lecture", "lecture", "", True),
        ("tools", "practice", "", False),
        ("tools", "mastery", "", True),
        ("adjust", "simulation", "", False),
        ("adjust", "challenge", "challenge-still", False),
        ("lab", "lab", "", True),
        ("talk", "conversation", "", True),
        ("talk", "override", "", False),
    ],
)
def test_an_activity_is_done_by_evidence_of_its_kind(ana: Person, name: str, kind: str, item: str, done: bool) -> None:
    found = activity(f"{FUNNEL}/{name}")
    if kind == "override":
        boss = staff("Ingrid", "instructor")
        north = enrollment_of(ana).cohort.institution
        ledger.override(key_of(ana), "shop.aim", "used", by=boss, organization=north, reason="So.", place=found.place)
    else:
        ledger.append(key_of(ana), kind, ["shop.aim"], place=found.place, item=item)
    progress = progress_of(key_of(ana))
    assert progress.is_done(found) is done
    assert progress.is_begun(found)


def test_a_simulation_is_done_when_all_its_challenges_are_or_without_any_when_it_is_explained(ana: Person) -> None:
    finish(ana, "adjust")
    ledger.append(key_of(ana), "simulation", ["shop.aim"], place="shop/02-later/own-table")
    progress = progress_of(key_of(ana))
    assert progress.is_done(activity(f"{FUNNEL}/adjust"))
    assert progress.is_done(activity("shop/02-later/own-table"))


def test_a_lecture_without_skills_is_done_when_it_was_read(ana: Person) -> None:
    place = f"{FUNNEL}/lecture"
    attempt = Attempt.objects.create(key=key_of(ana), kind="lecture", place=place)
    assert not progress_of(key_of(ana)).is_done(activity(place))
    attempt.finished = timezone.now()
    attempt.save()
    assert progress_of(key_of(ana)).is_done(activity(place))


def test_a_module_is_ahead_begun_and_done(ana: Person) -> None:
    def state() -> str:
        return plan(ana).modules[0].state

    assert state() == "ahead"
    actions.predict(key_of(ana), activity(f"{FUNNEL}/adjust"), {"guess": "1"})
    assert state() == "begun"
    finish(ana, *DONE)
    assert state() == "begun"
    finish(ana, "adjust")
    assert state() == "done"


def test_a_module_opens_on_its_monday_and_is_due_on_the_sunday_of_its_week(ana: Person) -> None:
    first, later = plan(ana).modules
    assert (first.opens, first.due) == (date(2026, 9, 7), date(2026, 9, 20))
    assert (later.opens, later.due) == (date(2026, 9, 21), date(2026, 10, 4))
    assert not first.is_late(date(2026, 9, 20))
    assert first.is_late(date(2026, 9, 21))
    assert first.minutes_left == 60


def test_a_granted_extension_moves_the_date_and_one_that_waits_does_not(ana: Person) -> None:
    for granted in (None, False, True):
        Extension.objects.create(enrollment=enrollment_of(ana), place=FUNNEL, days=7, granted=granted)
    assert [d.due for d in plan(ana).modules] == [date(2026, 9, 27), date(2026, 10, 4)]


def test_her_own_spokes_stand_in_her_plan(ana: Person) -> None:
    enrollment = enrollment_of(ana)
    enrollment.spokes = ["art"]
    enrollment.save()
    assert [d.module.subject for d in plan(ana).modules] == ["shop", "art", "shop"]


@pytest.mark.parametrize(("days", "week"), [(-8, -1), (-1, 0), (0, 1), (6, 1), (7, 2)])
def test_the_week_is_counted_from_the_start(ana: Person, days: int, week: int) -> None:
    assert plan(ana, START + timedelta(days=days)).week == week


def test_late_modules_come_before_the_others_that_are_open(ana: Person) -> None:
    Extension.objects.create(enrollment=enrollment_of(ana), place=FUNNEL, days=60, granted=True)
    today = date(2026, 10, 10)
    assert [d.module.id for d in plan(ana, today).late] == ["02-later"]
    assert [d.module.id for d in plan(ana, today).this_week] == ["02-later", "01-funnel"]


def test_what_is_neither_open_nor_begun_lies_ahead(ana: Person) -> None:
    def ids(dues: list[Due]) -> list[str]:
        return [due.module.id for due in dues]

    first_week = START + timedelta(days=2)
    assert ids(plan(ana, first_week).reached) == ["01-funnel"]
    assert ids(plan(ana, first_week).ahead) == ["02-later"]
    actions.keep_run(key_of(ana), activity("shop/02-later/own-table"), "seed=1")
    assert ids(plan(ana, first_week).reached) == ["01-funnel", "02-later"], "begun before it opened"
    assert ids(plan(ana, first_week).ahead) == []


def test_the_next_thing_is_the_first_on_the_path_then_what_she_left_open(ana: Person) -> None:
    assert upcoming(ana) == f"{FUNNEL}/lecture"
    finish(ana, "lecture")
    assert upcoming(ana) == f"{FUNNEL}/tools"
    conversation.choose(key_of(ana), activity(f"{FUNNEL}/talk"), "0", "0")
    conversation.begin(key_of(ana), activity(f"{FUNNEL}/talk"))
    today = timezone.localdate()
    Cohort.objects.update(starts=monday())
    assert upcoming(ana, today) == f"{FUNNEL}/talk"
    assert upcoming(ana, today + timedelta(days=8)) == f"{FUNNEL}/tools", "what lies a week is no longer fresh"


def test_a_lab_is_next_only_when_nothing_else_is_left(ana: Person) -> None:
    Cohort.objects.update(starts=monday())
    finish(ana, "lecture", "tools", "talk", "adjust")
    assert upcoming(ana, monday()) == "shop/02-later/own-table", "the next module, early, before the lab"
    for name in ("own-table", "drawn"):
        ledger.append(key_of(ana), "simulation", ["shop.aim"], place=f"shop/02-later/{name}")
    assert upcoming(ana, monday()) == f"{FUNNEL}/lab"
    finish(ana, "lab")
    assert upcoming(ana, monday()) == ""


def test_home_of_a_fresh_learner_names_one_next_thing() -> None:
    body = text(browser(learner()).get(reverse("learning:home")))
    assert body.count('class="btn go"') == 1
    assert "5 minutes for the next step." in body
    assert "Skills appear here as you meet them." in body


def test_home_before_the_cohort_starts_says_when_and_lets_her_begin() -> None:
    body = text(browser(learner(starts=monday(3))).get(reverse("learning:home")))
    assert f"starts on {monday(3):%B} {monday(3).day}. You may begin now." in body
    assert "Luck" in body


def test_home_when_all_is_done() -> None:
    ana = learner()
    finish(ana, *DONE, "adjust")
    for name in ("own-table", "drawn"):
        ledger.append(key_of(ana), "simulation", ["shop.aim"], place=f"shop/02-later/{name}")
    body = text(browser(ana).get(reverse("learning:home")))
    assert "Everything that is open is done." in body
    assert "Nothing is open" in body


def test_home_of_somebody_without_role_or_enrollment_is_how_to_join() -> None:
    nora = browser(person("Nora"))
    response = nora.get(reverse("learning:home"))
    assert response["Location"] == reverse("people:join")
    assert "Join with your code" in text(nora.get(response["Location"]))
    for page in ("learning:record", "practice:home", "labs:home", "capstone:home", "teaching:home"):
        assert nora.get(reverse(page)).status_code == 404
    for page in ("learning:map", "data:home", "people:account"):
        assert nora.get(reverse(page)).status_code == 200


def test_a_booked_lab_stands_on_the_day_on_the_wall(ana: Person) -> None:
    late = datetime.fromisoformat("2026-11-24T02:00:00+00:00")
    with timezone.override("America/New_York"):
        things = also_this_week(plan(ana), progress_of(key_of(ana)), [("Lab", "/x/", late)])
    assert things[0].due == date(2026, 11, 23)


def test_the_record_lists_lines_newest_first_and_who_looked(ana: Person) -> None:
    finish(ana, "lecture", "talk")
    body = text(browser(ana).get(reverse("learning:record")))
    ledger_part = body[body.index("The ledger") :]
    assert ledger_part.index("Conversation") < ledger_part.index("Lecture")
    assert "Nobody." in body
    browser(staff("Ingrid", "instructor")).get(reverse("teaching:learner", args=[ana.uid]))
    assert "Ingrid" in text(browser(ana).get(reverse("learning:record")))


def test_her_plant_is_the_plant_until_a_challenge_of_hers_writes_in_it(ana: Person) -> None:
    asked = {"share": "$plant.table.share", "rule": "leave"}
    assert resolve(asked, None)[0] == {"share": 0.3, "rule": "leave"}
    attempt = Attempt.objects.create(key=key_of(ana), kind="challenge", realized={"title": "Stay near"})
    write(key_of(ana), "table.share", 0.4, attempt)
    write(key_of(ana), "table.share", 0.5, attempt)
    plain, (came,) = resolve(asked, key_of(ana))
    assert plain == {"share": 0.5, "rule": "leave"}
    assert (came.input, came.path, came.value, came.challenge) == ("share", "table.share", 0.5, "Stay near")
    assert resolve(asked, key_of(learner("Bo")))[0]["share"] == 0.3
    with pytest.raises(KeyError, match=r"plant\.yaml has no 'table\.legs'"):
        write(key_of(ana), "table.legs", 4, attempt)


def test_next_thing_says_why_how_long_and_until_when(ana: Person) -> None:
    thing = next_thing(key_of(ana), plan(ana), progress_of(key_of(ana)))
    assert thing is not None
    assert (thing.title, thing.minutes, thing.why, thing.due, thing.begun) == (
        "Luck", 5, "Leave luck alone.", date(2026, 9, 20), False,
    )  # fmt: skip
