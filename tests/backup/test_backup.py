"""A backup holds all that was acknowledged before it began, while others go on writing; restoring gives it back."""

from __future__ import annotations

import io
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from techamp.backup import backup, restore
from techamp.campus.databases import sqlite
from techamp.serving import CannotStart


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A campus's folder: a database in WAL mode, a key, and a file."""
    home = tmp_path / "home"
    (home / "files" / "data" / "ab").mkdir(parents=True)
    (home / "files" / "data" / "ab" / "abcd").write_bytes(b"7.996\n7.997\n")
    (home / "secret_key").write_text("secret")
    with closing(sqlite3.connect(home / "campus.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, half TEXT)")
        database.execute("INSERT INTO answers VALUES (1, 'a'), (2, 'b')")
        database.commit()
    return home


def settings(home: Path) -> dict[str, Any]:
    return sqlite(str(home / "campus.sqlite3"))


def rows(home: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(home / "campus.sqlite3")) as database:
        return database.execute("SELECT id, half FROM answers ORDER BY id").fetchall()


def test_what_is_backed_up_comes_back(home: Path, tmp_path: Path) -> None:
    backup(home, settings(home), tmp_path / "monday.tar.gz")
    new = tmp_path / "new"
    restore(tmp_path / "monday.tar.gz", new, settings(new))
    assert rows(new) == [(1, "a"), (2, "b")]
    assert (new / "files" / "data" / "ab" / "abcd").read_bytes() == b"7.996\n7.997\n"
    assert (new / "secret_key").read_text() == "secret"
    assert (new / "secret_key").stat().st_mode & 0o077 == 0


@pytest.fixture
def writer(home: Path) -> Iterator[list[int]]:
    """Somebody who writes pairs of rows, each pair in one transaction, and notes what was acknowledged."""
    acknowledged, stop = [0], threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(home / "campus.sqlite3", timeout=30)) as database:
            for i in range(100, 1_000_000, 2):
                if stop.is_set():
                    return
                with database:
                    database.execute("INSERT INTO answers VALUES (?, 'a')", (i,))
                    database.execute("INSERT INTO answers VALUES (?, 'b')", (i + 1,))
                acknowledged[0] = i

    thread = threading.Thread(target=write)
    thread.start()
    yield acknowledged
    stop.set()
    thread.join()


def test_writes_that_go_on_lose_nothing_and_leave_no_halves(home: Path, tmp_path: Path, writer: list[int]) -> None:
    for turn in range(5):
        while writer[0] < 100 + 40 * turn:
            pass
        before = writer[0]
        target = tmp_path / f"{turn}.tar.gz"
        backup(home, settings(home), target)
        new = tmp_path / f"new-{turn}"
        restore(target, new, settings(new))
        kept = dict(rows(new))
        assert set(range(100, before + 1, 2)) <= set(kept), "an acknowledged row is missing"
        assert all(i + 1 in kept for i in kept if i >= 100 and i % 2 == 0), "half a transaction was kept"


def test_a_campus_that_is_there_is_replaced_only_when_asked_and_then_kept_aside(home: Path, tmp_path: Path) -> None:
    backup(home, settings(home), tmp_path / "old.tar.gz")
    with closing(sqlite3.connect(home / "campus.sqlite3")) as database, database:
        database.execute("INSERT INTO answers VALUES (3, 'c')")
    with pytest.raises(CannotStart, match=r"holds a campus\. Stop it, and add --replace"):
        restore(tmp_path / "old.tar.gz", home, settings(home))
    assert len(rows(home)) == 3
    restore(tmp_path / "old.tar.gz", home, settings(home), replace=True)
    assert len(rows(home)) == 2
    (aside,) = tmp_path.glob("home.before-*")
    assert len(rows(aside)) == 3


def test_a_damaged_backup_touches_nothing(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "whole.tar.gz"
    backup(home, settings(home), target)
    (tmp_path / "cut.tar.gz").write_bytes(target.read_bytes()[:-200])
    with pytest.raises(CannotStart, match="is not a whole backup"):
        restore(tmp_path / "cut.tar.gz", home, settings(home), replace=True)
    _change(target, tmp_path / "changed.tar.gz", "secret_key", b"other!")
    with pytest.raises(CannotStart, match="is damaged: secret_key is missing or changed"):
        restore(tmp_path / "changed.tar.gz", home, settings(home), replace=True)
    assert rows(home) == [(1, "a"), (2, "b")]
    assert not list(tmp_path.glob("home.before-*"))


def test_a_name_that_leads_outside_is_refused(home: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        entry = tarfile.TarInfo("../outside")
        entry.size = 2
        archive.addfile(entry, io.BytesIO(b"hi"))
    with pytest.raises(CannotStart, match="is no plain file"):
        restore(evil, tmp_path / "new", settings(tmp_path / "new"))
    assert not (tmp_path / "outside").exists()


def test_a_backup_is_never_written_over(home: Path, tmp_path: Path) -> None:
    (tmp_path / "there.tar.gz").write_text("mine")
    with pytest.raises(CannotStart, match="is there already"):
        backup(home, settings(home), tmp_path / "there.tar.gz")
    assert (tmp_path / "there.tar.gz").read_text() == "mine"


def _change(source: Path, target: Path, name: str, content: bytes) -> None:
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            data = content if member.name == name else file.read()
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
