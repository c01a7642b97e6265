"""The program for everybody: the map of ten, and each subject with what it teaches."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from techamp.campus.learning.wheel import wheel_of
from techamp.campus.program.curriculum import curriculum


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
        "written": {m for s, m in lessons.modules if s == subject},
        "crumbs": [(_("The program"), "/program/"), (found.name, "")],
    }
    return render(request, "program/subject.html", context)
