"""Rows that were typed or measured, as the bytes of a CSV file that reads back the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from techamp.contract.errors import InvalidInput
from techamp.contract.reading.rules import ReadingRules

Value = float | int | str | None
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
RULES = ReadingRules()


def write_table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Value]]) -> tuple[bytes, ReadingRules]:
    """UTF-8 CSV with a header from (name, unit) pairs, and the rules that read it. None is a blank.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    if not columns or not rows:
        raise InvalidInput("table", "must have columns and rows", f"{len(columns)} and {len(rows)}", "Enter a value.")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_shown(f"{name} ({unit})" if unit else name) for name, unit in columns])
    for row in rows:
        if len(row) != len(columns):
            raise InvalidInput("table", f"must have {len(columns)} values in each row", len(row), "Fill the row.")
        writer.writerow([_shown(value) for value in row])
    rules = RULES if len(columns) > 1 else RULES.model_copy(update={"delimiter": ""})
    return text.getvalue().encode("utf-8"), rules


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value
    return str(value) if isinstance(value, int) else repr(float(value))
