"""YAML and JSON text to plain values, without YAML's traps.

Numbers and truth values are those of YAML 1.2 ("6:30" is text and not 390; "no" is a name and not false); a key that
stands twice is refused; every mistake of form becomes a sentence with its line.
"""

from __future__ import annotations

import json
import re
from typing import Any

from techamp.contract.errors import InvalidInput

LONGEST = 2_000_000
DEEPEST = 30
_FLOAT = re.compile(
    r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$|^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$"
)
_WHOLE = re.compile(r"^[-+]?[0-9]+$")


def plain_values(text: str, name: str = "file") -> Any:
    """What a YAML or JSON text says. Raises InvalidInput with the line where the form is wrong."""
    if len(text) > LONGEST:
        rule = f"must be at most {LONGEST:,} characters long"
        raise InvalidInput(name, rule, f"{len(text):,} characters", "Model a part of the factory.")
    values = _json(text, name) if text.lstrip().startswith("{") else _yaml(text, name)
    if _depth(values) > DEEPEST:
        raise InvalidInput(name, f"must be nested at most {DEEPEST} deep", "deeper", "Check the indents.")
    return values


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_int=_whole)
    except (ValueError, RecursionError):
        return _yaml(text, name)  # flow-style YAML begins with a brace too, and YAML's reader names the line


def _yaml(text: str, name: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=_loader())  # a safe loader: it makes plain values only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}" if mark else name
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise InvalidInput(
            where, "must be YAML or JSON", str(problem)[:60], "Check indents, colons and quotes."
        ) from None
    except RecursionError:
        raise InvalidInput(name, f"must be nested at most {DEEPEST} deep", "deeper", "Check the indents.") from None


def _loader() -> Any:
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Numbers and truth of YAML 1.2, and no key twice."""

        yaml_implicit_resolvers: dict[str, Any] = {}

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen: set[str] = set()
            for key, _value in node.value:
                if key.value in seen and isinstance(key.value, str):
                    raise yaml.MarkedYAMLError(problem=f"“{key.value}” stands twice", problem_mark=key.start_mark)
                seen.add(str(key.value))
            return super().construct_mapping(node, deep=deep)

    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
    )
    Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
    Loader.add_implicit_resolver("tag:yaml.org,2002:int", _WHOLE, list("-+0123456789"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-+0123456789."))
    Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: _whole(node.value))
    Loader.add_constructor("tag:yaml.org,2002:float", _number)
    return Loader


def _whole(text: str) -> float:
    """A whole number; as a float where it has more digits than any count."""
    return int(text) if len(text) < 19 else float(text)


def _number(loader: Any, node: Any) -> float:
    text = node.value.lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _depth(values: Any, limit: int = DEEPEST + 1) -> int:
    """How deep values are nested; stops at the limit, and visits a shared branch once."""
    level, depth, seen = [values], 0, set()
    while level and depth < limit:
        depth += 1
        below = []
        for one in level:
            if isinstance(one, (dict, list)) and id(one) not in seen:
                seen.add(id(one))
                below += list(one.values()) if isinstance(one, dict) else one
        level = below
    return depth
