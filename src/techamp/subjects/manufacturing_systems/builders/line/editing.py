"""Adding, copying, taking away and moving stations and products; names that point to them follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from techamp.contract import Document
from techamp.subjects.manufacturing_systems.builders.line.document import (
    PRODUCTS,
    STATIONS,
    copied,
    plain_route,
    products_of,
    stations_of,
)

MOST = {STATIONS: 60, PRODUCTS: 12}
NEW_STATION: dict[str, Any] = {"time": {"kind": "gamma", "mean": 4, "cv": 0.3}, "buffer": 4}


def edited(document: Document, verb: str, at: str) -> tuple[Document, str]:
    """The document after a verb at a place such as "stations-2", and the place to look at next.

    What cannot be done (no such place, the last station, a list that is full) leaves it as it was.
    """
    what, index = _place(document, at)
    rows = {STATIONS: stations_of, PRODUCTS: products_of}
    if what not in rows:
        return document, at
    count = len(rows[what](document))
    if verb in ("add", "copy"):
        return _added(document, what, index, verb == "copy") if count < MOST[what] else (document, at)
    if not 0 <= index < count:
        return document, at
    if verb == "remove":
        return _removed(document, what, index) if count > 1 else (document, at)
    to = {"earlier": index - 1, "later": index + 1}.get(verb, _target(verb))
    if to is None or not 0 <= to < count or to == index:
        return document, at
    return _moved(document, what, index, to), f"{what}-{to}"


def _place(document: Document, at: str) -> tuple[str, int]:
    what, _dash, number = at.partition("-")
    return what, int(number) if number.isascii() and number.isdigit() and len(number) < 5 else -1


def _target(verb: str) -> int | None:
    number = verb.removeprefix("to ")
    return int(number) if verb.startswith("to ") and number.isascii() and number.isdigit() and len(number) < 5 else None


def _rows(document: Document, what: str) -> tuple[Document, list[dict[str, Any]]]:
    """A copy of the document and its rows, which may be changed."""
    made = copied(document)
    made[what] = [dict(row) for row in (stations_of if what == STATIONS else products_of)(made)]
    return made, made[what]


def _added(document: Document, what: str, index: int, copy: bool) -> tuple[Document, str]:
    """A new row after ``index``; at the end where there is no such row."""
    made, rows = _rows(document, what)
    after = index if 0 <= index < len(rows) else len(rows) - 1
    new: dict[str, Any] = dict(rows[after]) if copy and rows else dict(NEW_STATION if what == STATIONS else {})
    names = [str(row.get("name", "")) for row in rows]
    base = str(new["name"]) if copy and rows else {STATIONS: "station", PRODUCTS: "product"}[what]
    new = {**new, "name": _fresh(base, names)}
    rows.insert(after + 1, {"name": new["name"], **new})
    if what == STATIONS and after >= 0:
        _into_the_route(made, names[after], new["name"])
    return made, f"{what}-{after + 1}"


def _fresh(base: str, names: Iterable[str]) -> str:
    taken = set(names)
    number = 2 if base in taken or base not in ("station", "product") else len(taken) + 1
    stem = base.rstrip("0123456789 ") or base
    while (name := f"{stem} {number}") in taken:
        number += 1
    return name


def _into_the_route(document: Document, before: str, name: str) -> None:
    """A new station of a line with one route stands on it, after the one that it was added behind."""
    products = products_of(document)
    route = plain_route(products[0]) if len(products) == 1 else None
    if route and before in route:
        place = len(route) - route[::-1].index(before)
        document[PRODUCTS][0]["route"] = [*route[:place], name, *route[place:]]


def _removed(document: Document, what: str, index: int) -> tuple[Document, str]:
    made, rows = _rows(document, what)
    gone = str(rows.pop(index).get("name", ""))
    if what == STATIONS and gone not in [str(row.get("name", "")) for row in rows]:
        _renamed_everywhere(made, gone, None)
    return made, f"{what}-{min(index, len(rows) - 1)}"


def _moved(document: Document, what: str, index: int, to: int) -> Document:
    made, rows = _rows(document, what)
    old = [str(row.get("name", "")) for row in rows]
    rows.insert(to, rows.pop(index))
    products = products_of(made)
    if what == STATIONS and len(products) == 1 and plain_route(products[0]) == old:
        made[PRODUCTS][0]["route"] = [str(row.get("name", "")) for row in rows]  # a route through all follows them
    return made


def renamed(document: Document, names: Mapping[str, str]) -> Document:
    """The document with stations' new names wherever the old ones are pointed to."""
    made = copied(document)
    for old, new in names.items():
        _renamed_everywhere(made, old, new)
    return made


def _renamed_everywhere(document: Document, old: str, new: str | None) -> None:
    """In routes and ways between stations; None takes the steps and ways away."""
    for product in document.get(PRODUCTS) or []:
        route = product.get("route")
        if isinstance(route, list):
            product["route"] = _through(route, lambda step: _step(step, old, new))
            if not product["route"]:
                product.pop("route")
    legs = document.get("transport")
    if isinstance(legs, list):
        document["transport"] = _through(legs, lambda leg: _leg(leg, old, new))


def _through(entries: list[Any], change: Callable[[Any], Any]) -> list[Any]:
    return [new for entry in entries if (new := change(entry)) is not None]


def _step(step: Any, old: str, new: str | None) -> Any:
    if isinstance(step, Mapping):
        return step if str(step.get("station")) != old else None if new is None else {**step, "station": new}
    return step if str(step) != old else new


def _leg(leg: Any, old: str, new: str | None) -> Any:
    if not isinstance(leg, Mapping) or old not in (leg.get("start"), leg.get("end")):
        return leg
    if new is None:
        return None
    return {name: new if name in ("start", "end") and value == old else value for name, value in leg.items()}
