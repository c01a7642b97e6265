"""Where things lie: the curriculum, other people's files, and what a running campus keeps."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent.parent


def curriculum_root() -> Path:
    """The folder with ``program.yaml``: what ``TECHAMP_CURRICULUM`` names, or the program's own."""
    named = os.environ.get("TECHAMP_CURRICULUM")
    if named:
        return _existing(Path(named), "program.yaml")
    return _shipped("curriculum")


def vendor_root() -> Path:
    """The folder with other people's JavaScript and fonts, listed in its ``vendor.json``."""
    return _shipped("vendor")


def data_root() -> Path:
    """The folder with database, secret key, uploads and compiled kernels: ``TECHAMP_HOME``, or ``.techamp`` here.

    It need not exist yet.
    """
    return Path(os.environ.get("TECHAMP_HOME") or ".techamp").expanduser().absolute()


@cache
def _shipped(name: str) -> Path:
    """``techamp/_curriculum`` in an installed wheel, ``curriculum/`` beside ``src/`` in a checkout."""
    in_wheel = PACKAGE / f"_{name}"
    return in_wheel if in_wheel.is_dir() else CHECKOUT / name


def _existing(folder: Path, file: str) -> Path:
    path = folder.expanduser().absolute()
    if not (path / file).is_file():
        raise FileNotFoundError(
            f"TECHAMP_CURRICULUM must name a folder with {file} in it, but {path} has none. "
            "Correct the path, or unset TECHAMP_CURRICULUM to use the program's own curriculum."
        )
    return path
