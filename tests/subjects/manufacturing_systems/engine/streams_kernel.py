"""A kernel for the tests: many times from one distribution."""

from __future__ import annotations

from typing import Any

from techamp.contract.kernels import Kernel, part
from techamp.subjects.manufacturing_systems.engine import streams


@part
def draws(I: Any, F: Any, record: Any, cause: Any, out: Any) -> None:  # noqa: E741
    level = streams.below(streams.first(5, cause), 7)
    for i in range(len(out)):
        out[i] = streams.draw(I, F, record, streams.at(level, i))


@part
def exponentials(x: Any, out: Any) -> None:
    for i in range(len(x)):
        out[i] = streams.exp(x[i])


STREAMS = Kernel(
    "streams",
    __name__,
    {"draws": "ints floats int int floats", "exponentials": "floats floats"},
    ("techamp.contract.kernel_random", "techamp.contract.random", streams.__name__),
)
