"""Make the environment and start: ``bootstrap.py run`` is ``make run``, ``bootstrap.py environment`` what tests need.

Uses the standard library only, as nothing is installed yet. What a person can mend is said in a sentence.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "techamp.stamp"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
VENV_PACKAGE = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
NETWORK_SIGNS = ("name resolution", "unreachable", "NewConnectionError", "timed out", "No matching distribution")


class CannotGoOn(Exception):
    """What a person can mend, in a sentence that says how."""


def run() -> int:
    """Everything up to a served demo campus."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    require_free_port(host, port)
    make_environment("run")
    command = [str(VENV / "bin" / "techamp"), "serve", "--demo", "--host", host, "--port", port]
    os.chdir(ROOT)
    os.execv(command[0], command)


def require_free_port(host: str, port: str) -> None:
    """Look before a minute is spent on packages; ``techamp serve`` looks again, and closer."""
    if not (port.isdigit() and 1 <= int(port) <= 65535):
        raise CannotGoOn(f"PORT must be a whole number from 1 to 65535, and it is {port!r}. Try: make run PORT=8000")
    try:
        with socket.create_connection(("127.0.0.1" if host in {"0.0.0.0", "::"} else host, int(port)), timeout=1):
            pass
    except OSError:
        return
    raise CannotGoOn(
        f"port {port} is taken by another program. Stop it, or choose another port: make run PORT={int(port) + 1}"
    )


def make_environment(kind: str) -> None:
    """Make .venv hold what the lock names, and this project; does nothing when it already does."""
    if is_current(kind):
        return
    require_writable_checkout()
    if not works(PYTHON):
        make_venv()
    print(f"Installing the packages of {LOCKS[kind]} (some 200 MB, once) …", flush=True)
    pip("--require-hashes", "-r", str(ROOT / LOCKS[kind]))
    pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text(f"{kind} {fingerprint(kind)}\n")


def is_current(kind: str) -> bool:
    """Whether the environment was made from these very locks. The one for development serves for running too."""
    if not STAMP.exists() or not PYTHON.exists():
        return False
    made_as, mark = STAMP.read_text().split()
    return made_as in {kind, "dev"} and mark == fingerprint(made_as)


def fingerprint(kind: str) -> str:
    digest = hashlib.sha256(f"{ROOT}".encode())
    for name in ("pyproject.toml", LOCKS["run"], LOCKS[kind]):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def require_writable_checkout() -> None:
    if not os.access(VENV if VENV.exists() else ROOT, os.W_OK):
        raise CannotGoOn(
            f"cannot write to {VENV if VENV.exists() else ROOT}. Give this user the right to write there, "
            "or clone the project into a folder of your own."
        )


def works(python: Path) -> bool:
    """Whether that interpreter runs, is new enough, and can install packages."""
    probe = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))"
    try:
        return subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make a fresh .venv; on Debian as root, bring the package that it needs."""
    if not has_ensurepip():
        bring_ensurepip()
    print(f"Making .venv with Python {sys.version.split()[0]} …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        raise CannotGoOn(f"the virtual environment could not be made: {last_line(made.stdout + made.stderr)}")


def has_ensurepip() -> bool:
    probe = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return probe.returncode == 0


def bring_ensurepip() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing {VENV_PACKAGE} with apt-get …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
        silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", VENV_PACKAGE], capture_output=True, check=False, env=silent)
    if not has_ensurepip():
        raise CannotGoOn(
            f"{sys.executable} cannot make virtual environments, as its modules venv and ensurepip are not installed. "
            f"Install them, on Debian or Ubuntu with: sudo apt install {VENV_PACKAGE}"
        )


def pip(*arguments: str) -> None:
    """Run pip in .venv; raise CannotGoOn with its last word and what to do."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise CannotGoOn(f"packages could not be installed: {last_line(done.stderr)}\n{remedy(done.stderr)}")


def remedy(said: str) -> str:
    if any(sign in said for sign in NETWORK_SIGNS):
        return "The package index was not reached, or lacks that package. Connect to the network and try again."
    if "DO NOT MATCH THE HASHES" in said:
        return "A package is not the one that was locked. Do not go on; tell the people who keep TechAMP."
    if "No space left" in said:
        return "The disk is full. TechAMP needs about 1 GB; make room and try again."
    return "Correct that and try again."


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["it said nothing"])[-1]


def main(arguments: list[str]) -> int:
    try:
        if arguments == ["run"]:
            return run()
        make_environment("dev")
    except CannotGoOn as reason:
        print(f"TechAMP: {reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
