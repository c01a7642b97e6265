"""A kernel is compiled when it is first called, and gives what its Python gives."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from techamp.contract.kernels import Kernel, compiling, machine, stored
from techamp.contract.kernels.linking import CannotLink, linked

SOURCE = """
from techamp.contract.kernels import part

@part
def weighted(n, x, yes):
    total = 0.0
    for i in range(len(x)):
        if yes or x[i] > 0.0:
            total += n * x[i]
    return total

@part
def count(words, flags):
    words[0] = 0
    for i in range(len(flags)):
        if flags[i]:
            words[0] += 1
"""
FUNCTIONS = {"weighted": "int floats bool -> float", "count": "int* flags"}
Make = Callable[[], Kernel]


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], bytes]:
    """The intermediate code of SOURCE, which takes Numba seconds."""
    folder = tmp_path_factory.mktemp("translated")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
        (folder / "small_kernel.py").write_text(SOURCE)
        kernel = Kernel("small", "small_kernel", FUNCTIONS)
        return {"sources": kernel.sources}, compiling.portable_code(kernel)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translated: tuple[dict[str, object], bytes]) -> Make:
    """Another object for the same kernel each time, as another process would have it; its cache is empty at first."""
    monkeypatch.setenv("TECHAMP_KERNELS", str(tmp_path / "cache"))
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "small_kernel.py").write_text(SOURCE)
    importlib.invalidate_caches()
    monkeypatch.delitem(sys.modules, "small_kernel", raising=False)  # of the test before
    stored.write(tmp_path / "small.ir", *translated)
    return lambda: Kernel("small", "small_kernel", FUNCTIONS)


def answer(kernel: Kernel) -> float:
    found: float = kernel["weighted"](2, np.array([1.5, -1.0, 0.25]), False)
    return found


def test_machine_code_gives_what_python_gives(make: Make) -> None:
    kernel = make()
    x, flags, words = np.linspace(-1.0, 3.0, 50), np.arange(50) % 3 == 0, np.zeros(1, np.int64)
    for yes in (False, True):
        assert kernel["weighted"](3, x, yes) == kernel["weighted"].plain(3, x, yes)
    kernel["count"](words, flags)
    assert words[0] == 17
    assert stored.read(kernel.file) is not None


def test_what_is_in_the_cache_is_not_compiled_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    make().compile(lambda share, _what: told.append(share))
    assert told == sorted(told)
    assert told
    monkeypatch.setattr(Kernel, "_compile", lambda *_: pytest.fail("compiled again"))
    make().compile()
    assert answer(make()) == 3.5


@pytest.mark.parametrize("spoil", [lambda code: code[:-9], lambda code: code[:-1] + b"\1"])
def test_a_spoilt_file_is_compiled_anew(make: Make, spoil: Callable[[bytes], bytes]) -> None:
    kernel = make()
    kernel.compile()
    whole = kernel.file.read_bytes()
    kernel.file.write_bytes(spoil(whole))
    assert answer(make()) == 3.5
    assert kernel.file.read_bytes() == whole


def test_two_at_once_do_not_harm_each_other(make: Make) -> None:
    found: list[float] = []
    threads = [threading.Thread(target=lambda: found.append(answer(make()))) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3.5, 3.5]
    assert [path.name for path in make().file.parent.iterdir()] == [make().file.name]


def test_another_processor_has_another_file(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    here = make().file
    monkeypatch.setattr(machine, "processor", lambda: "another")
    assert make().file != here


def test_a_changed_source_is_translated_and_compiled(make: Make, tmp_path: Path) -> None:
    before = make().file
    (tmp_path / "small_kernel.py").write_text(SOURCE.replace("n * x[i]", "10 * n * x[i]"))
    after = make()
    assert after.file != before
    assert answer(after) == 35.0


def test_a_kernel_that_may_raise_is_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "small_kernel.py").write_text(SOURCE.replace("total += n * x[i]", "total += (1.0, 2.0)[n]"))
    with pytest.raises(RuntimeError, match="may raise an exception"):
        answer(make())


def test_llvm_loads_what_cannot_be_linked(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = make()
    monkeypatch.setattr(compiling, "LINKED", {})
    about, code = compiling.machine_code(compiling.portable_code(kernel), list(FUNCTIONS))
    assert about["form"] == "object"
    stored.write(kernel.file, about, code)
    assert answer(kernel) == 3.5


def test_an_object_that_needs_others_is_not_linked() -> None:
    with pytest.raises(CannotLink, match="not an ELF file"):
        linked(b"something else")


def test_uncompiled_runs_the_python(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_UNCOMPILED", "1")
    kernel = make()
    assert answer(kernel) == 3.5
    assert not kernel.file.exists()


@pytest.mark.parametrize(
    "array", [np.zeros(3, np.float32), np.zeros((2, 2)), np.zeros(6)[::2], np.broadcast_to(1.0, 5), np.zeros(3, int)]
)
def test_arrays_that_would_be_misread_are_refused(make: Make, array: np.ndarray) -> None:
    with pytest.raises(TypeError, match="takes floats as a flat array without gaps"):
        make()["weighted"](1, array, True)


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(ValueError, match="'number' in 'number -> int' is none of int, float"):
        Kernel("small", "small_kernel", {"f": "number -> int"})
    with pytest.raises(ValueError, match="gives a number or nothing"):
        Kernel("small", "small_kernel", {"f": "int -> floats"})
