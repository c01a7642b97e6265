"""Expressions of trusted authors: Python on the item's values and a few named functions. Never a learner's text."""

from __future__ import annotations

import importlib
import math
import statistics
from collections.abc import Mapping, Sequence
from functools import cache
from types import CodeType, ModuleType
from typing import Any

from techamp.contract import registry


class ItemError(ValueError):
    """An item that cannot be put to a learner: where in it, what is wrong, how to mend it."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        self.where, self.problem, self.remedy = where, problem, remedy
        super().__init__(f"{where}: {problem} {remedy}".strip())


def spread(values: Sequence[float]) -> float:
    """Largest less smallest: what quality work calls the range."""
    return max(values) - min(values)


FUNCTIONS: dict[str, Any] = {
    "abs": abs, "min": min, "max": max, "round": round, "sum": sum, "len": len, "sorted": sorted, "zip": zip,
    "enumerate": enumerate, "range": range, "int": int, "float": float, "str": str, "list": list, "any": any,
    "all": all,
    "sqrt": math.sqrt, "log": math.log, "exp": math.exp, "pi": math.pi, "floor": math.floor, "ceil": math.ceil,
    "mean": statistics.fmean, "sd": statistics.stdev, "variance": statistics.variance, "median": statistics.median,
    "range_": spread,
}  # fmt: skip


class Subject:
    """A subject's public functions, imported when an expression asks for them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._package = next((f"{root}.{name}" for root, folder in registry.roots() if (folder / name).is_dir()), "")
        if not self._package:
            known = sorted({d.name for _p, folder in registry.roots() for d in folder.iterdir() if d.is_dir()})
            named = ", ".join(n for n in known if not n.startswith("_"))
            raise ItemError("use", f"there is no subject {name!r}.", f"Use one of: {named}.")

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        found = getattr(importlib.import_module(self._package), attribute, None) or _module(
            f"{self._package}.{attribute}"
        )
        if found is None:
            raise AttributeError(f"{self._name} has no public {attribute!r}")
        return found


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


@cache
def subject(name: str) -> Subject:
    """The subject of that name; ItemError names those there are."""
    return Subject(name)


@cache
def _compiled(expression: str) -> CodeType:
    return compile(expression.strip(), "<expression>", "eval")


def evaluate(expression: str, names: Mapping[str, Any], where: str) -> Any:
    """The value of an expression; ItemError says where it stands and why it fails."""
    try:
        return plain(eval(_compiled(expression), {"__builtins__": {}, **FUNCTIONS, **names}))
    except ItemError:
        raise
    except NameError as error:
        known = ", ".join(n for n in names if not n.startswith("_"))
        raise ItemError(where, f"{expression!r}: {error}.", f"Values here are: {known or 'none'}.") from None
    except Exception as error:
        remedy = "Mend the expression or the range of its values."
        raise ItemError(where, f"{expression!r} fails: {error}.", remedy) from None


def number(expression: str, names: Mapping[str, Any], where: str) -> float:
    """An expression that must give one finite number."""
    value = evaluate(expression, names, where)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ItemError(where, f"{expression!r} gives {value!r}, which is not a number.", "Make it give one number.")
    if not math.isfinite(value):
        raise ItemError(where, f"{expression!r} gives {value}.", "Narrow the values so that it stays finite.")
    return value


def plain(value: Any) -> Any:
    """numpy's numbers and arrays as Python's own; everything else as it is."""
    if hasattr(value, "tolist") and not isinstance(value, type):
        return value.tolist()
    if isinstance(value, tuple | list) and type(value) in (tuple, list):
        return [plain(v) for v in value]
    return value


def is_finite(value: Any) -> bool:
    """Whether every number in a value is finite."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list):
        return all(is_finite(v) for v in value)
    return all(is_finite(v) for v in value.values()) if isinstance(value, dict) else True
