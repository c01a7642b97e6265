"""Workbooks and Parquet files become the same tables that text does."""

from __future__ import annotations

import datetime
import io
import zipfile

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest
from tests.contract.workbook import workbook

from techamp.contract import InvalidInput, Table
from techamp.contract.reading import Reading, guess_rules, read_table, row_count

SHAFTS = [["Shaft", "Diameter (mm)", "Note"], *[[i, 8.0 + i / 1000, None] for i in range(1, 31)]]


def read(content: bytes) -> Reading:
    return read_table(content, guess_rules(content))


def parquet(**columns: object) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
    return out.getvalue()


def test_a_sheet_is_read_with_its_names_units_and_rows() -> None:
    table = read(workbook(Data=SHAFTS)).table
    assert [(c.name, c.unit) for c in table.columns] == [("Shaft", ""), ("Diameter", "mm"), ("Note", "")]
    assert table.numbers("Diameter")[:3].tolist() == [8.001, 8.002, 8.003]
    assert table.rows[:2].tolist() == [2, 3]


def test_the_sheet_with_the_numbers_is_read_and_titles_above_the_table_are_left_out() -> None:
    content = workbook(Cover=[["Shaft line 3"]], Data=[["Report"], [], *SHAFTS])
    reading = read(content)
    assert (reading.rules.sheet, reading.rules.header_row) == ("Data", 3)
    assert "The sheet “Data” was read. The file also has: Cover." in reading.notes
    assert len(reading.table) == 30


def test_a_broken_cell_of_a_sheet_is_named_by_its_row() -> None:
    rows = [list(row) for row in SHAFTS]
    rows[6][1] = "broken"
    problem = read(workbook(Data=rows)).problems[0]
    assert (problem.row, problem.column, problem.value) == (7, "Diameter", "broken")


def test_numbers_typed_as_text_with_decimal_commas_are_numbers() -> None:
    rows = [["Weight"], *[[f"10,{i}"] for i in range(10, 30)]]
    assert read(workbook(Data=rows)).table.numbers("Weight")[0] == 10.1


def test_a_zip_that_is_no_workbook_and_an_empty_one_are_refused_in_words() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("a.txt", "hello")
    with pytest.raises(InvalidInput, match="must be a workbook that can be read"):
        guess_rules(packed.getvalue())
    with pytest.raises(InvalidInput, match="an empty workbook"):
        guess_rules(workbook(Data=[]))


def test_parquet_gives_numbers_text_and_moments() -> None:
    day = datetime.datetime(2026, 11, 2, 6, 30)
    content = parquet(**{
        "Diameter (mm)": [8.01, None, 8.03], "machine": ["A", "B", None], "at": [day, day, None],
        "count": pyarrow.array([1, None, 3], pyarrow.int32()), "trace": [[1.0], [2.0], [3.0]],
    })  # fmt: skip
    reading = read(content)
    table = reading.table
    assert [(c.name, c.unit) for c in table.columns] == [("Diameter", "mm"), ("machine", ""), ("at", ""), ("count", "")]
    assert np.array_equal(table.numbers("Diameter"), [8.01, np.nan, 8.03], equal_nan=True)
    assert table.column("machine").values.tolist() == ["A", "B", ""]
    assert table.column("at").is_time
    assert np.isnat(table.column("at").values[2])
    assert np.array_equal(table.numbers("count"), [1.0, np.nan, 3.0], equal_nan=True)
    assert reading.notes == ("trace is left out: it holds lists or records.",)


def test_parquet_reads_only_what_is_asked_for() -> None:
    content = parquet(a=np.arange(1000.0), b=np.arange(1000.0))
    some = read_table(content, guess_rules(content), only=["b"], most=10).table
    assert (len(some), [c.name for c in some.columns], row_count(content)) == (10, ["b"], 1000)


def test_a_damaged_parquet_file_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput, match="must be a Parquet file that can be read"):
        read(b"PAR1 and then nothing")


def text(head: str, *rows: str) -> Table:
    return read("\n".join([head, *rows]).encode()).table


def meanings(table: Table) -> dict[str, str]:
    return {column.name: column.meaning for column in table.columns}


def test_columns_of_a_gauge_study_are_recognized() -> None:
    found = meanings(text("Part,Operator,Trial,Reading (mm)", "1,Ana,1,8.01", "1,Ana,2,8.02", "2,Ben,1,8.11"))
    assert found == {"Part": "part", "Operator": "operator", "Trial": "trial", "Reading": "measure"}


def test_columns_of_counts_are_recognized() -> None:
    found = meanings(text("Date,Inspected,Rejects", "2026-11-02,50,3", "2026-11-03,52,1", "2026-11-04,50,0"))
    assert found == {"Date": "time", "Inspected": "size", "Rejects": "defectives"}


def test_a_column_without_a_telling_name_is_known_by_its_values() -> None:
    found = meanings(text("a,b,c", "1,7.31,2026-11-02 06:30", "2,7.29,2026-11-02 07:30", "3,7.30,2026-11-02 08:30"))
    assert found == {"a": "counter", "b": "measure", "c": "time"}


def limits(table: Table, name: str) -> tuple[float | None, float | None, float | None]:
    spec = table.column(name).specification
    return spec.lower, spec.upper, spec.target


def test_limits_in_the_header_belong_to_its_column() -> None:
    table = text("Diameter 8.00 ± 0.05 mm,Length (19.5–20.5)", "8.01,20.1", "7.99,19.9", "8.02,20.0")
    assert [(c.specification.lower, c.specification.upper) for c in table.columns] == [(7.95, 8.05), (19.5, 20.5)]


def test_limits_in_columns_of_their_own_belong_to_the_measure() -> None:
    table = text("Diameter,LSL,USL,Target", "8.01,7.95,8.05,8", "7.99,7.95,8.05,8", "8.02,7.95,8.05,8")
    assert limits(table, "Diameter") == (7.95, 8.05, 8.0)


def test_limits_above_the_table_belong_to_the_measure_that_lies_near() -> None:
    table = text("LSL:;7.95", "USL:;8.05", "Diameter;Temp (°C)", "8.01;21.0", "7.99;21.5", "8.02;22.0")
    assert limits(table, "Diameter") == (7.95, 8.05, None)
    assert limits(table, "Temp") == (None, None, None)


def test_a_date_above_the_table_is_no_specification() -> None:
    assert limits(text("Shift report 2026-11-02;", "No;Diameter", "1;8.01", "2;7.99", "3;8.02"), "Diameter") == (
        None, None, None,
    )  # fmt: skip
