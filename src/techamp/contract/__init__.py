"""The words that all rooms share: quantity, inputs, outcome, simulation, study, table, random.

Subjects implement these words, campus shows them. This package imports neither.
"""

from techamp.contract.errors import Fault, InvalidInput
from techamp.contract.inputs import InputField, Inputs, choice, flag, quantity
from techamp.contract.outcome import Chart, DataTable, Mark, Measure, Outcome, RefLine, Series, Trace
from techamp.contract.simulation import Simulation
from techamp.contract.study import Column, Study
from techamp.contract.table import Table, TableColumn

__all__ = [
    "Chart",
    "Column",
    "DataTable",
    "Fault",
    "InputField",
    "Inputs",
    "InvalidInput",
    "Mark",
    "Measure",
    "Outcome",
    "RefLine",
    "Series",
    "Simulation",
    "Study",
    "Table",
    "TableColumn",
    "Trace",
    "choice",
    "flag",
    "quantity",
]
