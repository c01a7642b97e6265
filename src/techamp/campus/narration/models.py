"""Recordings of an institution: one for each segment of a lecture and language, and one video with captions."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver

from techamp.campus.partners.models import Organization

VIDEO, CAPTIONS = "*video", "*captions"  # what stands for a segment's id where the file is for the whole lecture


class Recording(models.Model):
    """One file. ``segment`` is a segment's id, or VIDEO or CAPTIONS. ``words`` is a hash of the text that was read."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="recordings")
    place = models.CharField(max_length=160)
    segment = models.CharField(max_length=80)
    language = models.CharField(max_length=8, default="en")
    kind = models.CharField(max_length=24)  # audio/webm video/mp4 text/vtt …
    size = models.PositiveBigIntegerField()
    words = models.CharField(max_length=16, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "place", "segment", "language"], name="one_recording_once")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.segment} ({self.institution})"

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.FILES) / "recordings" / str(self.uid)


@receiver(post_delete, sender=Recording)
def remove_bytes(sender: type[Recording], instance: Recording, **kwargs: object) -> None:
    """Deleting deletes."""
    instance.path.unlink(missing_ok=True)
