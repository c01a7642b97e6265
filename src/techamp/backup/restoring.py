"""Restore a backup: everything is checked before anything is touched, and what was there is kept aside."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

from techamp.backup import database as databases
from techamp.backup.taking import KEPT, MANIFEST, digest_of
from techamp.serving import CannotStart


def restore(source: Path, home: Path, database: dict[str, Any], *, replace: bool = False) -> dict[str, Any]:
    """Put a backup in place; returns its manifest. With ``replace``, what ``home`` holds moves aside."""
    if not source.is_file():
        raise CannotStart(f"{source} is no file. Name a backup that techamp backup wrote.")
    if not replace and _holds_something(home):
        raise CannotStart(f"{home} holds a campus. Stop it, and add --replace; what is there is kept aside.")
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".restore-") as name:
        folder = Path(name)
        manifest = _unpack(source, folder)
        copy = folder / str(manifest["database"])
        databases.check(copy)
        if _holds_something(home):
            _set_aside(home)
        home.mkdir(parents=True, exist_ok=True)
        databases.load(copy, database)
        for kept in KEPT:
            if (folder / kept).exists():
                shutil.move(folder / kept, home / kept)
    return manifest


def _holds_something(home: Path) -> bool:
    return any((home / name).exists() for name in (*KEPT, databases.SQLITE))


def _set_aside(home: Path) -> None:
    aside = home.with_name(f"{home.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
    aside.mkdir()
    for name in (*KEPT, databases.SQLITE, f"{databases.SQLITE}-wal", f"{databases.SQLITE}-shm"):
        if (home / name).exists():
            shutil.move(home / name, aside / name)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack and compare every hash; CannotStart if a file is missing or another."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                _extract(archive, member, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        hashes = dict(manifest["sha256"])
    except (tarfile.TarError, OSError, EOFError, KeyError, ValueError) as error:
        raise CannotStart(f"{source} is not a whole backup ({error}). Use another one.") from None
    for name, wanted in hashes.items():
        path = folder / name
        if not path.is_file() or digest_of(path).hexdigest() != wanted:
            raise CannotStart(f"{source} is damaged: {name} is missing or changed. Use another backup.")
    return manifest


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One plain file to its place below ``folder``; links, devices and names that lead outside are refused."""
    path = (folder / member.name).resolve()
    content = archive.extractfile(member) if member.isfile() and path.is_relative_to(folder.resolve()) else None
    if content is None:
        raise ValueError(f"{member.name} is no plain file")
    path.parent.mkdir(parents=True, exist_ok=True)
    with content, path.open("wb") as out:
        shutil.copyfileobj(content, out)
    path.chmod(0o600)
