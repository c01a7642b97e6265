"""A table of stations from a spreadsheet: one line each, with a first line that says what the columns are."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from techamp.contract import Document, Fault, InvalidInput
from techamp.subjects.manufacturing_systems.builders.line.document import PRODUCTS, STATIONS, copied, typed_number
from techamp.subjects.manufacturing_systems.builders.line.editing import MOST

LONGEST = 50_000
HEADS = {
    "name": ("station", "name", "machine", "step", "process", "operation"),
    "time": ("time", "cycle time", "process time", "ct", "mean", "minutes", "min", "time per part"),
    "cv": ("cv", "variation"),
    "machines": ("machines", "parallel", "count", "number of machines", "machines side by side"),
    "buffer": ("buffer", "places", "queue", "wip limit", "places before it"),
    "mttf": ("mttf", "mtbf", "time between breakdowns", "uptime"),
    "mttr": ("mttr", "repair", "time to repair", "downtime"),
    "scrap": ("scrap", "scrap %", "reject", "rejects"),
    "setup": ("setup", "changeover", "setup time"),
}


def pasted(document: Document, text: str) -> Document:
    """The document with these stations in place of its own; routes are then through all of them.

    Raises InvalidInput with everything that is wrong with the table.
    """
    rows = _rows(text)
    faults: list[Fault] = []
    columns = _columns(rows[0], faults) if rows else {}
    if not rows or len(rows) < 2:
        remedy = "Copy the cells with their heads: Station, Time, CV, Machines, Places, MTTF, MTTR."
        faults.append(Fault("The table", "must have a line of heads and a line for each station", "", remedy))
    if len(rows) > MOST[STATIONS] + 1:
        rule = f"must have at most {MOST[STATIONS]} stations"
        faults.append(Fault("The table", rule, f"{len(rows) - 1:,}", "Model a part of it."))
    if faults:
        raise InvalidInput.many(faults)
    made = copied(document)
    made[STATIONS] = [_station(columns, row, i) for i, row in enumerate(rows[1:], 1)]
    for product in made.get(PRODUCTS) or []:
        product.pop("route", None)
    return made


def _rows(text: str) -> list[list[str]]:
    if len(text) > LONGEST:
        raise InvalidInput("The table", f"must be at most {LONGEST:,} letters", f"{len(text):,}", "Paste a part of it.")
    first = text.strip().split("\n", 1)[0]
    mark = next((m for m in ("\t", ";", "|", ",") if m in first), "\t")
    lines = csv.reader(io.StringIO(text.strip()), delimiter=mark)
    try:
        return [[cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise InvalidInput("The table", "must be cells in lines", str(error), "Copy it again.") from None


def _columns(head: Sequence[str], faults: list[Fault]) -> dict[str, int]:
    """Field → column. What no field is called is passed over."""
    found: dict[str, int] = {}
    for place, word in enumerate(head):
        plain = word.lower().split("(")[0].strip(" :.")
        for field, words in HEADS.items():
            if plain in words and field not in found:
                found[field] = place
    for field, remedy in (("name", "Head it “Station”."), ("time", "Head it “Time”.")):
        if field not in found:
            faults.append(Fault("The table", f"must have a column for the {field}", ", ".join(head)[:60], remedy))
    return found


def _station(columns: dict[str, int], row: Sequence[str], position: int) -> dict[str, Any]:
    def cell(field: str) -> Any:
        place = columns.get(field, -1)
        return typed_number(row[place][:60]) if 0 <= place < len(row) else None

    name = row[columns["name"]][:60] if columns["name"] < len(row) else ""
    made: dict[str, Any] = {"name": name or f"station {position}"}
    mean, cv = cell("time"), cell("cv")
    made["time"] = {"kind": "gamma", "mean": mean, "cv": cv} if cv not in (None, 0) else mean
    for field in ("machines", "buffer", "setup"):
        made[field] = cell(field)
    if cell("scrap") is not None:
        made["scrap"] = f"{str(cell('scrap')).replace('%', '').strip()} %"
    stops = {field: cell(field) for field in ("mttf", "mttr") if cell(field) not in (None, 0)}
    made["failures"] = [stops] if stops else None
    return {field: value for field, value in made.items() if value is not None}
