"""Getters of games: each authorizes or answers 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from techamp.campus.games.models import Session, Team
from techamp.campus.partners.access import asking, standing
from techamp.campus.partners.models import Cohort, Role


def own_teams(request: HttpRequest) -> list[Team]:
    """Teams in which who asks has a place, newest first."""
    found = Team.objects.filter(seats__person=asking(request)).select_related("session__cohort")
    return list(found.order_by("-session__made"))


def team_to_play(request: HttpRequest, uid: UUID) -> Team:
    """A team in which who asks has a place."""
    found = Team.objects.filter(uid=uid, seats__person=asking(request)).select_related("session__cohort").first()
    if found is None:
        raise Http404("No such team.")
    return found


def team_to_see(request: HttpRequest, uid: UUID) -> Team:
    """A team of one's own, or of a session that one runs."""
    found = Team.objects.filter(uid=uid).select_related("session__cohort__institution").first()
    if found is None or not (_runs(request, found.session) or found.seats.filter(person=asking(request)).exists()):
        raise Http404("No such team.")
    return found


def session_to_see(request: HttpRequest, uid: UUID) -> Session:
    """A session in which one plays, or that one runs: its standings."""
    found = Session.objects.filter(uid=uid).select_related("cohort__institution").first()
    plays = found is not None and found.teams.filter(seats__person=asking(request)).exists()
    if found is None or not (plays or _runs(request, found)):
        raise Http404("No such session.")
    return found


def session_to_run(request: HttpRequest, uid: UUID) -> Session:
    """A session of a cohort of an institution in which who asks is an instructor."""
    found = Session.objects.filter(uid=uid).select_related("cohort__institution").first()
    if found is None or not _runs(request, found):
        raise Http404("No such session.")
    return found


def runs(request: HttpRequest, session: Session) -> bool:
    """Whether who asks is an instructor of the session's institution."""
    return _runs(request, session)


def _runs(request: HttpRequest, session: Session) -> bool:
    return session.cohort is not None and standing(request).holds(session.cohort.institution, Role.Kind.INSTRUCTOR)


def cohorts_to_play(request: HttpRequest) -> list[Cohort]:
    """Cohorts for which who asks may make a session."""
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    return list(Cohort.objects.filter(institution__in=own).order_by("-starts")) if own else []
