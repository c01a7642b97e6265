"""The demo campus in a process of its own, on a free port: for browser tests and for the installed wheel."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 300  # a first start compiles the simulations, on a machine that may be busy with other tests


@dataclass(frozen=True)
class Campus:
    """A running campus."""

    address: str
    home: Path

    def url(self, path: str) -> str:
        return self.address + path


@contextmanager
def served_demo(
    command: Sequence[str], home: Path, *, cwd: Path | None = None, more: Mapping[str, str] | None = None
) -> Iterator[Campus]:
    """Run ``techamp serve --demo`` until the block ends; its output goes to ``home/server.log``."""
    port = free_port()
    log = home / "server.log"
    outside = {
        key: value for key, value in os.environ.items() if not key.startswith(("TECHAMP_", "DJANGO_", "DATABASE"))
    }
    kernels = {"TECHAMP_KERNELS": str(ROOT / ".techamp/kernels")}  # compiled once, not for each test run
    environment = {**outside, **kernels, "TECHAMP_HOME": str(home / "data"), **(more or {})}
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "serve", "--demo", "--port", str(port)],
            cwd=cwd or home,
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            campus = Campus(f"http://127.0.0.1:{port}", home)
            _wait_for(campus, server, log)
            yield campus
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(campus: Campus, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            raise AssertionError(f"techamp serve ended with code {server.returncode}:\n{log.read_text()}")
        try:
            urllib.request.urlopen(campus.address, timeout=30).close()
        except urllib.error.HTTPError as answer:
            raise AssertionError(f"The front page answers {answer.code}:\n{log.read_text()}") from None
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"techamp serve did not answer in {START_SECONDS} s:\n{log.read_text()}")
