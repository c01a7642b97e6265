"""A table that is written in any dialect reads back equal, by rules that nobody told."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from techamp.contract import Fault, InvalidInput
from techamp.contract.reading import guess_rules, read_table, write_table

NAMES = ("Diameter", "Force left", "Weight", "Cycle")
UNITS = ("", "mm", "kN", "µm")
numbers = st.decimals(-99999, 99999, places=3, allow_nan=False).map(float)
words = st.sampled_from(["Ana", "Ben", "night shift", "lot A-7", "Zoë"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[list[float | None]], list[str]]:
    """Two to four columns of numbers with a blank here and there, and one of words."""
    width, height = draw(st.integers(2, 4)), draw(st.integers(3, 12))
    columns = [(NAMES[j], draw(st.sampled_from(UNITS))) for j in range(width)]
    rows = [[draw(numbers) for _j in range(width)] for _i in range(height)]
    blank: list[list[float | None]] = [list(row) for row in rows]
    for i in range(2, height - 1):
        if draw(st.integers(0, 9)) == 0:
            blank[i][draw(st.integers(0, width - 1))] = None
    return columns, blank, [draw(words) for _i in range(height)]


@st.composite
def dialects(draw: st.DrawFn) -> tuple[str, str, str, int, str, str]:
    """Delimiter, decimal mark, encoding, rows of titles, line end, and the brackets around units."""
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    decimal = draw(st.sampled_from([".", ","]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return (
        delimiter,
        decimal,
        encoding,
        draw(st.integers(0, 3)),
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
        draw(st.sampled_from(["()", "[]"])),
    )


@given(tables(), dialects())
def test_a_table_reads_back_equal_from_any_dialect(table, dialect) -> None:  # type: ignore[no-untyped-def]
    columns, rows, notes = table
    delimiter, decimal, encoding, titles, end, brackets = dialect
    places = 2 if delimiter == decimal else 3  # "1,000" between quotation marks in a comma file is a thousand
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    for number in range(titles):
        writer.writerow([f"Title {'abc'[number]}"])
    writer.writerow(
        [*(f"{name} {brackets[0]}{unit}{brackets[1]}" if unit else name for name, unit in columns), "Remark"]
    )
    for row, note in zip(rows, notes, strict=True):
        writer.writerow([*("" if v is None else f"{v:.{places}f}".replace(".", decimal) for v in row), note])
    content = text.getvalue().encode(encoding)
    reading = read_table(content, guess_rules(content))
    assert reading.problems == ()
    assert [(c.name, c.unit) for c in reading.table.columns] == [*columns, ("Remark", "")]
    for j in range(len(columns)):
        expected = [math.nan if row[j] is None else round(row[j], places) for row in rows]
        assert np.array_equal(reading.table.columns[j].values, expected, equal_nan=True)  # type: ignore[arg-type]
    assert reading.table.columns[-1].values.tolist() == notes
    assert reading.table.rows.tolist() == [titles + 2 + i for i in range(len(rows))]


@given(tables(), st.sampled_from([" ", "  "]))
def test_a_table_aligned_with_spaces_reads_back_equal(table, kind: str) -> None:  # type: ignore[no-untyped-def]
    columns, rows, _notes = table
    full = [[0.0 if value is None else value for value in row] for row in rows]
    gap = 4 if kind == "  " else 1
    names = [name if kind == "  " else name.replace(" ", "_") for name, _unit in columns]
    lines = [(" " * gap).join(names), *((" " * gap).join(f"{value:.3f}" for value in row) for row in full)]
    content = "\n".join(lines).encode()
    reading = read_table(content, guess_rules(content))
    assert [c.name for c in reading.table.columns] == names
    assert [list(row) for row in zip(*(c.values.tolist() for c in reading.table.columns), strict=True)] == full


@given(st.lists(numbers, min_size=3, max_size=30), st.sampled_from([".", ","]), st.booleans())
def test_a_pasted_column_reads_back_equal(column: list[float], decimal: str, headed: bool) -> None:
    lines = [*(["Diameter (mm)"] if headed else []), *(f"{value:.3f}".replace(".", decimal) for value in column)]
    content = "\n".join(lines).encode()
    reading = read_table(content, guess_rules(content))
    assert reading.table.columns[0].values.tolist() == column


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(finite, st.one_of(st.none(), finite)), min_size=1, max_size=20))
def test_written_rows_read_back_to_the_last_bit(rows: list[tuple[float, float | None]]) -> None:
    content, rules = write_table([("a", "mm"), ("b", "")], [*rows, (0.0, 0.0)])
    table = read_table(content, rules).require()
    assert table.column("a").values.tolist() == [*(row[0] for row in rows), 0.0]
    assert np.array_equal(
        table.numbers("b"), np.array([*(math.nan if row[1] is None else row[1] for row in rows), 0.0]), equal_nan=True
    )


shop_floor = st.text(st.sampled_from("0123456789.,;:\t|\"'-−+eE %µm\n\r ab/()[]#=NA\ufeff"), max_size=200)


@given(st.one_of(st.binary(max_size=200), shop_floor.map(str.encode), st.text(max_size=100).map(str.encode)))
def test_any_bytes_give_a_table_or_a_sentence(content: bytes) -> None:
    faults: tuple[Fault, ...] = ()
    reading = None
    try:
        reading = read_table(content, guess_rules(content))
    except InvalidInput as error:
        faults = error.faults
    assert all(fault.remedy.endswith(".") for fault in faults)
    if reading is None:
        assert faults
        return
    columns = reading.table.columns
    assert len(reading.table) > 0
    assert len({column.name for column in columns}) == len(columns)
    assert not any(np.isinf(column.values).any() for column in columns if column.is_number)
