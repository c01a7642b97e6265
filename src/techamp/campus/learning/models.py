"""The ledger: an attempt is what happened, evidence is what counts."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from techamp.campus.partners.models import Organization
from techamp.campus.people.models import LedgerKey

APPEND_ONLY = "Evidence is append-only. Append a correction that names what it replaces."


class Attempt(models.Model):
    """What happened: drafts, positions, predictions, answers, runs.

    ``realized`` is the item as it was put to her (parameters, accepted answers, tolerance, feedback), so that it can
    be shown again
    exactly as it was. ``state`` is what she did with it; it may be written until ``finished``. ``place`` is
    "<subject>/<module>/<activity>", ``item`` a part of it. ``content`` and ``engine`` say which content and which
    versions ran.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(LedgerKey, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(
        max_length=16
    )  # lecture practice prediction explanation challenge lab conversation game capstone
    place = models.CharField(max_length=160)
    item = models.CharField(max_length=80, blank=True)
    seed = models.BigIntegerField(default=0)
    realized = models.JSONField(default=dict)
    state = models.JSONField(default=dict)
    result = models.CharField(max_length=12, blank=True)  # right wrong passed failed done; blank while open
    content = models.CharField(max_length=16, blank=True)
    engine = models.CharField(max_length=40, blank=True)
    started = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["key", "place", "item", "-started"]), models.Index(fields=["key", "-touched"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.place} {self.item}".strip()


class AppendOnly(models.QuerySet["Evidence"]):
    """Rows that nobody changes or deletes, one by one or all at once."""

    def update(self, **kwargs: Any) -> int:
        """Never."""
        raise TypeError(APPEND_ONLY)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError(APPEND_ONLY)


class Evidence(models.Model):
    """What counts: append-only. Which skill, what level, from what, by whom, when, pointing to the attempt.

    A correction is new evidence that names what it ``replaces``; with a blank ``level`` it takes the old one back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(LedgerKey, on_delete=models.PROTECT, related_name="evidence")
    skill = models.CharField(max_length=80)
    level = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=16)  # practice mastery … as in program.yaml, override, regrade
    place = models.CharField(max_length=160, blank=True)
    item = models.CharField(max_length=80, blank=True)
    organization = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="evidence")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    objects = AppendOnly.as_manager()  # forgetting an author goes past it, by the base manager

    class Meta:
        indexes = [models.Index(fields=["key", "skill"]), models.Index(fields=["key", "place"])]

    def __str__(self) -> str:
        return f"{self.skill} {self.level} from {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only: what is written stays."""
        if not self._state.adding:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError(APPEND_ONLY)


class PlantValue(models.Model):
    """One number of her copy of the model plant: what a passed challenge wrote, and which attempt did."""

    key = models.ForeignKey(LedgerKey, on_delete=models.CASCADE, related_name="plant")
    path = models.CharField(max_length=80)
    value = models.JSONField()
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "path"], name="one_plant_value_once")]

    def __str__(self) -> str:
        return f"{self.path} = {self.value}"
