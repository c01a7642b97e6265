"""Right, wrong or invalid, and what is said."""

from __future__ import annotations

from typing import Any

import pytest
from tests.campus.practice.conftest import ITEMS

from techamp.campus.practice.closeness import is_near, rounded
from techamp.campus.practice.files import load
from techamp.campus.practice.grading import grade
from techamp.campus.practice.showing import statement
from techamp.campus.practice.variants import realize


def stack(**ask: Any) -> dict[str, Any]:
    """A stack that is 3.30 mm high, in two shims of 1.65."""
    asked = {"value": 3.3, "unit": "mm", "decimals": 2, "tolerance": 0.01, "percent": 0, "label": ""} | ask
    mistake = {"id": "added", "value": 3.65, "says": "You added.", "next": "Multiply.", "see": "words"}
    return {"kind": "number", "asks": [asked], "mistakes": [mistake]}


@pytest.mark.parametrize("text", ["3.30 mm", "3.3", "3,30", "0.0033 m", "3.29", "3.31 mm", "0.12992 in"])
def test_a_right_answer_is_right_however_it_is_written(text: str) -> None:
    assert grade(stack(), [text]).verdict == "right"


@pytest.mark.parametrize("text", ["3.32", "3.28 mm", "33", "-3.3"])
def test_what_is_out_of_tolerance_is_wrong(text: str) -> None:
    assert grade(stack(), [text]).verdict == "wrong"


def test_a_known_mistake_is_caught_with_its_own_next_step() -> None:
    graded = grade(stack(), ["3.65 mm"])
    assert (graded.verdict, graded.misconception, graded.says, graded.next, graded.see) == (
        "wrong", "added", "You added.", "Multiply.", "words",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["3.3 kg", "about three", "1/0"])
def test_what_cannot_be_read_is_invalid_and_not_wrong(text: str) -> None:
    graded = grade(stack(), [text])
    assert graded.verdict == "invalid"
    assert graded.faults["0"].startswith("Your answer: must ")


def test_degrees_are_shown_as_people_write_them_and_read_in_either_spelling() -> None:
    warm = stack(value=72.5, unit="degC", decimals=1, tolerance=0.1)
    assert "degC" not in statement(warm["asks"][0])
    assert "±0.1\u00a0°C is accepted" in statement(warm["asks"][0])
    assert statement(warm["asks"][0]).endswith("Without a unit it is read as °C.")
    assert "must have the unit °C or another of its kind" in grade(warm, ["3 kg"]).faults["0"]
    assert [grade(warm, [text]).verdict for text in ("72.5 °C", "72.5 degC", "72.5 C", "72.5")] == ["right"] * 4
    assert "What you wrote comes to 725 °C." in grade(warm, ["725"]).says


@pytest.mark.parametrize("text", ["3.3 m", "3.3 µm", "33", "0.33 in", "-3300"])
def test_a_number_that_would_be_right_in_another_unit_is_wrong_with_a_hint(text: str) -> None:
    graded = grade(stack(), [text])
    assert graded.verdict == "wrong"
    assert ("check both" in graded.says) == (text not in {"0.33 in", "-3300"})


def test_the_hint_on_units_says_what_the_number_came_to() -> None:
    assert grade(stack(), ["3.3 m"]).says.startswith("What you wrote comes to 3300 mm.")
    assert grade(stack(value=0.02, tolerance=0.01), ["0.2"]).says == "", "near nothing, any power of ten could be luck"
    assert grade(stack(unit=""), ["33"]).says == ""


def test_the_right_answer_as_shown_is_always_right() -> None:
    ask = stack(value=2.6749, decimals=2, tolerance=0)
    assert grade(ask, ["2.67"]).verdict == grade(ask, ["2.6749"]).verdict == "right"
    assert grade(ask, ["2.68"]).verdict == "wrong"


def test_a_count_without_tolerance_takes_only_the_count() -> None:
    ask = stack(value=12.0, decimals=0, tolerance=0, unit="shafts")
    assert grade(ask, ["12"]).verdict == "right"
    assert grade(ask, ["12.4"]).verdict == "wrong"


def test_the_right_number_rounded_too_far_is_asked_again() -> None:
    ask = stack(value=24.9477, decimals=3, tolerance=0.001)
    graded = grade(ask, ["24.9"])
    assert graded.verdict == "invalid"
    assert graded.faults["0"] == (
        "Your answer: must have 3 decimals, but got '24.9'. Round only the last result, and less."
    )
    assert grade(ask, ["20"]).verdict == grade(ask, ["24.8"]).verdict == "wrong"


def test_each_blank_has_its_own_verdict_and_all_must_be_right() -> None:
    realized = realize(load(ITEMS, "stack-faded"), 4)
    first, last = (f"{a['value']:.2f}" for a in realized["asks"])
    assert grade(realized, [first, last]).verdict == "right"
    half = grade(realized, [first, first])
    assert (half.verdict, half.parts, half.misconception) == ("wrong", ("right", "wrong"), "no-plate")
    assert grade(realized, [first]).faults.keys() == {"1"}


def test_a_choice_says_what_belongs_to_it() -> None:
    realized = realize(load(ITEMS, "which-tool"), 4)
    by_text = {o["text"]: o for o in realized["options"]}
    assert grade(realized, [by_text["A good eye"]["key"]]).says == "Nobody sees that."
    right = next(o for o in realized["options"] if o["right"])
    assert grade(realized, [right["key"]]).verdict == "right"
    assert grade(realized, []).verdict == grade(realized, ["99"]).verdict == "invalid"


def test_a_right_choice_has_no_next_step_and_a_wrong_one_has_its_own() -> None:
    both = {"text": "", "says": "It reads to 0.5 mm.", "next": "Look at the tolerance.", "see": "lecture#tools"}
    realized = {"kind": "choice", "options": [both | {"key": "0", "right": True}, both | {"key": "1", "right": False}]}
    right, wrong = grade(realized, ["0"]), grade(realized, ["1"])
    assert (right.verdict, right.says, right.next, right.see) == ("right", "It reads to 0.5 mm.", "", "")
    assert (wrong.verdict, wrong.next, wrong.see) == ("wrong", "Look at the tolerance.", "lecture#tools")


def test_an_order_says_how_far_it_is_right() -> None:
    realized = realize(load(ITEMS, "warm-up"), 4)
    assert grade(realized, ["0", "1", "2", "3"]).verdict == "right"
    assert grade(realized, ["0", "1", "3", "2"]).says.startswith("The first 2 entries are in their places.")
    assert grade(realized, ["1", "0", "2", "3"]).says == "Another entry comes first."
    assert grade(realized, ["0", "0", "2", "3"]).verdict == "invalid"


def test_people_round_half_up() -> None:
    assert [rounded(v, 2) for v in (2.675, 1.005, -2.675, 0.1 + 0.2)] == [2.68, 1.01, -2.68, 0.3]


def test_tolerance_is_measured_from_the_exact_number_and_from_the_shown_one() -> None:
    assert is_near(1.2350, 1.2345, 3, 0.0005)  # exact 1.2345, shown 1.235
    assert not is_near(1.2365, 1.2345, 3, 0.0005)
