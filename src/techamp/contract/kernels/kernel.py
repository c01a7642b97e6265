"""A kernel as its callers see it: named functions, found in the cache when first called, compiled if need be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from techamp.contract.kernels import machine, stored
from techamp.contract.kernels.signature import Signature

UNCOMPILED = "TECHAMP_UNCOMPILED"
"""Environment variable: 1 runs every kernel as the plain Python that it is written in."""
KEPT = 8
"""Files of one kernel that stay in the cache: other checkouts, other computers with the same home."""
Watch = Callable[[float, str], object]
"""Is told the share of a compilation that is done, and what comes now."""


class Kernel:
    """Functions that are compiled together. Declaring one costs nothing; the first call loads its code.

    ``module`` holds the functions and, beside it, ``<name>.ir``; ``made_of`` are the other modules that their code
    comes from. ``functions`` maps names to signatures (see ``signature``).

    >>> kernel = Kernel("mixing", "a.b.mixing_kernel", {"mix": "int floats -> float"})  # doctest: +SKIP
    >>> kernel["mix"](3, np.zeros(8))  # doctest: +SKIP
    """

    def __init__(self, name: str, module: str, functions: Mapping[str, str], made_of: tuple[str, ...] = ()) -> None:
        self.name, self.module, self.made_of = name, module, made_of
        self.functions = {each: Function(self, each, Signature.read(text)) for each, text in functions.items()}
        self._texts = dict(functions)
        self._lock = threading.Lock()
        self._addresses: dict[str, int] = {}
        self._kept: object = None

    def __getitem__(self, name: str) -> Function:
        return self.functions[name]

    def described(self) -> str:
        """All that another process needs to know of it; ``read`` makes the kernel again."""
        return json.dumps([self.name, self.module, self._texts, self.made_of])

    @classmethod
    def read(cls, text: str) -> Kernel:
        name, module, functions, made_of = json.loads(text)
        return cls(name, module, functions, tuple(made_of))

    @cached_property
    def sources(self) -> str:
        """A digest of the text that its code comes from."""
        own = b"".join(_file(module).read_bytes() for module in (self.module, *self.made_of))
        return stored.digest(own + self.described().encode())

    @property
    def portable_file(self) -> Path:
        """The intermediate code that goes with the package."""
        return _file(self.module).with_name(f"{self.name}.ir")

    @cached_property
    def file(self) -> Path:
        """Where its machine code for this computer is, or will be."""
        told = f"{self.sources} {_tools()} {machine.processor()} {machine.versions()}"
        key = stored.digest(told.encode())[:16]
        return _writable_folder() / f"{self.name}-{key}"

    def compile(self, watch: Watch | None = None) -> None:
        """Put its machine code into the cache, in a process of its own; nothing if it is there. RuntimeError if it
        cannot be done."""
        with self._lock:
            if stored.read(self.file) is None:
                self._compile(watch)

    def address(self, name: str) -> int:
        """Where a function's machine code lies in memory."""
        with self._lock:
            if not self._addresses:
                found = stored.read(self.file)
                if found is None:
                    self._compile(None)
                    found = stored.read(self.file)
                if found is None:
                    raise RuntimeError(f"{self.file} cannot be read. Remove it, and say if that does not help.")
                self._addresses, self._kept = _in_memory(*found)
            return self._addresses[name]

    def _compile(self, watch: Watch | None) -> None:
        command = [sys.executable, "-m", "techamp.contract.kernels.compiling", self.described(), str(self.file)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with subprocess.Popen(
            command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            try:
                for line in process.stdout or ():
                    share, _space, what = line.strip().partition(" ")
                    if watch:
                        watch(float(share), what)
                complaint = process.stderr.read() if process.stderr else ""
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            raise RuntimeError(f"The kernel {self.name} could not be compiled:\n{complaint.strip()}")
        for old in sorted(self.file.parent.glob(f"{self.name}-*"), key=_age)[KEPT:]:
            old.unlink(missing_ok=True)


class Function:
    """One function of a kernel: call it with numbers and flat arrays. ``plain`` is the same in Python."""

    def __init__(self, kernel: Kernel, name: str, signature: Signature) -> None:
        self._kernel, self._name, self.signature = kernel, name, signature
        self._call: Callable[..., Any] | None = None

    @property
    def plain(self) -> Callable[..., Any]:
        """The Python that it is made from: slow, and the same to the last bit."""
        function: Callable[..., Any] = getattr(import_module(self._kernel.module), self._name)
        return function

    def __call__(self, *values: Any) -> Any:
        if self._call is None:
            if os.environ.get(UNCOMPILED) == "1":
                return self.plain(*values)
            self._call = self.signature.caller(self._kernel.address(self._name))
        return self._call(*values)


def compile_all(kernels: Iterable[Kernel]) -> None:
    """Compile those that are not in the cache, as many at a time as there are processors."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _done in pool.map(Kernel.compile, kernels):
            pass


def _in_memory(about: dict[str, Any], code: bytes) -> tuple[dict[str, int], object]:
    """(address of each function, what must stay alive)."""
    if about["form"] == "image":
        image = machine.Image(code)
        return {name: image.address + offset for name, offset in about["functions"].items()}, image
    from techamp.contract.kernels import (
        compiling,
    )  # a processor that ``linking`` has no rules for: LLVM loads the object

    return compiling.loaded(code, list(about["functions"]))


@cache
def _tools() -> str:
    """A digest of this package's own text: another way of compiling gives other code."""
    return stored.digest(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))))


def _file(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or not spec.origin:
        raise ModuleNotFoundError(f"There is no module {module}.")
    return Path(spec.origin)


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0


_temporary: list[tempfile.TemporaryDirectory[str]] = []


def _writable_folder() -> Path:
    """The cache; a folder for this process alone where the cache can be neither written nor made."""
    folder = machine.folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    if os.access(folder, os.W_OK) or any(folder.glob("*")):
        return folder
    if not _temporary:
        _temporary.append(tempfile.TemporaryDirectory(prefix="techamp-kernels-"))
    return Path(_temporary[0].name)
