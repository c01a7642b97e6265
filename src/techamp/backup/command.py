"""What ``techamp backup`` and ``techamp restore`` do and print."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from techamp.backup.restoring import restore
from techamp.backup.taking import backup
from techamp.paths import data_root
from techamp.serving import CannotStart


def take(target: Path) -> int:
    """Write a backup and say what is in it."""
    home = data_root()
    if not home.is_dir():
        raise CannotStart(f"{home} does not exist. Set TECHAMP_HOME to the folder of the campus.")
    manifest = backup(home, _database(home), target.absolute())
    size = target.stat().st_size / 1e6
    print(f"{target}: {len(manifest['sha256'])} files, {size:.1f} MB, taken {manifest['taken']}.")
    print("It holds everybody's records and the signing key: keep it as safe as the campus.")
    return 0


def put_back(source: Path, replace: bool) -> int:
    """Restore a backup and say so."""
    home = data_root()
    manifest = restore(source.absolute(), home, _database(home), replace=replace)
    print(f"Restored the campus of {manifest['taken']} to {home}. Start it with techamp serve.")
    return 0


def _database(home: Path) -> dict[str, Any]:
    """The settings of the database, as campus.settings reads them."""
    from techamp.campus.databases import from_url

    try:
        return from_url(os.environ.get("DATABASE_URL", f"sqlite:///{home / 'campus.sqlite3'}"))
    except ValueError as error:
        raise CannotStart(str(error)) from None
