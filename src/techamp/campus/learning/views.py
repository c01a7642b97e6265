"""This week, the map, the record, a module, and the door to each activity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.labs.calendar import booked
from techamp.campus.learning.home import Thing, also_this_week, next_thing
from techamp.campus.learning.models import Evidence
from techamp.campus.learning.more_time import NEAR, tight_ones
from techamp.campus.learning.progress import plan_of, progress_of
from techamp.campus.learning.shorter import redo_thing
from techamp.campus.learning.wheel import wheel_of
from techamp.campus.partners.access import learners_only, own_key, standing
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.redo import queue_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry

_DOORS = {
    "lecture": "techamp.campus.learning.lecture.views:lecture_activity",
    "practice": "techamp.campus.practice.views:practice_activity",
    "simulation": "techamp.campus.play.views:play_activity",
    "lab": "techamp.campus.labs.views:lab_activity",
    "conversation": "techamp.campus.play.conversation:conversation_activity",
    "game": "techamp.campus.games.activity:game_activity",
}


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """This week: one next thing, what is due, the wheel, what she can do.

    People who are no learners go to their own page.
    """
    own = standing(request)
    if own.enrollment is None:
        from techamp.campus.partners.views import landing

        return landing(request)
    progress, today = progress_of(own_key(request)), timezone.localdate()
    plan = plan_of(own.enrollment, progress, today)
    context = {
        "title": _("This week"),
        "enrollment": own.enrollment,
        "plan": plan,
        "next": next_thing(own_key(request), plan, progress),
        "also": _redo(own_key(request), today) + also_this_week(plan, progress, booked(request.user)),
        "tight": tight_ones(plan.modules, own.enrollment, today),
        "wheel": wheel_of(own.enrollment.spokes, progress),
        "skills": _skills(progress.levels),
        "today": today,
    }
    return render(request, "learning/home.html", context)


def _redo(key: LedgerKey, today: date) -> list[Thing]:
    """A line for what is due again, when something is."""
    queue = queue_of(key, today)
    return [redo_thing(queue)] if queue.due else []


def _skills(levels: dict[str, str]) -> list[tuple[schema.Skill, str]]:
    """Skills that she has met, newest content last; levels as ids."""
    return [(skill, levels[skill.id]) for skill in curriculum().skills.values() if skill.id in levels]


@login_required
def map_page(request: HttpRequest) -> HttpResponse:
    """The hub and the spokes, as a picture and as a list."""
    own = standing(request)
    progress = progress_of(own_key(request))
    spokes = own.enrollment.spokes if own.enrollment else []
    plan = plan_of(own.enrollment, progress, timezone.localdate()) if own.enrollment else None
    weeks = {f"{d.module.subject}/{d.module.id}": d for d in plan.modules} if plan else {}
    lessons = curriculum()
    context = {
        "title": _("Map"),
        "wheel": wheel_of(spokes, progress),
        "subjects": lessons.subjects.values(),
        "written": {f"{s}/{m}" for s, m in lessons.modules},
        "weeks": weeks,
        "spokes": spokes,
    }
    return render(request, "learning/map.html", context)


@learners_only
def record(request: HttpRequest) -> HttpResponse:
    """Her evidence: what counts, from what, by whom, when."""
    key = own_key(request)
    rows = (
        Evidence.objects.filter(key=key).select_related("by", "organization", "replaced_by", "attempt").order_by("-at")
    )
    lessons, levels = curriculum(), progress_of(key).levels
    groups = [_group(subject, levels) for subject in lessons.subjects.values()]
    looked = key.looked_at.select_related("viewer").order_by("-at")[:30]
    context = {"title": _("My record"), "rows": rows, "groups": groups, "lessons": lessons, "looked": looked}
    return render(request, "learning/record.html", context)


def _group(
    subject: schema.Subject, levels: dict[str, str]
) -> tuple[schema.Subject, list[tuple[schema.Skill, str]], int]:
    """A subject, its skills with her levels, and how many she has met."""
    skills = [(skill, levels.get(skill.id, "")) for skill in curriculum().skills_of(subject.id)]
    return subject, skills, sum(bool(level) for _skill, level in skills)


@login_required
def module(request: HttpRequest, subject: str, module: str) -> HttpResponse:
    """A module's path: its activities in order."""
    found = _module(subject, module)
    progress = progress_of(own_key(request))
    own = standing(request)
    due, tight, today = None, None, timezone.localdate()
    if own.enrollment:
        plan = plan_of(own.enrollment, progress, today)
        due = next((d for d in plan.modules if d.module is found), None)
        tight = next(iter(tight_ones([due] if due else [], own.enrollment, today, NEAR)), None)
    rows = [(a, progress.is_done(a), progress.is_begun(a)) for a in found.activities]
    first_open = next((a for a, done, _begun in rows if not done), None)
    lessons = curriculum()
    context = {
        "title": found.title,
        "module": found,
        "subject": lessons.subjects[subject],
        "rows": rows,
        "next": first_open,
        "due": due,
        "tight": tight,
        "skills": [(lessons.skills[s], progress.levels.get(s, "")) for s in found.skills],
        "builders": [registry.builder(id) for id in registry.builder_ids() if id.startswith(f"{subject}.")],
        "crumbs": [(_("Map"), "/map/"), (lessons.subjects[subject].name, f"/program/{subject}/"), (found.title, "")],
    }
    return render(request, "learning/module.html", context)


def activity(request: HttpRequest, subject: str, module: str, activity: str) -> HttpResponse:
    """The door to an activity: its kind says which room. Lectures are open to everybody where the program says so."""
    found = curriculum().activities.get(f"{subject}/{module}/{activity}")
    if not request.user.is_authenticated and not _is_public(found):
        return redirect_to_login(request.get_full_path())
    if found is None:
        raise Http404("No such activity.")
    return _door(found.kind)(request, found)


def _is_public(activity: schema.Activity | None) -> bool:
    return isinstance(activity, schema.Lecture) and curriculum().program.public_lectures


def _door(kind: str) -> Callable[[HttpRequest, Any], HttpResponse]:
    module, name = _DOORS[kind].split(":")
    view: Callable[[HttpRequest, Any], HttpResponse] = getattr(import_module(module), name)
    return view


def _module(subject: str, module: str) -> schema.Module:
    found = curriculum().modules.get((subject, module))
    if found is None:
        raise Http404("No such module.")
    return found
