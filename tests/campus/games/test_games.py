"""Games: a session is its decisions, each counts once, and nobody decides on a picture that has passed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.campus.world import World, make_world

from techamp.campus.games import actions, worlds
from techamp.campus.games.models import Move, Session, Team
from techamp.campus.games.standings import standings
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import LedgerKey
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Played
from techamp.contract import InvalidInput, registry

pytestmark = pytest.mark.django_db
GAME = registry.game_ids()[0]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def alone(world: World) -> Team:
    return actions.begin_alone(world.people["owner"], GAME, {}, seed=1)


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, name: str, team: Team, *more: str, **values: Any) -> Any:
    return client.post(reverse(f"games:{name}", args=[team.uid, *more]), {"key": uuid4(), **values})


def test_a_learner_begins_alone_decides_and_goes_on(world: World) -> None:
    client = as_(world.people["owner"])
    page = client.post(reverse("games:home"), {"game": GAME}, follow=True)
    team = Team.objects.get(session__owner=world.people["owner"])
    assert "Morning of day 31" in page.content.decode()
    post(client, "decide", team, "hours", overtime=60, seen=0)
    post(client, "go-on", team, to=51)
    text = client.get(reverse("games:team", args=[team.uid])).content.decode()
    assert "Morning of day 51" in text
    assert "60 min" in text


def test_a_decision_sent_twice_counts_once(world: World, alone: Team) -> None:
    client, key = as_(world.people["owner"]), uuid4()
    for _ in range(2):
        client.post(reverse("games:decide", args=[alone.uid, "buy"]), {"key": key, "seen": 0, "station": "lathe"})
    assert [move.kind for move in alone.moves.all()] == ["buy"]


def test_time_that_was_sent_twice_passes_once(world: World, alone: Team) -> None:
    client, key = as_(world.people["owner"]), uuid4()
    for _ in range(2):
        client.post(reverse("games:go-on", args=[alone.uid]), {"key": key, "to": 36})
    post(client, "go-on", alone, to=36)  # from another tab that showed the same morning
    assert worlds.snapshot(alone, timezone.now()).period == 36
    assert alone.moves.count() == 1


def test_who_decides_on_a_picture_that_has_passed_is_told_and_keeps_what_she_typed(world: World, alone: Team) -> None:
    client = as_(world.people["owner"])
    post(client, "go-on", alone, to=51)
    answer = post(client, "decide", alone, "promise", days=7, seen=0)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "has gone on since you opened this page" in text
    assert 'value="7"' in text
    assert alone.moves.filter(kind="promise").count() == 0


def test_a_fault_stands_at_its_field_and_nothing_is_decided(world: World, alone: Team) -> None:
    answer = post(as_(world.people["owner"]), "decide", alone, "hours", overtime=999, seen=0)
    assert answer.status_code == 422
    assert "must be a whole number from 0 to 180 min" in answer.content.decode()
    assert alone.moves.count() == 0


def test_what_cannot_be_paid_is_refused_in_words(world: World) -> None:
    poor = actions.begin_alone(world.people["owner"], GAME, {"cash": 0}, seed=1)
    client = as_(world.people["owner"])
    for _ in range(3):
        answer = post(client, "decide", poor, "buy", station="cell", seen=9)
    assert "to be paid from cash" in answer.content.decode()


def test_the_world_is_the_same_after_a_restart(world: World, alone: Team) -> None:
    person, at = world.people["owner"], timezone.now()
    actions.decide(alone, person, "floor", {"lot": 25}, key=uuid4(), seen=0, at=at)
    actions.go_on(alone, person, 60, key=uuid4(), at=at)
    actions.decide(alone, person, "buy", {"station": "lathe"}, key=uuid4(), seen=2, at=at)
    actions.go_on(alone, person, 120, key=uuid4(), at=at)
    before = worlds.snapshot(alone, at).world
    worlds.forget()
    after = worlds.snapshot(Team.objects.get(pk=alone.pk), at).world
    assert after.days == before.days
    assert after.book == before.book


def test_two_teammates_decide_different_things_in_the_same_moment(world: World) -> None:
    session = actions.begin_for(world.things["cohort"], world.people["instructor"], GAME, {}, size=4, pace=None, seed=1)
    team, at = session.teams.get(), timezone.now()
    actions.decide(team, world.people["owner"], "hours", {"overtime": 60}, key=uuid4(), seen=0, at=at)
    actions.decide(team, world.people["peer"], "promise", {"days": 8}, key=uuid4(), seen=0, at=at)
    with pytest.raises(InvalidInput, match="has decided this since"):
        actions.decide(team, world.people["peer"], "hours", {"overtime": 0}, key=uuid4(), seen=0, at=at)
    answer = as_(world.people["peer"]).get(reverse("games:news", args=[team.uid]) + "?seen=0")
    assert "Owner has decided something" in answer.content.decode()
    assert as_(world.people["peer"]).get(reverse("games:news", args=[team.uid]) + "?seen=2").content == b""


def test_an_instructor_seats_a_cohort_in_teams_under_the_same_luck(world: World) -> None:
    client = as_(world.people["instructor"])
    cohort = world.things["cohort"]
    client.post(reverse("games:home"), {"game": GAME, "for": str(cohort.uid), "size": 1, "lathe_down": "on"})
    session = Session.objects.get(cohort=cohort)
    assert session.scenario["lathe_down"] is True
    assert session.teams.count() == 2
    first, second = (worlds.snapshot(team, timezone.now()).world for team in session.teams.all())
    assert first.days == second.days
    peer = world.people["peer"]
    client.post(reverse("games:seat", args=[session.uid]), {"person": str(peer.uid), "number": 1})
    assert session.teams.get(seats__person=peer).number == session.teams.get(number=1).number
    assert "A lathe stops" in client.get(reverse("games:session", args=[session.uid])).content.decode()
    seen = as_(peer).get(reverse("games:session", args=[session.uid])).content.decode()
    assert "A lathe stops" not in seen


def test_with_a_pace_the_clock_lets_time_pass_and_nobody_else(world: World) -> None:
    session = actions.begin_for(world.things["cohort"], world.people["instructor"], GAME, {}, size=4, pace=20.0, seed=1)
    team, start = session.teams.get(), session.starts
    assert start is not None
    assert worlds.now_of(team, start + timedelta(hours=25)) == 31 + 20
    assert worlds.now_of(team, start + timedelta(days=90)) == 301
    with pytest.raises(InvalidInput, match="your instructor's pace"):
        actions.go_on(team, world.people["owner"], 60, key=uuid4(), at=start)
    later = start + timedelta(days=1)
    actions.decide(team, world.people["owner"], "hours", {"overtime": 30}, key=uuid4(), seen=0, at=later)
    assert Move.objects.get(team=team).period == 51
    assert worlds.snapshot(team, start + timedelta(days=2)).period == 71


def test_a_decision_can_be_planned_for_a_later_day_and_taken_back(world: World, alone: Team) -> None:
    client, at = as_(world.people["owner"]), timezone.now()
    post(client, "decide", alone, "hours", overtime=120, when=60)
    post(client, "decide", alone, "promise", days=5, when=80)
    assert "Day 80" in client.get(reverse("games:team", args=[alone.uid])).content.decode()
    client.post(reverse("games:take-back", args=[alone.uid, 2]))
    post(client, "go-on", alone, to=50)
    assert worlds.snapshot(alone, at).world.hours.overtime == 0
    post(client, "go-on", alone, to=90)
    now = worlds.snapshot(alone, at)
    assert now.world.hours.overtime == 120
    assert now.world.promise.days == 10
    worlds.forget()
    again = worlds.snapshot(alone, at)
    assert again.world.days == now.world.days
    assert not actions.take_back(alone, world.people["owner"], 1, key=uuid4(), at=at)


def test_a_planned_decision_that_cannot_be_done_is_told(world: World) -> None:
    poor = actions.begin_alone(world.people["owner"], GAME, {"cash": 0}, seed=1)
    client = as_(world.people["owner"])
    for _ in range(4):
        post(client, "decide", poor, "buy", station="cell", when=35)
    post(client, "go-on", poor, to=40)
    text = client.get(reverse("games:team", args=[poor.uid])).content.decode()
    assert "Could not be done." in text
    assert "costs 190,000 USD" in text


def test_standings_put_the_best_first(world: World) -> None:
    session = actions.begin_for(world.things["cohort"], world.people["instructor"], GAME, {}, size=1, pace=None, seed=1)
    at = timezone.now()
    good, bad = session.teams.all()
    for team in (good, bad):
        person = team.seats.get().person
        if team == bad:
            actions.decide(team, person, "hours", {"overtime": 180}, key=uuid4(), seen=0, at=at)
        actions.go_on(team, person, 60, key=uuid4(), at=at)
    assert [place.team for place in standings(session, at)] == [good, bad]


def test_the_debrief_opens_after_the_last_day(world: World, alone: Team) -> None:
    client = as_(world.people["owner"])
    address = reverse("games:debrief", args=[alone.uid])
    assert client.get(address).status_code == 302
    post(client, "go-on", alone, to=400)
    text = client.get(address).content.decode()
    assert "less than careful planner" in text
    assert "Money in and out" in text
    assert "The game is over" in client.get(reverse("games:team", args=[alone.uid])).content.decode()


def test_a_session_of_another_version_says_so(world: World, alone: Team) -> None:
    Session.objects.update(version=99)
    text = as_(world.people["owner"]).get(reverse("games:team", args=[alone.uid])).content.decode()
    assert "has changed since this session was played" in text


def test_delete_deletes_ones_own_and_an_instructors_session_only(world: World, alone: Team) -> None:
    session = actions.begin_for(world.things["cohort"], world.people["instructor"], GAME, {}, size=4, pace=None, seed=1)
    owner = as_(world.people["owner"])
    assert owner.post(reverse("games:delete", args=[session.uid])).status_code == 404
    owner.post(reverse("games:delete", args=[alone.session.uid]))
    as_(world.people["instructor"]).post(reverse("games:delete", args=[session.uid]))
    assert not Session.objects.exists()


def test_bad_settings_of_a_session_are_listed(world: World) -> None:
    client, cohort = as_(world.people["instructor"]), world.things["cohort"]
    answer = client.post(reverse("games:home"), {"game": GAME, "for": str(cohort.uid), "size": "forty"})
    assert answer.status_code == 422
    assert "must be from 1 to 6" in answer.content.decode()
    answer = client.post(reverse("games:home"), {"game": GAME, "growth": "1e9"})
    assert "Growth of demand: must be a whole number from 0 to 80 %" in answer.content.decode()
    assert client.post(reverse("games:home"), {"game": "no.such"}).status_code == 404


def test_a_game_of_a_module_is_evidence_once_when_the_rival_is_beaten_and_none_when_not(world: World) -> None:
    activity = next(a for a in curriculum().activities.values() if isinstance(a, Played) and a.beats)
    person, game = world.people["owner"], registry.game(activity.game)
    key, page = LedgerKey.objects.get(person=person), as_(person)
    address = reverse("learning:activity", args=[activity.subject, activity.module, activity.id])
    careful = next(name for name in game.rivals if name != activity.beats)
    for adviser, result in ((activity.beats, "failed"), (careful, "passed")):
        team, at = actions.begin_alone(person, activity.game, activity.scenario, seed=1), timezone.now()
        while (now := worlds.snapshot(team, at)).period < game.last(now.world):
            for kind, values in game.rival(adviser, now.world):
                seen = worlds.snapshot(team, at).moves
                actions.decide(team, person, kind, values, key=uuid4(), seen=seen, at=at)
            actions.go_on(team, person, now.period + game.strides[-1], key=uuid4(), at=at)
        for _ in range(2):
            assert page.get(address).status_code == 200
        assert Attempt.objects.get(key=key, kind="game", state__team=str(team.uid)).result == result
        assert Evidence.objects.filter(key=key, kind="game").count() == len(activity.skills) * (result == "passed")
