"""Where each fault of a model belongs on the form, and its sentence as the form says it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from techamp.contract import Box, Document, Fault
from techamp.subjects.manufacturing_systems.builders.line.document import PRODUCTS, STATIONS, products_of, stations_of
from techamp.subjects.manufacturing_systems.builders.line.times import COUNTS, LABELS, boxed
from techamp.subjects.manufacturing_systems.model.distribution_text import EXAMPLES

_STATION_PARTS = (
    (".failures", "mttf"), (".name", "name"), (".machines", "machines"), (".buffer", "buffer"), (".setup", "setup"),
    (".batch", "batch"), (".scrap", "scrap"), (".rework", "rework"), (".cards", "cards"),
)  # fmt: skip
_PRODUCT_PARTS = (
    (".route", "route"), (".arrivals.due", "due"), (".arrivals", "between"), (".share", "share"),
    (".priority", "priority"), (".name", "name"),
)  # fmt: skip
_WHOLE = {
    "release.wip": "wip", "release.policy": "supply", "plan.until": "until", "plan.warm_up": "warm_up",
    "plan.seed": "seed", "time_unit": "time_unit", "dispatch": "dispatch", "name": "name",
}  # fmt: skip


def box_of(document: Document, fault: Fault) -> str:
    """The name of the box that a fault is about; "" where no box shows it."""
    field = fault.field
    if field in _WHOLE:
        return _WHOLE[field]
    for what, rows in ((STATIONS, stations_of(document)), (PRODUCTS, products_of(document))):
        if field == what and (twin := _second_of(rows, fault.value)) is not None:
            return f"{what}-{twin}-name"
        for index, row in enumerate(rows):
            rest = _rest(field, what, row.get("name"), index)
            if rest is None:
                continue
            if what == STATIONS:
                return f"{what}-{index}-{_station_box(document, index, rest)}"
            if (station := _station_of_step(document, rest)) is not None:
                return f"{STATIONS}-{station}-{_time_box(document, station, '')}"
            return f"{what}-{index}-{_part(rest, _PRODUCT_PARTS, 'name')}"
    return ""


def _rest(field: str, what: str, name: object, index: int) -> str | None:
    """What follows ``stations[saw]`` (or ``stations[3]`` where the third has no name) in a path."""
    for label in (str(name), str(index + 1)) if name not in (None, "") else (str(index + 1),):
        head = f"{what}[{label}]"
        if field.startswith(head) and field[len(head) : len(head) + 1] in ("", ".", ",", " "):
            return field[len(head) :]
    return None


def _second_of(rows: list[dict[str, object]], name: object) -> int | None:
    places = [i for i, row in enumerate(rows) if str(row.get("name")) == str(name)]
    return places[-1] if places else None


def _station_box(document: Document, index: int, rest: str) -> str:
    if rest.startswith((".times", ".time")) or not rest:
        return _time_box(document, index, rest)
    if rest.startswith(".failures") and "repair" in rest:
        return "mttr"
    return _part(rest, _STATION_PARTS, "name")


def _time_box(document: Document, index: int, rest: str) -> str:
    """The number of a time that a fault is about: its first where the path names none that is shown."""
    shown = boxed(stations_of(document)[index].get("time"), "min")
    words = re.findall(r"[a-z]+", rest)
    asked = "cv" if words[-1:] == ["sd"] else words[-1] if words else ""
    names = [name for name in LABELS if name in shown]
    return f"time-{asked if asked in names else names[0]}"


def _station_of_step(document: Document, rest: str) -> int | None:
    """``.route[saw].time``: a step whose station has no time yet."""
    found = re.match(r"^\.route\[(.*)\]\.time$", rest)
    if not found:
        return None
    names = [str(station.get("name")) for station in stations_of(document)]
    name = found[1] if found[1] in names else re.sub(r" \d+$", "", found[1])
    return names.index(name) if name in names else None


def _part(rest: str, parts: tuple[tuple[str, str], ...], other: str) -> str:
    return next((box for head, box in parts if rest.startswith(head)), other)


def plain_fault(fault: Fault, boxes: Mapping[str, tuple[str, Box]], name: str) -> Fault:
    """The fault as the form says it: by the thing's name and the box's label, in words that a form has."""
    if name not in boxes:
        return fault
    title, box = boxes[name]
    rule = fault.rule.replace(", or null for no limit", ", or empty for no limit")
    field = f"{title}, {box.label[:1].lower()}{box.label[1:]}" if title else box.label
    remedy = fault.remedy
    if box.name.endswith("-time-mean") and fault.value is None:
        remedy = "Enter how long one part takes."
    elif remedy == EXAMPLES:
        remedy = "Enter a number, such as 0.3." if box.name.endswith(COUNTS) else "Enter a number, such as 4.2."
    elif fault.rule == "must be given":
        remedy = f"Enter the {box.label.lower()}."
    return Fault(field, rule, "" if fault.value is None else fault.value, remedy)
