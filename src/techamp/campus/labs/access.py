"""Getters of labs: each authorizes or answers 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from techamp.campus.labs.models import Booking, LabSession
from techamp.campus.partners.access import own_enrollment, standing
from techamp.campus.partners.models import Enrollment, Role

SIGNERS = (Role.Kind.COORDINATOR, Role.Kind.INSTRUCTOR)


def session_to_run(request: HttpRequest, uid: UUID) -> LabSession:
    """A session of an institution where who asks is a coordinator or instructor."""
    own = standing(request).organizations(*SIGNERS)
    found = LabSession.objects.filter(uid=uid, institution__in=own).select_related("institution").first()
    if found is None:
        raise Http404("No such session.")
    return found


def session_to_book(request: HttpRequest, uid: UUID) -> LabSession:
    """A session of the learner's own institution, begun or ahead."""
    own = own_enrollment(request).cohort.institution
    found = LabSession.objects.filter(uid=uid, institution=own).select_related("institution").first()
    if found is None:
        raise Http404("No such session.")
    return found


def booked_learner(session: LabSession, uid: UUID) -> Enrollment:
    """A learner of the session's institution with a seat in it."""
    booked = Booking.objects.filter(session=session, person__uid=uid).exists()
    found = Enrollment.objects.filter(person__uid=uid, cohort__institution=session.institution)
    enrollment = found.select_related("person__key", "cohort").first()
    if enrollment is None or not booked:
        raise Http404("No such learner in this session.")
    return enrollment
