"""Games: one's own teams, a team's page, standings, debrief, and the instructor's sessions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from techamp.campus.games import actions
from techamp.campus.games.access import (
    cohorts_to_play,
    own_teams,
    runs,
    session_to_run,
    session_to_see,
    team_to_play,
    team_to_see,
)
from techamp.campus.games.activity import count
from techamp.campus.games.forms import controls, decision_forms, described
from techamp.campus.games.models import GO_ON, Seat, Session, Team
from techamp.campus.games.standings import standings
from techamp.campus.games.worlds import OtherVersion, game_of, rivals, snapshot
from techamp.campus.learning.text import render_markdown
from techamp.campus.partners.access import asking, own_key
from techamp.campus.partners.models import Enrollment
from techamp.campus.ui.numbers import typed_number, typed_whole
from techamp.contract import Game, InvalidInput, registry

LARGEST_TEAM, FASTEST = 6, 300.0


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """One's own games, games to begin, and, for instructors, sessions of their cohorts."""
    cohorts, typed, error = cohorts_to_play(request), request.POST.dict(), None
    if request.method == "POST":
        try:
            return _begin(request, typed)
        except InvalidInput as found:
            error = found
    games = [(game, controls(type(game).Scenario, typed, error.faults if error else ())) for game in _games()]
    run = Session.objects.filter(cohort__in=cohorts).select_related("cohort").order_by("-made")
    context = {
        "title": _("Games"), "games": games, "cohorts": cohorts, "typed": typed,
        "faults": error.faults if error else (),
        "teams": [(team, registry.game(team.session.game).title) for team in own_teams(request)],
        "sessions": [(one, registry.game(one.game).title, one.teams.count()) for one in run],
    }  # fmt: skip
    return render(request, "games/home.html", context, status=422 if error else 200)


def _games() -> list[Game[Any, Any]]:
    return [registry.game(id) for id in registry.game_ids()]


def _begin(request: HttpRequest, typed: dict[str, str]) -> HttpResponse:
    """A session alone, or for a cohort."""
    game = _game_or_404(typed.get("game", ""))
    names = {field.name for field in type(game).Scenario.fields()}
    scenario = {name: value for name, value in typed.items() if name in names}
    if typed.get("for", "") == "":
        return redirect("games:team", actions.begin_alone(asking(request), game.id, scenario).uid)
    cohort = next((c for c in cohorts_to_play(request) if str(c.uid) == typed["for"]), None)
    if cohort is None:
        raise Http404("No such cohort.")
    size, pace = typed_whole(typed.get("size", "4")), typed_number(typed.get("pace") or "0")
    if size is None or not 1 <= size <= LARGEST_TEAM:
        raise InvalidInput(_("Learners in a team"), _("must be from 1 to {n}").format(n=LARGEST_TEAM),
                           typed.get("size", ""), _("Four works well."))  # fmt: skip
    if pace is None or not 0 <= pace <= FASTEST:
        rule = _("must be from 0 to {n:g} a day").format(n=FASTEST)
        raise InvalidInput(_("Pace"), rule, typed.get("pace", ""), _("Leave it empty: each team goes at its own pace."))
    made = actions.begin_for(cohort, asking(request), game.id, scenario, size=size, pace=pace or None)
    return redirect("games:session", made.uid)


def _game_or_404(id: str) -> Game[Any, Any]:
    if id not in registry.game_ids():
        raise Http404("No such game.")
    return registry.game(id)


def rules(request: HttpRequest, id: str) -> HttpResponse:
    """Assumptions, what is left out, sources: the game's model.md as a page. Public."""
    game = _game_or_404(id)
    text = (game.folder() / "model.md").read_text(encoding="utf-8")
    context = {"title": _("%(name)s: the rules") % {"name": game.title}, "body": render_markdown(text)}
    return render(request, "play/model.html", context)


