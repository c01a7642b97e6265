"""A study on a dataset: roles and settings from an address, the outcome or what must be mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from techamp.campus.data.models import Dataset
from techamp.campus.data.tables import reading_of, sample_of
from techamp.contract import (
    Chart,
    Column,
    Fault,
    FollowUp,
    InputField,
    Inputs,
    InvalidInput,
    Outcome,
    Study,
    Table,
    registry,
)

ROLE = "role-"
MOST_OPTIONS = 50
ASKED = "go"  # the form was sent: a role or a flag that is not there was left empty on purpose


@dataclass(frozen=True)
class RoleField:
    """One role with the columns that may fill it."""

    role: Column
    options: tuple[str, ...]
    chosen: str
    fault: str = ""

    @property
    def name(self) -> str:
        """The form's name for it."""
        return f"{ROLE}{self.role.name}"


@dataclass(frozen=True)
class SettingField:
    """One setting with what stands in its box."""

    field: InputField
    shown: Any
    fault: str = ""
    idle: bool = False  # another setting makes this one mean nothing
    lines: tuple[tuple[tuple[str, str, str], ...], ...] = ()  # of entries: head, name and content of each box
    options: tuple[str, ...] = ()  # of a text that names a value of a column: the values there are

    @property
    def name(self) -> str:
        """The form's name for it."""
        return self.field.name

    @property
    def shown_lines(self) -> int:
        """Of entries: lines that are open at once, the filled ones and one more."""
        return sum(any(content for _head, _name, content in line) for line in self.lines) + 1


@dataclass(frozen=True)
class Bench:
    """Everything that the page of a study shows."""

    study: Study[Any]
    roles: tuple[RoleField, ...]
    settings: tuple[SettingField, ...]
    query: dict[str, str]
    chosen: dict[str, str]
    inputs: Inputs | None = None
    outcome: Outcome | None = None
    faults: tuple[Fault, ...] = field(default=())

    @property
    def anchors(self) -> dict[str, str]:
        """What a fault names → the field to go to."""
        return _form_names(self.study)


def study_of(id: str) -> Study[Any]:
    """The study of that id, or 404."""
    try:
        return registry.study(id)
    except LookupError:
        raise Http404("No such study.") from None


def bench_of(dataset: Dataset, study: Study[Any], asked: Mapping[str, str]) -> Bench:
    """Run the study as the address asks; what is not asked is guessed or the default."""
    table = sample_of(dataset).table
    chosen = _roles(study, table, asked)
    given = _given(study, asked, table.assign(chosen))
    inputs: Inputs | None = None
    outcome: Outcome | None = None
    faults: tuple[Fault, ...] = ()
    try:
        inputs = study.Settings.read(given)
        outcome = _run(dataset, study, chosen, inputs)
    except InvalidInput as error:
        faults = error.faults
    names = _form_names(study)
    said = {names[fault.field]: str(fault) for fault in faults if fault.field in names}
    return Bench(
        study, _role_fields(study, table, chosen, said), _setting_fields(study, given, said, table.assign(chosen)),
        query_of(chosen, given), chosen, inputs, outcome, faults,
    )  # fmt: skip


def points_of(dataset: Dataset, bench: Bench) -> Table | None:
    """Every point behind the charts; None where the study has no more than its tables."""
    if bench.inputs is None:
        return None
    return bench.study.points(reading_of(dataset, bench.chosen.values()).table.assign(bench.chosen), bench.inputs)


def follow_up_of(dataset: Dataset, bench: Bench) -> FollowUp | None:
    """What the study asks to be measured next."""
    if bench.outcome is None or bench.inputs is None or type(bench.study).follow_up is Study.follow_up:
        return None
    return bench.study.follow_up(reading_of(dataset, bench.chosen.values()).table.assign(bench.chosen), bench.inputs)


def pickable_chart(bench: Bench) -> Chart | None:
    """The first chart whose points stand for rows of the file, where the study takes rows."""
    if bench.outcome is None or not any(s.field.kind == "rows" for s in bench.settings):
        return None
    return next((chart for chart in bench.outcome.charts if chart.x_rows), None)


def picks_of(chart: Chart | None) -> list[dict[str, Any]]:
    """The drawn points of a chart that can be picked, in order: row of the file, name and value."""
    if chart is None:
        return []
    said = zip(chart.series[0].x, chart.x_rows, chart.x_names, chart.series[0].y, strict=True)
    return [{"x": x, "row": row, "name": name, "y": y} for x, row, name, y in said if y is not None]


