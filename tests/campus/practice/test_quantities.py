"""Numbers with units as people type them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techamp.campus.practice.quantities import read_number
from techamp.contract.errors import InvalidInput

READ = [
    ("12.5 mm", "mm", 12.5),
    ("12.5", "mm", 12.5),
    ("12.5mm", "mm", 12.5),
    ("0.0125 m", "mm", 12.5),
    ("1/2 in", "mm", 12.7),
    ("1 1/2 in", "mm", 38.1),
    ("1-1/2 in", "in", 1.5),
    ("-1 1/2 in", "in", -1.5),
    ("1½ in", "in", 1.5),
    ("½", "in", 0.5),
    ("3/4", "", 0.75),
    ('0.5"', "in", 0.5),
    ("5'", "in", 60),
    ("12,5 mm", "mm", 12.5),
    ("0,125 in", "in", 0.125),
    (".5 in", "in", 0.5),
    ("−0.5", "", -0.5),
    ("- 3 mm", "mm", -3),
    ("+3", "mm", 3),
    ("=3 mm", "mm", 3),
    ("1e-3 m", "mm", 1),
    ("1.2 × 10^-3 m", "mm", 1.2),
    ("1.2×10⁻³ m", "mm", 1.2),
    ("1,234.5", "mm", 1234.5),
    ("1.234,5", "mm", 1234.5),
    ("1,234,567", "", 1234567),
    ("12 346 mm", "mm", 12346),
    ("12\u202f346", "mm", 12346),
    ("３．５", "mm", 3.5),
    ("2.5 µm", "mm", 0.0025),
    ("2.5 μm", "µm", 2.5),  # the Greek letter, as some keyboards have it
    ("2.5 um", "mm", 0.0025),
    ("3 thou", "in", 0.003),
    ("3 mil", "mm", 0.0762),
    ("12.5 Mm", "mm", 12.5),  # a phone capitalizes
    ("3 mW", "MW", 3e-9),  # and here it matters
    ("5 %", "%", 5),
    ("5%", "", 0.05),
    ("0.2 s", "ms", 200),
    ("90 s", "min", 1.5),
    ("20 °C", "°F", 68),
    ("20 C", "°C", 20),
    ("5 Nm", "N*m", 5),
    ("5 N·m", "N m", 5),
    ("3 mm2", "mm^2", 3),
    ("3 cm²", "mm²", 300),
    ("$12.50", "$", 12.5),
    ("12.50 dollars", "$", 12.5),
    ("12 parts", "shafts", 12),
    ("12 shaft", "shafts", 12),
    ("1 part/min", "parts/h", 60),
    ("60 per h", "1/min", 1),
    ("60 1/h", "1/min", 1),
    ("100 psi", "bar", 6.894757),
]
INVALID = [
    ("", "mm", "nothing is written yet"),
    ("  \u200b ", "mm", "nothing is written yet"),
    ("kg", "mm", "must be a number"),
    ("inf", "mm", "must be a number"),
    ("nan", "", "must be a number"),
    ("1/0", "mm", "must not divide by zero"),
    ("12.5 kg", "mm", "must have the unit mm or another of its kind"),
    ("3 mm", "", "must be a number without a unit"),
    ("3 furlongs", "mm", "must have a unit we know"),
    ("12,500 mm", "mm", "can be read in two ways"),
    ("12.5.3", "mm", "must have one decimal point"),
    ("12,34,5", "mm", "must have one decimal point"),
    ("1 2 3", "mm", "must be one number"),
    ("1/2/3", "in", "must be one number"),
    ("1_000", "mm", "must be a number and its unit, and nothing else"),
    ("0x10", "mm", "must be a number and its unit, and nothing else"),
    ("1e999", "mm", "must be a number and its unit, and nothing else"),
    ("3 m^99", "mm", "must be a number and its unit, and nothing else"),
    ("__import__('os')", "mm", "must be a number"),
    ("12.5 mm; drop", "mm", "must be a number and its unit, and nothing else"),
    ("٣ mm", "mm", "must be a number"),
    ("9" * 61, "mm", "must be at most 60 characters"),
]


@pytest.mark.parametrize(("text", "unit", "value"), READ)
def test_reads_a_number_in_the_asked_unit(text: str, unit: str, value: float) -> None:
    assert read_number(text, unit, "Your answer")[0] == pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize(("text", "unit", "rule"), INVALID)
def test_says_what_is_wrong_with_what_cannot_be_read(text: str, unit: str, rule: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_number(text, unit, "Your answer")
    (fault,) = error.value.faults
    assert (fault.field, fault.rule) == ("Your answer", rule)
    assert fault.remedy.startswith("Write ")


def test_the_whole_sentence_names_field_rule_value_and_remedy() -> None:
    with pytest.raises(InvalidInput) as error:
        read_number("12,500 mm", "mm", "Your answer")
    assert str(error.value) == "Your answer: can be read in two ways, but got '12,500 mm'. Write 12500 or 12.5."


@pytest.mark.parametrize("text", ["", "  \u200b "])
def test_an_empty_answer_gets_a_sentence_without_empty_quotation_marks(text: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_number(text, "", "Your answer")
    assert str(error.value) == "Your answer: nothing is written yet. Write a number such as 12.5, 0.8 or 3/4."


def test_decimals_are_counted_as_typed() -> None:
    assert [read_number(t, "mm", "x")[1] for t in ("12", "12.5", "12,50 mm")] == [0, 1, 2]


def read_or_refused(text: str) -> float:
    """The number, or 0 where the text was refused with a rule and a remedy."""
    try:
        return read_number(text, "mm", "Your answer")[0]
    except InvalidInput as error:
        (fault,) = error.faults
        return 0.0 if fault.rule and fault.remedy else math.nan


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    assert math.isfinite(read_or_refused(text))


@given(st.text(alphabet="0123456789.,/ -+e½mMin%^*²'\"$", max_size=20))
def test_near_misses_are_read_or_refused_too(text: str) -> None:
    assert math.isfinite(read_or_refused(text))


@given(st.decimals(min_value=-9999, max_value=9999, places=3))
def test_what_is_written_plainly_is_read_back(number: object) -> None:
    plain = str(number)
    assert read_number(plain, "mm", "x")[0] == float(plain)
    assert read_number(f"{plain} mm", "mm", "x")[0] == float(plain)
    assert read_number(f"{plain} m", "mm", "x")[0] == pytest.approx(1000 * float(plain), rel=1e-12)
