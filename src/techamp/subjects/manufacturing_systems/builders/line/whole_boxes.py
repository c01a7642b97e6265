"""What concerns the whole line as boxes: supply, rules, how long to run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techamp.contract import Box, Document
from techamp.subjects.manufacturing_systems.builders.line.document import (
    has_arrivals,
    number_text,
    policy_of,
    products_of,
    rule_of,
    stations_of,
    typed_number,
    unit_of,
)
from techamp.subjects.manufacturing_systems.builders.line.times import parsed
from techamp.subjects.manufacturing_systems.model.time_units import SECONDS

SUPPLY = {
    "push": "Endless: the first station never waits for material",
    "arrivals": "Orders come from outside",
    "conwip": "CONWIP: a part goes in when one comes out",
    "kanban": "Kanban: each station holds as many as it has cards",
}
RULES = {
    "fifo": "First come, first served", "lifo": "Last come, first served", "spt": "Shortest work first",
    "edd": "Earliest due date", "cr": "Least time left for the work left",
    "setup": "Same product again, if there is one",
    "priority": "By rank of the product",
}  # fmt: skip
UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "day": "days", "week": "weeks"}
BOXED = ("version", "name", "time_unit", "stations", "products", "release", "dispatch", "plan")
PLAN = ("until", "warm_up", "seed")
NEW_CARDS, NEW_WIP_PER_STATION = 3, 2
SLACK = 1.15
"""Orders that begin to come are this much further apart than the slowest station needs. Our choice."""


def whole_boxes(document: Document) -> list[Box]:
    """The boxes of the whole."""
    unit, supply = unit_of(document), supply_of(document)
    plan, release = _mapping(document, "plan"), _mapping(document, "release")
    several = len(products_of(document)) > 1
    return [
        Box("name", "Name", number_text(document.get("name", "line"))),
        Box("supply", "Where work comes from", supply, "choice", options=tuple(SUPPLY.items())),
        Box("wip", "Parts allowed in the line", number_text(release.get("wip")), "number", "parts",
            idle=supply != "conwip", help="A part is let in while there are fewer."),
        Box("dispatch", "Which waiting part is next", rule_of(document), "choice", options=tuple(RULES.items()),
            folded=not several),
        Box("time_unit", "Times are in", unit, "choice", options=tuple(UNITS.items()), folded=True,
            help="For numbers without a unit: their digits stay. You may also type 90 s or 2 h."),
        Box("until", "Length of one run", number_text(plan.get("until")), "number", unit, folded=True,
            help="Empty: long enough for about 2,000 parts."),
        Box("warm_up", "Warm-up left out", number_text(plan.get("warm_up")), "number", unit, folded=True,
            help="Empty: found from the runs themselves (MSER-5)."),
        Box("seed", "Luck", number_text(plan.get("seed", 1)), "number", folded=True,
            help="The same number gives the same luck."),
    ]  # fmt: skip


def besides(document: Document) -> tuple[str, ...]:
    """What the text says of the whole and no box shows."""
    names = [name for name in document if name not in BOXED]
    release = document.get("release")
    if isinstance(release, Mapping) and release.get("sequence"):
        names.append("order of products")
    plan = document.get("plan")
    names += [name for name in plan if name not in PLAN] if isinstance(plan, Mapping) else []
    return tuple(name.replace("_", " ") for name in names)


def supply_of(document: Document) -> str:
    """Where work comes from, as the choice says it."""
    policy = policy_of(document)
    return policy if policy != "push" else "arrivals" if has_arrivals(document) else "push"


def typed_whole(document: Document, values: Mapping[str, str]) -> Document:
    """The document with what was typed into the boxes of the whole; a new supply brings what it needs."""
    made = dict(document)
    shown = {box.name: box.value for box in whole_boxes(document)}
    new = {name: value.strip() for name, value in values.items() if name in shown and value.strip() != shown[name]}
    if "name" in new:
        made["name"] = new["name"][:80] or "line"
    for name, known in (("time_unit", SECONDS), ("dispatch", RULES)):
        if new.get(name) in known:
            made[name] = new[name]
    plan = _mapping(made, "plan")
    plan |= {name: typed_number(new[name]) for name in PLAN if name in new}
    plan = {name: value for name, value in plan.items() if value is not None}
    if plan or "plan" in made:
        made["plan"] = plan
    if new.get("supply") in SUPPLY:
        made = _supplied(made, new["supply"])
    if "wip" in new:
        made["release"] = {**_mapping(made, "release"), "policy": "conwip", "wip": typed_number(new["wip"])}
    return made


def _mapping(document: Document, name: str) -> dict[str, Any]:
    found = document.get(name)
    return dict(found) if isinstance(found, Mapping) else {}


def _supplied(document: Document, supply: str) -> Document:
    """Another supply, with numbers that work; those of the old one go."""
    made = dict(document)
    release = {name: value for name, value in _mapping(document, "release").items() if name not in ("policy", "wip")}
    if supply in ("conwip", "kanban"):
        release["policy"] = supply
    if supply == "conwip":
        release["wip"] = NEW_WIP_PER_STATION * max(1, len(stations_of(document)))
    made["release"] = release
    if supply == "kanban":
        made["stations"] = [{**s, "cards": s.get("cards", NEW_CARDS)} for s in stations_of(document)]
    between = {"kind": "exponential", "mean": f"{SLACK * _slowest(document) * len(products_of(document)):.3g}"}
    products = [dict(product) for product in products_of(document)]
    for product in products:
        if supply == "arrivals":
            product.setdefault("arrivals", {"between": between})
        else:
            product.pop("arrivals", None)
    if products != [{"name": "part"}] or "products" in made:
        made["products"] = products
    if not release:
        made.pop("release", None)
    return made


def _slowest(document: Document) -> float:
    """Time per part of the station that needs longest, its machines side by side counted."""
    paces = [1.0]
    for station in stations_of(document):
        found = parsed(station.get("time"), unit_of(document))
        machines = number_text(station.get("machines", 1))
        if found is not None and machines.isdigit() and int(machines) > 0:
            paces.append(found.mean / int(machines))
    return max(paces[1:], default=1.0) or 1.0
