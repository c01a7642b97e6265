"""``@part``: marks a function that goes into a kernel. Plain Python, except where a kernel is being translated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_translate: Callable[[Any], Any] | None = None


def part(function: Any) -> Any:
    """The function itself; in the process that translates kernels, what Numba makes of it."""
    return function if _translate is None else _translate(function)


def translate_with(translate: Callable[[Any], Any]) -> None:
    """From now on ``part`` returns ``translate(function)``: called by ``portable`` before any kernel is imported."""
    global _translate
    _translate = translate
