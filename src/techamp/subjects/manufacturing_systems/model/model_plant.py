"""The model plant as a factory: from the mapping of ``plant.yaml`` (the plain one, or a learner's own copy).

Shaft and housing come from the saw, pass lathe and mill, are washed by the basket and meet at the press. Three lengths
share the route and differ in setup family. Times are normal with the plant's cv; failures exponential by running time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.reading import model_from

Plant = Mapping[str, Any]
LENGTHS = ("short", "standard", "long")


def plant_model(plant: Plant) -> Model:
    """The LA-20 line under endless supply in lots, held by the places between stations.

    One part is one set (shaft and housing) from the saw on: it visits the lathe, then the mill, although in the plant
    the two work side by side; the line's rate is the same, its flow time is longer by the shorter of the two.
    Raises InvalidInput if the plant's numbers cannot be a factory, KeyError if a number is missing.
    """
    ids = [str(station["id"]) for station in plant["stations"]]
    stations = [_station(plant, name, first=name == ids[0]) for name in ids]
    shares = {length: _value(plant, "demand", f"{length}_share") for length in LENGTHS}
    lot = int(_value(plant, ids[0], "batch_size"))
    return model_from(
        {
            "name": str(plant["name"]),
            "time_unit": "min",
            "stations": stations,
            "products": [{"name": length, "share": share, "route": ids} for length, share in shares.items()],
            "release": {"policy": "push", "sequence": _sequence(shares, lot)},
            "plan": {"until": f"{20 * _value(plant, 'shifts', 'planned_time_per_day')} min"},
        }
    )


def _sequence(shares: Mapping[str, float], lot: int) -> list[str]:
    """Lots in the proportion of the shares: standard, short, standard, long."""
    least = min(shares.values())
    turns = {length: max(1, round(share / least)) for length, share in shares.items()}
    order: list[str] = []
    while any(turns.values()):
        for length in sorted(turns, key=lambda name: (-turns[name], LENGTHS.index(name))):
            if turns[length]:
                order += [length] * lot
                turns[length] -= 1
    return order


def _station(plant: Plant, name: str, first: bool) -> dict[str, Any]:
    def value(key: str) -> float:
        return _value(plant, name, key)

    mean, cv = value("cycle_time"), value("cycle_time_cv") / 100
    batch = int(value("parts_per_cycle"))
    made: dict[str, Any] = {
        "name": name,
        "time": {"kind": "normal", "mean": mean, "cv": cv},
        "machines": int(value("machines")),
        "failures": [{"mttf": value("mttf"), "mttr": value("mttr")}],
        "scrap": value("scrap") / 100,
        "rework": value("rework") / 100,
    }
    if not first:
        made["buffer"] = max(batch, int(value("places")))
    if batch > 1:
        made["batch"] = {"size": batch}
    if value("setup_time") > 0:
        made["setup"] = {"time": value("setup_time")}
        made["dispatch"] = "setup"
    return made


def _value(plant: Plant, group: str, key: str) -> float:
    return float(plant[group][key]["value"])
