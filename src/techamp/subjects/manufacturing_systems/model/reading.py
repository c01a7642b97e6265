"""Models from text and to text. ``read_model(write_model(model)) == model``, exactly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from techamp.contract.errors import Fault, InvalidInput
from techamp.subjects.manufacturing_systems.model.checking import model_faults
from techamp.subjects.manufacturing_systems.model.factory_model import VERSION, Model, completed
from techamp.subjects.manufacturing_systems.model.fields import UNREAD, Reading, read_record, write_record
from techamp.subjects.manufacturing_systems.model.time_units import time_unit
from techamp.subjects.manufacturing_systems.model.yaml_text import LONGEST, plain_values

MOST_ECHOES = 50
"""With more faults than this in its parts, a model is not judged as a whole: echoes would hide the faults."""


def read_model(text: str, name: str = "file") -> Model:
    """A model from YAML or JSON. Raises InvalidInput with every fault: path, rule, value, remedy."""
    return model_from(plain_values(text, name))


def load_model(path: Path | str) -> Model:
    """A model from a file. Raises InvalidInput if it cannot be read or is not a model."""
    place = Path(path)
    try:
        if place.stat().st_size > LONGEST:
            rule = f"must be at most {LONGEST:,} bytes"
            raise InvalidInput(str(path), rule, f"{place.stat().st_size:,} bytes", "Model a part of the factory.")
        text = place.read_text(encoding="utf-8-sig")
    except OSError as error:
        remedy = "Check the name and the folder."
        raise InvalidInput(str(path), "must be a file that can be read", error.strerror or "?", remedy) from None
    except UnicodeDecodeError:
        remedy = "Save it as plain text (UTF-8)."
        raise InvalidInput(str(path), "must be text in UTF-8", "other bytes", remedy) from None
    return read_model(text, place.name)


def model_from(raw: Any) -> Model:
    """A model from plain values. Raises InvalidInput with every fault."""
    model, faults = _read(raw)
    if model is not None and len(faults) < MOST_ECHOES and (model.stations or not faults):
        echoes = _echoes(model, faults)
        faults = [*faults, *(fault for fault in model_faults(model) if fault.field not in echoes)]
    if faults or model is None:
        raise InvalidInput.many(faults)
    return model


def _echoes(model: Model, faults: list[Fault]) -> set[str]:
    """Fields that lack a value only because the station's own was wrong."""
    hurt = {
        fault.field.split("]")[0].removeprefix("stations[") for fault in faults if fault.field.startswith("stations[")
    }
    steps = ((product.name, step) for product in model.products for step in product.route)
    return {f"products[{product}].route[{step.name}].time" for product, step in steps if step.station in hurt}


def _read(raw: Any) -> tuple[Model | None, list[Fault]]:
    faults: list[Fault] = []
    if not isinstance(raw, Mapping):
        remedy = "Begin with “stations:” and one line for each station, such as “- {name: saw, time: 2 min}”."
        return None, [Fault("model", "must be a mapping with stations", type(raw).__name__, remedy)]
    version = raw.get("version", VERSION)
    if isinstance(version, int) and version > VERSION:
        return None, [Fault("version", f"must be {VERSION}", version, "Update the program: the file is newer than it.")]
    given = raw.get("time_unit", "min")
    unit = time_unit(str(given)) if isinstance(given, str) else None
    values = {**raw, "time_unit": unit} if unit else dict(raw)
    model = read_record(Model, values, "", Reading(unit or "min", faults))
    return (completed(model) if model is not UNREAD else None), faults


def plain_model(model: Model) -> dict[str, Any]:
    """The model as plain data for JSON or YAML. Every time carries its unit."""
    return {"version": model.version, "time_unit": model.time_unit, **write_record(model, model.time_unit)}


def write_model(model: Model, form: str = "yaml") -> str:
    """The model as text: "yaml" or "json"."""
    plain = plain_model(model)
    if form == "json":
        return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return str(yaml.dump(plain, Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100))
