"""A planner's sheet: its settings from an address, what was filled in so far, and keeping what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from techamp.campus.data.access import own_dataset
from techamp.campus.data.actions import dataset_from_rows
from techamp.campus.data.models import Dataset, FilledPlan
from techamp.campus.data.tables import sample_of
from techamp.campus.data.workbench import SettingField, form_text, form_value
from techamp.campus.people.models import LedgerKey
from techamp.contract import Fault, InputField, InvalidInput, Outcome, Planner, Sheet, write_entries

LARGEST_SEED = 2_147_483_647


@dataclass(frozen=True)
class FilledSheet:
    """A sheet, the dataset that holds what was filled in, and the values of its blank columns, row by row."""

    sheet: Sheet
    dataset: Dataset | None
    values: tuple[tuple[float | None, ...], ...]
    prospect: Outcome | None = None

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The cells of each row: what is given, or the name and the content of the box."""
        blanks = [column.blank for column in self.sheet.columns]
        made = []
        for i, row in enumerate(self.sheet.rows):
            own = iter(self.values[i])
            made.append([self._cell(i, j, next(own) if blank else row[j], blank) for j, blank in enumerate(blanks)])
        return made

    @property
    def is_wide(self) -> bool:
        """Whether a phone shows each row as a card of its own."""
        return len(self.sheet.columns) > 4

    @property
    def is_numbered(self) -> bool:
        """Whether a column of the sheet counts its rows itself."""
        return self.sheet.columns[0].role == "order"

    def _cell(self, i: int, j: int, value: str | float | None, blank: bool) -> dict[str, Any]:
        text = "" if value is None else value if isinstance(value, str) else f"{value:.12g}"
        return {"name": f"v{i}-{j}" if blank else "", "text": text, "column": self.sheet.columns[j]}


def seed_of(asked: Mapping[str, Any]) -> int:
    """The seed that the address names, or 1."""
    text = str(asked.get("seed", ""))
    return int(text) % LARGEST_SEED if text.isascii() and text.isdigit() else 1


