"""Practice: a set of items at its place in a module, all sets of her path, and one attempt exactly as it was."""

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

from techamp.campus.learning.home import url_of
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.access import learners_only, own_enrollment, own_key, standing
from techamp.campus.partners.models import Organization
from techamp.campus.practice import answering
from techamp.campus.practice.access import attempt_to_show
from techamp.campus.practice.bridge import title_at
from techamp.campus.practice.places import keys_by_place
from techamp.campus.practice.redo import queue_of
from techamp.campus.practice.sets import ItemSet, set_of, state_of, states_of
from techamp.campus.practice.showing import Shown
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum


@login_required
def practice_activity(request: HttpRequest, activity: schema.Practice) -> HttpResponse:
    """A set at its place: shows the item that is on, takes what is posted to it."""
    item_set = set_of(activity)
    if request.method == "POST":
        return act(request, item_set, request.path)
    key = own_key(request)
    attempt, state = answering.begin(key, item_set), state_of(key, activity.place)
    is_over = state.word == "mastered" and attempt is not None and attempt.result == "right"
    lessons = curriculum()
    module = lessons.modules[activity.subject, activity.module]
    context = {
        "title": activity.title,
        "activity": activity,
        "module": module,
        "shown": Shown(attempt) if attempt else None,
        "skill": lessons.skills.get(attempt.realized["skill"]) if attempt else None,
        "state": state,
        "onward": _onward(module, activity) if is_over else None,
        "crumbs": [
            (_("Map"), reverse("learning:map")),
            (module.title, reverse("learning:module", args=[module.subject, module.id])),
            (activity.title, ""),
        ],
    }
    return render(request, "practice/set.html", context)


def _onward(module: schema.Module, activity: schema.Practice) -> tuple[str, str]:
    """(address, label) of what follows a mastered set."""
    following = module.activities[module.activities.index(activity) + 1 :]
    if not following:
        return reverse("learning:module", args=[module.subject, module.id]), _("Mastered. Back to the module")
    return url_of(following[0]), _("Mastered. On to: %(title)s") % {"title": following[0].title}


def act(request: HttpRequest, item_set: ItemSet, back: str) -> HttpResponse:
    """Do what a form of an item asks for, then show the page again: a reload repeats nothing."""
    key, now = own_key(request), timezone.now()
    id, do = _uuid(request.POST.get("attempt", "")), request.POST.get("do", "")
    given = given_in(request)
    attempt: Attempt | None
    if do == "check":
        open_before = Attempt.objects.filter(pk=id, key=key, finished=None).exists()
        attempt = answering.answer(key, item_set, id, given, now, _institution(request))
        if attempt and attempt.finished and not open_before:
            messages.info(request, _("You had answered this one already. Your first answer stands."))
    elif do == "hint":
        attempt = answering.show_hint(key, item_set, id, given)
    elif do == "leave":
        attempt = answering.leave(key, item_set, id, now)
    elif do == "next":
        attempt = answering.proceed(key, item_set, id, now)
    else:
        raise Http404("No such form.")
    if attempt is None:
        raise Http404("No such attempt.")
    return redirect(back)


def given_in(request: HttpRequest) -> list[str]:
    """What the form holds: numbers in order, the option, or the keys by place."""
    post = request.POST
    if "option" in post:
        return [post["option"]]
    if (ordered := keys_by_place(post.dict())) is not None:
        return ordered
    names = sorted((n for n in post if n.startswith("answer-") and n[7:].isdigit()), key=lambda n: int(n[7:]))
    return [post[name] for name in names][:20]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404("No such attempt.") from None


def _institution(request: HttpRequest) -> Organization | None:
    enrollment = standing(request).enrollment
    return enrollment.cohort.institution if enrollment else None


@learners_only
def home(request: HttpRequest) -> HttpResponse:
    """All sets of her path, with how they stand; the one to go on with first."""
    path = curriculum().path(own_enrollment(request).spokes)
    sets = [(m, a) for m in path for a in m.activities if a.kind == "practice"]
    states = states_of(own_key(request), [a.place for _m, a in sets])
    groups: list[dict[str, Any]] = []
    for module, activity in sets:
        if not groups or groups[-1]["module"] is not module:
            groups.append({"module": module, "subject": curriculum().subjects[module.subject], "rows": []})
        groups[-1]["rows"].append((activity, states[activity.place]))
    places = [a for _m, a in sets]
    going = next((a for a in places if states[a.place].word == "working"), None)
    going = going or next((a for a in places if states[a.place].word == "new"), None)
    queue = queue_of(own_key(request), timezone.localdate())
    context = {"title": _("Practice"), "groups": groups, "going": going, "queue": queue}
    return render(request, "practice/home.html", context)


@login_required
def attempt(request: HttpRequest, id: UUID) -> HttpResponse:
    """One attempt exactly as it was: for its owner, and for an instructor of her institution."""
    found = attempt_to_show(request, id)
    activity = curriculum().activities.get(found.place)
    own = found.key.person_id == request.user.pk
    context = {
        "title": found.realized["title"],
        "shown": Shown(found),
        "own": own,
        "person": found.key.person,
        "place": activity.title if activity else title_at(found.place),
        "skill": curriculum().skills.get(found.realized["skill"]),
        "readonly": True,
    }
    return render(request, "practice/attempt.html", context)
