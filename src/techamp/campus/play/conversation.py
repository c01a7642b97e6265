"""A short branching conversation with consequences. A good ending is evidence; every choice can be read again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from techamp.campus.learning import ledger
from techamp.campus.learning.home import url_of
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.access import own_key
from techamp.campus.people.models import LedgerKey
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum, read_as
from techamp.campus.ui.numbers import typed_whole


def talk_of(activity: schema.Conversation) -> schema.Talk:
    """The conversation's file."""
    return read_as(schema.Talk, activity.folder / activity.file)


@login_required
def conversation_activity(request: HttpRequest, activity: schema.Conversation) -> HttpResponse:
    """Read what was said, choose what to say next."""
    key = own_key(request)
    if request.method == "POST":
        if request.POST.get("do") == "again":
            begin(key, activity)
        else:
            choose(key, activity, request.POST.get("at", ""), request.POST.get("choice", ""))
        return redirect(f"{url_of(activity)}#now")
    attempt = newest(key, activity) or begin(key, activity)
    talk = schema.Talk.model_validate(attempt.realized)
    lessons = curriculum()
    module = lessons.modules[activity.subject, activity.module]
    context = {
        "title": talk.title,
        "activity": activity,
        "talk": talk,
        "attempt": attempt,
        **scene(talk, attempt.state.get("path", [])),
        "crumbs": [(lessons.subjects[activity.subject].name, reverse("program:subject", args=[activity.subject])),
                   (module.title, reverse("learning:module", args=[activity.subject, activity.module])),
                   (talk.title, "")],
    }  # fmt: skip
    return render(request, "play/conversation.html", context)


def newest(key: LedgerKey, activity: schema.Conversation) -> Attempt | None:
    """Her newest go at it."""
    return Attempt.objects.filter(key=key, place=activity.place, kind="conversation").order_by("-started").first()


@transaction.atomic
def begin(key: LedgerKey, activity: schema.Conversation) -> Attempt:
    """A new go, with the conversation as it is now; an untouched one is used again, and one left halfway is closed."""
    ledger.lock(key)
    last = newest(key, activity)
    if last and not last.finished and not last.state.get("path"):
        return last
    if last and not last.finished:
        last.finished = timezone.now()
        last.save(update_fields=["finished", "touched"])
    realized = talk_of(activity).model_dump(mode="json")
    return Attempt.objects.create(
        key=key,
        kind="conversation",
        place=activity.place,
        realized=realized,
        state={"path": []},
        content=curriculum().hash,
    )


@transaction.atomic
def choose(key: LedgerKey, activity: schema.Conversation, at: str, picked: str) -> Attempt | None:
    """Say something.

    ``at`` is how many choices were made when the page was shown: a second tab or tap changes nothing.
    """
    ledger.lock(key)
    attempt = newest(key, activity)
    if attempt is None or attempt.finished:
        return attempt
    talk, path = schema.Talk.model_validate(attempt.realized), attempt.state["path"]
    node = talk.nodes[here(talk, path)]
    said = typed_whole(picked)
    if at != str(len(path)) or said is None or said >= len(node.choices):
        return attempt
    path = [*path, said]
    attempt.state = {**attempt.state, "path": path}
    ending = talk.endings.get(here(talk, path))
    if ending:
        attempt.finished, attempt.result = timezone.now(), "passed" if ending.good else "failed"
    attempt.save(update_fields=["state", "finished", "result", "touched"])
    if ending and ending.good:
        ledger.append(key, "conversation", activity.skills, place=activity.place, attempt=attempt)
    return attempt


def here(talk: schema.Talk, path: list[int]) -> str:
    """The node or ending that the choices lead to."""
    at = talk.start
    for picked in path:
        at = talk.nodes[at].choices[picked].goes
    return at


def scene(talk: schema.Talk, path: list[int]) -> dict[str, Any]:
    """What was said so far, the meters, and the node or ending where it stands."""
    at, lines, meters = talk.start, [], dict.fromkeys(talk.meters, 0)
    for picked in path:
        node = talk.nodes[at]
        choice = node.choices[picked]
        for name, change in choice.effects.items():
            meters[name] = meters.get(name, 0) + change
        effects = [(talk.meters.get(n, n), c) for n, c in choice.effects.items()]
        lines.append({"who": node.who, "says": node.says, "you": choice.text, "why": choice.why, "effects": effects})
        at = choice.goes
    return {
        "lines": lines,
        "node": talk.nodes.get(at),
        "ending": talk.endings.get(at),
        "meters": [(talk.meters[n], v) for n, v in meters.items() if n in talk.meters],
        "count": len(path),
    }
