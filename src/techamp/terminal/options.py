"""The options of a study, read off its columns and settings, so that page and command never differ."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from techamp.contract import Column, InputField, Study, registry

ROLE, SETTING = "role_", "setting_"
USUAL = "control_chart"


def study_named(name: str) -> Study[Any]:
    """The study of that name, with or without its subject; LookupError names those there are."""
    found = [id for id in registry.study_ids() if name == id or id.endswith(f".{name}")]
    if len(found) == 1:
        return registry.study(found[0])
    known = ", ".join(found or [short(id) for id in registry.study_ids()])
    raise LookupError(f"study: must be one of {known}, but got {name!r}. See techamp study list.")


def short(id: str) -> str:
    """A study's name without its subject where no other subject has one of that name."""
    name = id.rpartition(".")[2]
    return name if sum(other.endswith(f".{name}") for other in registry.study_ids()) == 1 else id


def add_options(parser: argparse.ArgumentParser, study: Study[Any]) -> None:
    """File, output, one option for each role of a column and one for each setting."""
    parser.add_argument("file", help="CSV, XLSX, ODS or Parquet; - reads from standard input")
    roles = parser.add_argument_group("columns (left out: found by their names)")
    for i, role in enumerate(study.columns):
        _add_role(roles, study, role, first=i == 0)
    settings = parser.add_argument_group("settings")
    for field in study.Settings.fields():
        _add_setting(settings, study, field)
    output = parser.add_argument_group("output")
    output.add_argument("--html", type=Path, metavar="FILE", help="write a report with charts, tables and formulas")
    output.add_argument("--json", action="store_true", help="print plain values for another program")
    output.add_argument("--ascii", action="store_true", help="no letters outside of ASCII")
    output.add_argument(
        "--sheet", default="", metavar="NAME", help="sheet of a workbook (default: the first with rows)"
    )


def _add_role(group: argparse._ArgumentGroup, study: Study[Any], role: Column, first: bool) -> None:
    names = [f"--{_dashed(role.name)}"]
    names += ["--column"] if first and not any(r.name == "column" for r in study.columns) else []
    size = f"{role.name}_size" in study.Settings.model_fields
    more = "; a number: so many rows in each" if size else ""
    text = f"{role.label}{more}. {role.help}".strip()
    group.add_argument(*names, dest=f"{ROLE}{role.name}", metavar="COLUMN|N" if size else "COLUMN", help=_safe(text))


def _add_setting(group: argparse._ArgumentGroup, study: Study[Any], field: InputField) -> None:
    clash = any(role.name == field.name for role in study.columns)
    name, dest = f"{_dashed(field.name)}{'-by' if clash else ''}", f"{SETTING}{field.name}"
    if field.kind == "flag":
        text = _safe(f"{field.label}. {field.help}".strip())
        group.add_argument(f"--{name}", dest=dest, action=argparse.BooleanOptionalAction, help=text)
        return
    group.add_argument(f"--{name}", dest=dest, metavar=_metavar(field), help=_safe(_about(field)))


def _about(field: InputField) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    default = "" if field.default in (None, "") else f" Default: {field.default}."
    options = "".join(f" {value}: {said}." for value, said in field.options)
    return f"{field.label}{unit}.{options or f' {field.help}'.rstrip()}{default}"


def _metavar(field: InputField) -> str:
    return {"choice": "NAME", "rows": "ROWS"}.get(field.kind, "X")


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _safe(text: str) -> str:
    """argparse reads per cent signs in help as places to fill."""
    return text.replace("%", "%%")


def asked_roles(chosen: argparse.Namespace, study: Study[Any]) -> dict[str, str]:
    """Role → column, as far as the options say."""
    named = {role.name: getattr(chosen, f"{ROLE}{role.name}") for role in study.columns}
    return {role: column for role, column in named.items() if column is not None}


def asked_settings(chosen: argparse.Namespace, study: Study[Any]) -> dict[str, Any]:
    """Setting → value, as far as the options say."""
    named = {field.name: getattr(chosen, f"{SETTING}{field.name}") for field in study.Settings.fields()}
    return {name: str(value) for name, value in named.items() if value is not None}


def named_study(given: Sequence[str]) -> str:
    """What ``--study`` says in a line that is not parsed yet; its options depend on it."""
    for i, word in enumerate(given):
        if word == "--study" and i + 1 < len(given):
            return given[i + 1]
        if word.startswith("--study="):
            return word.partition("=")[2]
    return USUAL
