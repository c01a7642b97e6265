"""``make test`` runs every step, names what it could not bring, and fails at its end."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

SUITE = Path(__file__).resolve().parents[2] / "scripts/suite.py"


@pytest.fixture
def suite() -> ModuleType:
    spec = importlib.util.spec_from_file_location("suite", SUITE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def steps_of(*steps: tuple[str, Callable[[], bool]]) -> Callable[[], Iterator[tuple[str, Callable[[], bool]]]]:
    return lambda: iter(steps)


def test_all_steps_passed(suite: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "quick", steps_of(("one", lambda: True), ("two", lambda: True)))
    assert suite.main("quick") == 0


def test_a_failing_step_does_not_keep_the_next_from_running(
    suite: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suite, "quick", steps_of(("one", lambda: False), ("two", lambda: True)))
    assert suite.main("quick") == 1
    said = capfd.readouterr()
    assert said.out == "── one\n── two\n"
    assert said.err == "FAILED: one\n"


def test_what_could_not_be_brought_is_named_after_the_rest_ran(
    suite: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ran = list[tuple[str, ...]]()
    monkeypatch.setattr(suite, "find_chromium", lambda: None)
    monkeypatch.setattr(suite, "bring_chromium", lambda: None)
    monkeypatch.setattr(suite, "pytest", lambda *arguments, more=None: ran.append(arguments))
    monkeypatch.setattr(suite, "everything", steps_of(("browser and wheel", suite.in_browser)))
    assert suite.main("all") == 1
    assert ran == [("-m", "wheel", "tests")]
    assert capfd.readouterr().err == (
        "FAILED: browser and wheel (not run: this machine lacks Chromium; install it (Debian or Ubuntu: "
        "sudo apt install chromium) or name it: CHROMIUM=/path)\n"
    )


def test_lint_looks_at_code_and_types_only(suite: ModuleType) -> None:
    assert [name for name, _step in suite.lint()] == ["ruff check", "ruff format", "mypy"]
