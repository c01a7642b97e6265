"""Getters of data: each authorizes or answers 404; looking at somebody else's dataset is logged."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from techamp.campus.data.models import Dataset
from techamp.campus.partners.access import looked_at, standing
from techamp.campus.partners.models import Role
from techamp.campus.people.models import LedgerKey, Person


def who_asks(request: HttpRequest) -> Person:
    """The person who is signed in; every page of data asks for that first."""
    return cast(Person, request.user)


def own_dataset(request: HttpRequest, uid: UUID) -> Dataset:
    """A dataset of who asks, or 404."""
    found = Dataset.objects.filter(uid=uid, owner=who_asks(request)).first()
    if found is None:
        raise Http404("No such dataset.")
    return found


def dataset_to_see(request: HttpRequest, uid: UUID) -> Dataset:
    """An own dataset, or one that its owner shared with who asks; logged. Otherwise 404."""
    found = Dataset.objects.filter(uid=uid, owner=who_asks(request)).first()
    if found is not None:
        return found
    found = _shared(request).filter(uid=uid).select_related("owner").first()
    if found is None:
        raise Http404("No such dataset.")
    looked_at(request, LedgerKey.objects.get_or_create(person=found.owner)[0])
    return found


def shared_with(request: HttpRequest) -> QuerySet[Dataset]:
    """What others share with who asks, newest first."""
    return _shared(request).exclude(owner=who_asks(request)).select_related("owner").order_by("-created")


def _shared(request: HttpRequest) -> QuerySet[Dataset]:
    """With the instructors of the owner's institution; or by name with a person, while she is a mentor somewhere."""
    own = standing(request)
    taught = own.organizations(Role.Kind.INSTRUCTOR)
    allowed = Q(shared_with_instructor=True, owner__enrollments__cohort__institution__in=taught)
    if Role.Kind.MENTOR in own.role_kinds:
        allowed |= Q(shares__person=who_asks(request))
    return Dataset.objects.filter(allowed).distinct()
