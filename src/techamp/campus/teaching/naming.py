"""What an attempt is called on a page: the names that its author and its learner know, never its ids."""

from __future__ import annotations

from django.utils.translation import gettext as _

from techamp.campus.learning.models import Attempt
from techamp.campus.practice.bridge import title_at
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry


def name_of(attempt: Attempt) -> str:
    """Where it was, and which part of it: "Tell signal from noise · Two shims"."""
    place, part = place_name(attempt.place), _part(attempt)
    return f"{place} · {part}" if part and part != place else place


def place_name(place: str) -> str:
    """An activity's title, or what else stands at a place."""
    if activity := curriculum().activities.get(place):
        return activity.title
    if place == "capstone":
        return _("Capstone")
    if title := title_at(place):
        return title
    return _("An activity that the program no longer has")


def _part(attempt: Attempt) -> str:
    """The title that was shown to her, or the study's; "" where the place says it all."""
    if attempt.kind == "study" and attempt.item in registry.study_ids():
        return registry.study(attempt.item).title
    return str(attempt.realized.get("title", "")) if attempt.item else ""
