"""The program for everybody: the map of ten, and each subject with what it teaches."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from techamp.campus.learning.wheel import wheel_of
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Activity


def program_map(request: HttpRequest) -> HttpResponse:
    """The ten subjects and the twelve months."""
    lessons = curriculum()
    context = {
        "title": _("The program"),
        "program": lessons.program,
        "wheel": wheel_of([]),
        "subjects": lessons.subjects.values(),
        "counts": {s: len(lessons.skills_of(s)) for s in lessons.subjects},
    }
    return render(request, "program/map.html", context)


def subject(request: HttpRequest, subject: str) -> HttpResponse:
    """What a subject teaches; a module that is not written yet is text, not a link."""
    lessons = curriculum()
    found = lessons.subjects.get(subject)
    if found is None:
        raise Http404("No such subject.")
    context = {
        "title": found.name,
        "subject": found,
        "skills": lessons.skills_of(subject),
        "lectures": _lectures(request, subject),
        "written": {m for s, m in lessons.modules if s == subject},
        "crumbs": [(_("The program"), "/program/"), (found.name, "")],
    }
    return render(request, "program/subject.html", context)


def _lectures(request: HttpRequest, subject: str) -> dict[str, list[Activity]]:
    """Module → its lectures, for who is not signed in and may read them all the same."""
    lessons = curriculum()
    if request.user.is_authenticated or not lessons.program.public_lectures:
        return {}
    written = {m: module for (s, m), module in lessons.modules.items() if s == subject}
    return {m: [a for a in module.activities if a.kind == "lecture"] for m, module in written.items()}
