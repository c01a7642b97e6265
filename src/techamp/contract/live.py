"""What a page needs to run a simulation's kernel by itself, while the finger is on a slider: plain data, no code.

A ``Live`` names a WebAssembly module (the simulation's own kernel, compiled from the same Python), the block of memory
that it runs on, and **terms**: small formulas of the inputs for the words of the block that they set, for the times to
run to, and for the measures to read off. Python writes them once; the page works them out with the same IEEE
operations in the same order, so that both fill the same bits. ``block_of`` and ``measures_of`` are the same in Python:
tests hold a simulation's ``live`` against its ``run`` by them, and the page's JavaScript against them.

A module exports ``memory``, ``__heap_base`` and ``kernel(what, until, parts, I, F) → status`` (64-bit integer, double,
64-bit integer, two addresses of the block), and imports nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Block = NDArray[np.int64]
Values = Mapping[str, float | None]
Number = int | float
SEED = "seed"
"""The name under which terms read the seed."""


@dataclass(frozen=True)
class Term:
    """A formula: an operator and what it works on (terms, numbers, names). Built by ``given``, ``word`` and arithmetic.

    >>> (60.0 / given("minutes")).value({"minutes": 4.0}), (given("places") + 1).json
    (15.0, ['+', ['given', 'places'], 1])
    """

    operator: str
    operands: tuple[Any, ...]

    def __add__(self, other: Term | Number) -> Term:
        return Term("+", (self, other))

    def __sub__(self, other: Term | Number) -> Term:
        return Term("-", (self, other))

    def __mul__(self, other: Term | Number) -> Term:
        return Term("*", (self, other))

    def __truediv__(self, other: Term | Number) -> Term:
        return Term("/", (self, other))

    def __rmul__(self, other: Number) -> Term:
        return Term("*", (other, self))

    def __rtruediv__(self, other: Number) -> Term:
        return Term("/", (other, self))

    def otherwise(self, other: Term | Number) -> Term:
        """This where it has a value, else the other: an input that may be left empty."""
        return Term("otherwise", (self, other))

    def equals(self, number: Number, then: Term | Number, other: Term | Number) -> Term:
        """``then`` where this equals the number, else the other."""
        return Term("equals", (self, number, then, other))

    @property
    def names(self) -> frozenset[str]:
        """The inputs that it reads."""
        if self.operator == "given":
            return frozenset(self.operands)
        return frozenset().union(*(part.names for part in self.operands if isinstance(part, Term)))

    @property
    def json(self) -> list[Any]:
        """As nested lists: [operator, …]."""
        return [self.operator, *(part.json if isinstance(part, Term) else part for part in self.operands)]

    def value(self, values: Values, marks: Sequence[Block] = ()) -> float:
        """What it comes to. A division by zero gives NaN, as there is nothing to say."""
        found = self._worked_out(values, marks)
        return float("nan") if found is None else float(found)

    def _worked_out(self, values: Values, marks: Sequence[Block]) -> float | None:
        match self.operator:
            case "given":
                return values[self.operands[0]]
            case "word":
                mark, at, kind = self.operands
                block = marks[mark]
                return float(block[at] if kind == "integer" else block.view(np.float64)[at])
            case "otherwise":
                first, second = self.operands
                found = _of(first, values, marks)
                return _of(second, values, marks) if found is None else found
            case "equals":
                this, number, then, other = self.operands
                return _of(then if _of(this, values, marks) == number else other, values, marks)
        left, right = (_of(part, values, marks) for part in self.operands)
        return None if left is None or right is None else _OPERATORS[self.operator](left, right)


def _of(part: Term | Number, values: Values, marks: Sequence[Block]) -> float | None:
    return part._worked_out(values, marks) if isinstance(part, Term) else float(part)


_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b if b else float("nan"),
}


def given(name: str) -> Term:
    """The value of an input."""
    return Term("given", (name,))


def word(mark: int, at: int, kind: Literal["integer", "float"] = "float") -> Term:
    """A word of the block as it was at a mark (0 is the first)."""
    return Term("word", (mark, at, kind))


@dataclass(frozen=True)
class Place:
    """A word of the block that a term sets."""

    at: int
    term: Term
    kind: Literal["integer", "float"] = "float"


@dataclass(frozen=True)
class Call:
    """One call of the kernel, which must return 0; with ``mark`` the block is then kept for the measures to read."""

    what: int
    until: Term | float = 0.0
    parts: int = 0
    mark: bool = False


@dataclass(frozen=True)
class Live:
    """One simulation, ready to be run by a page. ``block`` holds everything that no term sets. ``rests_on``: inputs
    on which the block's shape rests, so that another value of them needs another ``Live``."""

    module: Path
    block: Block
    places: tuple[Place, ...]
    calls: tuple[Call, ...]
    measures: Mapping[str, Term]
    rests_on: tuple[str, ...] = ()

    @property
    def follows(self) -> frozenset[str]:
        """The inputs that the page may change."""
        terms = [place.term for place in self.places]
        terms += [call.until for call in self.calls if isinstance(call.until, Term)]
        return frozenset().union(*(term.names for term in (*terms, *self.measures.values()))) - {SEED}

    @property
    def json(self) -> dict[str, Any]:
        """What the page gets. A word of the block is [place, its bits as text]; all others are 0."""
        return {
            "size": len(self.block),
            "block": [[int(at), str(int(self.block[at]))] for at in np.flatnonzero(self.block)],
            "places": [[place.at, place.kind, place.term.json] for place in self.places],
            "calls": [
                [c.what, c.until.json if isinstance(c.until, Term) else c.until, str(c.parts), c.mark]
                for c in self.calls
            ],
            "measures": {name: term.json for name, term in self.measures.items()},
            "rests_on": list(self.rests_on),
            "follows": sorted(self.follows),
        }


def block_of(live: Live, values: Values) -> Block:
    """The block before the first call, for these inputs and (under ``seed``) that seed."""
    block = live.block.copy()
    floats = block.view(np.float64)
    for place in live.places:
        found = place.term.value(values)
        if place.kind == "integer":
            block[place.at] = int(found)
        else:
            floats[place.at] = found
    return block


def measures_of(live: Live, values: Values, marks: Sequence[Block]) -> dict[str, float]:
    """The measures, from the block at each mark; NaN where there is nothing to measure."""
    return {name: term.value(values, marks) for name, term in live.measures.items()}
