"""Who may see an attempt: its owner, and an instructor of her institution, whose look is logged. Nobody else: 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from techamp.campus.learning.models import Attempt
from techamp.campus.partners.access import looked_at, standing
from techamp.campus.partners.models import Enrollment, Role
from techamp.campus.practice.sets import KIND


def attempt_to_show(request: HttpRequest, id: UUID) -> Attempt:
    """The attempt, or 404."""
    attempt = Attempt.objects.filter(pk=id, kind=KIND).select_related("key__person").first()
    if attempt is None or not _may_see(request, attempt):
        raise Http404("No such attempt.")
    looked_at(request, attempt.key)
    return attempt


def _may_see(request: HttpRequest, attempt: Attempt) -> bool:
    if attempt.key.person_id == request.user.pk:
        return True
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    return Enrollment.objects.filter(person__key=attempt.key_id, cohort__institution__in=own).exists()
