"""From rows of the file to points of the chart: phases, and points that the limits must not use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, RowNote, read_row_notes
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Picked:
    """``phases``: a label for each point, or None for a single phase. ``exclude``: point → reason."""

    phases: NDArray[np.object_] | None
    exclude: dict[int, str]
    starts: tuple[int, ...]


def picked(settings: ControlChartSettings, rows: Integers, point: Integers | None) -> Picked:
    """``rows``: line of the file of each reading; ``point``: the point that each belongs to, or None for its own."""
    if not settings.phases.strip() and not settings.exclude.strip():
        return Picked(None, {}, ())
    point = np.arange(len(rows), dtype=np.int64) if point is None else point
    count = int(point.max()) + 1
    fields = {field.name: field.label for field in settings.fields()}
    changes = read_row_notes(settings.phases, fields["phases"], reasons="optional")
    left_out = read_row_notes(settings.exclude, fields["exclude"], reasons="required")
    starts = {_points(note, rows, point, fields["phases"])[0]: note.said for note in changes}
    exclude: dict[int, str] = {}
    for note in left_out:
        exclude |= {int(p): note.said for p in _points(note, rows, point, fields["exclude"])}
    if len(exclude) >= count - 1:
        remedy = "Put some of them back: limits need points."
        raise InvalidInput(fields["exclude"], "must leave two points or more", f"{len(exclude)} of {count}", remedy)
    return Picked(_labels(starts, count), exclude, tuple(sorted(starts)))


def _points(note: RowNote, rows: Integers, point: Integers, field: str) -> list[int]:
    found = np.unique(point[(rows >= note.first) & (rows <= note.last)])
    if not len(found):
        span = f"{rows.min()} to {rows.max()}"
        raise InvalidInput(field, f"must be rows that were read ({span})", str(note), "Check the row number.")
    return [int(p) for p in found]


def _labels(starts: dict[int, str], count: int) -> NDArray[np.object_] | None:
    """One label for each point; words that come twice are told apart by their number."""
    if not starts or set(starts) == {0}:
        return None
    labels = np.empty(count, dtype=object)
    edges = sorted({0, *starts})
    names = [starts.get(edge, "") or f"{i + 1}" for i, edge in enumerate(edges)]
    for i, (start, stop) in enumerate(zip(edges, [*edges[1:], count], strict=True)):
        labels[start:stop] = names[i] if names.count(names[i]) == 1 else f"{names[i]} ({i + 1})"
    return labels
