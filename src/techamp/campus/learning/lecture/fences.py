"""Questions and simulations inside a lecture: YAML in a fence, checked against its schema, faults with their line."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from techamp.campus.learning.lecture.blocks import LiveSimulation, Question, SimulationDeclared
from techamp.campus.practice.files import Source
from techamp.campus.practice.schema import Item
from techamp.campus.program.problems import Problem

M = TypeVar("M", bound=BaseModel)
FENCES = ("question", "simulation")
_PLAIN_QUESTION = "id kind prompt options answer misconceptions hint solution derive use"


def read_fence(
    kind: str, source: str, file: Path, line: int, place: str
) -> tuple[Question | LiveSimulation | None, list[Problem]]:
    """The block that a fence declares (None if it cannot be used), and its problems; ``line`` is its first."""
    if kind == "simulation":
        declared, problems = read_mapping(SimulationDeclared, source, file, line)
        return (LiveSimulation(place, declared, line) if declared else None), problems
    values, problems = _values(source, file, line)
    if values is None:
        return None, problems
    if extra := [key for key in values if key not in _PLAIN_QUESTION.split()]:
        at = line + _line_of(source, [str(extra[0])])
        known = ", ".join(_PLAIN_QUESTION.split())
        return None, [Problem(file, at, f"A question in a lecture has no {extra[0]!r}.", f"Use: {known}.")]
    item, problems = _validated(Item, {"title": str(values.get("id", "")), **values}, source, file, line)
    if item is None:
        return None, problems
    content = hashlib.sha256(source.encode()).hexdigest()[:12]
    return Question(Source(item, file, content=content), line), problems


def read_mapping(model: type[M], source: str, file: Path, line: int) -> tuple[M | None, list[Problem]]:
    """YAML as a schema; None and the problems, each with its line, if it does not fit."""
    values, problems = _values(source, file, line)
    return (None, problems) if values is None else _validated(model, values, source, file, line)


def _values(source: str, file: Path, line: int) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        values = yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "cannot be read"
        at = line + (mark.line if mark else 0)
        return None, [Problem(file, at, f"This is not YAML: {what}.", "Put text with a colon or quotes in quotes.")]
    if not isinstance(values, dict):
        return None, [Problem(file, line, "This is no list of keys and values.", "Write key: value, one on a line.")]
    return values, []


def _validated(
    model: type[M], values: dict[str, Any], source: str, file: Path, line: int
) -> tuple[M | None, list[Problem]]:
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, [_problem(fault, source, file, line) for fault in error.errors()]


def _problem(fault: Any, source: str, file: Path, line: int) -> Problem:
    path = [str(part) for part in fault["loc"]]
    at, where = line + _line_of(source, path), ".".join(path)
    if fault["type"] == "extra_forbidden" and " " in path[-1]:
        what = f"A comma splits the text before {path[-1]!r} ({'.'.join(path[:-1])})."
        return Problem(file, at, what, "Put the whole text in quotes.")
    if fault["type"] == "extra_forbidden":
        return Problem(file, at, f"{where} is not known here.", "Look at its spelling or take it out.")
    what = fault["msg"].removeprefix("Value error, ").rstrip(".")
    return Problem(file, at, f"{where}: {what}." if where else f"{what}.", "See the format in docs/authoring.md.")


def _line_of(source: str, path: list[str]) -> int:
    """Lines above ``options.2.says``: down to the key, and on to the entry of its list; 0 if it is not found."""
    found = re.search(rf"^{re.escape(path[0])}\s*:", source, re.MULTILINE) if path else None
    if not found:
        return 0
    entries = list(re.finditer(r"^\s*- ", source[found.end() :], re.MULTILINE))
    index = int(path[1]) if len(path) > 1 and path[1].isdigit() else -1
    at = found.end() + entries[index].start() if 0 <= index < len(entries) else found.start()
    return source[:at].count("\n")
