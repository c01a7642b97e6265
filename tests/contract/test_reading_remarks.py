"""Rows that are no records: found, left out, and said."""

from __future__ import annotations

import numpy as np
from tests.contract.workbook import workbook

from techamp.contract.reading import Reading, guess_rules, read_table

BODY = """No;Operator;Diameter (mm)
1;Ana;7,991
# break, anvils wiped;;
2;Ana;7,993

3;Ben;7,992
3 records exported;;
"""


def read(text: str | bytes) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return read_table(content, guess_rules(content))


def test_remarks_between_and_after_the_readings_are_left_out() -> None:
    found = read(BODY)
    assert found.problems == ()
    assert found.table.numbers("Diameter").tolist() == [7.991, 7.993, 7.992]
    assert found.table.rows.tolist() == [2, 4, 6]
    assert "Rows 3, 7 were left out: remarks, or rows that were not wanted." in found.notes


def test_remarks_in_a_sheet_are_left_out() -> None:
    rows = [["No", "Who", "Weight (g)"], [1, "Ana", 10.5], ["// scale set to zero"], [2, "Ben", 10.25], ["end"]]
    assert read(workbook(Scale=rows)).table.rows.tolist() == [2, 4]


def test_quoted_files_lose_their_remarks_too() -> None:
    found = read('Time,Note,Force (N)\n1,"a, b",5.5\n# shift change\n2,"c, d",5.25\n')
    assert found.table.rows.tolist() == [2, 4]


def test_a_part_that_is_called_number_one_is_a_part() -> None:
    found = read("Part,Reading,Again\n#1,5.25,5.5\n#2,5.5,5.5\n#3,5.75,5.25\n")
    assert len(found.table) == 3


def test_a_record_that_lacks_a_cell_is_a_record() -> None:
    found = read("Part,Reading,Again\n1,5.25,5.5\n2,,5.5\n3,5.75,\n")
    assert len(found.table) == 3
    assert np.isnan(found.table.numbers("Again")[2])
