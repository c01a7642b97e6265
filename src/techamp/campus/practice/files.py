"""Items as they lie in a module's folder: ``practice/<item>.yaml`` and, where that is not enough, ``<item>.py``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml

from techamp.campus.practice.draw import Draw
from techamp.campus.practice.expressions import ItemError
from techamp.campus.practice.schema import Item
from techamp.campus.program.curriculum import CurriculumError, read_yaml, validated

Generate = Callable[[Draw], dict[str, Any]]


@dataclass(frozen=True)
class Source:
    """An item with its generator, if it has one, its file, and a hash over both files."""

    item: Item
    path: Path
    generate: Generate | None = None
    content: str = ""


def item_path(folder: Path, id: str) -> Path:
    """Where an item of a module lies."""
    return folder / "practice" / f"{id}.yaml"


def load(folder: Path, id: str) -> Source:
    """An item of a module's folder; CurriculumError says which file and how to mend it."""
    return load_file(item_path(folder, id))


def load_file(path: Path) -> Source:
    """An item by its file. Read again only when a file has changed."""
    script = path.with_suffix(".py")
    return _loaded(path, _stamp(path), _stamp(script))


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=2048)
def _loaded(path: Path, stamp: int, script_stamp: int) -> Source:
    item = validated(Item, read_yaml(path), path)
    if item.id != path.stem:
        raise CurriculumError(f"{path}: id: is {item.id!r}, the file says {path.stem!r}. Make them the same.")
    script = path.with_suffix(".py")
    code = script.read_bytes() if script_stamp else b""
    digest = hashlib.sha256(path.read_bytes() + b"\0" + code).hexdigest()[:12]
    return Source(item, path, _generator(script, code) if script_stamp else None, digest)


def from_values(values: dict[str, Any], generate: Generate | None = None, path: Path | None = None) -> Source:
    """An item that lies in no file of its own, such as a question inside a text."""
    path = path or Path(str(values.get("id", "item")))
    content = hashlib.sha256(repr(values).encode()).hexdigest()[:12]
    return Source(validated(Item, values, path), path, generate, content)


def _generator(script: Path, code: bytes) -> Generate:
    names: dict[str, Any] = {"__name__": f"practice.{script.stem}", "__file__": str(script)}
    try:
        exec(compile(code, str(script), "exec"), names)
    except Exception as error:
        raise CurriculumError(f"{script}: does not run: {error}. Mend it, or take the file out.") from error
    if not callable(names.get("generate")):
        raise CurriculumError(f"{script}: defines no generate(rng) -> dict. Add it, or take the file out.")
    return cast(Generate, names["generate"])


def generated(source: Source, rng: Draw) -> dict[str, Any]:
    """What the generator gives; ItemError when it fails or gives no values by name."""
    assert source.generate is not None
    try:
        values = source.generate(rng)
    except Exception as error:
        raise ItemError("generate", f"fails: {error!r}.", "Mend the Python file beside the item.") from error
    if not isinstance(values, dict) or not all(isinstance(k, str) and k.isidentifier() for k in values):
        raise ItemError("generate", "must give a dict of values by name.", "Return {name: value, …}.")
    return values


@lru_cache(maxsize=256)
def _lines(path: Path, stamp: int) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}

    def walk(node: yaml.Node | None, at: tuple[str, ...]) -> None:
        if node is None:
            return
        found[at] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, (*at, str(key.value)))
                found[(*at, str(key.value))] = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                walk(value, (*at, str(index)))

    walk(yaml.compose(path.read_text(encoding="utf-8")), ())
    return found


def line_of(path: Path, where: str) -> int:
    """The line of ``misconceptions.0.is`` in a file, or of what is around it; 1 when the file cannot be read."""
    try:
        lines = _lines(path, _stamp(path))
    except (OSError, yaml.YAMLError):
        return 1
    parts = tuple(where.split("."))
    return next((lines[parts[:n]] for n in range(len(parts), -1, -1) if parts[:n] in lines), 1)
