"""From a table as it was read to coded runs: factors at low and high, blocks, run order, one response."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table, TableColumn
from techamp.subjects.process_control.readings import Array, Flags

MOST_FACTORS = 8
MOST_LEVELS = 7
LETTERS = "ABCDEFGH"
ROLES = tuple(f"factor_{n}" for n in range(1, MOST_FACTORS + 1))


@dataclass(frozen=True, eq=False)
class StudiedFactor:
    """One factor. ``coded``: (runs,), -1 at ``low`` and +1 at ``high``. ``letter`` stands for it in terms."""

    letter: str
    name: str
    unit: str
    coded: Array
    low: float | str
    high: float | str
    levels: int

    @property
    def is_number(self) -> bool:
        """Whether there are settings between low and high."""
        return not isinstance(self.low, str)

    def setting(self, coded: float) -> str:
        """A coded setting as people at the machine say it, with its unit."""
        if isinstance(self.low, str) or isinstance(self.high, str):
            return str(self.high if coded > 0 else self.low)
        value = 0.5 * (self.low + self.high) + 0.5 * (self.high - self.low) * coded
        return f"{value:.4g} {self.unit}".rstrip()


@dataclass(frozen=True, eq=False)
class Runs:
    """The runs that can be used. ``center``: where every factor that has a middle is in it.

    ``block`` and ``order`` where given; ``rows``: line of the file of each run; ``said``: what was done on the way.
    """

    factors: tuple[StudiedFactor, ...]
    y: Array
    response: str
    unit: str
    block: NDArray[np.str_] | None
    order: Array | None
    center: Flags
    rows: NDArray[np.int64]
    said: tuple[str, ...]

    @property
    def surface(self) -> bool:
        """Whether a factor takes a third level elsewhere than in a center point, so that its bend can be seen."""
        return any(
            f.levels > 2 and bool(np.any(np.abs(np.abs(f.coded[~self.center]) - 1) > 1e-9)) for f in self.factors
        )

    @property
    def settings(self) -> NDArray[np.int64]:
        """A number for each run: equal where all factors are equal."""
        table = np.column_stack([np.round(f.coded, 9) for f in self.factors])
        return np.unique(table, axis=0, return_inverse=True)[1].ravel().astype(np.int64)

    def name(self, term: str) -> str:
        """A term in the factors' own names: "A·B" → "Temperature·Pressure"."""
        names = {f.letter: f.name for f in self.factors}
        parts = [(part[:1], part[1:]) for part in term.split("·")]
        return "·".join(names.get(letter, letter) + power for letter, power in parts)


def header(column: TableColumn) -> str:
    """What the file calls a column."""
    return column.header or column.name


def read_runs(table: Table) -> Runs:
    """Code the factors and leave out runs without a result. Raises InvalidInput where no experiment is left."""
    roles = [role for role in ROLES if role in table]
    if not roles:
        raise InvalidInput("Factor 1", "must be one of your columns", "nothing", "Choose the column of a setting.")
    said: list[str] = []
    y = table.numbers("response")
    kept = ~np.isnan(y)
    for role in roles:
        kept &= _filled(table.column(role))
    if lost := int((~kept).sum()):
        said.append(f"{lost} {'row was' if lost == 1 else 'rows were'} left out: a setting or the result is blank.")
    if int(kept.sum()) < len(roles) + 1 or int(kept.sum()) < 3:
        need = max(3, len(roles) + 1)
        raise InvalidInput("response", f"must have {need} results at least", int(kept.sum()), "Enter more runs.")
    factors = tuple(_factor(LETTERS[i], role, table.column(role), kept) for i, role in enumerate(roles))
    coded = np.column_stack([f.coded for f in factors])
    middle = np.abs(coded) < 1e-9
    has_middle = middle.any(axis=0)  # a factor of names, or one that cannot be set between, has none
    center: Flags = np.asarray(middle[:, has_middle].all(axis=1) & has_middle.any(), dtype=np.bool_)
    column = table.column("response")
    return Runs(
        factors,
        y[kept],
        header(column),
        column.unit,
        _blocks(table, kept),
        _order(table, kept, said),
        center,
        table.rows[kept],
        tuple(said),
    )


def _filled(column: TableColumn) -> Flags:
    if column.is_number:
        return ~np.isnan(column.values.astype(np.float64))
    return np.asarray(np.char.strip(column.values.astype(str)) != "", dtype=np.bool_)


def _factor(letter: str, role: str, column: TableColumn, kept: Flags) -> StudiedFactor:
    name = header(column)
    label = f"Factor {role.removeprefix('factor_')}"
    if not column.is_number:
        texts = np.char.strip(column.values.astype(str))[kept]
        found = list(dict.fromkeys(texts.tolist()))
        if len(found) != 2:
            remedy = "Leave the column out, or keep the rows of two of them."
            raise InvalidInput(label, f"{name} must have two levels", f"{len(found)} levels", remedy)
        low, high = sorted(found)
        return StudiedFactor(letter, name, "", np.where(texts == high, 1.0, -1.0), low, high, 2)
    values = column.values.astype(np.float64)[kept]
    levels = np.unique(values)
    if not 2 <= len(levels) <= MOST_LEVELS:
        remedy = "A factor is a setting that you moved between a few levels. Choose another column."
        raise InvalidInput(label, f"{name} must have 2 to {MOST_LEVELS} levels", f"{len(levels)} levels", remedy)
    # Five levels are those of a central composite plan: the second and the fourth are its corners.
    lowest, highest = (levels[1], levels[3]) if len(levels) == 5 else (levels[0], levels[-1])
    coded = (values - 0.5 * (lowest + highest)) / (0.5 * (highest - lowest))
    coded[np.abs(coded) < 1e-12] = 0.0
    return StudiedFactor(letter, name, column.unit, coded, float(lowest), float(highest), len(levels))


def _blocks(table: Table, kept: Flags) -> NDArray[np.str_] | None:
    if "block" not in table:
        return None
    column = table.column("block")
    values = [f"{v:g}" for v in column.values.tolist()] if column.is_number else column.values.astype(str).tolist()
    texts = np.array(values, dtype=str)[kept]
    return texts if len(np.unique(texts)) > 1 else None


def _order(table: Table, kept: Flags, said: list[str]) -> Array | None:
    if "order" not in table:
        return None
    order = table.numbers("order")[kept]
    if bool(np.isnan(order).any()):
        said.append("The run order has gaps and was not used.")
        return None
    return order
