"""The rules of the house, read off the source text: campus → contract ← subjects."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "techamp"
COMMON_WORDS = frozenset({"design", "leadership", "automation"})
"""Subjects whose name is an English word too: refused as a name, between quotes, dots or slashes."""
INDUSTRIES = frozenset({"machining"})
"""A subject, and an industry that a learner may work in: refused as part of a path."""
OPEN_SUBJECTS = {"process_control", "manufacturing_systems"}  # what any subject may build upon
BINARY = {".pyc", ".mo", ".woff2", ".png", ".ico", ".wasm"}


def imported(path: Path) -> set[str]:
    """Full names of the modules of ours that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _base(path, node)
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return {name for name in names if name.split(".")[0] == "techamp"}


def _base(path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = path.relative_to(SOURCE).parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


@cache
def files(room: str) -> tuple[Path, ...]:
    return tuple(sorted((PACKAGE / room).rglob("*.py")))


@cache
def subject_names() -> frozenset[str]:
    """Every folder of a subject, in the curriculum and in the code."""
    taught = {
        path.parent.name for kind in ("hub", "spokes") for path in (ROOT / "curriculum").glob(f"{kind}/*/subject.yaml")
    }
    coded = {path.parent.name for path in (PACKAGE / "subjects").glob("*/__init__.py")}
    return frozenset(taught | coded)


def breaches(room: str, forbidden: tuple[str, ...]) -> Iterator[str]:
    for path in files(room):
        for name in sorted(imported(path)):
            if name.startswith(forbidden):
                yield f"{path.relative_to(ROOT)} imports {name}"


def test_the_rooms_are_there_to_be_checked() -> None:
    assert files("contract")
    assert files("campus")
    assert files("subjects")
    assert {"process_control", "robotics"} <= subject_names()


def test_contract_imports_no_other_room() -> None:
    assert list(breaches("contract", ("techamp.campus", "techamp.subjects"))) == []


def test_campus_imports_no_subject() -> None:
    assert list(breaches("campus", ("techamp.subjects",))) == []


def test_subjects_do_not_import_campus() -> None:
    assert list(breaches("subjects", ("techamp.campus",))) == []


def test_question_generators_do_not_import_campus() -> None:
    generators = [path for path in (ROOT / "curriculum").rglob("*.py") if "__pycache__" not in path.parts]
    found = [f"{path.relative_to(ROOT)} imports {n}" for path in generators for n in imported(path) if "campus" in n]
    assert found == []


def test_a_subject_builds_only_on_itself_and_the_two_open_ones() -> None:
    found = []
    for path in files("subjects"):
        own = path.relative_to(PACKAGE / "subjects").parts[0]
        for name in imported(path):
            parts = name.split(".")
            if parts[1:2] == ["subjects"] and len(parts) > 2 and parts[2] not in {own, *OPEN_SUBJECTS}:
                found.append(f"{path.relative_to(ROOT)} imports {name}")
    assert found == []


def _words(name: str) -> str:
    """``process_control`` as it may stand in a path, an attribute or a sentence."""
    return name.replace("_", "[_ -]")


def test_no_subject_is_named_in_campus() -> None:
    """In code, templates, scripts and style sheets, comments and docstrings included."""
    plain = sorted(subject_names() - COMMON_WORDS - INDUSTRIES)
    patterns = [
        re.compile(rf"\b({'|'.join(map(_words, plain))})\b", re.IGNORECASE),
        re.compile(rf"[\"'/.]({'|'.join(sorted(COMMON_WORDS))})[\"'/.]"),
        re.compile(rf"[/.]({'|'.join(sorted(INDUSTRIES))})[/.]"),
    ]
    found = []
    for path in sorted((PACKAGE / "campus").rglob("*")):
        if not path.is_file() or path.suffix in BINARY or "__pycache__" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for match in filter(None, (pattern.search(line) for pattern in patterns)):
                found.append(f"{path.relative_to(ROOT)}:{number} names {match.group(1)!r}: {line.strip()[:80]}")
    assert found == []


def test_subjects_in_the_code_are_subjects_of_the_curriculum() -> None:
    coded = {path.parent.name for path in (PACKAGE / "subjects").glob("*/__init__.py")}
    taught = {
        path.parent.name for kind in ("hub", "spokes") for path in (ROOT / "curriculum").glob(f"{kind}/*/subject.yaml")
    }
    assert coded <= taught


@pytest.mark.parametrize("room", ["contract", "subjects"])
def test_randomness_comes_as_an_argument(room: str) -> None:
    """No module-level generator, no ``random`` module, no wall clock."""
    found = []
    for path in files(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import) and any(
                alias.name in {"random", "time", "secrets"} for alias in node.names
            ):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} imports a clock or a shared generator")
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS_AND_SHARED_LUCK:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {ast.unparse(node.func)}")
    assert found == []


CLOCKS_AND_SHARED_LUCK = {
    *(f"np.random.{name}" for name in ("seed", "rand", "randn", "normal", "random", "uniform", "choice", "shuffle")),
    *("datetime.now", "datetime.datetime.now", "datetime.today", "date.today", "datetime.date.today"),
}
