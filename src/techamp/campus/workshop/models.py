"""Models that somebody makes of her own, with what came before each change; and a run that is still going on."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """One document, private to its owner. ``revision`` counts its changes; ``finding`` is what the run of revision
    ``found_for`` said. ``past`` and ``future`` are documents, the nearest last."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    builder = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    document = models.JSONField()
    past = models.JSONField(default=list)
    future = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    finding = models.JSONField(null=True)
    found_for = models.PositiveIntegerField(null=True)
    found_by = models.PositiveIntegerField(null=True)  # version of the builder
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-changed"])]

    def __str__(self) -> str:
        return self.name


class Going(models.Model):
    """A run that takes longer than a page waits: how far it is, and whether its owner wants it ended.

    ``beat`` is when it was last heard of: a run of a process that is gone is not waited for.
    """

    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="going")
    revision = models.PositiveIntegerField()
    done = models.FloatField(default=0.0)
    expected = models.FloatField(default=0.0)
    ended = models.BooleanField(default=False)
    beat = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.draft}: {self.done:g} of {self.expected:g}"
