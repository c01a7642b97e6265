"""Getters of projects: the owner, her mentor, and nobody else."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from techamp.campus.capstone.models import Project
from techamp.campus.partners.access import looked_at
from techamp.campus.people.models import LedgerKey


def project_to_see(request: HttpRequest, uid: UUID) -> Project:
    """A project for its owner or its mentor; the mentor's look is logged. Otherwise 404."""
    found = Project.objects.filter(uid=uid).select_related("owner", "mentor", "company").first()
    me = request.user.pk
    if found is None or me not in {found.owner_id, found.mentor_id}:
        raise Http404("No such project.")
    if me != found.owner_id:
        looked_at(request, LedgerKey.objects.get(person=found.owner))
    return found
