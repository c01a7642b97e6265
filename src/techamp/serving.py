"""``techamp serve``: look before leaping, prepare in a process of its own, then answer requests.

The preparation runs apart so that the process that stays is small, and so that kernels compile while the database
migrates.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from techamp.paths import PACKAGE, data_root

BLOCKING_THREADS = 4
"""Requests that one process works on at once. Our choice: one computes while others wait for the database."""

STACK = 16 << 20
"""Bytes of stack of the server's threads: a matrix product takes half a megabyte, and their own two were not enough."""

READY_SECONDS = 30.0


class CannotStart(Exception):
    """What a person can mend, in a sentence that says how."""


@dataclass(frozen=True)
class Manner:
    """How a campus is served."""

    demo: bool = False
    author: bool = False
    workers: int = 1

    def environment(self) -> dict[str, str]:
        return {"TECHAMP_DEMO": str(int(self.demo)), "TECHAMP_AUTHOR": str(int(self.author))}


def serve(host: str, port: int, how: Manner) -> int:
    """Prepare the campus and serve it until interrupted."""
    require_free_port(host, port)
    home = require_writable_home()
    _held = hold(home, port)
    os.environ.update(environment(home) | how.environment())
    if code := prepare(home, demo=how.demo):
        return code
    answer(host, port, how.workers)
    return 0


def prepare(home: Path, *, demo: bool) -> int:
    """Everything before the first page; returns 0, or what a step that failed returned.

    Kernels compile beside the rest, but for the demo campus: its learners run every simulation, and would compile what
    is not there yet a second time.
    """
    compiling = None if kernels_are_compiled(home) else start("techamp.preparation", "kernels")
    if code := start("techamp.preparation", "campus", *(["demo"] if demo and not compiling else [])).wait():
        if compiling:
            compiling.terminate()
        return code
    if not compiling:
        return 0
    print("Compiling the simulations; this happens once …", flush=True)
    code = compiling.wait()
    return code or (start("techamp.preparation", "demo").wait() if demo else 0)


def require_free_port(host: str, port: int) -> None:
    """Raise CannotStart when the address cannot be listened on."""
    if _answers(host, port):  # on macOS a second program may listen on one address of a port that is taken on all
        raise CannotStart(_taken(port))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CannotStart(_why_not(host, port, error)) from None


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return _taken(port)
    if error.errno == errno.EACCES:
        return f"port {port} is for the system's own programs. Choose one from 1024 up: --port 8000."
    return f"cannot listen on {host}:{port} ({error.strerror}). Name an address of this machine: --host 127.0.0.1."


def _taken(port: int) -> str:
    return f"port {port} is taken by another program. Stop it, or choose another port: --port {port + 1}."


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((_reachable(host), port), timeout=1).close()
    except OSError:
        return False
    return True


def _reachable(host: str) -> str:
    """The address by which this machine reaches a server that listens on host."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def require_writable_home() -> Path:
    """Make the data folder if need be; raise CannotStart when it cannot be written."""
    home = data_root()
    try:
        home.mkdir(parents=True, exist_ok=True)
        trial = home / ".writable"
        trial.touch()
        trial.unlink(missing_ok=True)  # preparation and compiling look at the same time
    except OSError as error:
        raise CannotStart(
            f"cannot write to {home} ({error.strerror}). "
            "Give this user the right to write there, or name another folder: TECHAMP_HOME=/path/to/folder."
        ) from None
    return home


def hold(home: Path, port: int) -> IO[str]:
    """Keep others from serving the same folder at the same port for as long as the returned file is open.

    A port that two servers share (Linux allows it) would be answered now by one, now by the other.
    """
    file = (home / f"serving-{port}.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        number = file.read().strip() or "?"
        raise CannotStart(
            f"another TechAMP (process {number}) serves {home} at port {port}. "
            f"Stop it, or choose another port: --port {port + 1}."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def environment(home: Path) -> dict[str, str]:
    """What the preparation and every worker must agree on; what the caller has set stays."""
    wanted = {
        "DJANGO_SETTINGS_MODULE": "techamp.campus.settings",
        "TECHAMP_KERNELS": str(home / "kernels"),
        "TECHAMP_HASHED_STATIC": "1",
        "TECHAMP_HOME": str(home),
        "RUST_MIN_STACK": str(STACK),
        "OPENBLAS_NUM_THREADS": "1",  # requests run side by side already
    }
    return {name: os.environ.get(name, value) for name, value in wanted.items()}


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Run one of our modules in a process of its own."""
    return subprocess.Popen([sys.executable, "-m", module, *arguments])


def kernels_are_compiled(home: Path) -> bool:
    """Whether the cache was filled from the code as it now is."""
    stamp = _kernel_stamp(home)
    return stamp.exists() and stamp.read_text() == kernel_fingerprint()


def note_compiled_kernels(home: Path) -> None:
    _kernel_stamp(home).write_text(kernel_fingerprint())


def _kernel_stamp(home: Path) -> Path:
    return home / "kernels.stamp"


def kernel_fingerprint() -> str:
    """Hash of what compiled kernels depend on: Python, where the code lies, and each file's size and time."""
    digest = hashlib.sha256(f"{sys.version} {PACKAGE}".encode())
    for folder in (PACKAGE / "contract", PACKAGE / "subjects"):
        for path in sorted(folder.rglob("*.py")):
            status = path.stat()
            digest.update(f"{path.relative_to(PACKAGE)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def answer(host: str, port: int, workers: int) -> None:
    """Serve until interrupted, and say when the first page can be fetched."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    threading.Thread(target=announce, args=(host, port), daemon=True).start()
    Server(
        "techamp.campus.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def announce(host: str, port: int) -> None:
    """Fetch the front page until it comes, then print its address."""
    address = f"http://[{_reachable(host)}]:{port}/" if ":" in host else f"http://{_reachable(host)}:{port}/"
    give_up = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up:
        try:
            urllib.request.urlopen(address, timeout=READY_SECONDS).close()
        except urllib.error.HTTPError as answer:
            return print(f"TechAMP is at {address}, but its front page answers {answer.code}.", flush=True)
        except OSError:
            time.sleep(0.1)
        else:
            return print(f"TechAMP is at {address}  (Ctrl-C stops it)", flush=True)
