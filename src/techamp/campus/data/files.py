"""Bytes on disk, once for each content: ``<files>/data/<aa>/<sha256>``."""

from __future__ import annotations

import hashlib
import mmap
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from techamp.campus.data.models import Dataset, Doomed
from techamp.contract.reading import Content

MAPPED = 8_000_000  # bytes


def path_of(sha256: str) -> Path:
    """Where content of that hash lies."""
    return Path(settings.FILES) / "data" / sha256[:2] / sha256


def read(sha256: str) -> Content:
    """The bytes; of a large file mapped, so that only what is looked at comes into memory."""
    path = path_of(sha256)
    if path.stat().st_size < MAPPED:
        return path.read_bytes()
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def keep(content: Content) -> str:
    """Write the bytes unless they are there; returns their hash. Call it in the transaction that points to them."""
    sha256 = hashlib.sha256(content).hexdigest()
    _hold(sha256)
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    return sha256


def doom(sha256: str) -> None:
    """Remove the bytes after the transaction, if nothing points to them then."""
    Doomed.objects.get_or_create(sha256=sha256)
    transaction.on_commit(remove_doomed, robust=True)


def remove_doomed() -> None:
    """Remove what nothing points to; also what a crash left behind."""
    for doomed in Doomed.objects.all()[:100]:
        with transaction.atomic():
            _hold(doomed.sha256)
            if not Dataset.objects.filter(sha256=doomed.sha256).exists():
                path_of(doomed.sha256).unlink(missing_ok=True)
            doomed.delete()


def _hold(sha256: str) -> None:
    """Nobody else keeps or removes these bytes until the transaction ends. SQLite has one writer anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])
