"""What a campus's database holds of some attempts."""

from __future__ import annotations

from techamp.campus.learning.models import Attempt


def made(*ids: str) -> dict[str, list[list[str]]]:
    """Attempt → its graded answers, each as the texts of its boxes."""
    found = Attempt.objects.filter(pk__in=ids)
    return {str(attempt.pk): [entry["text"] for entry in attempt.state["answers"]] for attempt in found}
