"""A study guesses which column is which."""

from __future__ import annotations

import numpy as np
import pytest

from techamp.contract import Column, Inputs, InvalidInput, Outcome, Study, Table, TableColumn, registry


class Measured(Study[Inputs]):
    """One role: the measure."""

    id, version, title, summary = "test.measured", 1, "Measured", ""
    columns = (Column("measure", "What was measured", hints=("diameter",)),)
    Settings = Inputs

    def run(self, table: Table, settings: Inputs) -> Outcome:
        return Outcome()


def column(name: str, *values: float, unit: str = "") -> TableColumn:
    return TableColumn(name, np.array(values, np.float64), unit)


def test_a_column_that_counts_the_rows_is_not_the_measure() -> None:
    table = Table((column("Nr", 1, 2, 3, 4), column("Durchmesser", 7.99, 8.01, 8.0, 7.98)))
    assert Measured().suggest(table) == {"measure": "Durchmesser"}


def test_a_column_with_a_unit_comes_before_one_without() -> None:
    table = Table((column("shift", 1, 1, 2, 2), column("Länge", 5.0, 5.2, 5.1, 5.3, unit="mm")))
    assert Measured().suggest(table) == {"measure": "Länge"}


def test_a_header_that_says_it_comes_before_all() -> None:
    table = Table((column("length", 5.0, 5.2, 5.1, unit="mm"), column("diameter", 7.9, 8.1, 8.0)))
    assert Measured().suggest(table) == {"measure": "diameter"}


def test_a_counter_is_taken_when_there_is_nothing_else() -> None:
    assert Measured().suggest(Table((column("Nr", 1, 2, 3, 4),))) == {"measure": "Nr"}


def test_no_study_of_the_house_runs_without_the_columns_that_it_needs() -> None:
    empty = Table((column("nothing that any study asks for", 1, 2, 3, 4),))
    for id in registry.study_ids():
        study = registry.study(id)
        needed = [role.label for role in study.columns if role.required]
        for name in ("run", "points", "follow_up"):
            if needed and (name in vars(type(study))):
                with pytest.raises(InvalidInput) as error:
                    getattr(study, name)(empty, study.Settings())
                assert all(f"{label}: must be one of your columns" in str(error.value) for label in needed), id
