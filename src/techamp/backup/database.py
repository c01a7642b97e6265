"""A consistent copy of the database while others write to it, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from techamp.serving import CannotStart

SQLITE, POSTGRESQL = "campus.sqlite3", "campus.pgdump"


def is_sqlite(database: dict[str, Any]) -> bool:
    """Whether these Django settings name SQLite."""
    return str(database["ENGINE"]).endswith("sqlite3")


def dump(database: dict[str, Any], folder: Path) -> Path:
    """A copy as of one moment: SQLite's online backup, or pg_dump, which reads in one snapshot."""
    if is_sqlite(database):
        target = folder / SQLITE
        live = sqlite3.connect(f"file:{database['NAME']}?mode=ro", uri=True)
        with closing(live), closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return target
    target = folder / POSTGRESQL
    _run("pg_dump", "--format=custom", f"--file={target}", *_where(database), str(database["NAME"]), database=database)
    return target


def check(copy: Path) -> None:
    """CannotStart if the copy is damaged."""
    if copy.name != SQLITE:
        return
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as database:
        found = database.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise CannotStart(f"the database in this backup is damaged ({found}). Use an older backup.")


def load(copy: Path, database: dict[str, Any]) -> None:
    """Put the copy in the database's place. The campus must not run."""
    if is_sqlite(database) != (copy.name == SQLITE):
        kind = "SQLite" if copy.name == SQLITE else "PostgreSQL"
        raise CannotStart(f"this backup is of a {kind} database. Set DATABASE_URL to one, then restore again.")
    if is_sqlite(database):
        target = Path(database["NAME"])
        target.parent.mkdir(parents=True, exist_ok=True)
        for rest in ("-wal", "-shm"):
            Path(f"{target}{rest}").unlink(missing_ok=True)
        shutil.copyfile(copy, target)
        return
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", *_where(database),
        f"--dbname={database['NAME']}", str(copy), database=database,
    )  # fmt: skip


def _where(database: dict[str, Any]) -> list[str]:
    options = {"--host": database.get("HOST"), "--port": database.get("PORT"), "--username": database.get("USER")}
    return [f"{name}={value}" for name, value in options.items() if value]


def _run(program: str, *arguments: str, database: dict[str, Any]) -> None:
    path = shutil.which(program)
    if path is None:
        raise CannotStart(f"{program} is not found. Install PostgreSQL's client programs, and put them on PATH.")
    environment = {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or "")}
    done = subprocess.run([path, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"{program} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else 'no word'}.")
