"""Words and short lists in a form: read back as written, bounded, and every fault a sentence."""

from __future__ import annotations

import pytest

from techamp.contract import Inputs, InvalidInput, entries, read_entries, text, write_entries


class Plan(Inputs):
    factors: str = entries("Time|1|2", columns=("Factor", "Low", "High"), label="Factors", least=1, most=3)
    response: str = text("Length", label="Response", most=12)


def test_lines_read_back_as_they_were_written() -> None:
    lines = [["Temperature", "180", "200"], ["", "", ""], ["Nozzle", "steel", "brass"]]
    written = write_entries(lines)
    assert read_entries(written, "Factors", 3) == (("Temperature", "180", "200"), ("Nozzle", "steel", "brass"))
    assert Plan.read({"factors": written}).factors == written


def test_a_bar_or_a_line_end_in_a_cell_makes_no_new_cell() -> None:
    assert read_entries(write_entries([["a|b\nc", "1", "2"]]), "Factors", 3) == (("a/b c", "1", "2"),)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"factors": ""}, "Factors: must be 1 to 3 lines"),
        ({"factors": "a|1|2\nb|1|2\nc|1|2\nd|1|2"}, "Factors: must be 1 to 3 lines"),
        ({"factors": "a|1|2|3"}, "Factors, line 1: must have 3 cells"),
        ({"factors": f"{'a' * 61}|1|2"}, "Factors, line 1: must be at most 60 letters"),
        ({"factors": "a" * 900}, "Factors: must be short words"),
        ({"response": "a very long name"}, "Response: must be at most 12 letters"),
        ({"response": "a\u202eb"}, "Response: must be one line of visible letters"),
    ],
)
def test_what_does_not_fit_is_said(values: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidInput) as error:
        Plan.read(values)
    assert said in str(error.value)


def test_a_form_learns_the_columns_and_how_many_lines() -> None:
    field = Plan.fields()[0]
    assert (field.kind, field.columns, field.least, field.most) == ("entries", ("Factor", "Low", "High"), 1, 3)
