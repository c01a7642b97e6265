"""Every page × every role × own and foreign organization, from one table. A page that is not in the table fails.

A letter for each person, in the order of ``WHO``: ``+`` 200, ``→`` redirect inside, ``i`` sent to sign in,
``?`` 422 (the address lacks what the page is about), ``.`` 404 (not there, or not yours: we do not say which),
``x`` 405 (the page takes only what a form sends).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.campus.world import PEOPLE, World, make_world

from techamp.campus.games.actions import begin_for
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.answering import begin
from techamp.campus.practice.sets import set_of
from techamp.campus.program.curriculum import curriculum, read_as
from techamp.campus.program.schema import Bridge, Practice
from techamp.contract import registry
from techamp.contract.example_file import example_files

pytestmark = pytest.mark.django_db
WHO = ("anonymous", *PEOPLE)
#      anonymous, owner, peer, stranger, instructor, far instructor, coordinator, far coordinator,
#      mentor, other mentor, company, other company, office
EVERYBODY = "+ +++ ++ ++ ++ ++ +"
SIGNED_IN = "i +++ ++ ++ ++ ++ +"
LEARNERS = "i +++ .. .. .. .. ."
OWNER = "i +.. .. .. .. .. ."
NOBODY = ". ... .. .. .. .. ."

TABLE: dict[str, tuple[str, str]] = {
    # name: (arguments, letters)
    "front": ("", "+ →→→ →→ →→ →→ →→ →"),
    "about": ("", EVERYBODY),
    "glossary": ("", EVERYBODY),
    "program:map": ("", EVERYBODY),
    "program:subject": ("subject", EVERYBODY),
    "learning:home": ("", "i +++ →→ →→ →→ →→ →"),
    "learning:shorter": ("", LEARNERS),
    "learning:more-time": ("subject module", "x xxx xx xx xx xx x"),
    "learning:map": ("", SIGNED_IN),
    "learning:record": ("", LEARNERS),
    "learning:module": ("subject module", SIGNED_IN),
    "learning:activity": ("subject module activity", EVERYBODY),  # a lecture; for all other kinds see below
    "practice:home": ("", LEARNERS),
    "practice:attempt": ("practice", "i +.. +. .. .. .. ."),
    "practice:redo": ("", LEARNERS),
    "practice:entry": ("", SIGNED_IN),
    "practice:bridge": ("topic", SIGNED_IN),
    "play:simulation": ("simulation", EVERYBODY),
    "play:model": ("simulation", EVERYBODY),
    "data:home": ("", SIGNED_IN),
    "data:dataset": ("dataset", OWNER),
    "data:rules": ("dataset", "i xxx xx xx xx xx x"),
    "data:share": ("dataset", "i xxx xx xx xx xx x"),
    "data:unshare": ("dataset", "i xxx xx xx xx xx x"),
    "data:delete": ("dataset", OWNER),
    "data:file": ("dataset", OWNER),
    "data:study": ("dataset study", OWNER),
    "data:plan": ("planner", SIGNED_IN),
    "data:example": ("name", "i xxx xx xx xx xx x"),
    "data:take": ("dataset study what", OWNER),
    "data:keep": ("dataset study", "i xxx xx xx xx xx x"),
    "data:delete_run": ("run", "i xxx xx xx xx xx x"),
    "games:home": ("", SIGNED_IN),
    "games:rules": ("game", EVERYBODY),
    "games:session": ("game_session", "i ++. +. .. .. .. ."),
    "games:seat": ("game_session", "x xxx xx xx xx xx x"),
    "games:delete": ("game_session", "x xxx xx xx xx xx x"),
    "games:team": ("game_team", "i +.. +. .. .. .. ."),
    "games:decide": ("game_team move", "i →→→ →→ →→ →→ →→ →"),
    "games:take-back": ("game_team number", "x xxx xx xx xx xx x"),
    "games:go-on": ("game_team", "x xxx xx xx xx xx x"),
    "games:news": ("game_team", "i +.. +. .. .. .. ."),
    "games:debrief": ("game_team", "i →.. +. .. .. .. ."),
    "workshop:home": ("", SIGNED_IN),
    "workshop:shared": ("builder", "i ??? ?? ?? ?? ?? ?"),
    "workshop:model": ("builder", EVERYBODY),
    "workshop:draft": ("draft", OWNER),
    "workshop:text": ("draft", OWNER),
    "workshop:delete": ("draft", OWNER),
    "workshop:compare": ("draft", OWNER),
    "labs:home": ("", "i +++ ++ ++ .. .. ."),
    "labs:session": ("session", "i ... +. +. .. .. ."),
    "labs:book": ("session", "x xxx xx xx xx xx x"),
    "labs:move": ("session", "x xxx xx xx xx xx x"),
    "labs:sign": ("session owner", "i ... +. +. .. .. ."),
    "capstone:home": ("", "i +++ .. .. ++ .. ."),
    "capstone:project": ("project", "i +.. .. .. +. .. ."),
    "teaching:home": ("", "i ... ++ .. .. .. ."),
    "teaching:cohort": ("cohort", "i ... +. .. .. .. ."),
    "teaching:invite": ("cohort", "x xxx xx xx xx xx x"),
    "teaching:learner": ("owner", "i ... +. .. .. .. ."),
    "teaching:attempt": ("attempt", "i +.. +. .. .. .. ."),
    "narration:studio": ("subject module activity", "i ... ++ .. .. .. ."),
    "narration:file": ("recording", "i ++. +. .. .. .. ."),
    "teaching:extensions": ("", "i ... ++ .. .. .. ."),
    "teaching:extension": ("extension", "x xxx xx xx xx xx x"),
    "partners:company": ("", "i ... .. .. .. ++ ."),
    "partners:office": ("", "i ... .. .. .. .. +"),
    "people:join": ("", EVERYBODY),
    "people:join-code": ("code", NOBODY),
    "people:ask-link": ("", "+ →→→ →→ →→ →→ →→ →"),
    "people:link-sent": ("", EVERYBODY),
    "people:mailed-link": ("token", ". →→→ →→ →→ →→ →→ →"),
    "people:account": ("", SIGNED_IN),
    "people:everything": ("", SIGNED_IN),
    "people:everything-file": ("", "i →→→ →→ →→ →→ →→ →"),
    "people:delete": ("", SIGNED_IN),
    "people:demo": ("", NOBODY),
    "people:outbox": ("", NOBODY),
}
FRAMEWORK = ("account_", "mfa_")  # allauth's own pages show nothing but one's own account; they have their own tests
SEEN = {"?": {422}, "+": {200}, "→": {301, 302}, "i": {302}, ".": {404}, "x": {405}}


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        elif pattern.name:
            yield space + pattern.name


def test_every_page_is_in_the_table() -> None:
    pages = {n for n in names(get_resolver().url_patterns) if not n.startswith(FRAMEWORK)}
    assert pages == set(TABLE), (
        "Add a new page to TABLE: what each role sees, in its own and in a foreign organization."
    )


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all rows; the pages are only looked at."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        world.things |= _addresses(world)
        yield world
        transaction.set_rollback(True)


def _addresses(world: World) -> dict[str, object]:
    """What stands in addresses besides the world's things."""
    lessons = curriculum()
    key = LedgerKey.objects.get(person=world.people["owner"])
    game = registry.game_ids()[0]
    played = begin_for(world.things["cohort"], world.people["instructor"], game, {}, size=1, pace=None, seed=1)
    practice = next(a for a in lessons.activities.values() if isinstance(a, Practice))
    lecture = next(a for a in lessons.activities.values() if a.kind == "lecture")
    assert lessons.program.front is not None
    return {
        "subject": lecture.subject,
        "module": lecture.module,
        "activity": lecture.id,
        "practice": begin(key, set_of(practice)),
        "topic": read_as(Bridge, lessons.root / "bridge" / "bridge.yaml").topics[0].id,
        "simulation": lessons.program.front.simulation,
        "code": "ABCD-2345",
        "what": "report.pdf",
        "planner": registry.planner_ids()[0],
        "builder": registry.builder_ids()[0],
        "name": example_files()[0].name,
        "token": "AAAA",
        "game": game,
        "number": 1,
        "game_session": played,
        "game_team": played.teams.get(seats__person=world.people["owner"]),
        "move": registry.game(game).moves[0].name,
        "owner": world.people["owner"],
    }


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize(("who", "place"), [(w, i) for i, w in enumerate(WHO)])
def test_who_sees_which_page(world: World, name: str, who: str, place: int) -> None:
    given, letters = TABLE[name]
    arguments = [_id(world.things[a]) for a in given.split()]
    client = Client()
    if who != "anonymous":
        client.force_login(world.people[who])
    response = client.get(reverse(name, args=arguments))
    letter = letters.replace(" ", "")[place]
    assert response.status_code in SEEN[letter], f"{who} on {name}: {response.status_code}, expected {letter!r}"
    if letter == "i":
        assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("kind", ["practice", "simulation", "lab", "conversation"])
def test_who_is_not_signed_in_gets_no_activity_but_lectures(world: World, kind: str) -> None:
    for found in (a for a in curriculum().activities.values() if a.kind == kind):
        address = reverse("learning:activity", args=found.place.split("/"))
        for response in (Client().get(address), Client().post(address, {"do": "check"})):
            assert response["Location"].startswith(reverse("account_login"))


def _id(thing: object) -> object:
    return getattr(thing, "uid", None) or getattr(thing, "pk", None) or thing
