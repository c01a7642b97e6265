"""Roles and settings that several studies share: readings in order, their subgroups, the machine, the specification."""

from __future__ import annotations

from typing import Any

from techamp.contract import Column, Table

MEASURE_HINTS = ("diameter", "measure", "reading", "value", "length", "width", "thickness", "weight", "torque")

MEASURE = Column(
    "measure",
    "What was measured",
    "number",
    help="One reading in each row: a diameter, a weight, a time.",
    hints=MEASURE_HINTS,
    meanings=("measure",),
)
SUBGROUP = Column(
    "subgroup",
    "Subgroup",
    "any",
    required=False,
    help="Rows with the same value were made close together.",
    hints=("subgroup", "sample", "group", "lot", "batch", "hour"),
    meanings=("subgroup",),
)
ORDER = Column(
    "order",
    "Time or order",
    "any",
    required=False,
    help="Left empty, the order of the rows is the order of time.",
    hints=("date", "time", "order", "sequence", "number", "no."),
    meanings=("time",),
)
STREAM = Column(
    "stream",
    "Machine, operator or cavity",
    "any",
    required=False,
    help="The chart says whether they differ.",
    meanings=("machine", "operator"),
)
ONLY = "Only this machine, operator or cavity"


def specified(table: Table, role: str, *names: str) -> dict[str, Any]:
    """The specification that the file itself says of a role, as the settings of these ``names``."""
    if role not in table:
        return {}
    spec = table.column(role).specification
    said = {"lower_spec": spec.lower, "upper_spec": spec.upper, "target": spec.target}
    return {name: said[name] for name in names if said[name] is not None}
