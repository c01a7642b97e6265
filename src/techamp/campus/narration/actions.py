"""The verbs of narration: keep a recording in place of the one before, remove it."""

from __future__ import annotations

import hashlib
import os

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from techamp.campus.learning.lecture.blocks import Lecture
from techamp.campus.narration.kinds import MB, MOST, kind_of
from techamp.campus.narration.models import CAPTIONS, VIDEO, Recording
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import Person
from techamp.contract import InvalidInput


def words_of(lecture: Lecture, segment: str) -> str:
    """A hash of what is said in a segment: when the text changes, the recording is marked as older than it."""
    said = next((" ".join(x.text for x in s.narration) for s in lecture.segments if s.id == segment), "")
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def keep(
    institution: Organization,
    place: str,
    segment: str,
    lecture: Lecture,
    file: UploadedFile,
    *,
    by: Person,
    language: str,
) -> Recording:
    """Keep an uploaded or recorded file; the one before it goes. InvalidInput says what is wrong with it."""
    if segment not in {VIDEO, CAPTIONS, *(s.id for s in lecture.segments)}:
        raise InvalidInput(
            _("Segment"), _("must be one of the lecture's"), segment, _("Reload the page: the text has changed.")
        )
    wanted = {VIDEO: "video", CAPTIONS: "text"}.get(segment, "audio")
    size = file.size or 0
    if not 0 < size <= MOST[wanted]:
        limit = _("must have from 1 byte to %d MB") % (MOST[wanted] // MB)
        raise InvalidInput(
            _("Recording"), limit, f"{size} bytes", _("Record it again in shorter parts, or at a lower quality.")
        )
    kind = kind_of(file.read(64), wanted)
    file.seek(0)
    made = Recording(
        institution=institution, place=place, segment=segment, language=language, kind=kind, size=size, made_by=by,
        words=words_of(lecture, segment) if wanted == "audio" else "",
    )  # fmt: skip
    _write(made, file)
    with transaction.atomic():
        for old in Recording.objects.select_for_update().filter(
            institution=institution, place=place, segment=segment, language=language
        ):
            old.delete()
        made.save()
    return made


def _write(recording: Recording, file: UploadedFile) -> None:
    """Bytes first, row after: a row never points to nothing."""
    recording.path.parent.mkdir(parents=True, exist_ok=True)
    with open(recording.path, "xb") as out:
        for chunk in file.chunks():
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
