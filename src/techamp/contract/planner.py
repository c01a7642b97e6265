"""A planner is what comes before a study: it says what to measure, in which order, and leaves blanks to fill in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from techamp.contract.inputs import Inputs
from techamp.contract.outcome import Outcome

P = TypeVar("P", bound=Inputs)


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet. ``blank``: to be filled in with numbers; ``role``: what it is to the study.

    ``optional``: a blank that may stay empty.
    """

    name: str
    unit: str = ""
    blank: bool = False
    role: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Sheet:
    """What to print and to fill in: rows in the order in which they are done; None in a blank column.

    ``notes`` tell how to go about it, most important first; ``settings`` are those of the study that fit the plan.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    notes: tuple[str, ...]
    settings: dict[str, Any]

    @property
    def roles(self) -> dict[str, str]:
        """Role of the study → column."""
        return {column.role: column.name for column in self.columns if column.role}


@dataclass(frozen=True)
class FollowUp:
    """What a study asks to be measured next: a planner by its id, the settings that fit, and why."""

    planner: str
    settings: dict[str, Any]
    words: str


class Planner(ABC, Generic[P]):
    """Base of all planners. A subclass lives in ``subjects/<subject>/planners/<name>/planner.py``.

    ``study`` is the id of the study that reads the sheet when it is filled in. The same settings and seed give the
    same sheet, so that a link brings it back.
    """

    id: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[str]
    question: ClassVar[str]
    summary: ClassVar[str]
    study: ClassVar[str]
    listed: ClassVar[bool] = True  # False: only a study leads here
    shuffled: ClassVar[bool] = True  # whether the seed sets an order; False: every sheet of these settings is the same
    Settings: ClassVar[type[Inputs]]

    @abstractmethod
    def plan(self, settings: P, seed: int) -> Sheet:
        """The sheet."""

    def prospect(self, settings: P) -> Outcome | None:
        """What the plan can tell and what it costs, before anything is measured; None where the notes say all."""
        return None
