"""Her copy of the model plant: plant.yaml, with what her passed challenges wrote into it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from techamp.campus.learning.models import Attempt, PlantValue
from techamp.campus.people.models import LedgerKey
from techamp.campus.program.curriculum import curriculum

PREFIX = "$plant."


@dataclass(frozen=True)
class FromPlant:
    """An input that came from the plant: which, its value, and the challenge of hers that set it (or none)."""

    input: str
    path: str
    value: Any
    challenge: str = ""


def resolve(values: Mapping[str, Any], key: LedgerKey | None) -> tuple[dict[str, Any], list[FromPlant]]:
    """Inputs with each ``$plant.<path>`` replaced by her number, and where those came from."""
    paths = {name: v[len(PREFIX) :] for name, v in values.items() if isinstance(v, str) and v.startswith(PREFIX)}
    own = _own(key, list(paths.values())) if key and paths else {}
    plain, came = dict(values), []
    for name, path in paths.items():
        mine = own.get(path)
        plain[name] = mine.value if mine else curriculum().plant_value(path)
        title = str(mine.attempt.realized.get("title", "")) if mine and mine.attempt else ""
        came.append(FromPlant(name, path, plain[name], title))
    return plain, came


def _own(key: LedgerKey, paths: list[str]) -> dict[str, PlantValue]:
    return {v.path: v for v in PlantValue.objects.filter(key=key, path__in=paths).select_related("attempt")}


def write(key: LedgerKey, path: str, value: Any, attempt: Attempt) -> None:
    """A passed challenge changes her plant. The path must be one that plant.yaml has."""
    curriculum().plant_value(path)
    PlantValue.objects.update_or_create(key=key, path=path, defaults={"value": value, "attempt": attempt})


def whole(key: LedgerKey | None) -> dict[str, Any]:
    """The plant with every number that she has changed."""
    made = copy.deepcopy(curriculum().plant)
    for own in PlantValue.objects.filter(key=key) if key else ():
        *groups, last = own.path.split(".")
        node: Any = made
        for group in groups:
            node = node.get(group, {}) if isinstance(node, dict) else {}
        if isinstance(node, dict) and isinstance(node.get(last), dict):
            node[last]["value"] = own.value
    return made
