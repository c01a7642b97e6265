"""The words that all rooms share: quantity, inputs, outcome, simulation, game, study, table, random.

Subjects implement these words, campus shows them. This package imports neither.

A word is loaded when it is first used: whoever needs one of them need not wait for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from techamp.contract.builder import Board as Board
    from techamp.contract.builder import Box as Box
    from techamp.contract.builder import Builder as Builder
    from techamp.contract.builder import Document as Document
    from techamp.contract.builder import Drawing as Drawing
    from techamp.contract.builder import Finding as Finding
    from techamp.contract.builder import Listing as Listing
    from techamp.contract.builder import Row as Row
    from techamp.contract.builder import Template as Template
    from techamp.contract.builder import Watch as Watch
    from techamp.contract.entry_lines import read_entries as read_entries
    from techamp.contract.entry_lines import write_entries as write_entries
    from techamp.contract.errors import Fault as Fault
    from techamp.contract.errors import InvalidInput as InvalidInput
    from techamp.contract.game import Decision as Decision
    from techamp.contract.game import Game as Game
    from techamp.contract.game import MoveKind as MoveKind
    from techamp.contract.inputs import InputField as InputField
    from techamp.contract.inputs import Inputs as Inputs
    from techamp.contract.inputs import choice as choice
    from techamp.contract.inputs import entries as entries
    from techamp.contract.inputs import flag as flag
    from techamp.contract.inputs import quantity as quantity
    from techamp.contract.inputs import rows as rows
    from techamp.contract.inputs import text as text
    from techamp.contract.live import Live as Live
    from techamp.contract.outcome import Chart as Chart
    from techamp.contract.outcome import DataTable as DataTable
    from techamp.contract.outcome import Explanation as Explanation
    from techamp.contract.outcome import Mark as Mark
    from techamp.contract.outcome import Measure as Measure
    from techamp.contract.outcome import Outcome as Outcome
    from techamp.contract.outcome import RefLine as RefLine
    from techamp.contract.outcome import Series as Series
    from techamp.contract.outcome import Trace as Trace
    from techamp.contract.planner import FollowUp as FollowUp
    from techamp.contract.planner import Planner as Planner
    from techamp.contract.planner import Sheet as Sheet
    from techamp.contract.planner import SheetColumn as SheetColumn
    from techamp.contract.row_notes import RowNote as RowNote
    from techamp.contract.row_notes import read_row_notes as read_row_notes
    from techamp.contract.row_notes import write_row_notes as write_row_notes
    from techamp.contract.simulation import Simulation as Simulation
    from techamp.contract.study import Column as Column
    from techamp.contract.study import Study as Study
    from techamp.contract.table import Specification as Specification
    from techamp.contract.table import Table as Table
    from techamp.contract.table import TableColumn as TableColumn

_HOME = {
    "builder": (
        "Board",
        "Box",
        "Builder",
        "Document",
        "Drawing",
        "Finding",
        "Listing",
        "Row",
        "Template",
        "Watch",
    ),
    "entry_lines": (
        "read_entries",
        "write_entries",
    ),
    "errors": (
        "Fault",
        "InvalidInput",
    ),
    "game": (
        "Decision",
        "Game",
        "MoveKind",
    ),
    "inputs": (
        "InputField",
        "Inputs",
        "choice",
        "entries",
        "flag",
        "quantity",
        "rows",
        "text",
    ),
    "live": ("Live",),
    "outcome": (
        "Chart",
        "DataTable",
        "Explanation",
        "Mark",
        "Measure",
        "Outcome",
        "RefLine",
        "Series",
        "Trace",
    ),
    "planner": (
        "FollowUp",
        "Planner",
        "Sheet",
        "SheetColumn",
    ),
    "row_notes": (
        "RowNote",
        "read_row_notes",
        "write_row_notes",
    ),
    "simulation": ("Simulation",),
    "study": (
        "Column",
        "Study",
    ),
    "table": (
        "Specification",
        "Table",
        "TableColumn",
    ),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}
__all__ = sorted(_MODULE)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
