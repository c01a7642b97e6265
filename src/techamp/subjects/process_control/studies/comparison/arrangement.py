"""Rows arranged as groups of readings, as pairs, or as counts of how many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table, TableColumn
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.comparison.settings import ComparisonSettings

MOST_GROUPS = 12
BAD_WORDS = ("fail", "failed", "bad", "reject", "rejected", "ng", "nok", "scrap", "defect", "defective", "leak", "1")


@dataclass(frozen=True, eq=False)
class Arranged:
    """``groups``: the readings of each name; of equal length and in one order where ``paired``.

    For shares a reading is 1 for what is counted, which is called ``counted``, else 0.
    """

    names: tuple[str, ...]
    groups: tuple[Array, ...]
    paired: bool
    unit: str
    counted: str = ""
    lost: int = 0


def arrange(table: Table, settings: ComparisonSettings) -> Arranged:
    """Read groups or pairs; raises InvalidInput where rows do not give two groups, or pairs are not complete."""
    readings, counted = _readings(table, settings)
    unit = "" if counted else table.column("measure").unit
    if "second" in table:
        second, _ = _readings(table, settings, "second", counted)
        return _two_columns(table, settings, readings, second, unit, counted)
    if "group" not in table:
        return _single(table, settings, readings, unit, counted)
    names = _texts(table.column("group"))
    kept = ~np.isnan(readings) & (names != "")
    lost = int((~kept).sum())
    order = tuple(dict.fromkeys(names[kept].tolist()))
    if not 2 <= len(order) <= MOST_GROUPS:
        rule = f"must name from 2 to {MOST_GROUPS} groups"
        raise InvalidInput("Group", rule, len(order), "Choose another column.")
    if _wants_pairs(settings, "pair" in table):
        return _by_pair(table, readings, names, order, unit, lost)
    groups = tuple(readings[kept & (names == name)] for name in order)
    return Arranged(order, groups, False, unit, counted, lost)


def _single(table: Table, settings: ComparisonSettings, readings: Array, unit: str, counted: str) -> Arranged:
    if settings.target is None:
        remedy = "Enter it, or assign the column that says which is which, or a second column of readings."
        raise InvalidInput("The number to compare with", "must be known for a single group", "nothing", remedy)
    kept = ~np.isnan(readings)
    name = table.column("measure").header or "the readings"
    return Arranged((name,), (readings[kept],), False, unit, counted, int((~kept).sum()))


def _wants_pairs(settings: ComparisonSettings, offered: bool) -> bool:
    if settings.question == "shares":
        if settings.paired == "yes":
            remedy = "Choose “No”; or compare the parts one by one in the study of attribute agreement."
            raise InvalidInput("Does each reading have a partner?", "must be no for shares", "yes", remedy)
        return False
    return settings.paired == "yes" or (settings.paired == "auto" and offered)


def _two_columns(
    table: Table, settings: ComparisonSettings, first: Array, second: Array, unit: str, counted: str
) -> Arranged:
    names = tuple(table.column(role).header or role for role in ("measure", "second"))
    if _wants_pairs(settings, True):
        kept = ~np.isnan(first) & ~np.isnan(second)
        return Arranged(names, (first[kept], second[kept]), True, unit, counted, int((~kept).sum()))
    groups = tuple(values[~np.isnan(values)] for values in (first, second))
    return Arranged(names, groups, False, unit, counted)


def _by_pair(
    table: Table, readings: Array, names: NDArray[np.object_], order: tuple[str, ...], unit: str, lost: int
) -> Arranged:
    if len(order) != 2:
        raise InvalidInput("Group", "must name two groups for pairs", len(order), "Leave the others out.")
    if "pair" not in table:
        remedy = "Assign the column that says which two readings belong together, or choose “No”."
        raise InvalidInput("Pair", "must be assigned", "nothing", remedy)
    pair = _texts(table.column("pair"))
    found: dict[str, dict[str, list[float]]] = {}
    for key, name, value in zip(pair.tolist(), names.tolist(), readings.tolist(), strict=True):
        if key and name and value == value:
            found.setdefault(key, {}).setdefault(name, []).append(value)
    whole = [own for own in found.values() if len(own) == 2]
    lost += sum(len(values) for own in found.values() if len(own) != 2 for values in own.values())
    if len(whole) < 2:
        remedy = "Check the column of pairs: both groups need a row with the same name."
        raise InvalidInput("Pair", "must hold two complete pairs at least", len(whole), remedy)
    groups = tuple(np.array([float(np.mean(own[name])) for own in whole]) for name in order)
    return Arranged(order, groups, True, unit, "", lost)


def _readings(
    table: Table, settings: ComparisonSettings, role: str = "measure", counted: str = ""
) -> tuple[Array, str]:
    """Numbers, and for shares 1 where the value is the one that is counted, with its name."""
    if settings.question != "shares":
        return table.numbers(role), ""
    texts = _texts(table.column(role))
    values = sorted({text for text in texts.tolist() if text})
    if not 1 <= len(values) <= 2:
        remedy = "Choose a column of pass and fail, or of 0 and 1."
        raise InvalidInput(table.column(role).header or role, "must hold two values for shares", len(values), remedy)
    picked = counted or next((text for text in values if text.lower() in BAD_WORDS), "") or _rarer(texts, values)
    readings = np.where(texts == "", np.nan, (texts == picked).astype(np.float64))
    return readings, picked


def _rarer(texts: NDArray[np.object_], values: list[str]) -> str:
    return min(values, key=lambda value: int((texts == value).sum()))


def _texts(column: TableColumn) -> NDArray[np.object_]:
    if column.is_number:
        return np.array([f"{value:.10g}" if value == value else "" for value in column.values.tolist()], dtype=object)
    return np.array([str(value).strip() for value in column.values.tolist()], dtype=object)
