"""Datasets, private to their owner; the analyses she kept; and bytes that wait to be removed."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from techamp.campus.learning.models import Attempt
from techamp.contract.reading import ReadingRules


class Dataset(models.Model):
    """Raw bytes, kept by hash, with the recorded rules by which they were read.

    ``columns`` are name, unit and kind of each column as it was read. Nobody but the owner sees a dataset unless she
    shares it; deleting it, or her account, deletes the bytes too.
    """

    class Source(models.TextChoices):
        UPLOAD = "upload", _("Uploaded file")
        PASTE = "paste", _("Pasted column")
        LAB = "lab", _("Measured in the lab")
        TYPED = "typed", _("Typed in")
        EXAMPLE = "example", _("Example file")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="datasets")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    rules = models.JSONField()
    rows = models.PositiveIntegerField()
    columns = models.JSONField(default=list)  # [{name, unit, number}]
    source = models.CharField(max_length=8, choices=Source)
    shared_with_instructor = models.BooleanField(default=False)
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.SET_NULL, related_name="datasets")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-created"])]

    def __str__(self) -> str:
        return self.name

    @property
    def reading_rules(self) -> ReadingRules:
        """The rules as the reader takes them."""
        return ReadingRules.model_validate(self.rules)


class DatasetShare(models.Model):
    """The owner's consent that one person may see one dataset: the mentor of a project."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "person"], name="one_share_once")]

    def __str__(self) -> str:
        return f"{self.dataset} → {self.person}"


class StudyRun(models.Model):
    """An analysis that she kept: what makes it again, and what it said. No reading of hers is copied here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="runs")
    study = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    roles = models.JSONField(default=dict)  # role → column
    settings = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)  # {notes, measures}
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return self.title

    @property
    def query(self) -> dict[str, Any]:
        """What the address of the study needs to make it again."""
        from techamp.campus.data.workbench import query_of

        return query_of(self.roles, self.settings)


class FilledPlan(models.Model):
    """A sheet that is being filled in: the plan that made it, and how many of its blanks are left."""

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="plan")
    planner = models.CharField(max_length=80)
    asked = models.JSONField(default=dict)  # settings and seed as the address has them
    left = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.planner}: {self.dataset}"


class Doomed(models.Model):
    """Bytes that nobody points to any more. Written with the deletion, so that a crash does not keep them."""

    sha256 = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.sha256
