"""Inputs are declared once; bad values get a sentence with field, rule, value and remedy."""

from __future__ import annotations

import pytest

from techamp.contract import Inputs, InvalidInput, choice, flag, quantity
from techamp.contract.inputs import nice_step


class Lathe(Inputs):
    mttr: float = quantity(12.0, "min", range=(1.0, 120.0), label="Mean time to repair", help="From stop to start")
    buffer: int = quantity(5, "parts", range=(0, 50), label="Places")
    rule: str = choice("leave", {"leave": "Leave it", "adjust": "Adjust"}, label="Rule")
    loud: bool = flag(False, label="Say more")
    target: float | None = quantity(None, "mm", range=(-10.0, 10.0), label="Target", optional=True)


def test_form_text_becomes_typed_values() -> None:
    inputs = Lathe.read({"mttr": " 8.5 ", "buffer": "7", "rule": "adjust", "loud": "on", "target": "−2.5"})
    assert (inputs.mttr, inputs.buffer, inputs.rule, inputs.loud, inputs.target) == (8.5, 7, "adjust", True, -2.5)


def test_nothing_given_means_every_default() -> None:
    assert Lathe.read({}).model_dump() == {"mttr": 12.0, "buffer": 5, "rule": "leave", "loud": False, "target": None}


def test_an_optional_quantity_may_be_left_empty() -> None:
    assert Lathe.read({"target": "  "}).target is None
    target = next(field for field in Lathe.fields() if field.name == "target")
    assert (target.optional, target.kind, target.default) == (True, "quantity", None)


def test_fields_say_what_a_form_needs() -> None:
    mttr, buffer, rule, loud, _ = Lathe.fields()
    assert (mttr.unit, mttr.low, mttr.high, mttr.step, mttr.decimals, mttr.help) == (
        "min", 1.0, 120.0, 1.0, 0, "From stop to start",
    )  # fmt: skip
    assert buffer.whole
    assert not mttr.whole
    assert rule.options == (("leave", "Leave it"), ("adjust", "Adjust"))
    assert loud.kind == "flag"


def test_a_value_out_of_range_is_refused_with_a_remedy() -> None:
    with pytest.raises(InvalidInput) as caught:
        Lathe.read({"mttr": "0"})
    expected = "Mean time to repair: must be a number from 1 to 120 min, but got '0'. Enter a number from 1 to 120 min."
    assert str(caught.value) == expected


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        Lathe.read({"mttr": "soon", "buffer": "2.5", "color": "red"})
    assert [fault.field for fault in caught.value.faults] == ["Mean time to repair", "Places", "color"]
    assert caught.value.faults[2].remedy == "Use one of: mttr, buffer, rule, loud, target."


def test_a_wrong_choice_is_reported_together_with_a_wrong_number() -> None:
    with pytest.raises(InvalidInput) as caught:
        Lathe.read({"rule": "kick", "target": "99", "buffer": "51", "color": "red"})
    assert [fault.field for fault in caught.value.faults] == ["Places", "Rule", "Target", "color"]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "", "1e999"])
def test_what_is_not_a_finite_number_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput, match="Mean time to repair: must be a number"):
        Lathe.read({"mttr": value})


def test_a_choice_that_is_not_listed_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Rule: must be one of leave, adjust, but got 'kick'"):
        Lathe.read({"rule": "kick"})


def test_the_fault_of_an_optional_quantity_says_that_it_may_be_empty() -> None:
    with pytest.raises(InvalidInput, match="Enter a number from -10 to 10 mm, or leave it empty"):
        Lathe.read({"target": "99"})


class Wide(Inputs):
    target: float = quantity(0.0, "mm", range=(-1e9, 1e9), label="Target")
    sigma: float = quantity(1.0, "mm", range=(1e-12, 1e9), label="Sigma")
    cost: float = quantity(1.0, "USD", range=(0.0, 1e9), label="Cost")
    cash: int = quantity(5, "USD", range=(0, 2_000_000), label="Cash")


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("target", "soon", "a number"),
        ("target", "-2e9", "a number from −1,000,000,000 to 1,000,000,000 mm"),
        ("target", "2e9", "a number from −1,000,000,000 to 1,000,000,000 mm"),
        ("sigma", "0", "a number above 0"),
        ("sigma", "2e9", "a number from 0.000000000001 to 1,000,000,000 mm"),
        ("cost", "-1", "a number of 0 USD or more"),
        ("cash", "3000000", "a whole number from 0 to 2,000,000 USD"),
    ],
)
def test_a_limit_that_is_only_technical_is_said_to_whom_it_stops(name: str, value: str, wanted: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Wide.read({name: value})
    fault = caught.value.faults[0]
    assert (fault.rule, fault.remedy) == (f"must be {wanted}", f"Enter {wanted}.")


def test_a_declaration_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the range"):
        quantity(7.0, "mm", range=(0.0, 5.0), label="x")
    with pytest.raises(ValueError, match="only an optional quantity"):
        quantity(None, "mm", range=(0.0, 5.0), label="x")
    with pytest.raises(ValueError, match="is not one of"):
        choice("c", {"a": "A"}, label="x")


@pytest.mark.parametrize(("raw", "step"), [(0.034, 0.02), (7.0, 5.0), (1.0, 1.0), (0.1, 0.1), (99.0, 50.0)])
def test_steps_are_one_two_or_five(raw: float, step: float) -> None:
    assert nice_step(raw) == pytest.approx(step)