def ranked(table: Table, studies: Iterable[Study[Any]]) -> tuple[list[Study[Any]], list[Study[Any]]]:
    """The studies that the columns fit, best first, and those that they do not fit, or only at a guess."""
    scored = [(study.fit_to(table), study) for study in studies]
    best = max((score for score, _study in scored if score is not None), default=0)
    least = min(0, best)
    fitting = [(score, study) for score, study in scored if score is not None and score >= least]
    fitting.sort(key=lambda pair: (-pair[0], -pair[1].precedence))
    return [study for _score, study in fitting], [s for score, s in scored if score is None or score < least]


def _run(dataset: Dataset, study: Study[Any], chosen: dict[str, str], inputs: Inputs) -> Outcome:
    study.require(sample_of(dataset).table.assign(chosen))  # before a large file is read whole
    reading = reading_of(dataset, chosen.values())
    reading.require(chosen.values())
    return study.run(reading.table.assign(chosen), inputs)


def _roles(study: Study[Any], table: Table, asked: Mapping[str, str]) -> dict[str, str]:
    """Role → column: as asked; guessed where nothing was asked at all."""
    if ASKED not in asked and not any(name.startswith(ROLE) for name in asked):
        return study.suggest(table)
    picked = {role.name: asked.get(f"{ROLE}{role.name}", "") for role in study.columns}
    return {role: column for role, column in picked.items() if column in table}


def _given(study: Study[Any], asked: Mapping[str, str], table: Table) -> dict[str, Any]:
    """The settings that the address names; a flag that a sent form leaves out is off; else what the table says."""
    fields = study.Settings.fields()
    if ASKED not in asked:
        asked = {**{name: form_text(value) for name, value in study.propose(table).items()}, **asked}
    given: dict[str, Any] = {f.name: asked[f.name] for f in fields if f.name in asked}
    if ASKED in asked:
        given |= {f.name: "false" for f in fields if f.kind == "flag" and f.name not in asked}
    return given


def query_of(roles: Mapping[str, str], settings: Mapping[str, Any]) -> dict[str, str]:
    """What an address needs to make an analysis again."""
    shown = {name: form_text(value) for name, value in settings.items()}
    return {ASKED: "1", **{f"{ROLE}{role}": column for role, column in roles.items() if column}, **shown}


def form_text(value: Any) -> str:
    """A setting as a form writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _form_names(study: Study[Any]) -> dict[str, str]:
    """What a fault may call a role or a setting, its label or its name → the form's name for it."""
    names = {f.label: f.name for f in study.Settings.fields()} | {f.name: f.name for f in study.Settings.fields()}
    names |= {r.label: f"{ROLE}{r.name}" for r in study.columns} | {r.name: f"{ROLE}{r.name}" for r in study.columns}
    return names


def _role_fields(
    study: Study[Any], table: Table, chosen: dict[str, str], said: dict[str, str]
) -> tuple[RoleField, ...]:
    found = []
    for role in study.columns:
        options = tuple(c.name for c in table.columns if role.kind != "number" or c.is_number)
        found.append(RoleField(role, options, chosen.get(role.name, ""), said.get(f"{ROLE}{role.name}", "")))
    return tuple(found)


def _setting_fields(
    study: Study[Any], given: dict[str, Any], said: dict[str, str], table: Table
) -> tuple[SettingField, ...]:
    fields = study.Settings.fields()
    shown = {f.name: form_value(f, given.get(f.name, f.default)) for f in fields}
    found = []
    for f in fields:
        options = values_of(table, f.of) if f.of in table else ()
        idle = (f.when is not None and shown[f.when[0]] not in f.when[1]) or bool(f.of and f.of not in table)
        found.append(SettingField(f, shown[f.name], said.get(f.name, ""), idle, options=options))
    return tuple(found)


def values_of(table: Table, role: str) -> tuple[str, ...]:
    """The values of a column, as a setting names them; nothing where there are too many to choose from."""
    column = table.column(role)
    distinct = {f"{value:g}" if column.is_number else str(value).strip() for value in column.values.tolist()}
    distinct -= {"", "nan", "NaT"}
    return tuple(sorted(distinct)) if len(distinct) <= MOST_OPTIONS else ()


def form_value(field: InputField, value: Any) -> Any:
    """What stands in a setting's box."""
    if field.kind == "flag":
        return str(value).strip().lower() in {"1", "true", "on", "yes"}
    return form_text(value)
