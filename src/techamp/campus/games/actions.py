"""The verbs of games: begin a session, seat its teams, decide, go on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.games.models import GO_ON, TAKE_BACK, Move, Seat, Session, Team
from techamp.campus.games.worlds import Snapshot, game_of, snapshot
from techamp.campus.partners.models import Cohort, Enrollment
from techamp.campus.people.models import Person
from techamp.contract import Inputs, InvalidInput, registry

MOST_OWN = 20
"""Sessions that one person may have for herself."""
MOST_MOVES = 4000


def begin_alone(person: Person, game_id: str, scenario: Mapping[str, Any], seed: int | None = None) -> Team:
    """A session of one's own, at one's own pace; InvalidInput with every fault of the scenario."""
    game = registry.game(game_id)
    read: Inputs = type(game).Scenario.read(scenario)
    if Session.objects.filter(owner=person).count() >= MOST_OWN:
        raise InvalidInput(_("Games"), _("must be at most {n} at a time").format(n=MOST_OWN), MOST_OWN + 1,
                           _("Delete one that you have finished."))  # fmt: skip
    session = Session.objects.create(
        game=game.id, version=game.version, scenario=read.model_dump(), seed=_seed(seed), owner=person, made_by=person,
        told=True,
    )  # fmt: skip
    team = Team.objects.create(session=session, number=1)
    Seat.objects.create(team=team, person=person)
    return team


@transaction.atomic
def begin_for(
    cohort: Cohort, by: Person, game_id: str, scenario: Mapping[str, Any], *, size: int, pace: float | None,
    seed: int | None = None,
) -> Session:  # fmt: skip
    """A session for a cohort, its learners in teams of up to ``size`` in the order of their names."""
    game = registry.game(game_id)
    read: Inputs = type(game).Scenario.read(scenario)
    session = Session.objects.create(
        game=game.id, version=game.version, scenario=read.model_dump(), seed=_seed(seed), cohort=cohort, made_by=by,
        pace=pace, starts=timezone.now() if pace else None,
    )  # fmt: skip
    learners = Enrollment.objects.filter(cohort=cohort).select_related("person").order_by("person__name", "person_id")
    people = [enrollment.person for enrollment in learners]
    teams = max(1, -(-len(people) // size))
    for number in range(1, teams + 1):
        Team.objects.create(session=session, number=number)
    made = list(session.teams.all())
    Seat.objects.bulk_create(Seat(team=made[i % teams], person=person) for i, person in enumerate(people))
    return session


def _seed(seed: int | None) -> int:
    return secrets.randbelow(2**31) if seed is None else seed


@transaction.atomic
def seat(session: Session, person: Person, number: int) -> None:
    """Move a learner of the session to another team of it."""
    team = session.teams.get(number=number)
    Seat.objects.filter(team__session=session, person=person).delete()
    Seat.objects.create(team=team, person=person)


def decide(
    team: Team, by: Person, kind: str, values: Mapping[str, Any], *, key: UUID, seen: int, at: datetime, when: int = 0
) -> str:
    """Carry out a decision on the team's world as it is now, or plan it for a later period ``when``; what was done, in
    a sentence.

    The same ``key`` again changes nothing. ``seen`` is how many moves the page had shown: where time has passed since,
    or the same thing was decided by somebody else, InvalidInput says so, and nothing is done.
    """
    snapshot(team, at)  # worked out before anything is locked
    with transaction.atomic():
        locked = Team.objects.select_for_update().get(pk=team.pk)
        if locked.moves.filter(key=key).exists():
            return _("This was done already.")
        now = snapshot(locked, at)
        if when <= now.period:
            _require_news_seen(locked, kind, seen)
        return _decide(locked, now, by, kind, values, key, when)


def _decide(locked: Team, now: Snapshot, by: Person, kind: str, values: Mapping[str, Any], key: UUID, when: int) -> str:
    game = game_of(locked.session)
    if when >= game.last(now.world):
        rule, remedy = _("must be before {n}").format(n=game.last(now.world)), _("Leave it empty to decide for now.")
        raise InvalidInput(_("From day"), rule, when, remedy)
    if now.moves >= MOST_MOVES:
        raise InvalidInput(_("Decisions"), _("must be at most {n}").format(n=MOST_MOVES), now.moves + 1, _("Go on."))
    inputs = game.move(kind).Inputs.read(values)
    if when > now.period:
        _keep(locked, now.moves, when, kind, inputs.model_dump(), key, by)
        return _("Planned for {period} {n}.").format(period=game.period, n=when)
    said = game.decide(now.world, kind, inputs)
    _keep(locked, now.moves, now.period, kind, inputs.model_dump(), key, by)
    return said


def go_on(team: Team, by: Person, to: int, *, key: UUID, at: datetime) -> int:
    """Let time pass until period ``to``; the period reached. Only where the team sets its own pace."""
    if team.session.pace is not None:
        raise InvalidInput(_("Time"), _("is set by your instructor's pace"), to, _("Come back when it has passed."))
    snapshot(team, at)
    with transaction.atomic():
        locked = Team.objects.select_for_update().get(pk=team.pk)
        now = snapshot(locked, at)
        end = min(to, game_of(locked.session).last(now.world))
        if end <= now.period or locked.moves.filter(key=key).exists():
            return now.period
        _keep(locked, now.moves, now.period, GO_ON, {"to": end}, key, by)
        return end


@transaction.atomic
def take_back(team: Team, by: Person, number: int, *, key: UUID, at: datetime) -> bool:
    """Take a planned decision back; False where it has happened already, or was taken back."""
    locked = Team.objects.select_for_update().get(pk=team.pk)
    now = snapshot(locked, at)
    if number not in {move.number for move in now.planned}:
        return False
    _keep(locked, now.moves, now.period, TAKE_BACK, {"number": number}, key, by)
    return True


def _require_news_seen(team: Team, kind: str, seen: int) -> None:
    for move in team.moves.filter(number__gt=seen).select_related("by"):
        who = move.by.get_short_name() if move.by else _("somebody")
        if move.kind == GO_ON:
            said = _("The game has gone on since you opened this page ({who}).").format(who=who)
        elif move.kind == kind:
            said = _("{who} has decided this since you opened the page.").format(who=who)
        else:
            continue
        raise InvalidInput(_("Your decision"), said.rstrip("."), "", _("Look at what holds now, then send it again."))


def _keep(team: Team, moves: int, period: int, kind: str, values: dict[str, Any], key: UUID, by: Person) -> None:
    Move.objects.create(team=team, number=moves + 1, period=period, kind=kind, values=values, key=key, by=by)


def fresh_key() -> UUID:
    """A key for a form: what is sent with it counts once."""
    return uuid4()
