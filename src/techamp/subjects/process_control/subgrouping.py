"""Rational subgroups: readings taken close together, summed up by n, mean, range and standard deviation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Array, as_readings, deviations

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Subgroups:
    """Subgroups in the order of time.

    ``deviation`` holds readings minus ``origin``: a table of k subgroups by n with not-a-number where a
    reading is missing. A subgroup without any reading is a gap: n is 0 and its statistics are not a number.
    """

    deviation: Array
    origin: float
    labels: Sequence[object]

    def __len__(self) -> int:
        return int(self.deviation.shape[0])

    @cached_property
    def complete(self) -> bool:
        """True when no reading is missing."""
        return not np.isnan(np.sum(self.deviation))

    @cached_property
    def n(self) -> Integers:
        """Readings in each subgroup."""
        if self.complete:
            return np.full(len(self), self.deviation.shape[1], dtype=np.int64)
        return np.asarray(np.sum(~np.isnan(self.deviation), axis=1), dtype=np.int64)

    @cached_property
    def mean_deviation(self) -> Array:
        """Mean of each subgroup, minus ``origin``."""
        with np.errstate(invalid="ignore"):
            return _fold(np.add, self._zero_for_missing) / np.where(self.n > 0, self.n, np.nan)

    @cached_property
    def mean(self) -> Array:
        """Mean of each subgroup."""
        return self.mean_deviation + self.origin

    @cached_property
    def range(self) -> Array:
        """Largest minus smallest reading; not a number where n is below 2."""
        spread: Array = _fold(np.fmax, self.deviation) - _fold(np.fmin, self.deviation)
        return spread if self.complete and self.deviation.shape[1] > 1 else np.where(self.n >= 2, spread, np.nan)

    @cached_property
    def sum_of_squares(self) -> Array:
        """Sum of squared deviations from the subgroup's own mean (second pass, so nothing cancels)."""
        residual = self._zero_for_missing - self.mean_deviation[:, None]
        if not self.complete:
            residual = np.where(np.isnan(self.deviation), 0.0, residual)
        return _fold(np.add, residual * residual)

    @cached_property
    def sd(self) -> Array:
        """Standard deviation (n - 1) of each subgroup; not a number where n is below 2."""
        return np.sqrt(self.sum_of_squares / np.where(self.n >= 2, self.n - 1.0, np.nan))

    @cached_property
    def _zero_for_missing(self) -> Array:
        return self.deviation if self.complete else np.where(np.isnan(self.deviation), 0.0, self.deviation)


def subgroups(
    values: ArrayLike, *, size: int | None = None, labels: ArrayLike | None = None, field: str = "values"
) -> Subgroups:
    """Return the readings as subgroups.

    ``values`` is a table of k subgroups by n readings (not-a-number where missing), or one column with either
    ``size`` (every ``size`` readings in a row; the last subgroup may be smaller) or ``labels`` (readings with the
    same label belong together; the order is that of first appearance).
    Raises InvalidInput if the shape, the size or the number of labels does not fit.
    """
    readings = as_readings(values, field)
    names: Sequence[object]
    if readings.ndim == 2 and size is None and labels is None:
        table, names = readings, range(1, len(readings) + 1)
    elif readings.ndim != 1:
        raise InvalidInput(
            field, "must be one column, or a table with one subgroup in each row", readings.shape, "Check the shape."
        )
    elif labels is not None:
        table, names = _by_label(readings, np.asarray(labels), field)
    elif size is not None:
        table = _by_size(readings, size)
        names = range(1, len(table) + 1)
    else:
        raise InvalidInput("size", "must be given for a single column", None, "Say how many readings form a subgroup.")
    shifted, origin = deviations(np.asfortranarray(table))  # column by column in memory: see _fold
    return Subgroups(shifted, origin, names)


def _by_size(readings: Array, size: int) -> Array:
    if size != int(size) or size < 1:
        raise InvalidInput("size", "must be a whole number of at least 1", size, "Give the readings per subgroup.")
    missing = -len(readings) % int(size)
    if missing:
        readings = np.concatenate([readings, np.full(missing, np.nan)])
    return readings.reshape(-1, int(size))


def _by_label(readings: Array, labels: NDArray[np.generic], field: str) -> tuple[Array, tuple[object, ...]]:
    if labels.shape != readings.shape:
        raise InvalidInput(
            "labels", f"must be as many as {field} ({len(readings)})", labels.size, "Give each reading one label."
        )
    heads = np.flatnonzero(np.concatenate([[True], labels[1:] != labels[:-1]]))
    names = labels[heads]
    distinct, first, which = np.unique(names, return_index=True, return_inverse=True)
    if len(distinct) < len(names):  # a label comes back later: bring its readings together, first come first
        order_of_appearance = np.argsort(np.argsort(first))
        group = np.repeat(order_of_appearance[which], np.diff(np.append(heads, len(labels))))
        order = np.argsort(group, kind="stable")
        readings, group = readings[order], group[order]
        heads = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
        names = distinct[np.argsort(first)]
    sizes = np.diff(np.append(heads, len(readings)))
    table = np.full((len(heads), int(sizes.max())), np.nan)
    row = np.repeat(np.arange(len(heads)), sizes)
    table[row, np.arange(len(readings)) - heads[row]] = readings
    return table, tuple(names.tolist())


def _fold(combine: np.ufunc, table: Array) -> Array:
    """Combine the columns of a narrow table one by one: much faster than reducing along its rows."""
    if table.shape[1] > 16:
        return np.asarray(combine.reduce(table, axis=1), dtype=np.float64)
    result = table[:, 0].copy()
    for column in range(1, table.shape[1]):
        combine(result, table[:, column], out=result)
    return result
