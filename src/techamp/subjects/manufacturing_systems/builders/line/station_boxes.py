"""A station as boxes, and boxes back into the station."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techamp.contract import Box, Document
from techamp.subjects.manufacturing_systems.builders.line.document import (
    number_text,
    policy_of,
    products_of,
    typed_number,
    unit_of,
)
from techamp.subjects.manufacturing_systems.builders.line.times import mean_text, said, time_boxes, typed_time

BOXED = ("name", "time", "machines", "buffer", "failures", "scrap", "rework", "setup", "batch", "cards")
PLAIN = ("machines", "buffer", "cards")
STOPS = {"mttf": ("mttf", "uptime"), "mttr": ("mttr", "repair")}


def station_boxes(document: Document, place: str, station: Mapping[str, Any]) -> list[Box]:
    """The boxes of one station; those that few need are folded."""
    unit = unit_of(document)
    stop = _first_stop(station)
    changes = len(products_of(document)) > 1

    def box(name: str, label: str, value: Any, **more: Any) -> Box:
        return Box(f"{place}-{name}", label, number_text(value), **{"kind": "number", **more})

    return [
        box("name", "Name", station.get("name"), kind="text", short="Name"),
        *time_boxes(station.get("time"), f"{place}-time", unit),
        box("machines", "Machines", station.get("machines", 1), short="Machines"),
        box("buffer", "Places before it", station.get("buffer"), unit="parts", short="Places",
            help="Empty: no limit."),
        box("mttf", "Between breakdowns", mean_text(_stop_time(stop, "mttf"), unit), unit=unit, short="MTTF",
            help="On average, running. Empty: never."),
        box("mttr", "Repair time", mean_text(_stop_time(stop, "mttr"), unit), unit=unit, short="MTTR",
            help="On average."),
        box("scrap", "Scrap", _percent(station.get("scrap")), unit="%", short="Scrap",
            help="Of 100 parts, thrown away."),
        box("setup", "Setup between products", _setup_text(station.get("setup"), unit), unit=unit,
            short="Setup" * changes, help="Between two different products; empty: none.", folded=not changes),
        box("rework", "Rework", _percent(station.get("rework")), unit="%", folded=True,
            help="Share of parts done again at once."),
        box("batch", "Parts worked on together", _batch_text(station.get("batch")), unit="parts", folded=True,
            help="As in a furnace or a wash basket; empty: one at a time."),
        box("cards", "Kanban cards", station.get("cards"), unit="parts", folded=policy_of(document) != "kanban",
            idle=policy_of(document) != "kanban" and station.get("cards") is None,
            help="Most parts that it may hold or have finished."),
    ]  # fmt: skip


def besides(station: Mapping[str, Any]) -> tuple[str, ...]:
    """What the text says of a station and no box shows."""
    names = [name for name in station if name not in BOXED]
    if len(_stops(station)) > 1:
        names.append("more ways to fail")
    for name, plain in (("setup", {"time"}), ("batch", {"size"})):
        if isinstance(station.get(name), Mapping) and set(station[name]) - plain:
            names.append(f"{name}, in detail")
    return tuple(name.replace("_", " ") for name in names)


def station_words(document: Document, station: Mapping[str, Any]) -> str:
    """A station in a few words, as under its picture."""
    words = [said(station.get("time"), unit_of(document))]
    machines = number_text(station.get("machines", 1))
    if machines not in ("", "1"):
        words.append(f"{machines} machines")
    stop = _first_stop(station)
    if stop:
        words.append("breaks down")
    return ", ".join(words)


def typed_station(document: Document, place: str, station: dict[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The station with what was typed into its boxes."""
    made = dict(station)
    given = {name[len(place) + 1 :]: value for name, value in values.items() if name.startswith(f"{place}-")}
    shown = {box.name[len(place) + 1 :]: box.value for box in station_boxes(document, place, station)}
    new = {name: value for name, value in given.items() if name in shown and value.strip() != shown[name]}
    if "name" in new:
        made["name"] = " ".join(new["name"].split())[:80]
    time = typed_time(station.get("time"), f"{place}-time", values, unit_of(document))
    if time != station.get("time"):
        made["time"] = time
    for name in PLAIN:
        if name in new:
            made[name] = typed_number(new[name])
    for name in ("scrap", "rework"):
        if name in new:
            made[name] = _typed_percent(new[name])
    for name, part in (("setup", "time"), ("batch", "size")):
        if name in new:
            made[name] = _typed_part(station.get(name), part, new[name])
    if {"mttf", "mttr"} & set(new):
        made["failures"] = _typed_stops(station, {**shown, **new})
    return {name: value for name, value in made.items() if value is not None or name == "name"}


def _stops(station: Mapping[str, Any]) -> list[Any]:
    raw = station.get("failures") or []
    return raw if isinstance(raw, list) else [raw]


def _first_stop(station: Mapping[str, Any]) -> Mapping[str, Any]:
    found = _stops(station)
    return found[0] if found and isinstance(found[0], Mapping) else {}


def _stop_time(stop: Mapping[str, Any], name: str) -> Any:
    short, long = STOPS[name]
    if short in stop:
        raw = stop[short]
        return {"kind": "exponential", "mean": raw} if not isinstance(raw, Mapping) and "(" not in str(raw) else raw
    return stop.get(long)


def _typed_stops(station: Mapping[str, Any], texts: Mapping[str, str]) -> list[Any] | None:
    """The ways to fail with the first one's times as typed; both empty takes it away."""
    others = _stops(station)[1:]
    typed = {name: typed_number(texts.get(name, "")) for name in STOPS}
    kept = {name: value for name, value in _first_stop(station).items() if name not in sum(STOPS.values(), ())}
    if all(value is None for value in typed.values()):
        return others or None
    return [{**kept, **{name: value for name, value in typed.items() if value is not None}}, *others]


def _percent(raw: Any) -> str:
    """A share as per cent; what is no number stays as it was typed."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return f"{100 * raw:.6g}" if raw else ""
    return number_text(raw).replace("%", "").strip()


def _typed_percent(text: str) -> Any:
    plain = typed_number(text.replace("%", ""))
    return None if plain is None else f"{plain} %"


def _setup_text(raw: Any, unit: str) -> str:
    return mean_text(raw.get("time") if isinstance(raw, Mapping) and "kind" not in raw else raw, unit)


def _batch_text(raw: Any) -> str:
    return number_text(raw.get("size") if isinstance(raw, Mapping) else raw)


def _typed_part(raw: Any, part: str, text: str) -> Any:
    """One field of a detail that may be written short."""
    typed = typed_number(text)
    rest = (
        {name: v for name, v in raw.items() if name != part} if isinstance(raw, Mapping) and "kind" not in raw else {}
    )
    if not rest:
        return typed
    return {**rest, part: typed} if typed is not None else rest
