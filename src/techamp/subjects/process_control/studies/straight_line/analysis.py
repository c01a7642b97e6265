"""The line, worked out once for words, pictures and tables."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table
from techamp.contract.moments import seconds_of
from techamp.subjects.process_control.comparing.diagnostics import Diagnosis, diagnose
from techamp.subjects.process_control.comparing.regression import Coefficient, Regression, polynomial_fit, refit
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.straight_line.settings import StraightLineSettings

FEWEST, MOST = 4, 200_000


@dataclass(frozen=True, eq=False)
class Found:
    """Pairs in the order of time, their rows in the file, the line and what to doubt about it.

    ``at``: where to predict; ``said``: what was done on the way, in sentences.
    """

    settings: StraightLineSettings
    x: Array
    y: Array
    rows: NDArray[np.int64]
    x_name: str
    y_name: str
    x_unit: str
    y_unit: str
    line: Regression
    doubts: Diagnosis
    at: float
    said: tuple[str, ...]

    @property
    def slope(self) -> Coefficient:
        return self.line.coefficients[-1]

    @property
    def intercept(self) -> Coefficient | None:
        return self.line.coefficients[0] if self.line.intercept else None

    @property
    def confidence(self) -> str:
        """95 %"""
        return f"{100 * self.line.confidence:g} %"

    @property
    def sloping(self) -> bool:
        """Whether chance alone would hardly give this slope."""
        return not self.slope.low <= 0.0 <= self.slope.high

    @property
    def decimals(self) -> int:
        """Decimals of y: two figures of the residuals' spread."""
        return _decimals(self.line.residual_sd or float(np.ptp(self.y)))

    def of_y(self, value: float, more: int = 0) -> str:
        """A value of y with its unit."""
        return f"{value:.{self.decimals + more}f} {self.y_unit}".rstrip().replace("-", "−")

    def of_x(self, value: float) -> str:
        """A value of x with its unit."""
        return f"{value:.{_decimals(float(np.ptp(self.x)) / 20)}f} {self.x_unit}".rstrip().replace("-", "−")

    def of_slope(self, value: float) -> str:
        """A slope, with two figures of its standard error."""
        return f"{value:.{_decimals(self.slope.error or abs(self.slope.value))}f}".replace("-", "−")


def find(table: Table, settings: StraightLineSettings) -> Found:
    """The line through the rows that hold both numbers; InvalidInput where they cannot carry one."""
    said: list[str] = []
    kept = _kept(table, said)
    x, y = table.numbers("x")[kept], table.numbers("y")[kept]
    if len(x) < FEWEST:
        raise InvalidInput("y", f"must have {FEWEST} pairs or more", len(x), "Measure more.")
    if len(x) > MOST:
        remedy = "Bring a shorter time, or every hundredth reading."
        raise InvalidInput("y", f"must have at most {MOST:,} pairs", f"{len(x):,}", remedy)
    confidence, intercept = float(settings.confidence), not settings.through_zero
    line = polynomial_fit(x, y, intercept=intercept, confidence=confidence)
    rows = table.rows[kept]
    doubts = diagnose(line, [f"Row {row}" for row in rows.tolist()])
    at = float(0.5 * (x.min() + x.max())) if settings.at is None else settings.at
    first, second = table.column("x"), table.column("y")
    return Found(
        settings, x, y, rows, first.header or "x", second.header or "y", first.unit, second.unit, line, doubts, at,
        tuple(said),
    )  # fmt: skip


def without(found: Found, position: int) -> Regression:
    """The line without one pair."""
    return refit(found.line, np.delete(np.arange(len(found.x), dtype=np.int64), position))


def _kept(table: Table, said: list[str]) -> NDArray[np.int64]:
    """Positions of complete rows, in the order of time where a column tells it."""
    whole = np.flatnonzero(~(np.isnan(table.numbers("x")) | np.isnan(table.numbers("y"))))
    if lost := len(table) - len(whole):
        said.append(f"{lost:,} {'row lacks' if lost == 1 else 'rows lack'} one of the two numbers.")
    if "order" not in table:
        return whole
    column = table.column("order")
    keys = column.values if column.is_number or column.is_time else seconds_of(list(map(str, column.values.tolist())))
    if keys is None:
        said.append("The times could not be read as dates, so the readings stand in the order of the file.")
        return whole
    return np.asarray(whole[np.argsort(keys[whole], kind="stable")])


def _decimals(size: float) -> int:
    """Decimals with which two figures of ``size`` are seen."""
    return min(9, max(0, 1 - math.floor(math.log10(size)))) if size > 0.0 else 3
