"""A kernel for the tests: the contract's draws, one after another."""

from __future__ import annotations

from typing import Any

from techamp.contract import kernel_random
from techamp.contract.kernels import Kernel, part


@part
def fill(seed: Any, cause: Any, entity: Any, n: Any, uniform: Any, normal: Any, exponential: Any) -> None:
    for step in range(n):
        uniform[step] = kernel_random.uniform(seed, cause, entity, step)
        normal[step] = kernel_random.normal(seed, cause, entity, step)
        exponential[step] = kernel_random.exponential(seed, cause, entity, step)


@part
def one_uniform(seed: Any, cause: Any, entity: Any, step: Any) -> Any:
    return kernel_random.uniform(seed, cause, entity, step)


@part
def one_normal(seed: Any, cause: Any, entity: Any, step: Any) -> Any:
    return kernel_random.normal(seed, cause, entity, step)


DRAWS = Kernel(
    "draws",
    __name__,
    {
        "fill": "int int int int floats floats floats",
        "one_uniform": "int int int int -> float",
        "one_normal": "int int int int -> float",
    },
    ("techamp.contract.kernel_random", "techamp.contract.random"),
)
