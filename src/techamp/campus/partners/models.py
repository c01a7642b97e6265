"""Organizations, the roles people hold in them, cohorts, enrollments and invitations."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I/L: codes are read aloud and copied from a whiteboard


def new_code() -> str:
    """An invitation code such as ``K7QX-2MPD``."""
    letters = "".join(secrets.choice(ALPHABET) for _i in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class Organization(models.Model):
    """An institution teaches, a company sponsors, the office runs the program."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", _("Institution")
        COMPANY = "company", _("Company")
        OFFICE = "office", _("Program office")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    place = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a person may do in an organization. Learners have enrollments instead."""

    class Kind(models.TextChoices):
        INSTRUCTOR = "instructor", _("Instructor")
        COORDINATOR = "coordinator", _("Lab coordinator")
        MENTOR = "mentor", _("Mentor")
        COMPANY = "company", _("Company contact")
        OFFICE = "office", _("Program office")

    FITS: ClassVar[dict[str, set[str]]] = {
        Organization.Kind.INSTITUTION: {Kind.INSTRUCTOR, Kind.COORDINATOR, Kind.MENTOR},
        Organization.Kind.COMPANY: {Kind.COMPANY, Kind.MENTOR},
        Organization.Kind.OFFICE: {Kind.OFFICE},
    }

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organization", "kind"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}, {self.organization}"


class Cohort(models.Model):
    """People who start together at an institution."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    starts = models.DateField()

    def __str__(self) -> str:
        return self.name


class Enrollment(models.Model):
    """A person in a cohort, with her sponsor and the spokes she chose."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrollments")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrollments")
    company = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="sponsored"
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="mentored"
    )
    spokes = models.JSONField(default=list, blank=True)
    shows_company = models.BooleanField(default=False)  # her consent: her company may see her skills
    joined = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "cohort"], name="one_enrollment_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.cohort}"

    @cached_property
    def asked_for(self) -> list[Extension]:
        """Her extensions, oldest first; read once for each object."""
        return sorted(self.extensions.all(), key=lambda extension: extension.asked)

    @property
    def extra_days(self) -> dict[str, int]:
        """Days that granted extensions add to a module's date, by "<subject>/<module>"."""
        extra: dict[str, int] = {}
        for extension in self.asked_for:
            if extension.granted:
                extra[extension.place] = extra.get(extension.place, 0) + extension.days
        return extra


class Extension(models.Model):
    """A learner asks for a week more for one module; an instructor of her institution grants or declines it.

    ``days`` is what was asked for; once granted, what was added to the module's date.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="extensions")
    place = models.CharField(max_length=120)  # "<subject>/<module>"
    days = models.PositiveIntegerField(default=7)
    reason = models.CharField(max_length=300, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    granted = models.BooleanField(null=True)  # None until it is answered
    words = models.CharField(max_length=300, blank=True)  # what the instructor says to it
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "place"], condition=models.Q(granted=None), name="one_open_extension_a_module"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment}: {self.days} days more for {self.place}"


class Invitation(models.Model):
    """A link or code that makes whoever uses it a learner of a cohort, or gives a role."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    company = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=12, choices=Role.Kind, blank=True)  # blank: a learner
    email = models.EmailField(blank=True)
    uses_left = models.PositiveIntegerField(default=1)
    expires = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.code} → {self.role or 'learner'}, {self.cohort or self.organization}"
