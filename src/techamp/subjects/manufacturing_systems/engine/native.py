"""The kernels as machine code. ``TECHAMP_UNCOMPILED=1`` runs the same source as Python: the oracle of the tests."""

from __future__ import annotations

from typing import cast

from techamp.contract.kernels import Kernel
from techamp.contract.kernels.kernel import compile_all
from techamp.subjects.manufacturing_systems.engine import events, line
from techamp.subjects.manufacturing_systems.engine.memory import Floats, Words

_HERE = "techamp.subjects.manufacturing_systems.engine"
_SHARED = ("techamp.contract.kernel_random", "techamp.contract.random", f"{_HERE}.streams", f"{_HERE}.words")
SIGNATURE = "int float int int* float* -> int"
_LINE = (f"{_HERE}.line_words", *(f"{_HERE}.line.{room}" for room in line.ROOMS[:-1]))
LINE = Kernel("line", f"{_HERE}.line.kernel", {"line": SIGNATURE}, (*_SHARED, *_LINE))
_EVENTS = (f"{_HERE}.event_words", *(f"{_HERE}.events.{room}" for room in events.ROOMS[:-1]))
EVENTS = Kernel("events", f"{_HERE}.events.kernel", {"events": SIGNATURE}, (*_SHARED, *_EVENTS))
KERNELS = {"line": LINE, "events": EVENTS}
START, STEP, MEASURE = range(3)
_line, _events = LINE["line"], EVENTS["events"]


def compile_kernels() -> None:
    """Compile both into the cache, side by side (3 s the first time); else each does so at its first call."""
    compile_all(KERNELS.values())


def line_kernel(what: int, until: float, parts: int, I: Words, F: Floats) -> int:  # noqa: E741
    """Call the recursion on its memory: start, step or measure. Returns a status of ``words``."""
    return cast(int, _line(what, until, parts, I, F))


def event_kernel(what: int, until: float, parts: int, I: Words, F: Floats) -> int:  # noqa: E741
    """Call the event kernel on its memory."""
    return cast(int, _events(what, until, parts, I, F))
