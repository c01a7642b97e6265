"""A table of real data: named columns with units, and the row number that each value had in the file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from techamp.contract.errors import InvalidInput


@dataclass(frozen=True)
class Specification:
    """What the drawing asks of a measure, in its unit; None where it asks nothing."""

    lower: float | None = None
    upper: float | None = None
    target: float | None = None

    def __bool__(self) -> bool:
        return not self.lower is self.upper is self.target is None


@dataclass(frozen=True)
class TableColumn:
    """One column. ``values`` is float64 (NaN where blank) for numbers, object (str, "" where blank) for text, and
    datetime64 (NaT where blank) for moments in files that have them.

    ``meaning`` is what the column seems to be (``reading.meanings``), ``specification`` what the file says it must
    keep to.
    """

    name: str
    values: NDArray[np.float64] | NDArray[np.object_] | NDArray[np.datetime64]
    unit: str = ""
    header: str = ""  # what the file calls a column that was renamed to a role
    meaning: str = ""
    specification: Specification = Specification()

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers."""
        return self.values.dtype.kind == "f"

    @property
    def is_time(self) -> bool:
        """Whether the column holds moments (of a file that knows them; dates of a text file are text)."""
        return self.values.dtype.kind == "M"

    @property
    def is_counter(self) -> bool:
        """Whether it only counts the rows: whole numbers, each one more than the one before."""
        if not self.is_number or len(self.values) < 3:
            return False
        values = self.values.astype(np.float64, copy=False)
        return bool(np.all(np.diff(values[:100]) == 1.0)) and bool(np.all(values[1:] - values[:-1] == 1.0))


@dataclass(frozen=True)
class Table:
    """Columns of equal length. ``rows[i]`` is the line of the file (1-based) that value i came from."""

    columns: tuple[TableColumn, ...]
    rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def __post_init__(self) -> None:
        lengths = {len(c.values) for c in self.columns}
        if len(lengths) > 1:
            raise InvalidInput("table", "all columns must be equally long", sorted(lengths), "Fill or cut the columns.")
        if len(self.rows) != len(self):
            object.__setattr__(self, "rows", np.arange(1, len(self) + 1, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.columns[0].values) if self.columns else 0

    def __contains__(self, name: object) -> bool:
        return any(c.name == name for c in self.columns)

    def column(self, name: str) -> TableColumn:
        """The column of that name; InvalidInput names the columns there are."""
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(c.name for c in self.columns)
        raise InvalidInput("column", "must be a column of the table", name, f"Choose one of: {known}.")

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column's numbers (NaN where blank); InvalidInput if it holds text."""
        column = self.column(name)
        if not column.is_number:
            raise InvalidInput(name, "must be a column of numbers", "text", "Choose another column, or mend the file.")
        return column.values.astype(np.float64, copy=False)

    def assign(self, roles: dict[str, str]) -> Table:
        """The table a study sees: one column per role, renamed to the role."""
        named = {role: self.column(name) for role, name in roles.items() if name}
        picked = tuple(replace(c, name=role, header=c.header or c.name) for role, c in named.items())
        return Table(picked, self.rows)
