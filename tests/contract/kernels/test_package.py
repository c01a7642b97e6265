"""What goes with the package is what its sources give."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from techamp.contract.kernels import Kernel, portable, stored
from techamp.contract.kernels.finding import kernels

ALL = kernels()
SELF = "techamp.contract.kernels"


@pytest.mark.parametrize("kernel", ALL, ids=lambda kernel: kernel.name)
def test_intermediate_code_is_made_from_these_sources(kernel: Kernel) -> None:
    found = stored.read(kernel.portable_file)
    assert found is not None
    assert found[0]["sources"] == kernel.sources, "kernels have changed: python -m techamp.contract.kernels.portable"


@pytest.mark.parametrize("kernel", ALL, ids=lambda kernel: kernel.name)
def test_every_module_that_a_kernel_comes_from_is_named(kernel: Kernel) -> None:
    named = {kernel.module, *kernel.made_of}
    for module in named:
        assert imported(module) - {SELF} <= named


def imported(module: str) -> set[str]:
    """Modules of ours that a module imports at its top."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    found: set[str] = set()
    for line in ast.parse(Path(spec.origin).read_text("utf-8")).body:
        if isinstance(line, ast.ImportFrom) and (line.module or "").startswith("techamp"):
            for name in line.names:
                inner = f"{line.module}.{name.name}"
                found.add(inner if is_module(inner) else line.module or "")
    return found


def is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def test_a_new_translation_gives_the_same_bytes() -> None:
    smallest = min(ALL, key=lambda kernel: kernel.portable_file.stat().st_size)
    packed = smallest.portable_file.read_bytes()
    about, code = stored.unpacked(packed) or ({}, b"")
    if about["versions"] != portable.versions():
        pytest.skip("other versions of numba or llvmlite than the files were made with")
    command = [sys.executable, "-m", portable.__name__, "--print", smallest.described()]
    fresh = stored.unpacked(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    assert fresh is not None
    assert fresh[1] == code
