"""What a kernel's function takes and gives, as text: ``"int float floats -> float"``.

``int`` and ``float`` are numbers of 64 bits, ``bool`` is yes or no. ``ints``, ``floats`` and ``flags`` are flat NumPy
arrays that the function sees with their length. ``int*`` and ``float*`` are arrays that it sees as bare memory: no
length, no slices, and no counting from the end, which makes every index cheaper.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ARRAYS = {"ints": "<i8", "floats": "<f8", "flags": "|b1"}
MEMORY = {"int*": "<i8", "float*": "<f8"}
NUMBERS: dict[str, Any] = {"int": ctypes.c_int64, "float": ctypes.c_double, "bool": ctypes.c_int64}


@dataclass(frozen=True)
class Signature:
    """The kinds of the arguments, and of what comes back ("" for nothing)."""

    takes: tuple[str, ...]
    gives: str

    @classmethod
    def read(cls, text: str) -> Signature:
        """Raises ValueError on a word that is no kind."""
        before, _arrow, after = text.partition("->")
        found = cls(tuple(before.split()), after.strip())
        for kind in found.takes:
            if kind not in NUMBERS | ARRAYS | MEMORY:
                raise ValueError(f"{kind!r} in {text!r} is none of {', '.join(NUMBERS | ARRAYS | MEMORY)}.")
        if found.gives and found.gives not in NUMBERS:
            raise ValueError(f"A kernel gives a number or nothing, not {found.gives!r}.")
        return found

    def prototype(self) -> Any:
        """The ctypes form; calling through it lets other threads run."""
        types: list[Any] = []
        for kind in self.takes:
            types += [NUMBERS[kind]] if kind in NUMBERS else [ctypes.c_void_p]
            types += [ctypes.c_int64] if kind in ARRAYS else []
        return ctypes.CFUNCTYPE(NUMBERS[self.gives] if self.gives else None, *types)

    def caller(self, address: int) -> Callable[..., Any]:
        """The machine code at an address as a Python function."""
        call, takes, gives = self.prototype()(address), self.takes, self.gives

        def called(*values: Any) -> Any:
            given: list[Any] = []
            for kind, value in zip(takes, values, strict=True):
                if kind == "float":
                    given.append(float(value))
                elif kind in NUMBERS:
                    given.append(int(value))
                else:
                    given.append(_address(kind, value))
                    if kind in ARRAYS:
                        given.append(len(value))
            found = call(*given)
            return bool(found) if gives == "bool" else found

        return called


def _address(kind: str, array: Any) -> int:
    """Where an array's numbers begin. TypeError if it is not flat and gapless, or holds something else."""
    told = array.__array_interface__
    if told["typestr"] != (ARRAYS.get(kind) or MEMORY[kind]) or len(told["shape"]) != 1 or told["strides"]:
        raise TypeError(f"A kernel takes {kind} as a flat array without gaps, not {array.dtype} {array.shape}.")
    address: int = told["data"][0]
    return address
