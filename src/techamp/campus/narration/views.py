"""The studio, where a teacher records a lecture segment by segment, and the files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from techamp.campus.learning.home import url_of
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.narration import actions
from techamp.campus.narration.access import lecture_to_narrate, recording_to_hear
from techamp.campus.narration.models import CAPTIONS, VIDEO, Recording
from techamp.campus.narration.ranges import serve
from techamp.campus.partners.models import Organization
from techamp.campus.program import schema
from techamp.contract import InvalidInput


@login_required
def studio(request: HttpRequest, subject: str, module: str, activity: str) -> HttpResponse:
    """Record, hear, upload or remove, one segment after the other; a video with captions for the whole lecture."""
    institution, lecture = lecture_to_narrate(request, f"{subject}/{module}/{activity}")
    if request.method != "POST":
        return render(request, "narration/studio.html", _context(institution, lecture))
    segment = request.POST.get("segment", "")
    try:
        if request.POST.get("do") == "remove":
            for old in _own(institution, lecture).filter(segment=segment):
                old.delete()
            messages.success(request, _("Removed. The browser's voice reads this part again."))
        elif isinstance(file := request.FILES.get("file"), UploadedFile):
            actions.keep(
                institution, lecture.place, segment, lecture_of(lecture), file,
                by=request.user, language=_language(),  # type: ignore[arg-type]
            )  # fmt: skip
            messages.success(request, _("Kept. Your learners hear it from now on."))
        else:
            raise InvalidInput(
                _("Recording"), _("must be a file"), "", _("Record something, or choose a file, then save.")
            )
    except InvalidInput as error:
        context = _context(institution, lecture) | {"faults": error.faults}
        return render(request, "narration/studio.html", context, status=422)
    return redirect(f"{request.path}#s-{segment.lstrip('*')}")


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _own(institution: Organization, lecture: schema.Lecture) -> Any:
    return Recording.objects.filter(institution=institution, place=lecture.place, language=_language())


def _context(institution: Organization, activity: schema.Lecture) -> dict[str, Any]:
    lecture = lecture_of(activity)
    have = {r.segment: r for r in _own(institution, activity).select_related("made_by")}
    rows = [
        (s, have.get(s.id), s.id in have and have[s.id].words != actions.words_of(lecture, s.id))
        for s in lecture.segments
    ]
    return {
        "title": _("Record: %(title)s") % {"title": lecture.title}, "lecture": lecture, "activity": activity,
        "rows": rows,
        "institution": institution, "video": have.get(VIDEO), "captions": have.get(CAPTIONS),
        "left": sum(1 for _s, r, _old in rows if r is None),
        "crumbs": [(lecture.title, url_of(activity)), (_("Record"), "")],
    }  # fmt: skip


@login_required
def file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The bytes of a recording, whole or in parts."""
    found = recording_to_hear(request, uid)
    return serve(request, found.path, found.kind)
