"""What a lecture's page asks: which recordings are there for this reader."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from techamp.campus.narration.access import institutions_of
from techamp.campus.narration.models import Recording
from techamp.campus.partners.access import standing
from techamp.campus.partners.models import Role

register = template.Library()


@register.simple_tag(takes_context=True)
def recordings(context: dict[str, Any], place: str) -> dict[str, Recording]:
    """Segment id → recording, of the reader's own institution and language; one query."""
    own = institutions_of(context["request"])
    language = (get_language() or "en").split("-")[0]
    found = Recording.objects.filter(institution__in=own, place=place, language=language) if own else []
    return {recording.segment: recording for recording in found}


@register.simple_tag(takes_context=True)
def may_record(context: dict[str, Any]) -> bool:
    """Whether the reader teaches somewhere."""
    request = context["request"]
    return request.user.is_authenticated and bool(standing(request).organizations(Role.Kind.INSTRUCTOR))
