"""The batches in which answers to a mended item were graded again."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Regrade(models.Model):
    """One batch: which item, why, whose answers changed from what to what, and whether it was taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.CharField(max_length=160)
    item = models.CharField(max_length=80)
    content = models.CharField(max_length=16)  # hash of the mended item's files
    reason = models.TextField()
    strict = models.BooleanField(default=False)
    changes = models.JSONField(default=list)  # [{attempt, was, now}]
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    taken_back = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["place", "item", "-at"])]

    def __str__(self) -> str:
        return f"{self.place} {self.item}: {len(self.changes)} answers"