def folded(planner: Planner[Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """The address with the cells of a list (``factors-0-1``) joined to the text that stands for them."""
    plain = dict(asked)
    for field in planner.Settings.fields():
        cells = [[f"{field.name}-{i}-{j}" for j in range(len(field.columns))] for i in range(field.most)]
        if field.kind == "entries" and any(name in asked for line in cells for name in line):
            plain[field.name] = write_entries([[str(plain.pop(name, "")) for name in line] for line in cells])
    return plain


def open_sheet(request: HttpRequest, planner: Planner[Any], asked: Mapping[str, Any]) -> FilledSheet:
    """The sheet that the address asks for; InvalidInput where its settings do not hold."""
    names = {field.name for field in planner.Settings.fields()}
    settings = planner.Settings.read({name: value for name, value in asked.items() if name in names})
    sheet = planner.plan(settings, seed_of(asked))
    dataset = _dataset(request, asked.get("dataset", ""))
    return FilledSheet(sheet, dataset, _values(sheet, dataset), planner.prospect(settings))


def setting_fields(planner: Planner[Any], asked: Mapping[str, Any], faults: tuple[Fault, ...]) -> list[SettingField]:
    """The boxes of the plan's form."""
    fields = planner.Settings.fields()
    names = {f.label: f.name for f in fields} | {f.name: f.name for f in fields}
    said = {names.get(fault.field.partition(",")[0], ""): str(fault) for fault in faults}
    shown = {f.name: form_value(f, asked.get(f.name, f.default)) for f in fields}
    idle = {f.name: f.when is not None and shown[f.when[0]] not in f.when[1] for f in fields}
    return [SettingField(f, shown[f.name], said.get(f.name, ""), idle[f.name], _lines(f, shown)) for f in fields]


def _lines(field: InputField, shown: Mapping[str, Any]) -> tuple[tuple[tuple[str, str, str], ...], ...]:
    """Of a list: each line's cells as head, name of the box and content; empty lines to the end."""
    if field.kind != "entries":
        return ()
    written = [line.split("|") for line in str(shown[field.name]).splitlines()][: field.most]
    written += [[] for _line in range(field.most - len(written))]
    wide = len(field.columns)
    filled = [(line + [""] * wide)[:wide] for line in written]
    return tuple(
        tuple((field.columns[j], f"{field.name}-{i}-{j}", cell) for j, cell in enumerate(line))
        for i, line in enumerate(filled)
    )


def plan_address(plan: FilledPlan) -> str:
    """The query that opens a half-filled sheet again."""
    return urlencode({**plan.asked, "dataset": str(plan.dataset.uid)})


def _dataset(request: HttpRequest, uid: str) -> Dataset | None:
    try:
        return own_dataset(request, UUID(uid)) if uid else None
    except ValueError:
        raise Http404("No such dataset.") from None


def _values(sheet: Sheet, dataset: Dataset | None) -> tuple[tuple[float | None, ...], ...]:
    """What the dataset holds for the blank columns; nothing where it does not belong to this sheet."""
    blanks = [j for j, column in enumerate(sheet.columns) if column.blank]
    empty = tuple((None,) * len(blanks) for _row in sheet.rows)
    if dataset is None:
        return empty
    table = sample_of(dataset).table
    if len(table) != len(sheet.rows) or len(table.columns) != len(sheet.columns):
        return empty
    found = [table.columns[j] for j in blanks]
    columns = [column.values.tolist() if column.is_number else [None] * len(table) for column in found]
    return tuple(tuple(None if v is None or v != v else v for v in row) for row in zip(*columns, strict=True))


def roles_of(sheet: Sheet, dataset: Dataset) -> dict[str, str]:
    """Role of the study → column as the dataset calls it: a unit that the reader does not know stays in the name."""
    read = [column["name"] for column in dataset.columns]
    return {column.role: name for column, name in zip(sheet.columns, read, strict=True) if column.role}


@transaction.atomic
def keep_sheet(
    key: LedgerKey, planner: Planner[Any], asked: Mapping[str, Any], filled: FilledSheet, typed: Mapping[str, str]
) -> tuple[Dataset, int]:
    """Keep what was typed as a dataset, in place of what it held before; returns it and how many blanks are left."""
    sheet = filled.sheet
    rows, faults, left, entered = [], list[Fault](), 0, 0
    for i, row in enumerate(sheet.rows):
        cells = list(row)
        for j, column in enumerate(sheet.columns):
            if column.blank:
                cells[j] = _number(typed.get(f"v{i}-{j}", ""), f"{column.name} {i + 1}", faults)
                left += cells[j] is None and not column.optional
                entered += cells[j] is not None
        rows.append(cells)
    if faults:
        raise InvalidInput.many(faults)
    if not entered:
        raise InvalidInput(_("Sheet"), _("must hold at least one reading"), _("nothing"), _("Enter what you measured."))
    columns = [(column.name, column.unit) for column in sheet.columns]
    replaces = filled.dataset.uid if filled.dataset else None
    dataset = dataset_from_rows(key, sheet.title, columns, rows, Dataset.Source.TYPED, replaces=replaces)
    names = {field.name for field in planner.Settings.fields()} | {"seed"}
    kept = {name: form_text(value) for name, value in asked.items() if name in names}
    FilledPlan.objects.update_or_create(dataset=dataset, defaults={"planner": planner.id, "asked": kept, "left": left})
    return dataset, left


def _number(text: str, field: str, faults: list[Fault]) -> float | None:
    plain = text.strip().replace("−", "-").replace(",", ".")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        value = float("nan")
    if value - value != 0.0:  # not finite
        faults.append(Fault(field, _("must be a number"), text, _("Write it like 8.012.")))
        return None
    return value
