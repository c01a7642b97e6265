"""``make run`` on a machine that lacks something says what to do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, pointed at a checkout of its own."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPTS / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin/python").touch()
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / "bin/python",
        "STAMP": venv / "techamp.stamp",
    }.items():
        monkeypatch.setattr(module, name, value)
    return module


def test_an_environment_is_current_until_a_lock_changes(bootstrap: ModuleType) -> None:
    bootstrap.STAMP.write_text(f"run {bootstrap.fingerprint('run')}\n")
    assert bootstrap.is_current("run")
    (bootstrap.ROOT / "requirements.lock").write_text("another package")
    assert not bootstrap.is_current("run")


def test_the_environment_for_development_serves_for_running_but_not_the_reverse(bootstrap: ModuleType) -> None:
    bootstrap.STAMP.write_text(f"dev {bootstrap.fingerprint('dev')}\n")
    assert bootstrap.is_current("run")
    bootstrap.STAMP.write_text(f"run {bootstrap.fingerprint('run')}\n")
    assert not bootstrap.is_current("dev")


def test_an_interpreter_that_does_not_run_is_not_used(bootstrap: ModuleType) -> None:
    assert not bootstrap.works(bootstrap.PYTHON)


def test_a_taken_port_is_said_before_anything_slow(bootstrap: ModuleType) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(bootstrap.CannotGoOn) as refused:
            bootstrap.require_free_port("127.0.0.1", str(port))
    assert str(refused.value) == (
        f"port {port} is taken by another program. Stop it, or choose another port: make run PORT={port + 1}"
    )


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("ERROR: No matching distribution found for django==5.2.19", "Connect to the network and try again."),
        ("NewConnectionError: Temporary failure in name resolution", "Connect to the network and try again."),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "Do not go on; tell the people who keep TechAMP."),
        ("OSError: [Errno 28] No space left on device", "make room and try again."),
    ],
)
def test_what_pip_says_gets_a_remedy(bootstrap: ModuleType, said: str, remedy: str) -> None:
    assert bootstrap.remedy(said).endswith(remedy)


def pretend_python(folder: Path, name: str, exit_code: int) -> None:
    """An interpreter that answers the probe with exit_code, prints 3.9 for its version, and names itself when run."""
    script = f"""#!/bin/sh
case "$1" in
    -c) case "$2" in *ensurepip*) exit {exit_code};; *) echo 3.9;; esac ;;
    *) echo "{name} runs $1" ;;
esac
"""
    path = folder / name
    path.write_text(script)
    path.chmod(0o755)


def choose(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run scripts/python.sh on a machine whose only interpreters lie in that folder."""
    shell = shutil.which("sh")
    assert shell
    outside = {key: value for key, value in os.environ.items() if key != "PYTHON"}
    return subprocess.run(
        [shell, SCRIPTS / "python.sh", "script.py"],
        env={**outside, "PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_python3_is_taken_when_it_will_do(tmp_path: Path) -> None:
    pretend_python(tmp_path, "python3", 0)
    pretend_python(tmp_path, "python3.12", 0)
    assert choose(tmp_path).stdout == "python3 runs script.py\n"


def test_a_newer_python_is_found_where_python3_is_old(tmp_path: Path) -> None:
    pretend_python(tmp_path, "python3", 1)
    pretend_python(tmp_path, "python3.12", 0)
    assert choose(tmp_path).stdout == "python3.12 runs script.py\n"


def test_one_without_venv_is_the_last_resort(tmp_path: Path) -> None:
    pretend_python(tmp_path, "python3", 2)
    assert choose(tmp_path).stdout == "python3 runs script.py\n"
    pretend_python(tmp_path, "python3.13", 0)
    assert choose(tmp_path).stdout == "python3.13 runs script.py\n"


def test_no_python_that_will_do_is_said_with_what_to_install(tmp_path: Path) -> None:
    pretend_python(tmp_path, "python3", 1)
    tried = choose(tmp_path)
    assert tried.returncode == 2
    assert tried.stderr.splitlines()[0] == (
        "TechAMP needs Python 3.11, 3.12, 3.13 or 3.14, and this machine has none. Found: python3 is 3.9."
    )
    assert "sudo apt install python3.12 python3.12-venv" in tried.stderr
