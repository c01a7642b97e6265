"""The entry check: ten items, one after another, no penalty; and a short bridge page for each topic."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from techamp.campus.learning.text import render_markdown
from techamp.campus.partners.access import own_key
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice import answering
from techamp.campus.practice.bridge import bridge, entry_set, page_of, topic_of, topic_states
from techamp.campus.practice.sets import attempts_at
from techamp.campus.practice.showing import Shown
from techamp.campus.practice.views import act
from techamp.campus.program.schema import Bridge, BridgeTopic


@login_required
def entry_check(request: HttpRequest) -> HttpResponse:
    """One question after another; when all are answered, what to brush up."""
    key, check = own_key(request), bridge()
    if request.method == "POST":
        return _post(request, check)
    states = topic_states(key)
    ahead = [s.topic for s in states if s.word == "ahead"]
    if not ahead:
        return _results(request, key, check)
    if len(ahead) == len(states) and not attempts_at(key.pk, entry_set(ahead[0]).place).exists():
        context = {"title": check.title, "check": check, "intro": render_markdown(check.says)}
        return render(request, "practice/entry_start.html", context)
    attempt = answering.begin(key, entry_set(ahead[0]))
    context = {
        "title": check.title,
        "check": check,
        "topic": ahead[0],
        "number": len(states) - len(ahead) + 1,
        "shown": Shown(attempt) if attempt else None,
    }
    return render(request, "practice/entry.html", context)


def _post(request: HttpRequest, check: Bridge) -> HttpResponse:
    topic = topic_of(request.POST.get("topic", check.topics[0].id))
    if request.POST.get("do") == "start":
        answering.begin(own_key(request), entry_set(topic))
        return redirect("practice:entry")
    return act(request, entry_set(topic), reverse("practice:entry"))


def _results(request: HttpRequest, key: LedgerKey, check: Bridge) -> HttpResponse:
    states = topic_states(key)
    missed = [s.topic for s in states if s.word == "brush"]
    context = {"title": check.title, "check": check, "states": states, "missed": missed}
    return render(request, "practice/entry_results.html", context)


@login_required
def bridge_page(request: HttpRequest, topic: str) -> HttpResponse:
    """How it is done, with an example, and one to try. Whoever missed it, and whoever is curious, may read it."""
    found = topic_of(topic)
    page, key = page_of(found), own_key(request)
    if request.method == "POST":
        return act(request, page.tries, request.path)
    attempt = answering.begin(key, page.tries) if page.tries.items else None
    states = topic_states(key)
    left = [s.topic for s in states if s.word == "brush"]
    context: dict[str, Any] = {
        "title": found.title,
        "before": mark_safe(page.before),
        "after": mark_safe(page.after),
        "shown": Shown(attempt) if attempt else None,
        "state": next(s for s in states if s.topic.id == found.id),
        "onward": _onward(left) if attempt and attempt.result == "right" else None,
        "crumbs": [(bridge().title, reverse("practice:entry")), (found.title, "")],
    }
    return render(request, "practice/bridge.html", context)


def _onward(left: list[BridgeTopic]) -> tuple[str, str]:
    """(address, label) after a page's question was right: the next topic to brush up, else the list."""
    if left:
        return reverse("practice:bridge", args=[left[0].id]), _("On to: %(title)s") % {"title": left[0].title}
    return reverse("practice:entry"), _("Back to the list")
