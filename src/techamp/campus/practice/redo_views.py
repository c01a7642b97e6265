"""The redo page: what she missed, one item after another, with fresh numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.learning.models import Attempt
from techamp.campus.partners.access import learners_only, own_key
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice import answering
from techamp.campus.practice.redo import Queue, Schedule, position, queue_of, schedules_of
from techamp.campus.practice.sets import KIND, ItemSet, gone, set_of
from techamp.campus.practice.showing import Shown
from techamp.campus.practice.views import act
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Practice


@learners_only
def redo_page(request: HttpRequest) -> HttpResponse:
    """The item that is on; after an answer its verdict and when it comes back; in the end, that today's are done."""
    key, here, today = own_key(request), reverse("practice:redo"), timezone.localdate()
    if request.method == "POST":
        if request.POST.get("do") == "next":
            return redirect(here)
        attempt = _own(key, request.POST.get("attempt", ""))
        return act(request, _set_at(attempt.place), f"{here}?attempt={attempt.pk}")
    queue = queue_of(key, today)
    asked = request.GET.get("attempt")
    shown = _own(key, asked) if asked else _next(key, queue)
    context = {"title": _("Redo"), "queue": queue} | (_about(key, queue, shown, today) if shown else {})
    return render(request, "practice/redo.html", context)


def _own(key: LedgerKey, id: str) -> Attempt:
    try:
        found = Attempt.objects.filter(pk=UUID(id), key=key, kind=KIND, state__redo=True).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404("No such attempt.")
    return found


def _set_at(place: str) -> ItemSet:
    """The set, or an empty one in its place when the curriculum has it no more: what was put can still be answered."""
    activity = curriculum().activities.get(place)
    return set_of(activity) if isinstance(activity, Practice) else ItemSet(place, (), gone)


def _next(key: LedgerKey, queue: Queue) -> Attempt | None:
    """The first of the queue that can be put."""
    found = (answering.redo(key, set_of(m.activity), m.item) for m in queue.due)
    return next((attempt for attempt in found if attempt), None)


def _about(key: LedgerKey, queue: Queue, attempt: Attempt, today: date) -> dict[str, Any]:
    number, count = position(queue, attempt)
    onward = (reverse("practice:redo"), _("Next one")) if queue.due else (reverse("learning:home"), _("Done for today"))
    schedule = schedules_of(key).get((attempt.place, attempt.item), Schedule())
    return {
        "shown": Shown(attempt),
        "redo": True,
        "activity_of": curriculum().activities.get(attempt.place),
        "number": number,
        "count": count,
        "missed": schedule.missed,
        "comes_back": comes_back(schedule.due, today) if attempt.finished else "",
        "onward": onward,
    }


def comes_back(due: date | None, today: date) -> str:
    """When an answered item comes back, as a sentence."""
    if due is None:
        return _("Right three times with days between. It leaves this list.")
    if due <= today:
        return _("It is due again today.")
    if due <= today + timedelta(days=1):
        return _("It comes back tomorrow.")
    return _("It comes back in %(days)d days.") % {"days": (due - today).days}
