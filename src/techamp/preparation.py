"""What must be done before the first page. Each step does nothing when its work is already done.

``techamp serve`` runs it as ``python -m techamp.preparation campus [demo]``, ``… kernels`` and ``… demo``; the commands
``techamp migrate``, ``demo``, ``kernels`` and ``curriculum check`` run one step each.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from techamp.paths import PACKAGE, curriculum_root, data_root, vendor_root
from techamp.serving import CannotStart, environment, note_compiled_kernels, require_writable_home

if TYPE_CHECKING:
    from techamp.campus.program.curriculum import Curriculum


def campus(*, demo: bool) -> None:
    """Database, curriculum, hashed static files and, where asked for, the demo campus."""
    _start_django()
    migrate()
    require_sound_links()
    collect_static()
    if demo:
        make_demo()


def _start_django() -> None:
    os.environ.update(environment(require_writable_home()))
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ValueError as error:
        raise CannotStart(str(error)) from error
    except ImproperlyConfigured as error:
        if "psycopg" not in str(error):
            raise
        raise CannotStart("DATABASE_URL names PostgreSQL. For that: pip install 'techamp[postgres]'.") from None


def migrate() -> None:
    """Bring the database to this version of the code."""
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise CannotStart(
            f"the database does not answer ({str(error).splitlines()[0]}). Check DATABASE_URL and that its server runs."
        ) from None


def read_curriculum() -> Curriculum:
    """The curriculum in use; raise CannotStart with every fault of its files."""
    from techamp.campus.program.curriculum import CurriculumError, curriculum

    try:
        return curriculum()
    except FileNotFoundError as error:
        raise CannotStart(str(error)) from None
    except CurriculumError as error:
        raise CannotStart(f"the curriculum cannot be used.\n{error}") from None


def require_sound_links() -> None:
    """Raise CannotStart when the curriculum names something that is not there."""
    from techamp.campus.program.check import check_links

    found = [str(problem) for problem in check_links(read_curriculum()) if not problem.warning]
    if found:
        raise CannotStart("the curriculum cannot be used.\n" + "\n".join(found))


def collect_static() -> None:
    """Copy static files under hashed names into the data folder, when one of them has changed."""
    from django.conf import settings
    from django.core.management import call_command

    if not settings.HASHED_STATIC:
        return
    stamp, now = data_root() / "static.stamp", _static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def _static_fingerprint() -> str:
    digest = hashlib.sha256(str(PACKAGE).encode())
    for root in (PACKAGE, vendor_root()):
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix not in {".py", ".pyc", ".html"}:
                status = path.stat()
                digest.update(f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def make_demo() -> None:
    """Make the demo campus once and print who can be signed in."""
    from techamp.campus import demo
    from techamp.campus.demo.people import SIGN_INS

    demo.create()
    print("Sign in at /demo/ with one click, as")
    for person in SIGN_INS:
        print(f"  {person.name:<14} {person.what}")
    sys.stdout.flush()


def compile_kernels() -> int:
    """Compile the kernels of all subjects into the cache that the server reads."""
    home = require_writable_home()
    os.environ.update(environment(home))
    from techamp.contract.kernels.finding import kernels
    from techamp.contract.kernels.kernel import compile_all

    try:
        compile_all(kernels())
    except RuntimeError as reason:
        raise CannotStart(str(reason)) from None
    note_compiled_kernels(home)
    return 0


def migrate_alone() -> int:
    _start_django()
    migrate()
    return 0


def check_alone(folder: Path | None) -> int:
    """Print every fault of a curriculum, each with file, line and how to mend it; 1 when there is one."""
    if folder:
        os.environ["TECHAMP_CURRICULUM"] = str(folder)
    _start_django()
    from techamp.campus.program.check import check

    problems = check(read_curriculum())
    for problem in problems:
        print(problem)
    faults = sum(not problem.warning for problem in problems)
    print(f"{curriculum_root()}: {faults} faults, {len(problems) - faults} warnings")
    return 1 if faults else 0


def regrade_alone(**asked: Any) -> int:
    """Grade answers to a mended question again, as ``techamp regrade`` was asked to."""
    _start_django()
    read_curriculum()
    from techamp.campus.practice.regrade_command import run

    return run(**asked)


def demo_alone() -> int:
    os.environ["TECHAMP_DEMO"] = "1"
    _start_django()
    migrate()
    make_demo()
    return 0


def main(steps: list[str]) -> int:
    try:
        if steps == ["kernels"]:
            compile_kernels()
        elif steps == ["demo"]:
            demo_alone()
        else:
            campus(demo="demo" in steps)
    except CannotStart as reason:
        print(f"techamp: {reason}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
