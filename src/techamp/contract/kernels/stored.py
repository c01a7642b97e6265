"""Files that hold code: a line of JSON that says what it is, then the bytes. Whole or not there at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def packed(about: dict[str, Any], content: bytes) -> bytes:
    """What ``unpacked`` reads."""
    return json.dumps(about | {"digest": digest(content)}, sort_keys=True).encode() + b"\n" + content


def unpacked(file: bytes) -> tuple[dict[str, Any], bytes] | None:
    """(what it is, its bytes); None if it is cut short or altered."""
    first, _newline, content = file.partition(b"\n")
    try:
        about = json.loads(first)
    except ValueError:
        return None
    if not isinstance(about, dict) or about.get("digest") != digest(content):
        return None
    return about, content


def read(path: Path) -> tuple[dict[str, Any], bytes] | None:
    """The file's content; None if there is none that can be used."""
    try:
        return unpacked(path.read_bytes())
    except OSError:
        return None


def write(path: Path, about: dict[str, Any], content: bytes) -> None:
    """Put a file in place in one move, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(packed(about, content))
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
