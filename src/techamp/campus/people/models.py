"""A person, the key that evidence points to, and who looked at whose record."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from techamp.campus.prepared import Prepared


class PersonManager(BaseUserManager["Person"]):
    """People sign in by email. Each comes with her ledger key, which almost every page needs."""

    def get_queryset(self) -> models.QuerySet[Person]:
        return super().get_queryset().select_related("key")

    def get(self, *args: Any, **wanted: Any) -> Person:
        """One person; by ``pk``, as each page asks for who is signed in, from a query that is kept ready."""
        if args or wanted.keys() != {"pk"} or not isinstance(wanted["pk"], int):
            return super().get(*args, **wanted)
        if person := _by_pk.first(wanted["pk"]):
            return person
        raise self.model.DoesNotExist("No such person.")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person with her ledger key."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        LedgerKey.objects.create(person=person)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """For the shell; no page asks whether somebody is a superuser."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class Person(AbstractUser):
    """Somebody who signs in. What she may see follows from her roles in organizations, never from a flag here."""

    username = None  # type: ignore[assignment]
    first_name = last_name = None  # type: ignore[assignment]
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=8, default="en")
    industry = models.CharField(max_length=24, default="machining")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """The first word of the name, for a greeting."""
        return self.name.split(" ")[0] if self.name else self.email

    def get_full_name(self) -> str:
        """The name."""
        return self.name


_by_pk = Prepared(lambda pk: Person.objects.filter(pk=pk), int)


class LedgerKey(models.Model):
    """What attempts and evidence point to.

    Deleting the person clears ``person``: sums remain, the person is forgotten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, null=True, on_delete=models.SET_NULL, related_name="key")

    def __str__(self) -> str:
        return str(self.person or self.id)


class AccessRecord(models.Model):
    """Somebody looked at somebody's record: the audit log."""

    viewer = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.ForeignKey(LedgerKey, on_delete=models.CASCADE, related_name="looked_at")
    page = models.CharField(max_length=80)
    path = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["key", "-at"])]

    def __str__(self) -> str:
        return f"{self.viewer} looked at {self.key}: {self.page}"


class OutboxMail(models.Model):
    """A mail of the demo campus, kept so that it can be read on a page; never used where a mail server is set."""

    to = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
