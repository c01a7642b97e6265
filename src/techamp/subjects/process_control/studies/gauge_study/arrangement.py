"""From a table as it was read to readings with the number of each one's part and operator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table, TableColumn
from techamp.subjects.process_control.readings import Array

Codes = NDArray[np.int64]
MOST_PARTS = 2000


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Readings in the order of parts, operators and trials. ``part[i]``, ``operator[i]``: numbers of reading i.

    In a nested study two operators never share a part. ``said``: what was done on the way, in sentences.
    """

    values: Array
    part: Codes
    operator: Codes
    part_names: tuple[str, ...]
    operator_names: tuple[str, ...]
    rows: Codes
    unit: str
    nested: bool
    said: tuple[str, ...]

    @property
    def cells(self) -> Array | None:
        """(parts, operators, repeats), in a nested study (operators, parts, repeats); None if uneven."""
        if self.nested:
            return _even(
                [self.values[(self.operator == o) & (self.part == p)] for o, p in self._owned()], self._shape()
            )
        pairs = [(p, o) for p in range(len(self.part_names)) for o in range(len(self.operator_names))]
        groups = [self.values[(self.part == p) & (self.operator == o)] for p, o in pairs]
        return _even(groups, (len(self.part_names), len(self.operator_names)))

    def _owned(self) -> list[tuple[int, int]]:
        return [(int(o), int(p)) for o, p in np.unique(np.stack([self.operator, self.part], axis=1), axis=0)]

    def _shape(self) -> tuple[int, int] | None:
        counts = np.bincount([o for o, _ in self._owned()])
        return (len(counts), int(counts[0])) if counts.min() == counts.max() else None


def _even(groups: list[Array], shape: tuple[int, int] | None) -> Array | None:
    sizes = {len(group) for group in groups}
    if shape is None or len(sizes) != 1 or 0 in sizes:
        return None
    return np.stack(groups).reshape(*shape, -1)


def arrange(table: Table, layout: str) -> Arrangement:
    """Drop rows that lack something, number parts and operators, and see which layout it is."""
    values = table.numbers("measurement")
    part, operator = _names(table.column("part")), _names(table.column("operator"))
    complete = ~np.isnan(values) & (part != "") & (operator != "")
    said = []
    if lost := int((~complete).sum()):
        rows = "1 row lacks" if lost == 1 else f"{lost:,} rows lack"
        said.append(f"{rows} a part, an operator or a reading and {'was' if lost == 1 else 'were'} left out.")
    if complete.sum() < 4:
        raise InvalidInput("measurement", "must hold at least four readings", int(complete.sum()), "Add readings.")
    values, part, operator, rows_of = values[complete], part[complete], operator[complete], table.rows[complete]
    nested = layout == "nested" or (layout == "auto" and _is_nested(part, operator))
    if nested:
        part = np.char.add(np.char.add(operator, " "), part) if layout == "nested" else part
        said.append("No part was measured by two operators, so this is a nested study.") if layout == "auto" else None
    part_names, part_code = _numbered(part)
    operator_names, operator_code = _numbered(operator)
    if len(part_names) > MOST_PARTS:
        raise InvalidInput("part", f"must name at most {MOST_PARTS:,} parts", len(part_names), "Choose another column.")
    trial = _trial(table)[complete]
    order = np.lexsort((np.arange(len(values)), trial, operator_code, part_code))
    return Arrangement(
        values[order], part_code[order], operator_code[order], part_names, operator_names, rows_of[order],
        table.column("measurement").unit, nested, tuple(said),
    )  # fmt: skip


def _names(column: TableColumn) -> NDArray[np.str_]:
    if not column.is_number:
        return np.char.strip(column.values.astype(str))
    return np.array([f"{value:.10g}" if value == value else "" for value in column.values.tolist()], dtype=str)


def _numbered(names: NDArray[np.str_]) -> tuple[tuple[str, ...], Codes]:
    """Names in order (2 before 10), and the number of each entry's name."""
    distinct, codes = np.unique(names, return_inverse=True)
    order = sorted(range(len(distinct)), key=lambda i: _key(str(distinct[i])))
    place = np.argsort(np.array(order))
    return tuple(str(distinct[i]) for i in order), place[codes].astype(np.int64)


def _key(name: str) -> tuple[int, float, str]:
    try:
        return 0, float(name), name
    except ValueError:
        return 1, 0.0, name.lower()


def _trial(table: Table) -> Array:
    if "trial" not in table:
        return np.zeros(len(table))
    _, codes = _numbered(_names(table.column("trial")))
    return codes.astype(np.float64)


def _is_nested(part: NDArray[np.str_], operator: NDArray[np.str_]) -> bool:
    pairs = {(p, o) for p, o in zip(part.tolist(), operator.tolist(), strict=True)}
    return len(pairs) == len({p for p, _ in pairs}) and len({o for _, o in pairs}) > 1
