"""One getter per object: it authorizes, writes the audit log where a record is looked at, or answers 404.

A person sees a record because of a role *in an organization* or the learner's consent, and in no other way.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from techamp.campus.partners.models import Cohort, Enrollment, Extension, Organization, Role
from techamp.campus.partners.standing import Standing, standing_of
from techamp.campus.people.models import AccessRecord, LedgerKey, Person


def standing(request: HttpRequest) -> Standing:
    """The standing of who asks."""
    return standing_of(request.user)  # type: ignore[arg-type]


def asking(request: HttpRequest) -> Person:
    """Who asks; only behind ``login_required``."""
    assert isinstance(request.user, Person)
    return request.user


def own_key(request: HttpRequest) -> LedgerKey:
    """The ledger key of who asks."""
    person = asking(request)
    try:
        return person.key
    except LedgerKey.DoesNotExist:
        return LedgerKey.objects.get_or_create(person=person)[0]


def own_enrollment(request: HttpRequest) -> Enrollment:
    """The enrollment of who asks, or 404 for who is no learner."""
    enrollment = standing(request).enrollment
    if enrollment is None:
        raise Http404("Only learners have this page.")
    return enrollment


def organization_as(request: HttpRequest, kind: str) -> Organization:
    """The organization in which who asks holds that role (the first), or 404."""
    own = standing(request).organizations(kind)
    if not own:
        raise Http404("You hold no such role.")
    return own[0]


def cohort_to_teach(request: HttpRequest, uid: UUID) -> Cohort:
    """A cohort of an institution in which who asks is an instructor, or 404."""
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    cohort = Cohort.objects.filter(uid=uid, institution__in=own).select_related("institution").first()
    if cohort is None:
        raise Http404("No such cohort.")
    return cohort


def learner_to_teach(request: HttpRequest, uid: UUID) -> Enrollment:
    """A learner's record, for an instructor of her institution; logged. Otherwise 404."""
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    found = (
        Enrollment.objects.filter(person__uid=uid, cohort__institution__in=own)
        .select_related("person__key", "cohort__institution", "company")
        .order_by("-cohort__starts")
        .first()
    )
    if found is None:
        raise Http404("No such learner.")
    looked_at(request, found.person.key)
    return found


def extension_to_answer(request: HttpRequest, id: UUID) -> Extension:
    """What a learner of her institution asks for, for an instructor, or 404."""
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    found = Extension.objects.filter(pk=id, enrollment__cohort__institution__in=own)
    extension = found.select_related("enrollment__cohort", "enrollment__person").first()
    if extension is None:
        raise Http404("Nobody asks for this.")
    return extension


def looked_at(request: HttpRequest, key: LedgerKey) -> None:
    """Write the audit log: who looked at whose record, on which page. Looking at one's own is not logged."""
    viewer: Person = request.user  # type: ignore[assignment]
    if key.person_id != viewer.pk:
        name = request.resolver_match.view_name if request.resolver_match else ""
        AccessRecord.objects.create(viewer=viewer, key=key, page=name, path=request.path[:300])


def learners_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signed in and enrolled; 404 otherwise."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own_enrollment(request)
        return view(request, *args, **kwargs)

    return guarded
