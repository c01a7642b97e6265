"""A product as boxes: its route, and how its orders come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techamp.contract import Box, Document
from techamp.subjects.manufacturing_systems.builders.line.document import (
    has_arrivals,
    number_text,
    plain_route,
    products_of,
    rule_of,
    typed_number,
    unit_of,
)
from techamp.subjects.manufacturing_systems.builders.line.times import is_time, mean_text

BOXED = ("name", "route", "arrivals", "share", "priority")
IN_ARRIVALS = ("between", "rate", "due")


def product_boxes(document: Document, place: str, product: Mapping[str, Any]) -> list[Box]:
    """The boxes of one product."""
    unit, arrivals = unit_of(document), has_arrivals(document)
    route, alone = plain_route(product), len(products_of(document)) == 1
    way = "Stations in order, with commas; a station may come twice. Empty: every station, in order."

    def box(name: str, label: str, value: str, **more: Any) -> Box:
        return Box(f"{place}-{name}", label, value, **{"kind": "number", **more})

    return [
        box("name", "Name", number_text(product.get("name")), kind="text", short="Name"),
        box("route", "Route", ", ".join(route or []), kind="text", short="Route", help=way, idle=route is None),
        box("between", "Time between orders", _between(product.get("arrivals"), unit), unit=unit,
            short="Between orders", idle=not arrivals,
            help="On average; orders come at random. Empty: endless supply of this product."),
        box("due", "Promised after", _due(product.get("arrivals"), unit), unit=unit, short="Promised after",
            idle=not arrivals, folded=rule_of(document) not in ("edd", "cr"), help="Time from order to due date."),
        box("share", "Share of the supply", number_text(product.get("share", 1)), short="Share",
            idle=alone or arrivals, help="Twice the number, twice as many parts."),
        box("priority", "Rank", number_text(product.get("priority", 0)), short="Rank",
            idle=rule_of(document) != "priority", help="The lowest goes first."),
    ]  # fmt: skip


def besides(product: Mapping[str, Any]) -> tuple[str, ...]:
    """What the text says of a product and no box shows."""
    names = [name for name in product if name not in BOXED]
    if plain_route(product) is None:
        names.append("a route with branches or assembly")
    arrivals = product.get("arrivals")
    if isinstance(arrivals, Mapping) and "kind" not in arrivals:
        names += [name for name in arrivals if name not in IN_ARRIVALS]
    return tuple(name.replace("_", " ") for name in names)


def product_words(document: Document, product: Mapping[str, Any]) -> str:
    """A product in a few words."""
    route = plain_route(product)
    if route is None:
        return "a route of its own"
    return " → ".join(route) if route else "every station, in order"


def typed_product(document: Document, place: str, product: dict[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The product with what was typed into its boxes."""
    made = dict(product)
    shown = {box.name[len(place) + 1 :]: box.value for box in product_boxes(document, place, product)}
    given = {name[len(place) + 1 :]: value for name, value in values.items() if name.startswith(f"{place}-")}
    new = {name: value for name, value in given.items() if name in shown and value.strip() != shown[name]}
    if "name" in new:
        made["name"] = " ".join(new["name"].split())[:80]
    if "route" in new:
        made["route"] = [" ".join(name.split()) for name in new["route"].replace("→", ",").split(",") if name.strip()]
    for name in ("share", "priority"):
        if name in new:
            made[name] = typed_number(new[name])
    if {"between", "due"} & set(new):
        made["arrivals"] = _typed_arrivals(product.get("arrivals"), new, unit_of(document))
    return {name: value for name, value in made.items() if value not in (None, []) or name == "name"}


def arrivals_of(raw: Any) -> dict[str, Any]:
    """Arrivals as a mapping, however short they were written."""
    if raw is None:
        return {}
    return dict(raw) if isinstance(raw, Mapping) and "kind" not in raw else {"between": raw}


def _between(raw: Any, unit: str) -> str:
    arrivals = arrivals_of(raw)
    if "rate" in arrivals and "between" not in arrivals:
        return f"rate {arrivals['rate']}"
    return mean_text(arrivals.get("between"), unit)


def _due(raw: Any, unit: str) -> str:
    return mean_text(arrivals_of(raw).get("due"), unit)


def _typed_arrivals(raw: Any, new: Mapping[str, str], unit: str) -> Any:
    arrivals = arrivals_of(raw)
    if "between" in new:
        arrivals.pop("rate", None)
        typed = typed_number(new["between"])
        arrivals["between"] = {"kind": "exponential", "mean": typed} if is_time(typed, unit) else typed
    if "due" in new:
        arrivals["due"] = typed_number(new["due"])
    arrivals = {name: value for name, value in arrivals.items() if value is not None}
    return arrivals if "between" in arrivals or "rate" in arrivals else None
