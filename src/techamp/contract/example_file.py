"""Files to try a study with, as they would come from a plant; found by their place, like studies."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from techamp.contract.registry import roots


@dataclass(frozen=True)
class ExampleFile:
    """``name``: the file's own, beside the module that declares it; ``about``: what is in it, and what to find out.

    A subject lists its own in ``subjects/<subject>/examples/__init__.py`` as ``EXAMPLES``.
    """

    name: str
    title: str
    about: str
    folder: Path = field(repr=False)

    @property
    def content(self) -> bytes:
        """The file, byte for byte."""
        return (self.folder / self.name).read_bytes()


@cache
def example_files() -> tuple[ExampleFile, ...]:
    """The files that subjects offer."""
    found: list[ExampleFile] = []
    for package, root in roots():
        for path in sorted(root.glob("*/examples/__init__.py")):
            found += importlib.import_module(f"{package}.{path.parts[-3]}.examples").EXAMPLES
    return tuple(found)


def example_file(name: str) -> ExampleFile:
    """The one of that name; LookupError names those there are."""
    for file in example_files():
        if file.name == name:
            return file
    known = ", ".join(file.name for file in example_files())
    raise LookupError(f"There is no example file {name!r}; there are: {known}.")
