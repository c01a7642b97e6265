"""The kernels as native functions: compiled once into the cache, called without the interpreter's lock.

With NUMBA_DISABLE_JIT=1 the same source runs as Python: the oracle of the tests.
"""

from __future__ import annotations

import ctypes
import hashlib
import threading
from functools import cache
from pathlib import Path
from typing import Any, cast

from numba import cfunc, config, types

from techamp.contract import kernel_random
from techamp.subjects.manufacturing_systems.engine.event_kernel import events as _events
from techamp.subjects.manufacturing_systems.engine.line_kernel import line as _line
from techamp.subjects.manufacturing_systems.engine.memory import Floats, Words

_pointer = cast(Any, types.CPointer)
SIGNATURE = types.int64(types.int64, types.float64, types.int64, _pointer(types.int64), _pointer(types.float64))
_INTEGERS, _FLOATS = ctypes.POINTER(ctypes.c_int64), ctypes.POINTER(ctypes.c_double)
START, STEP, MEASURE = range(3)
_LOCK = threading.Lock()


def sources() -> str:
    """A digest of all that the kernels are made of: part of the cache's key, as Numba looks at one file only."""
    here = Path(__file__).parent
    files = [
        *sorted(here.glob("*kernel*.py")),
        *(here / f"{name}.py" for name in ("streams", "words", "event_words")),
        Path(kernel_random.__file__),
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def line_entry(digest: int) -> Any:
    """The entry that is compiled and cached; a closure, since the cache's key holds what it closes over."""

    def entry(what: Any, until: Any, parts: Any, I: Any, F: Any) -> Any:  # noqa: E741
        return _line(what, until, parts, I, F) + 0 * digest

    return entry


def event_entry(digest: int) -> Any:
    """The same for events."""

    def entry(what: Any, until: Any, parts: Any, I: Any, F: Any) -> Any:  # noqa: E741
        return _events(what, until, parts, I, F) + 0 * digest

    return entry


def _compiled(entry: Any) -> Any:
    """The address form: pointers index without Python's negative indices, and ctypes lets other threads run."""
    if cast(Any, config).DISABLE_JIT:
        return None
    return cfunc(SIGNATURE, cache=True, error_model="numpy")(entry)


@cache
def _line_native() -> Any:
    return _compiled(line_entry(int(sources()[:12], 16)))


@cache
def _events_native() -> Any:
    return _compiled(event_entry(int(sources()[:12], 16)))


def compile_kernels() -> None:
    """Compile both into the cache (about 20 s the first time, 0.3 s later); else each does so at its first call."""
    with _LOCK:
        _line_native()
        _events_native()


def line_kernel(what: int, until: float, parts: int, I: Words, F: Floats) -> int:  # noqa: E741
    """Call the recursion on its memory: start, step or measure. Returns a status of ``words``."""
    return _call(_line_native, _line, what, until, parts, I, F)


def event_kernel(what: int, until: float, parts: int, I: Words, F: Floats) -> int:  # noqa: E741
    """Call the event kernel on its memory."""
    return _call(_events_native, _events, what, until, parts, I, F)


def _call(native: Any, plain: Any, what: int, until: float, parts: int, I: Words, F: Floats) -> int:  # noqa: E741
    with _LOCK:
        compiled = native()
    if compiled is None:
        return int(plain(what, until, parts, I, F))
    return int(compiled.ctypes(what, until, parts, I.ctypes.data_as(_INTEGERS), F.ctypes.data_as(_FLOATS)))