@login_required
def team(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The team's world now, and its decisions."""
    return _team_page(request, team_to_see(request, uid))


def _team_page(request: HttpRequest, found: Team, wrong: str = "", error: InvalidInput | None = None) -> HttpResponse:
    try:
        game, now = game_of(found.session), snapshot(found, timezone.now())
    except OtherVersion as changed:
        return render(request, "games/changed.html", {"title": _("Games"), "why": str(changed)})
    plays = found.seats.filter(person=asking(request)).exists()
    over = now.period >= game.last(now.world)
    decisions = decision_forms(game, now.world, wrong, request.POST.dict(), error) if plays and not over else []
    last = game.last(now.world)
    context = {
        "title": game.title, "game": game, "team": found, "session": found.session, "plays": plays, "over": over,
        "outcome": game.view(now.world), "period": min(now.period, last - 1), "days": last - 1, "seen": now.moves,
        "forms": decisions, "wrong": wrong, "error": error, "go_key": actions.fresh_key(),
        "strides": [(min(last, now.period + n), n, _stride(game, n)) for n in game.strides],
        "planned": [(one, game.move(one.kind).title, described(game, one.kind, one.values)) for one in now.planned],
        "missed": [(one.period, game.move(one.kind).title, why) for one, why in now.missed],
        "members": [seat.person for seat in found.seats.select_related("person")],
        "alone": found.session.cohort_id is None, "runs": runs(request, found.session),
        "crumbs": [(_("Games"), reverse("games:home")), (game.title, "")],
    }  # fmt: skip
    return render(request, "games/team.html", context, status=422 if error else 200)


def _stride(game: Game[Any, Any], n: int) -> str:
    if game.period == "day":
        return ngettext("{n} day", "{n} days", n).format(n=n)
    return f"{n} × {game.period}"


@login_required
def decide(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Carry out a decision of the team. Who opens the address of a form that came back gets the team's page."""
    if request.method != "POST":
        return redirect("games:team", uid)
    found = team_to_play(request, uid)
    move = next((m for m in game_of(found.session).moves if m.name == kind), None)
    if move is None:
        raise Http404("No such decision.")
    values = {f.name: request.POST[f.name] for f in move.Inputs.fields() if f.name in request.POST}
    when = typed_whole(request.POST.get("when", "")) or 0
    try:
        said = actions.decide(found, asking(request), kind, values, key=_key(request), seen=_seen(request),
                              at=timezone.now(), when=when)  # fmt: skip
    except InvalidInput as error:
        return _team_page(request, found, kind, error)
    messages.success(request, said)
    return redirect("games:team", uid)


@require_POST
@login_required
def take_back(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Take a planned decision back."""
    found = team_to_play(request, uid)
    if actions.take_back(found, asking(request), number, key=actions.fresh_key(), at=timezone.now()):
        messages.success(request, _("Taken back."))
    else:
        messages.error(request, _("It has happened already, or was taken back."))
    return redirect(f"{reverse('games:team', args=[uid])}#planned")


@require_POST
@login_required
def go_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let time pass."""
    found = team_to_play(request, uid)
    to = typed_whole(request.POST.get("to", ""))
    try:
        if to is not None:
            actions.go_on(found, asking(request), to, key=_key(request), at=timezone.now())
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect("games:team", uid)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return actions.fresh_key()


def _seen(request: HttpRequest) -> int:
    return typed_whole(request.POST.get("seen", "")) or 0


@login_required
def news(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a teammate did since the page was opened; an empty answer where there is nothing to say."""
    found = team_to_see(request, uid)
    seen = typed_whole(request.GET.get("seen", "")) or 0
    moves = list(found.moves.filter(number__gt=seen).exclude(by=asking(request)).select_related("by"))
    if not moves:
        return HttpResponse()
    return render(request, "games/news.html", {"team": found, "moves": moves, "go_on": GO_ON})


@login_required
def session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Standings; for the instructor also who sits where, and the setting."""
    found = session_to_see(request, uid)
    instructs = runs(request, found)
    try:
        game, places = game_of(found), standings(found, timezone.now())
    except OtherVersion as changed:
        return render(request, "games/changed.html", {"title": _("Games"), "why": str(changed)})
    setting = controls(type(game).Scenario, found.scenario) if instructs or found.told else ()
    context = {
        "title": _("%(game)s: standings") % {"game": game.title}, "session": found, "game": game, "places": places,
        "setting": setting, "runs": instructs, "seats": _seats(found) if instructs else [],
        "mine": set(found.teams.filter(seats__person=asking(request)).values_list("pk", flat=True)),
        "crumbs": [(_("Games"), reverse("games:home")), (game.title, "")],
    }  # fmt: skip
    return render(request, "games/session.html", context)


def _seats(found: Session) -> list[tuple[Any, int | None]]:
    """(learner of the cohort, number of her team)."""
    where = dict(Seat.objects.filter(team__session=found).values_list("person_id", "team__number"))
    learners = Enrollment.objects.filter(cohort=found.cohort).select_related("person").order_by("person__name")
    return [(one.person, where.get(one.person_id)) for one in learners]


@require_POST
@login_required
def seat(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move a learner to another team."""
    found, number = session_to_run(request, uid), typed_whole(request.POST.get("number", "")) or 0
    people = Enrollment.objects.filter(cohort=found.cohort).select_related("person")
    who = next((one.person for one in people if str(one.person.uid) == request.POST.get("person")), None)
    if who is None or not found.teams.filter(number=number).exists():
        raise Http404("No such learner or team.")
    actions.seat(found, who, number)
    messages.success(request, _("{who} plays in team {n} now.").format(who=who.name, n=number))
    return redirect("games:session", uid)


@require_POST
@login_required
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete a session of one's own, or one that one runs."""
    found = session_to_see(request, uid)
    if found.owner_id != asking(request).pk and not runs(request, found):
        raise Http404("No such session.")
    found.delete()
    messages.success(request, _("The game was deleted."))
    return redirect("games:home")


@login_required
def debrief(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The team's own log beside what rivals made of the same luck. Players see it when the game is over."""
    found = team_to_see(request, uid)
    try:
        game, now = game_of(found.session), snapshot(found, timezone.now())
    except OtherVersion as changed:
        return render(request, "games/changed.html", {"title": _("Games"), "why": str(changed)})
    over = now.period >= game.last(now.world)
    if not over and not runs(request, found.session):
        messages.error(request, _("The debrief opens when the last day is over."))
        return redirect("games:team", uid)
    if found.seats.filter(person=asking(request)).exists():
        count(own_key(request), found, timezone.now())
    outcome = game.debrief(now.world, rivals(found.session, now.period))
    context = {
        "title": _("%(game)s: debrief") % {"game": game.title}, "game": game, "team": found, "outcome": outcome,
        "over": over, "about_rivals": game.rivals.items(),
        "crumbs": [(_("Games"), reverse("games:home")), (game.title, reverse("games:team", args=[uid])),
                   (_("Debrief"), "")],
    }  # fmt: skip
    return render(request, "games/debrief.html", context)
