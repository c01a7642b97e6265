"""Getters: who may record for an institution, who may hear it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from techamp.campus.narration.models import Recording
from techamp.campus.partners.access import organization_as, standing
from techamp.campus.partners.models import Organization, Role
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum


def lecture_to_narrate(request: HttpRequest, place: str) -> tuple[Organization, schema.Lecture]:
    """The instructor's institution and the lecture, or 404."""
    institution = organization_as(request, Role.Kind.INSTRUCTOR)
    activity = curriculum().activities.get(place)
    if not isinstance(activity, schema.Lecture):
        raise Http404("No such lecture.")
    return institution, activity


def institutions_of(request: HttpRequest) -> list[Organization]:
    """Institutions whose recordings who asks may hear: a learner's own, an instructor's own."""
    if not request.user.is_authenticated:
        return []
    own = standing(request)
    taught = own.organizations(Role.Kind.INSTRUCTOR)
    return [own.enrollment.cohort.institution, *taught] if own.enrollment else taught


def recording_to_hear(request: HttpRequest, uid: UUID) -> Recording:
    """A recording of an own institution, or 404."""
    found = Recording.objects.filter(uid=uid, institution__in=institutions_of(request)).first()
    if found is None or not found.path.exists():
        raise Http404("No such recording.")
    return found
