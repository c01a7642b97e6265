"""Who stands where in a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from techamp.campus.games.models import Session, Team
from techamp.campus.games.worlds import game_of, snapshot
from techamp.contract import Measure


@dataclass(frozen=True)
class Place:
    """A team, how far it is, and its score there."""

    rank: int
    team: Team
    period: int
    over: bool
    score: Measure
    members: int


def standings(session: Session, at: datetime) -> list[Place]:
    """Teams, the best score first; each at its own period, which the page shows beside it."""
    game = game_of(session)
    found = []
    for team in session.teams.all():
        team.session = session
        now = snapshot(team, at)
        last = game.last(now.world)
        found.append((game.score(now.world), team, min(now.period, last - 1), now.period >= last, team.seats.count()))
    found.sort(key=lambda one: -(one[0].value or 0.0) if one[0].better != "lower" else (one[0].value or 0.0))
    return [Place(i + 1, team, period, over, score, n) for i, (score, team, period, over, n) in enumerate(found)]
