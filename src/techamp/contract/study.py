"""A study is the other half of a simulation: the same engine on real data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from techamp.contract.errors import Fault, InvalidInput
from techamp.contract.inputs import Inputs
from techamp.contract.outcome import Outcome
from techamp.contract.table import Table, TableColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from techamp.contract.planner import FollowUp

S = TypeVar("S", bound=Inputs)


@dataclass(frozen=True)
class Column:
    """A role that a table must (or may) fill, e.g. the measure, the subgroup, the time.

    ``kind``: "number", "text" or "any". ``hints`` are words in a header that suggest the column (lower case),
    ``meanings`` what reading may have found the column to be (``reading.meanings``).
    """

    name: str
    label: str
    kind: str = "number"
    required: bool = True
    help: str = ""
    hints: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()


class Study(ABC, Generic[S]):
    """Base of all studies. A subclass lives in ``subjects/<subject>/studies/<name>/study.py``.

    ``question`` is what somebody wants to know who needs it. ``precedence``: of studies that fit a table equally well
    the higher comes first. ``twin`` is the id of the simulation that ``fit`` gives inputs for ("" when there is none).
    """

    id: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[str]
    summary: ClassVar[str]
    question: ClassVar[str] = ""
    precedence: ClassVar[int] = 0
    columns: ClassVar[tuple[Column, ...]]
    Settings: ClassVar[type[Inputs]]
    twin: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        """No study sees a table without the columns that it needs, whoever calls it."""
        super().__init_subclass__(**options)
        for name in ("run", "points", "follow_up"):
            if name in vars(cls):
                setattr(cls, name, _with_its_roles(vars(cls)[name]))

    def require(self, table: Table) -> None:
        """Raise InvalidInput that names each required role that no column fills."""
        missing = [role for role in self.columns if role.required and role.name not in table]
        if missing:
            remedy = "Choose a column under “Columns and settings”."
            raise InvalidInput.many(Fault(r.label, "must be one of your columns", "nothing", remedy) for r in missing)

    @abstractmethod
    def run(self, table: Table, settings: S) -> Outcome:
        """Analyze. ``table`` has one column for each role that was assigned, named by the role."""

    def warm_up(self) -> None:
        """Compile what needs compiling, so that nobody waits for it."""

    def fit(self, table: Table) -> Inputs:
        """Inputs of the twin simulation that reproduce this table. Only where ``twin`` is named."""
        raise LookupError(f"{self.id} has no twin simulation.")

    def points(self, table: Table, settings: S) -> Table | None:
        """Every point behind the charts, to take elsewhere; None where the tables of the outcome say all."""
        return None

    def follow_up(self, table: Table, settings: S) -> FollowUp | None:
        """What should be measured next by what was found: a confirmation run; None where nothing follows."""
        return None

    def propose(self, table: Table) -> dict[str, Any]:
        """Settings that the table itself says, by name: limits in a header. ``table`` has one column for each role."""
        return {}

    def suggest(self, table: Table) -> dict[str, str]:
        """Role → column name, guessed: by hint, then by meaning; a required number at last by what looks like one."""
        return {role: column for role, (column, _known) in self._guessed(table).items()}

    def fit_to(self, table: Table) -> int | None:
        """How well the columns fit: known roles count for it, required ones that are only guessed against it.

        None where a required role cannot be filled at all.
        """
        found = self._guessed(table)
        if any(role.required and role.name not in found for role in self.columns):
            return None
        return sum(1 if known else -3 for _column, known in found.values())

    def _guessed(self, table: Table) -> dict[str, tuple[str, bool]]:
        """Role → column name and whether a hint or its meaning says so."""
        free = list(table.columns)
        found: dict[str, tuple[str, bool]] = {}
        for role in self.columns:
            fitting = sorted((c for c in free if role.kind != "number" or c.is_number), key=lambda c: _order(role, c))
            hinted = [c for c in fitting if any(hint in c.name.lower() for hint in role.hints)]
            meant = [c for c in fitting if c.meaning in role.meanings]
            pick = hinted or meant or (fitting if role.required else [])
            if pick:
                found[role.name] = (pick[0].name, bool(hinted or meant))
                free.remove(pick[0])
        return found


def _order(role: Column, column: TableColumn) -> tuple[bool, bool, bool]:
    """Small comes first: no row counter and one with a unit for numbers, then nothing that means something else."""
    other = bool(role.meanings and column.meaning and column.meaning not in role.meanings)
    number = role.kind == "number"
    return other, number and column.is_counter, number and not column.unit


def _with_its_roles(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def checked(self: Study[Any], table: Table, settings: Any) -> Any:
        self.require(table)
        return method(self, table, settings)

    return checked
