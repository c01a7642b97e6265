"""A capstone project in the learner's own company: charter, dataset, study, saving, sign-off."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from techamp.campus.partners.models import Organization


class Project(models.Model):
    """One project. ``charter`` and ``saving`` are what she wrote; ``studies`` links to analyses of her own data."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="projects")
    company = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="projects")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="mentored_projects"
    )
    title = models.CharField(max_length=160)
    charter = models.JSONField(default=dict)
    datasets = models.JSONField(default=list)  # uids of her datasets that belong to the project
    studies = models.JSONField(default=list)  # [{dataset, study, query, found, at}]
    saving = models.JSONField(default=dict)
    skills = models.JSONField(default=list)
    agreed = models.DateTimeField(null=True, blank=True)  # the mentor agrees to the charter
    signed = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title

    @property
    def step(self) -> str:
        """The milestone that is next: the first one that is not there yet."""
        if not self.agreed:
            return "charter"
        if not self.datasets:
            return "dataset"
        if not self.studies:
            return "study"
        if not self.saving:
            return "saving"
        return "" if self.signed else "sign-off"
