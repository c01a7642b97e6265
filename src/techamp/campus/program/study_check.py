"""What a curriculum says of a study: that it is there, and that it takes the settings that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from techamp.contract import InvalidInput, registry

Finding = tuple[str, str, str]
"""("study" or "settings", what is wrong, how to mend it)."""


def study_faults(study_id: str, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Faults of a study's name and of its settings: names, kinds, ranges."""
    if study_id not in registry.study_ids():
        known = ", ".join(registry.study_ids())
        yield "study", f"There is no study {study_id!r}.", f"There are: {known or 'none'}."
        return
    model = type(registry.study(study_id)).Settings
    for name in settings.keys() - model.model_fields.keys():
        known = ", ".join(model.model_fields)
        yield "settings", f"{study_id} has no setting {name!r}.", f"Use: {known}."
    try:
        model.read({name: value for name, value in settings.items() if name in model.model_fields})
    except InvalidInput as error:
        yield from (("settings", str(fault), "") for fault in error.faults)
