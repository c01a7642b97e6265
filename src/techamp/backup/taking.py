"""Take a backup: files, then the database as of one moment, then the files that came meanwhile.

In this order nothing that the database's copy points to is missing: a file is written before its row, and what stood at
the moment of the copy is in the first or in the second round, unless its owner deleted it in between.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

from techamp import __version__
from techamp.backup import database as databases
from techamp.serving import CannotStart

MANIFEST = "manifest.json"
KEPT = ("files", "secret_key")  # under TECHAMP_HOME; caches and static files are made again


def backup(home: Path, database: dict[str, Any], target: Path) -> dict[str, Any]:
    """Write ``target`` (.tar.gz), and return its manifest. A target that exists is never written over."""
    if target.exists():
        raise CannotStart(f"{target} is there already. Choose another name, or move it away.")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder, tarfile.open(unfinished, "w:gz") as archive:
            manifest = _fill(archive, home, database, Path(folder))
        unfinished.chmod(0o600)  # it holds everybody's records and the signing key
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _fill(archive: tarfile.TarFile, home: Path, database: dict[str, Any], folder: Path) -> dict[str, Any]:
    hashes: dict[str, str] = {}
    _add_files(archive, home, hashes)
    copy = databases.dump(database, folder)
    databases.check(copy)
    _add_files(archive, home, hashes)
    _add(archive, copy, copy.name, hashes)
    manifest = {
        "techamp": __version__,
        "taken": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "database": copy.name,
        "sha256": hashes,
    }
    content = json.dumps(manifest, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))
    return manifest


def _add_files(archive: tarfile.TarFile, home: Path, hashes: dict[str, str]) -> None:
    for name in KEPT:
        root = home / name
        for path in sorted([root] if root.is_file() else root.rglob("*")):
            inside = path.relative_to(home).as_posix()
            if path.is_file() and inside not in hashes:
                _add(archive, path, inside, hashes)


def _add(archive: tarfile.TarFile, path: Path, inside: str, hashes: dict[str, str]) -> None:
    """Add one file and note its hash; a file that its owner deletes at this moment is left out."""
    try:
        digest = digest_of(path).hexdigest()
        archive.add(path, arcname=inside, recursive=False)
    except FileNotFoundError:
        return
    hashes[inside] = digest


def digest_of(path: Path) -> Any:
    """SHA-256 of a file, read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256")
