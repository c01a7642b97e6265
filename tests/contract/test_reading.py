"""Reading tables from bytes: what shop-floor files look like, and what is said about them."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from techamp.contract import InvalidInput
from techamp.contract.reading import MOST_BYTES, Reading, ReadingRules, guess_rules, read_table, write_table


def read(text: str | bytes, **rules: object) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return read_table(content, guess_rules(content).model_copy(update=rules))


def values(reading: Reading, name: str) -> list[float | None]:
    return [None if value != value else float(value) for value in reading.table.numbers(name)]


def test_a_plain_csv_with_units_in_its_header() -> None:
    reading = read("no,diameter [mm],operator\n1,8.001,Ana\n2,7.998,Ben\n")
    assert [(c.name, c.unit) for c in reading.table.columns] == [("no", ""), ("diameter", "mm"), ("operator", "")]
    assert values(reading, "diameter") == [8.001, 7.998]
    assert reading.table.column("operator").values.tolist() == ["Ana", "Ben"]
    assert reading.table.rows.tolist() == [2, 3]
    assert reading.problems == ()


def test_header_on_row_three_below_titles_with_decimal_commas_and_a_blank() -> None:
    reading = read("Gauge report\nLot;4711\nNo;Diameter (mm)\n1;8,001\n2;\n3;7,998\n")
    assert reading.rules.header_row == 3
    assert reading.rules.decimal == ","
    assert values(reading, "Diameter") == [8.001, None, 7.998]
    assert reading.table.rows.tolist() == [4, 5, 6]
    assert "Row 3 holds the column names. The 2 rows above it were left out." in reading.notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8.001\n7.990\n8.0\n", [8.001, 7.99, 8.0]),
        ("8,001\n7,990\n8,002\n", [8.001, 7.99, 8.002]),
        ("Diameter (mm)\n8,001\n7,99\n", [8.001, 7.99]),
        ("Diameter\n8.001 mm\n7.99mm\n", [8.001, 7.99]),
        ("5", [5.0]),
        ("Value\n1e-3\n−2.5\n+4\n", [0.001, -2.5, 4.0]),
    ],
)
def test_a_pasted_column(text: str, expected: list[float]) -> None:
    reading = read(text)
    assert len(reading.table.columns) == 1
    assert reading.table.columns[0].values.tolist() == expected


def test_a_blank_line_in_a_pasted_column_keeps_its_place() -> None:
    reading = read("v\n1\n\n3\n\n\n")
    assert values(reading, "v") == [1.0, None, 3.0]
    assert reading.table.rows.tolist() == [2, 3, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_that_windows_programs_write(encoding: str) -> None:
    reading = read("Größe (µm);Prüfer\n1,5;Jürgen\n2,5;Zoë\n".encode(encoding))
    assert reading.table.columns[0].name == "Größe"
    assert reading.table.columns[0].unit == "µm"
    assert reading.table.column("Prüfer").values.tolist() == ["Jürgen", "Zoë"]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("a;b\n1;8,001\n2;7,998\n", (",", ""), [8.001, 7.998]),
        ("a;b\n1;1.234,5\n2;2,5\n", (",", "."), [1234.5, 2.5]),
        ('a,b\n1,"1,234.5"\n2,950\n', (".", ","), [1234.5, 950.0]),
        ("a\tb\n1\t950\n2\t1,020\n", (".", ","), [950.0, 1020.0]),
        ("a;b\n1;1 234,5\n2;950,0\n", (",", " "), [1234.5, 950.0]),
        ("a;b\n1;1'234.5\n2;950.0\n", (".", "'"), [1234.5, 950.0]),
        ("a,b\n1,8.001\n2,7.998\n", (".", ""), [8.001, 7.998]),
        ('a,b\n1,"8,01"\n2,"7,98"\n', (",", ""), [8.01, 7.98]),
    ],
)
def test_decimal_and_thousands_marks(text: str, marks: tuple[str, str], expected: list[float]) -> None:
    reading = read(text)
    assert (reading.rules.decimal, reading.rules.thousands) == marks
    assert values(reading, "b") == expected


def test_a_thousands_mark_in_the_wrong_place_is_refused_and_not_dropped() -> None:
    reading = read("b\n1,23\n950\n", delimiter="", decimal=".", thousands=",", header_row=1)
    assert [str(problem) for problem in reading.problems] == [
        "row 2, b: must be a number, but got '1,23'. "
        "Correct the cell in your file, count text in this column as blank, or leave the row out."
    ]


def test_text_among_numbers_is_refused_with_row_column_value_and_remedy() -> None:
    reading = read("no,diameter\n1,8.0\n2,broken\n3,8.1\n")
    with pytest.raises(InvalidInput) as caught:
        reading.require(["diameter"])
    assert str(caught.value) == (
        "row 3, diameter: must be a number, but got 'broken'. "
        "Correct the cell in your file, count text in this column as blank, or leave the row out."
    )
    assert len(reading.require(["no"])) == 3


def test_text_among_numbers_counts_as_blank_when_the_rules_say_so() -> None:
    reading = read("no,diameter\n1,8.0\n2,broken\n3,8.1\n", text_as_blank=("diameter",))
    assert values(reading, "diameter") == [8.0, None, 8.1]
    assert reading.notes == ("1 cell with text counts as blank in diameter: row 3 (“broken”).",)
    assert len(reading.require()) == 3


def test_at_most_twenty_faults_are_listed_and_the_rest_counted() -> None:
    body = "".join(f"{i},{'bad' if i % 3 == 0 else i}\n" for i in range(1, 100))
    with pytest.raises(InvalidInput) as caught:
        read("no,v\n" + body).require()
    assert len(caught.value.faults) == 21
    assert caught.value.faults[20].value == "13 more like them"


def test_cells_with_another_unit_are_refused() -> None:
    reading = read("Dia\n8.001 mm\n0.315 in\n7.998 mm\n8.000\n")
    assert reading.table.columns[0].unit == "mm"
    assert [str(problem) for problem in reading.problems] == [
        "row 3, Dia: must be in mm like the rest of the column, but got '0.315 in'. Convert it in your file."
    ]


def test_a_units_row_below_the_header() -> None:
    reading = read("force;stroke\nkN;mm\n1,5;20\n1,6;21\n")
    assert [(c.name, c.unit) for c in reading.table.columns] == [("force", "kN"), ("stroke", "mm")]
    assert reading.table.rows.tolist() == [3, 4]


@pytest.mark.parametrize("word", ["NA", "n/a", "-", "–", "NaN", "#DIV/0!", "*", ""])
def test_words_for_nothing_are_blanks(word: str) -> None:
    assert values(read(f"a,b\n1,{word}\n2,3.5\n3,4\n"), "b") == [None, 3.5, 4.0]


def test_infinity_and_python_spellings_are_not_numbers() -> None:
    reading = read("v\n1\n2\n3\n4\ninf\n1_0\n1e999\n٣\n")
    assert [problem.value for problem in reading.problems] == ["inf", "1_0", "1e999", "٣"]


def test_headers_that_repeat_or_are_blank_get_names() -> None:
    reading = read("v,v,\n1,2,3\n2,3,4\n")
    assert [c.name for c in reading.table.columns] == ["v", "v #2", "Column 3"]
    assert len(reading.notes) == 1


def test_no_header_at_all() -> None:
    reading = read("1,2\n3,4\n")
    assert [c.name for c in reading.table.columns] == ["Column 1", "Column 2"]
    assert reading.table.rows.tolist() == [1, 2]


def test_rows_that_are_too_short_are_filled_and_rows_that_are_too_long_refused() -> None:
    reading = read("a,b\n1,2\n3\n4,5,6\n7,8\n9,10\n11,12\n")
    assert values(reading, "b")[:2] == [2.0, None]
    assert [str(problem) for problem in reading.problems] == [
        "row 4: must have at most 2 cells, but got 3. Put cells that hold the delimiter into quotation marks, "
        "or leave the row out. A decimal comma in a file that is separated by commas needs quotation marks."
    ]
    assert reading.table.rows.tolist() == [2, 3, 4, 5, 6, 7]


def test_titles_with_numbers_in_them_are_no_data() -> None:
    reading = read("Lot,4711\nPart no,20\nPart,Diameter\n1,8.001\n2,8.002\n3,8.000\n")
    assert reading.rules.header_row == 3
    assert values(reading, "Diameter") == [8.001, 8.002, 8.0]


def test_a_broken_cell_in_the_first_row_does_not_hide_the_header() -> None:
    reading = read("no,diameter\n1,broken\n2,8.0\n3,8.1\n")
    assert reading.rules.header_row == 1
    assert [problem.row for problem in reading.problems] == [2]


def test_a_pasted_column_with_thousands() -> None:
    assert values(read("Count\n1,250\n980\n1,100\n"), "Count") == [1250.0, 980.0, 1100.0]


def test_rows_can_be_left_out() -> None:
    reading = read("a,b\n1,2\n3,4\nAverage,3\n", skipped=((4, 4),))
    assert values(reading, "a") == [1.0, 3.0]
    assert reading.notes == ("Row 4 was left out: remarks, or rows that were not wanted.",)


def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends() -> None:
    reading = read('"Name, first",v\n"A ""x""\nb",1\n"C",2\n')
    assert reading.table.columns[0].values.tolist() == ['A "x"\nb', "C"]
    assert values(reading, "v") == [1.0, 2.0]


@pytest.mark.parametrize("text", ['size,v\n5",1\n6",2\n7",3\n', 'size;v\n"5;1\n6;2\n7;3\n'])
def test_a_lone_quotation_mark_is_no_quotation(text: str) -> None:
    assert values(read(text), "v") == [1.0, 2.0, 3.0]


def test_dates_stay_text() -> None:
    reading = read("time,v\n2026-11-22 10:00,1\n2026-11-22 10:05,2\n")
    assert reading.table.column("time").values.tolist() == ["2026-11-22 10:00", "2026-11-22 10:05"]


def test_columns_apart_by_spaces() -> None:
    reading = read("No    Outer diameter\n1     8.001\n2     8.002\n")
    assert values(reading, "Outer diameter") == [8.001, 8.002]


def test_a_formula_stays_text_and_is_refused_among_numbers() -> None:
    hostile = "=cmd|' /C calc'!A0"
    reading = read(f"v\n1\n2\n{hostile}\n")
    assert [problem.value for problem in reading.problems] == [hostile]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "file: must hold at least one number, but got 'an empty file'. Choose another file."),
        (b"\xef\xbb\xbf \r\n", "file: must hold at least one number, but got 'an empty file'. Choose another file."),
        (
            b"PK\x03\x04rest",
            "file: must be a workbook that can be read, but got 'a damaged file'. Open it in the program",
        ),
        (b"%PDF-1.7", "file: must be text: CSV or a pasted column, but got 'a PDF'"),
        (bytes(range(1, 32)) * 9, "but got 'a binary file'"),
        (b"1\n" * (MOST_BYTES["text"] // 2 + 1), "file: must be at most 30 MB, but got '30.0 MB'."),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(content: bytes, says: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        guess_rules(content)
    assert says in str(caught.value)


def test_a_header_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        read("a\n1\n", header_row=9)
    assert str(caught.value) == "header row: must be one of the 3 rows of the file, but got 9. Choose a smaller one."


def test_the_rules_are_plain_json_and_read_the_same_again() -> None:
    content = b"t;v\nx;1,5\ny;2,5\n"
    rules = guess_rules(content)
    again = ReadingRules.model_validate(json.loads(rules.model_dump_json()))
    assert again == rules
    assert np.array_equal(read_table(content, again).table.numbers("v"), read_table(content, rules).table.numbers("v"))


def test_only_the_columns_asked_for_are_kept() -> None:
    assert [c.name for c in read("a,b,c\n1,2,3\n", columns=("c",)).table.columns] == ["c"]
    with pytest.raises(InvalidInput, match="Keep at least one column"):
        read("a,b,c\n1,2,3\n", columns=("d",))


def test_a_column_of_numbers_can_be_kept_as_text() -> None:
    assert read("lot,v\n007,1\n008,2\n", text_columns=("lot",)).table.column("lot").values.tolist() == ["007", "008"]


def test_typed_rows_read_back() -> None:
    content, rules = write_table([("Diameter", "mm"), ("Note", "")], [[8.001, "=1+1"], [None, "ok"], [3, None]])
    reading = read_table(content, rules)
    assert values(reading, "Diameter") == [8.001, None, 3.0]
    assert reading.table.column("Diameter").unit == "mm"
    assert reading.table.column("Note").values.tolist() == ["'=1+1", "ok", ""]


def test_one_typed_column_keeps_its_gaps() -> None:
    content, rules = write_table([("Diameter, left", "mm")], [[8.001], [None], [7.5]])
    reading = read_table(content, rules)
    assert math.isnan(reading.table.columns[0].values[1])
    assert reading.table.columns[0].name == "Diameter, left"


def test_a_file_without_line_ends_is_refused_at_once() -> None:
    with pytest.raises(InvalidInput, match=r"must have lines of at most 50,000 bytes, but got 'one of 100,000'"):
        guess_rules(b"7.99," * 20_000)
