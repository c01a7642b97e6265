"""Lab sessions and who booked them. Sign-offs are attempts and evidence, as everything that counts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from techamp.campus.partners.models import Organization


class LabSession(models.Model):
    """A day at the bench: an institution offers one lab at a time and place, with so many seats."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="lab_sessions")
    place = models.CharField(max_length=160)  # the lab activity: <subject>/<module>/<activity>
    starts = models.DateTimeField()
    where = models.CharField(max_length=120)
    seats = models.PositiveIntegerField(default=8)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.place} at {self.institution}, {self.starts:%Y-%m-%d %H:%M}"


class Booking(models.Model):
    """A learner's seat in a session."""

    session = models.ForeignKey(LabSession, on_delete=models.CASCADE, related_name="bookings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookings")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_seat_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"
