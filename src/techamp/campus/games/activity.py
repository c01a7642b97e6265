"""A game as an activity of a module: begin it, go on with it, and what a finished one counts for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from techamp.campus.games import actions
from techamp.campus.games.access import own_teams
from techamp.campus.games.models import Team
from techamp.campus.games.worlds import OtherVersion, game_of, rivals, snapshot
from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt
from techamp.campus.learning.text import render_markdown
from techamp.campus.partners.access import asking, own_key
from techamp.campus.people.models import LedgerKey
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import InvalidInput, registry


@login_required
def game_activity(request: HttpRequest, activity: schema.Played) -> HttpResponse:
    """What to do, her games of it, and a button that begins one. A finished one is counted when she comes by."""
    key, game, fault = own_key(request), registry.game(activity.game), None
    if request.method == "POST":
        try:
            return redirect("games:team", actions.begin_alone(asking(request), activity.game, activity.scenario).uid)
        except InvalidInput as error:
            fault = str(error)
    teams = [team for team in own_teams(request) if team.session.game == activity.game]
    for team in teams:
        count(key, team, timezone.now())
    lessons = curriculum()
    module = lessons.modules[activity.subject, activity.module]
    results = Attempt.objects.filter(key=key, place=activity.place, kind="game").order_by("-finished")
    context = {
        "title": activity.title, "activity": activity, "game": game, "teams": teams, "fault": fault,
        "says": render_markdown(activity.says), "results": results,
        "passed": any(r.result == "passed" for r in results),
        "crumbs": [(lessons.subjects[activity.subject].name, reverse("program:subject", args=[activity.subject])),
                   (module.title, reverse("learning:module", args=[activity.subject, activity.module])),
                   (activity.title, "")],
    }  # fmt: skip
    return render(request, "games/activity.html", context)


def count(key: LedgerKey, team: Team, at: datetime) -> None:
    """Write a finished game into the ledger, once, for every activity that asks for it."""
    wanted = [a for a in curriculum().activities.values() if isinstance(a, schema.Played)]
    wanted = [a for a in wanted if a.game == team.session.game]
    if not wanted or Attempt.objects.filter(key=key, kind="game", state__team=str(team.uid)).exists():
        return
    try:
        game, now = game_of(team.session), snapshot(team, at)
    except OtherVersion:
        return
    if now.period < game.last(now.world):
        return
    score = game.score(now.world)
    others = {name: game.score(world).value for name, world in rivals(team.session, now.period).items()}
    for activity in wanted:
        _keep(key, activity, team, score.model_dump(mode="json"), others)


@transaction.atomic
def _keep(key: LedgerKey, activity: schema.Played, team: Team, score: dict[str, Any], others: dict[str, Any]) -> None:
    ledger.lock(key)
    if Attempt.objects.filter(key=key, place=activity.place, kind="game", state__team=str(team.uid)).exists():
        return
    to_beat = others.get(activity.beats)
    sign = -1.0 if score["better"] == "lower" else 1.0
    passed = to_beat is None or sign * (score["value"] or 0.0) > sign * to_beat
    session = team.session
    attempt = Attempt.objects.create(
        key=key, kind="game", place=activity.place, content=curriculum().hash,
        engine=f"{session.game} {session.version}",
        realized={"scenario": session.scenario, "seed": session.seed, "beats": activity.beats},
        state={"team": str(team.uid), "score": score, "rivals": others},
        finished=timezone.now(), result="passed" if passed else "failed",
    )  # fmt: skip
    if passed:
        ledger.append(key, "game", activity.skills, place=activity.place, attempt=attempt)
