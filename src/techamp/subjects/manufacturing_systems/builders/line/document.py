"""The document of a line: the plain values of a model's file, as far as they are written, sound or not."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from techamp.contract import Document, InvalidInput
from techamp.subjects.manufacturing_systems.model.time_units import time_unit

STATIONS, PRODUCTS = "stations", "products"
_COMMA = re.compile(r"^\d+,\d+$")
_PLAIN = re.compile(r"^-?\d{1,12}(\.\d{1,12})?$")


def weighed(raw: Any, most: int) -> Any:
    """The values themselves, if they are no longer than ``most`` letters when written out: what YAML's anchors repeat
    counts each time. Raises InvalidInput otherwise, and where a value holds itself.
    """
    remedy = "Write it without anchors, or model a part of it."
    known: dict[int, int] = {}
    opened: set[int] = set()

    def weight(value: Any) -> int:
        if not isinstance(value, (dict, list)):
            return len(str(value)) + 1
        if id(value) in opened:
            raise InvalidInput("The text", "must not hold itself", "an anchor inside its own value", remedy)
        if id(value) not in known:
            opened.add(id(value))
            parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
            known[id(value)] = 1 + sum(map(weight, parts))
            opened.discard(id(value))
        return known[id(value)]

    if weight(raw) > most:
        raise InvalidInput("The text", f"must be at most {most:,} letters long when written out", "more", remedy)
    return raw


def storable(raw: Any) -> Any:
    """The values as any store of JSON takes them: what is no finite number, text, list or mapping becomes text."""
    if isinstance(raw, dict):
        return {_text(name): storable(value) for name, value in raw.items()}
    if isinstance(raw, list):
        return [storable(value) for value in raw]
    if raw is None or isinstance(raw, (bool, int)) or (isinstance(raw, float) and math.isfinite(raw)):
        return raw
    return _text(raw)


def _text(raw: Any) -> str:
    return str(raw).replace("\0", "").encode("utf-8", "replace").decode()


def tidied(raw: Any) -> Document:
    """The document behind a file's values: lists of mappings, however short they were written.

    Raises InvalidInput where it has not even that form.
    """
    if not isinstance(raw, Mapping):
        remedy = "Begin with “stations:” and one line for each station, such as “- {name: saw, time: 2 min}”."
        raise InvalidInput("The text", "must be a mapping with stations", type(raw).__name__, remedy)
    document = {str(name): value for name, value in raw.items()}
    document[STATIONS] = _mappings(document.get(STATIONS), STATIONS, short="")
    if document.get(PRODUCTS):
        document[PRODUCTS] = _mappings(document[PRODUCTS], PRODUCTS, short="name")
    else:
        document.pop(PRODUCTS, None)
    for name, field in (("plan", "until"), ("release", "policy")):  # written short
        if document.get(name) is not None and not isinstance(document[name], Mapping):
            document[name] = {field: document[name]}
    return document


def _mappings(raw: Any, what: str, short: str) -> list[dict[str, Any]]:
    found = []
    for position, entry in enumerate(raw if isinstance(raw, list) else [raw] * (raw is not None), 1):
        if short and isinstance(entry, str):
            entry = {short: entry}
        if not isinstance(entry, Mapping):
            remedy = "Write one line for each, such as “- {name: saw, time: 2 min}”."
            raise InvalidInput(f"{what}, entry {position}", "must be a mapping of fields", type(entry).__name__, remedy)
        found.append({str(name): value for name, value in entry.items()})
    return found


def copied(document: Document) -> Document:
    """A copy in which lists and mappings may be changed."""
    return {name: _copy(value) for name, value in document.items()}


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copy(one) for name, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


def stations_of(document: Document) -> list[dict[str, Any]]:
    """The stations, in order."""
    found: list[dict[str, Any]] = document[STATIONS]
    return found


def products_of(document: Document) -> list[dict[str, Any]]:
    """The products; the one that a file without products makes."""
    found: list[dict[str, Any]] = document.get(PRODUCTS) or [{"name": "part"}]
    return found


def unit_of(document: Document) -> str:
    """The unit in which bare numbers count."""
    given = document.get("time_unit", "min")
    return (time_unit(given) if isinstance(given, str) else None) or "min"


def policy_of(document: Document) -> str:
    """What lets work in: push, kanban or conwip."""
    release = document.get("release")
    policy = release.get("policy", "push") if isinstance(release, dict) else release
    return policy if policy in ("kanban", "conwip") else "push"


def rule_of(document: Document) -> str:
    """The dispatch rule of the whole."""
    return str(document.get("dispatch", "fifo"))


def has_arrivals(document: Document) -> bool:
    """Whether orders come from outside."""
    return any(product.get("arrivals") is not None for product in products_of(document))


def plain_route(product: Mapping[str, Any]) -> list[str] | None:
    """The stations that a product visits, in order; [] where it visits all; None where its route says more."""
    route = product.get("route") or []
    names = []
    for step in route if isinstance(route, list) else [route]:
        if isinstance(step, Mapping) and set(step) <= {"station", "name"}:
            step = step.get("station")
        if not isinstance(step, (str, int, float)) or isinstance(step, bool):
            return None
        names.append(str(step))
    return names


def number_text(raw: Any) -> str:
    """What stands in a box for a number or a time."""
    if raw is None or isinstance(raw, (dict, list)):
        return ""
    return f"{raw:.12g}" if isinstance(raw, float) else str(raw)


def typed_number(text: str) -> Any:
    """What is kept of a typed number: a number, the text where it is none, and None where nothing was typed."""
    plain = text.strip().replace("−", "-")
    plain = plain.replace(",", ".") if _COMMA.match(plain) else plain
    if not _PLAIN.match(plain):
        return plain or None
    return float(plain) if "." in plain else int(plain)
