"""Getters of drafts: her own, or 404. Nobody else sees a draft; what she shares is a copy inside a link."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from techamp.campus.partners.access import asking
from techamp.campus.workshop.models import Draft
from techamp.contract import Builder, registry


def builder_or_404(id: str) -> Builder:
    """The builder of that id, or 404."""
    try:
        return registry.builder(id)
    except LookupError:
        raise Http404("No such builder.") from None


def own_draft(request: HttpRequest, uid: UUID) -> Draft:
    """A draft of who asks, or 404."""
    found = Draft.objects.filter(uid=uid, owner=asking(request)).first()
    if found is None or found.builder not in registry.builder_ids():
        raise Http404("No such draft.")
    return found
