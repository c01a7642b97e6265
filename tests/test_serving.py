"""What ``techamp serve`` looks at before it starts."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from techamp import serving
from techamp.serving import CannotStart


def test_a_free_port_is_fine_and_is_still_free_afterwards() -> None:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    serving.require_free_port("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)) as server:
        assert server.getsockname()[1] == port


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_is_named_with_a_free_one(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotStart) as refused:
            serving.require_free_port(host, port)
    assert str(refused.value) == (
        f"port {port} is taken by another program. Stop it, or choose another port: --port {port + 1}."
    )


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CannotStart, match=r"cannot listen on 192\.0\.2\.1:8000 .* Name an address of this machine"):
        serving.require_free_port("192.0.2.1", 8000)


def test_the_data_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_HOME", str(tmp_path / "a/b"))
    assert serving.require_writable_home() == tmp_path / "a/b"
    assert list((tmp_path / "a/b").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TECHAMP_HOME", str(tmp_path / "file/data"))
    with pytest.raises(
        CannotStart, match=r"cannot write to .*/file/data \(Not a directory\)\. Give this user .*TECHAMP_HOME="
    ):
        serving.require_writable_home()


def test_a_folder_that_is_served_at_a_port_is_not_served_there_twice(tmp_path: Path) -> None:
    first = serving.hold(tmp_path, 8000)
    with pytest.raises(CannotStart, match=rf"process {os.getpid()}\) serves .* at port 8000. Stop it, or choose"):
        serving.hold(tmp_path, 8000)
    serving.hold(tmp_path, 8001).close()
    first.close()
    serving.hold(tmp_path, 8000).close()


def test_what_the_caller_has_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_KERNELS", "/elsewhere")
    monkeypatch.delenv("TECHAMP_HASHED_STATIC", raising=False)
    agreed = serving.environment(tmp_path)
    assert (agreed["TECHAMP_KERNELS"], agreed["TECHAMP_HASHED_STATIC"]) == ("/elsewhere", "1")


def test_kernels_are_compiled_again_only_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    for room in ("contract", "subjects"):
        (package / room).mkdir(parents=True)
    kernel = package / "subjects/kernel.py"
    kernel.write_text("a = 1\n")
    monkeypatch.setattr(serving, "PACKAGE", package)
    assert not serving.kernels_are_compiled(tmp_path)
    serving.note_compiled_kernels(tmp_path)
    assert serving.kernels_are_compiled(tmp_path)
    os.utime(kernel, (1, 1))
    assert not serving.kernels_are_compiled(tmp_path)


class Step:
    """A process that notes when it was waited for and ended."""

    def __init__(self, log: list[str], name: str, code: int) -> None:
        self.log, self.name, self.code = log, name, code
        log.append(f"{name} begins")

    def wait(self) -> int:
        self.log.append(f"{self.name} ends")
        return self.code

    def terminate(self) -> None:
        self.log.append(f"{self.name} stopped")


def steps_of(monkeypatch: pytest.MonkeyPatch, home: Path, *, compiled: bool, **codes: int) -> tuple[int, list[str]]:
    log: list[str] = []
    monkeypatch.setattr(serving, "kernels_are_compiled", lambda _home: compiled)
    monkeypatch.setattr(serving, "start", lambda _module, *steps: Step(log, " ".join(steps), codes.get(steps[-1], 0)))
    return serving.prepare(home, demo=True), log


def test_the_demo_campus_is_made_with_compiled_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert steps_of(monkeypatch, tmp_path, compiled=False) == (
        0,
        ["kernels begins", "campus begins", "campus ends", "kernels ends", "demo begins", "demo ends"],
    )
    assert steps_of(monkeypatch, tmp_path, compiled=True) == (0, ["campus demo begins", "campus demo ends"])


def test_a_step_that_fails_ends_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, log = steps_of(monkeypatch, tmp_path, compiled=False, campus=2)
    assert (code, log[-1]) == (2, "kernels stopped")
    code, log = steps_of(monkeypatch, tmp_path, compiled=False, kernels=1)
    assert (code, log[-1]) == (1, "kernels ends")
    assert steps_of(monkeypatch, tmp_path, compiled=False, demo=2)[0] == 2
