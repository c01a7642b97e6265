"""A study is the other half of a simulation: the same engine on real data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from techamp.contract.inputs import Inputs
from techamp.contract.outcome import Outcome
from techamp.contract.table import Table

S = TypeVar("S", bound=Inputs)


@dataclass(frozen=True)
class Column:
    """A role that a table must (or may) fill, e.g. the measure, the subgroup, the time.

    ``kind``: "number", "text" or "any". ``hints`` are words in a header that suggest the column (lower case).
    """

    name: str
    label: str
    kind: str = "number"
    required: bool = True
    help: str = ""
    hints: tuple[str, ...] = ()


class Study(ABC, Generic[S]):
    """Base of all studies. A subclass lives in ``subjects/<subject>/studies/<name>/study.py``.

    ``twin`` is the id of the simulation that ``fit`` gives inputs for ("" when there is none).
    """

    id: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[str]
    summary: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    Settings: ClassVar[type[Inputs]]
    twin: ClassVar[str] = ""

    @abstractmethod
    def run(self, table: Table, settings: S) -> Outcome:
        """Analyze. ``table`` has one column for each role that was assigned, named by the role."""

    def fit(self, table: Table) -> Inputs:
        """Inputs of the twin simulation that reproduce this table. Only where ``twin`` is named."""
        raise LookupError(f"{self.id} has no twin simulation.")

    def suggest(self, table: Table) -> dict[str, str]:
        """Role → column name, guessed: hints in the header first; for numbers no row counter, and one with a unit."""
        free = list(table.columns)
        found: dict[str, str] = {}
        for role in self.columns:
            fitting = [c for c in free if role.kind != "number" or c.is_number]
            fitting.sort(key=lambda c: (role.kind == "number" and c.is_counter, role.kind == "number" and not c.unit))
            hinted = [c for c in fitting if any(hint in c.name.lower() for hint in role.hints)]
            pick = hinted or (fitting if role.required else [])
            if pick:
                found[role.name] = pick[0].name
                free.remove(pick[0])
        return found
