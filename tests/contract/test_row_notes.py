"""Rows that somebody picked: read, written, refused; and settings that carry them."""

from __future__ import annotations

import numpy as np
import pytest

from techamp.contract import Column, Inputs, InvalidInput, Outcome, Study, Table, TableColumn, read_row_notes, rows
from techamp.contract import write_row_notes as write


class Picks(Inputs):
    """One list of rows."""

    out: str = rows(label="Left out", action="Leave out", reasons="required")


class Gauge(Study[Inputs]):
    """Needs a part and an operator."""

    id, version, title, summary = "test.gauge", 1, "Gauge", ""
    columns = (Column("reading", "Reading", meanings=("measure",)), Column("part", "Part", "any", meanings=("part",)))
    Settings = Inputs

    def run(self, table: Table, settings: Inputs) -> Outcome:
        return Outcome()


def test_what_is_written_reads_back() -> None:
    text = "51: new tool; 60-62: chipped insert: left edge; 120"
    assert write(read_row_notes(text, "Rows")) == text


@pytest.mark.parametrize("text", ["tool", "0: x", "9-3: x", "5.5: x"])
def test_what_is_no_row_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="Rows: must be rows of the file"):
        read_row_notes(text, "Rows")


def test_settings_refuse_rows_without_their_reason() -> None:
    assert Picks.read({"out": "5: slip"}).out == "5: slip"
    field = Picks.fields()[0]
    assert (field.kind, field.reasons, field.action) == ("rows", "required", "Leave out")
    with pytest.raises(InvalidInput, match="Left out: must have a reason for each row"):
        Picks.read({"out": "5"})


def test_a_study_fits_a_table_by_the_roles_that_are_known() -> None:
    reading = TableColumn("x", np.array([1.5, 2.5, 3.0]), meaning="measure")
    known = TableColumn("y", np.array(["a", "b", "c"], dtype=object), meaning="part")
    strange = TableColumn("y", np.array(["a", "b", "c"], dtype=object))
    assert Gauge().fit_to(Table((reading, known))) == 2
    assert Gauge().fit_to(Table((reading, strange))) == -2
    assert Gauge().fit_to(Table((reading,))) is None
