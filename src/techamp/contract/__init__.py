"""The words that all rooms share: quantity, inputs, outcome, simulation, game, study, table, random.

Subjects implement these words, campus shows them. This package imports neither.
"""

from techamp.contract.builder import Board, Box, Builder, Document, Drawing, Finding, Listing, Row, Template, Watch
from techamp.contract.entries import read_entries, write_entries
from techamp.contract.errors import Fault, InvalidInput
from techamp.contract.game import Decision, Game, MoveKind
from techamp.contract.inputs import InputField, Inputs, choice, entries, flag, quantity, rows, text
from techamp.contract.live import Live
from techamp.contract.outcome import Chart, DataTable, Explanation, Mark, Measure, Outcome, RefLine, Series, Trace
from techamp.contract.planner import FollowUp, Planner, Sheet, SheetColumn
from techamp.contract.row_notes import RowNote, read_row_notes, write_row_notes
from techamp.contract.simulation import Simulation
from techamp.contract.study import Column, Study
from techamp.contract.table import Specification, Table, TableColumn

__all__ = [
    "Board",
    "Box",
    "Builder",
    "Chart",
    "Column",
    "DataTable",
    "Decision",
    "Document",
    "Drawing",
    "Explanation",
    "Fault",
    "Finding",
    "FollowUp",
    "Game",
    "InputField",
    "Inputs",
    "InvalidInput",
    "Listing",
    "Live",
    "Mark",
    "Measure",
    "MoveKind",
    "Outcome",
    "Planner",
    "RefLine",
    "Row",
    "RowNote",
    "Series",
    "Sheet",
    "SheetColumn",
    "Simulation",
    "Specification",
    "Study",
    "Table",
    "TableColumn",
    "Template",
    "Trace",
    "Watch",
    "choice",
    "entries",
    "flag",
    "quantity",
    "read_entries",
    "read_row_notes",
    "rows",
    "text",
    "write_entries",
    "write_row_notes",
]
