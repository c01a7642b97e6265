"""A planner's sheet: its settings from an address, what was filled in so far, and keeping what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from techamp.campus.data.access import own_dataset
from techamp.campus.data.actions import dataset_from_rows
from techamp.campus.data.models import Dataset
from techamp.campus.data.tables import sample_of
from techamp.campus.data.workbench import SettingField, form_value
from techamp.campus.people.models import LedgerKey
from techamp.contract import Fault, InvalidInput, Planner, Sheet

LARGEST_SEED = 2_147_483_647


@dataclass(frozen=True)
class FilledSheet:
    """A sheet, the dataset that holds what was filled in, and the values of its blank columns, row by row."""

    sheet: Sheet
    dataset: Dataset | None
    values: tuple[tuple[float | None, ...], ...]

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The cells of each row: what is given, or the name and the content of the box."""
        blanks = [column.blank for column in self.sheet.columns]
        made = []
        for i, row in enumerate(self.sheet.rows):
            own = iter(self.values[i])
            made.append([self._cell(i, j, next(own) if blank else row[j], blank) for j, blank in enumerate(blanks)])
        return made

    def _cell(self, i: int, j: int, value: str | float | None, blank: bool) -> dict[str, Any]:
        text = "" if value is None else value if isinstance(value, str) else f"{value:.12g}"
        return {"name": f"v{i}-{j}" if blank else "", "text": text, "column": self.sheet.columns[j]}


def seed_of(asked: Mapping[str, Any]) -> int:
    """The seed that the address names, or 1."""
    text = str(asked.get("seed", ""))
    return int(text) % LARGEST_SEED if text.isascii() and text.isdigit() else 1


def open_sheet(request: HttpRequest, planner: Planner[Any], asked: Mapping[str, Any]) -> FilledSheet:
    """The sheet that the address asks for; InvalidInput where its settings do not hold."""
    names = {field.name for field in planner.Settings.fields()}
    settings = planner.Settings.read({name: value for name, value in asked.items() if name in names})
    sheet = planner.plan(settings, seed_of(asked))
    dataset = _dataset(request, asked.get("dataset", ""))
    return FilledSheet(sheet, dataset, _values(sheet, dataset))


def setting_fields(planner: Planner[Any], asked: Mapping[str, Any], faults: tuple[Fault, ...]) -> list[SettingField]:
    """The boxes of the plan's form."""
    said = {fault.field: str(fault) for fault in faults}
    return [
        SettingField(f, form_value(f, asked.get(f.name, f.default)), said.get(f.label, ""))
        for f in planner.Settings.fields()
    ]


def _dataset(request: HttpRequest, uid: str) -> Dataset | None:
    try:
        return own_dataset(request, UUID(uid)) if uid else None
    except ValueError:
        raise Http404("No such dataset.") from None


def _values(sheet: Sheet, dataset: Dataset | None) -> tuple[tuple[float | None, ...], ...]:
    """What the dataset holds for the blank columns; nothing where it does not belong to this sheet."""
    blanks = [column.name for column in sheet.columns if column.blank]
    empty = tuple((None,) * len(blanks) for _row in sheet.rows)
    if dataset is None:
        return empty
    table = sample_of(dataset).table
    if len(table) != len(sheet.rows) or not all(name in table for name in blanks):
        return empty
    columns = [table.numbers(name).tolist() if table.column(name).is_number else [None] * len(table) for name in blanks]
    return tuple(tuple(None if v is None or v != v else v for v in row) for row in zip(*columns, strict=True))


@transaction.atomic
def keep_sheet(key: LedgerKey, filled: FilledSheet, typed: Mapping[str, str]) -> tuple[Dataset, int]:
    """Keep what was typed as a dataset, in place of what it held before; returns it and how many blanks are left."""
    sheet = filled.sheet
    rows, faults, left = [], list[Fault](), 0
    for i, row in enumerate(sheet.rows):
        cells = list(row)
        for j, column in enumerate(sheet.columns):
            if column.blank:
                cells[j] = _number(typed.get(f"v{i}-{j}", ""), f"{column.name} {i + 1}", faults)
                left += cells[j] is None
        rows.append(cells)
    if faults:
        raise InvalidInput.many(faults)
    if left == len(rows) * sum(column.blank for column in sheet.columns):
        raise InvalidInput(_("Sheet"), _("must hold at least one reading"), _("nothing"), _("Enter what you measured."))
    columns = [(column.name, column.unit) for column in sheet.columns]
    replaces = filled.dataset.uid if filled.dataset else None
    return dataset_from_rows(key, sheet.title, columns, rows, Dataset.Source.TYPED, replaces=replaces), left


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
