"""The small form by which she says how her file is to be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from techamp.contract import Fault, InvalidInput
from techamp.contract.reading import Reading, ReadingRules

DELIMITERS = (
    (",", gettext_lazy("Comma")), (";", gettext_lazy("Semicolon")), ("\t", gettext_lazy("Tab")),
    ("|", gettext_lazy("Vertical bar")), (" ", gettext_lazy("Spaces")),
    ("  ", gettext_lazy("Two or more spaces")), ("", gettext_lazy("Nothing: one column")),
)  # fmt: skip
DECIMALS = ((".", gettext_lazy("Point: 8.25")), (",", gettext_lazy("Comma: 8,25")))
THOUSANDS = (
    ("", gettext_lazy("Nothing: 1250")), (",", gettext_lazy("Comma: 1,250")), (".", gettext_lazy("Point: 1.250")),
    (" ", gettext_lazy("Space: 1 250")), ("'", gettext_lazy("Apostrophe: 1'250")),
)  # fmt: skip
ENCODINGS = (
    ("utf-8", "UTF-8"), ("cp1252", gettext_lazy("Windows, Western")), ("utf-16", "UTF-16"), ("latin-1", "Latin 1"),
)  # fmt: skip
NUMBERS, BLANK, TEXT = "numbers", "blank", "text"
_SPAN = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?")


@dataclass(frozen=True)
class ColumnChoice:
    """What is to happen with a column in which text stands among numbers."""

    index: int
    name: str
    count: int
    now: str


def anchors() -> dict[str, str]:
    """What a fault names → the field to go to."""
    return {
        _("Row with the column names"): "header_row", _("Row with the units"): "units_row", "header row": "header_row",
        "units row": "units_row", _("Rows to leave out"): "skipped", _("Thousands"): "thousands", "file": "encoding",
    }  # fmt: skip


def column_choices(reading: Reading) -> list[ColumnChoice]:
    """The columns that have such cells, or that she decided about."""
    rules, found = reading.rules, []
    for index, column in enumerate(reading.table.columns):
        now = BLANK if column.name in rules.text_as_blank else TEXT if column.name in rules.text_columns else NUMBERS
        if now != NUMBERS or column.name in reading.counts:
            found.append(ColumnChoice(index, column.name, reading.counts.get(column.name, 0), now))
    return found


def skipped_text(rules: ReadingRules) -> str:
    """The rows that are left out, as she types them: ``5, 17-20``."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in rules.skipped)


def without_problem_rows(reading: Reading) -> str:
    """The rows to leave out so that nothing that does not fit remains; "" where not every such row is listed."""
    if len(reading.problems) < sum(reading.counts.values()):
        return ""
    rows = sorted({problem.row for problem in reading.problems})
    return ", ".join(filter(None, [skipped_text(reading.rules), *map(str, rows)]))


def rules_from(form: Mapping[str, str], reading: Reading) -> ReadingRules:
    """The rules that she chose; InvalidInput with every fault."""
    choices = {choice.name: form.get(f"column-{choice.index}", choice.now) for choice in column_choices(reading)}
    faults: list[Fault] = []
    changes = {
        "delimiter": form.get("delimiter", reading.rules.delimiter),
        "decimal": form.get("decimal", reading.rules.decimal),
        "thousands": form.get("thousands", reading.rules.thousands),
        "encoding": form.get("encoding", reading.rules.encoding),
        "header_row": _row(form, "header_row", _("Row with the column names"), reading.rules.header_row, faults),
        "units_row": _row(form, "units_row", _("Row with the units"), reading.rules.units_row, faults),
        "skipped": _skipped(form.get("skipped", skipped_text(reading.rules)), faults),
        "text_as_blank": tuple(name for name, now in choices.items() if now == BLANK),
        "text_columns": tuple(name for name, now in choices.items() if now == TEXT),
    }
    if changes["thousands"] and changes["thousands"] == changes["decimal"]:
        remedy = _("Choose another sign for one of the two.")
        faults.append(Fault(_("Thousands"), _("must differ from the decimal mark"), changes["decimal"], remedy))
    if faults:
        raise InvalidInput.many(faults)
    try:
        return ReadingRules.model_validate({**reading.rules.model_dump(), **changes})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        remedy = _("Choose again.")
        raise InvalidInput(name, _("must be one of the listed values"), form.get(name, ""), remedy) from None


def _row(form: Mapping[str, str], name: str, label: str, now: int, faults: list[Fault]) -> int:
    text = form.get(name, str(now)).strip() or "0"
    if text.isascii() and text.isdigit() and int(text) <= 10_000:
        return int(text)
    faults.append(Fault(label, _("must be a row number, or 0 for none"), text, _("Count rows from 1 at the top.")))
    return now


def _skipped(text: str, faults: list[Fault]) -> tuple[tuple[int, int], ...]:
    spans = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        found = _SPAN.fullmatch(part)
        if found is None or int(found[2] or found[1]) < int(found[1]):
            remedy = _("Write row numbers like 5, 17-20.")
            faults.append(Fault(_("Rows to leave out"), _("must be row numbers"), part, remedy))
        else:
            spans.append((int(found[1]), int(found[2] or found[1])))
    return tuple(spans[:200])
