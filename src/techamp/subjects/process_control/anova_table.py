"""A line of an analysis of variance, the same in gauge studies, comparisons and experiments."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.subjects.process_control.tail_areas import f_upper


@dataclass(frozen=True)
class AnovaRow:
    """``f`` and ``p`` are not a number where the line is not tested (error, total)."""

    source: str
    df: int
    ss: float
    ms: float
    f: float = math.nan
    p: float = math.nan
    against: str = ""


def row(source: str, df: int, ss: float, against: AnovaRow | None = None) -> AnovaRow:
    """Return a line, tested against the mean square of ``against`` if given: F = MS/MS_error with its p."""
    ms = ss / df if df > 0 else math.nan
    if against is None or not (against.df > 0 and against.ms > 0.0 and df > 0):
        return AnovaRow(source, df, ss, ms)
    f = ms / against.ms
    return AnovaRow(source, df, ss, ms, f, f_upper(f, df, against.df), against.source)
