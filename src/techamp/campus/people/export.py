"""Everything about a person in one file: a zip with a machine-readable ``me.json`` and the files that she brought."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, ForeignKey, Model
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from techamp.campus.data import files
from techamp.campus.people.links import rows_of
from techamp.campus.people.models import Person

SECRET = {"people.Person.password", "mfa.Authenticator.data", "account.EmailConfirmation.key"}
"""What would open her account to whoever finds the file."""


def export(person: Person, now: datetime) -> IO[bytes]:
    """An open zip file, at its beginning; it is gone when it is closed."""
    rows = rows_of(person)
    hers = {(model, row.pk) for model, found in rows.items() for row in found}
    record = {
        "made": now,
        "person": {"name": person.name, "email": person.email},
        "records": {model._meta.label: [_plain(row, hers) for row in found] for model, found in rows.items()},
    }
    whole: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 — the response reads and closes it
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("READ ME.txt", _read_me(person, now))
        archive.writestr("me.json", json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        for found in rows.values():
            for row in found:
                for name, content in _files(row):
                    archive.writestr(f"files/{name}", content)
    whole.seek(0)
    return whole


def _plain(row: Model, hers: set[tuple[type[Model], Any]]) -> dict[str, Any]:
    """A row by the names of its fields. Another person or organization is named as the pages name it."""
    plain: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if f"{row._meta.label}.{field.name}" in SECRET:
            continue
        value = field.value_from_object(row)
        if isinstance(field, ForeignKey) and value is not None and (field.related_model, value) not in hers:
            plain[field.name] = {"id": value, "name": str(getattr(row, field.name))}
        elif isinstance(field, FileField):
            plain[field.name] = value.name
        else:
            plain[field.name] = value
    return plain


def _files(row: Model) -> Iterator[tuple[str, bytes]]:
    """Content that a row points to: files, and bytes kept by hash."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if isinstance(field, FileField) and value:
            yield f"{row._meta.label}-{row.pk}-{get_valid_filename(value.name.rsplit('/', 1)[-1])}", value.read()
        elif field.name == "sha256" and value and files.path_of(value).exists():
            yield f"{row._meta.label}-{row.pk}-{get_valid_filename(str(row)) or 'file'}", files.read(value)[:]


def _read_me(person: Person, now: datetime) -> str:
    return _(
        "What TechAMP keeps about %(name)s (%(email)s), as of %(now)s.\n\n"
        "me.json holds every record, by table. learning.Attempt is what you did, learning.Evidence is what counts,\n"
        "people.AccessRecord is who looked at your record. The folder files holds the data that you brought, as you\n"
        "brought them. Your password and the secrets of your sign-in devices are left out: they would open your\n"
        "account to whoever finds this file.\n"
    ) % {"name": person.name, "email": person.email, "now": now.strftime("%Y-%m-%d %H:%M %Z")}
