"""A lecture's page, and what is posted from it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from techamp.campus.learning.home import url_of
from techamp.campus.learning.lecture import record
from techamp.campus.learning.lecture.blocks import Lecture, Question
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.learning.lecture.questions import Answered, answer, answers, keep
from techamp.campus.learning.lecture.search import find
from techamp.campus.learning.lecture.simulations import show
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.access import own_key
from techamp.campus.people.models import LedgerKey
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum

LONGEST_SEARCH = 60


def lecture_activity(request: HttpRequest, activity: schema.Lecture) -> HttpResponse:
    """One lecture. Whoever is not signed in may read, answer and play; nothing is stored then."""
    lecture = lecture_of(activity)
    key = own_key(request) if request.user.is_authenticated else None
    if request.method != "POST":
        if request.GET.get("do") == "simulate" and request.headers.get("HX-Request"):
            return _simulation(request, lecture, key)
        return _page(request, activity, lecture, key)
    match request.POST.get("do"):
        case "question":
            return _question(request, activity, lecture, key)
        case "position":
            if key:
                record.remember(key, activity, lecture, request.POST.get("sentence", ""))
            return HttpResponse(status=204)
        case "finish":
            return _finish(request, activity, lecture, key)
    raise Http404("A lecture has no such form.")


def _simulation(request: HttpRequest, lecture: Lecture, key: LedgerKey | None) -> HttpResponse:
    block = lecture.simulations.get(request.GET.get("simulation", ""))
    if block is None:
        raise Http404("The lecture has no such simulation.")
    return render(request, "learning/lecture_outcome.html", {"shown": show(block, request.GET, key)})


def _question(request: HttpRequest, activity: schema.Lecture, lecture: Lecture, key: LedgerKey | None) -> HttpResponse:
    question = lecture.questions.get(request.POST.get("item", ""))
    if question is None:
        raise Http404("The lecture has no such question.")
    answered = answer(question, request.POST.getlist("answer"))
    stored = key is not None and keep(key, activity, lecture, question, answered) is not None
    if request.headers.get("HX-Request"):
        return render(
            request, "learning/lecture_question.html", {"block": question, "answered": {question.id: answered}}
        )
    if stored:
        return redirect(f"{request.path}#{question.id}")
    return _page(request, activity, lecture, key, fresh=(question, answered))


def _finish(request: HttpRequest, activity: schema.Lecture, lecture: Lecture, key: LedgerKey | None) -> HttpResponse:
    if key is None:
        return redirect(request.path)
    record.finish(key, activity, lecture)
    messages.success(request, _("“%(title)s” stands in your record as read.") % {"title": activity.title})
    return redirect(_after(activity)[0])


def _page(
    request: HttpRequest,
    activity: schema.Lecture,
    lecture: Lecture,
    key: LedgerKey | None,
    fresh: tuple[Question, Answered] | None = None,
) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    answered = answers(key, activity) if key else {}
    if fresh:
        answered[fresh[0].id] = fresh[1]
    reading = record.reading(key, activity) if key else None
    changed = request.GET.get("simulation", "")
    shown = {id: show(b, request.GET if id == changed else None, key) for id, b in lecture.simulations.items()}
    url, label = _after(activity)
    context = {
        "title": lecture.title,
        "crumbs": _crumbs(activity, lecture, inside=key is not None),
        "activity": activity,
        "lecture": lecture,
        "answered": answered,
        "shown": shown,
        "q": asked,
        "hits": find(lecture, asked),
        "reading": reading,
        "stands_at": _stands_at(reading, lecture),
        "keeps": key is not None,
        "after_url": url,
        "after_label": label,
    }
    return render(request, "learning/lecture.html", context)


def _stands_at(reading: Attempt | None, lecture: Lecture) -> dict[str, Any] | None:
    """Where she left off: the segment, and a sentence of it if that still stands there. None at the very beginning."""
    if reading is None or reading.finished:
        return None
    segment = next((s for s in lecture.segments if s.id == reading.state.get("segment")), None)
    if segment is None:
        return None
    sentence = str(reading.state.get("sentence", ""))
    known = lecture.segment_of(sentence) is segment
    first = lecture.sentences[0][1].id if lecture.sentences else ""
    return None if sentence == first else {"segment": segment, "anchor": sentence if known else segment.id}


def _after(activity: schema.Lecture) -> tuple[str, str]:
    """(address, title) of what comes after: the next activity, else the module."""
    module = curriculum().modules[activity.subject, activity.module]
    at = module.activities.index(activity)
    if at + 1 < len(module.activities):
        following = module.activities[at + 1]
        return url_of(following), following.title
    return reverse("learning:module", args=[module.subject, module.id]), module.title


def _crumbs(activity: schema.Lecture, lecture: Lecture, *, inside: bool) -> list[tuple[str, str]]:
    module = curriculum().modules[activity.subject, activity.module]
    subject = curriculum().subjects[activity.subject]
    return [
        (subject.name, reverse("program:subject", args=[activity.subject])),
        *([(module.title, reverse("learning:module", args=[module.subject, module.id]))] if inside else []),
        (lecture.title, ""),
    ]
