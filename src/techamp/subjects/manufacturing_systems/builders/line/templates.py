"""Lines to begin with. Their numbers are made up to be plausible, but those of the model plant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techamp.contract import Document, InvalidInput, Template
from techamp.subjects.manufacturing_systems.builders.line.document import tidied
from techamp.subjects.manufacturing_systems.model.model_plant import plant_model
from techamp.subjects.manufacturing_systems.model.reading import plain_model


def templates(plant: Mapping[str, Any] | None) -> tuple[Template, ...]:
    """All of them; the model plant where there is one."""
    made = [
        Template("blank", "An empty floor", "One station. Add yours.", _blank()),
        Template("three", "Three stations", "A short line to change: one machine each, places between.", _three()),
        Template(
            "cell", "A cell", "Four stations close together; a part goes in when one comes out (CONWIP).", _cell()
        ),
        Template("flow-shop", "A flow shop", "Three products on one line, with setups between them.", _flow_shop()),
        Template("job-shop", "A job shop", "Orders with due dates, each product on a route of its own.", _job_shop()),
    ]
    if document := plant_document(plant):
        about = "The plant that runs through this program, with your changes to it."
        made.insert(2, Template("plant", "The model plant", about, document))
    return tuple(made)


def plant_document(plant: Mapping[str, Any] | None) -> Document | None:
    """The model plant; the lots in which lengths follow each other stay in its text. None where its numbers make no
    factory: another curriculum may have another plant."""
    try:
        return tidied({**plain_model(plant_model(plant)), "name": str(plant["name"])}) if plant else None
    except (InvalidInput, KeyError, TypeError, ValueError):
        return None


def _time(mean: float, cv: float) -> dict[str, Any]:
    return {"kind": "gamma", "mean": mean, "cv": cv}


def _blank() -> Document:
    return {"name": "My line", "time_unit": "min", "stations": [{"name": "station 1", "time": _time(4, 0.3)}]}


def _three() -> Document:
    stations = [
        {"name": "cut", "time": _time(3, 0.2)},
        {"name": "drill", "time": _time(4, 0.4), "buffer": 4, "failures": [{"mttf": 200, "mttr": 15}]},
        {"name": "pack", "time": _time(3.2, 0.2), "buffer": 4},
    ]
    return {"name": "Three stations", "time_unit": "min", "stations": stations}


def _cell() -> Document:
    stations = [
        {"name": "load", "time": _time(1.5, 0.2)},
        {"name": "mill", "time": _time(5, 0.1), "machines": 2, "failures": [{"mttf": 480, "mttr": 20}]},
        {"name": "wash", "time": 2, "buffer": 4},
        {"name": "inspect", "time": _time(2.4, 0.3), "buffer": 4, "scrap": "2 %"},
    ]
    return {"name": "Cell", "time_unit": "min", "stations": stations, "release": {"policy": "conwip", "wip": 8}}


def _flow_shop() -> Document:
    stations = [
        {"name": "press", "time": _time(2, 0.1), "setup": 20},
        {"name": "weld", "time": _time(2.6, 0.25), "buffer": 10, "failures": [{"mttf": 300, "mttr": 18}]},
        {"name": "paint", "time": 2.2, "buffer": 10, "setup": 12},
        {"name": "assemble", "time": _time(4.8, 0.3), "machines": 2, "buffer": 10},
    ]
    products = [{"name": "door", "share": 2}, {"name": "hood"}, {"name": "fender"}]
    order = ["door"] * 20 + ["hood"] * 10 + ["fender"] * 10
    release = {"policy": "push", "sequence": order}
    return {"name": "Flow shop", "time_unit": "min", "stations": stations, "products": products, "release": release}


def _job_shop() -> Document:
    stations = [
        {"name": "saw", "time": _time(6, 0.3)},
        {"name": "lathe", "time": _time(14, 0.4), "machines": 2},
        {"name": "mill", "time": _time(16, 0.4), "machines": 2},
        {"name": "grind", "time": _time(11, 0.3)},
        {"name": "inspect", "time": _time(5, 0.5)},
    ]
    products = [
        {"name": "shaft", "route": ["saw", "lathe", "grind", "inspect"], "arrivals": _orders(18, 100)},
        {"name": "plate", "route": ["saw", "mill", "inspect"], "arrivals": _orders(20, 80)},
        {
            "name": "spindle",
            "route": ["saw", "lathe", "mill", "lathe", "grind", "inspect"],
            "arrivals": _orders(70, 200),
        },
    ]
    return {"name": "Job shop", "time_unit": "min", "stations": stations, "products": products, "dispatch": "edd"}


def _orders(between: float, due: float) -> dict[str, Any]:
    return {"between": {"kind": "exponential", "mean": between}, "due": due}
