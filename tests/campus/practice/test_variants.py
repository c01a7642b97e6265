"""From an item and a seed to what a learner sees."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.campus.practice.conftest import ITEMS

from techamp.campus.practice.expressions import ItemError
from techamp.campus.practice.files import Source, from_values, load
from techamp.campus.practice.grading import grade
from techamp.campus.practice.variants import realize
from techamp.campus.practice.wording import shown
from techamp.campus.program.curriculum import CurriculumError


def item(**changes: Any) -> Source:
    """A number item, changed."""
    values = {
        "id": "sum", "title": "A sum", "skill": "shop.lengths", "kind": "number",
        "vary": {"a": {"from": 1.0, "to": 9.0, "step": 0.5}, "b": {"among": [2, 3]}},
        "prompt": "What is {{a}} + {{b}}?", "answer": {"is": "a + b", "unit": "mm", "decimals": 1},
    }  # fmt: skip
    return from_values(values | changes)


def test_the_same_seed_gives_the_same_variant_and_another_seed_another_one() -> None:
    source = load(ITEMS, "stack-alone")
    assert realize(source, 7) == realize(source, 7)
    assert len({json.dumps(realize(source, seed)["values"]) for seed in range(30)}) > 15


def test_a_variant_is_plain_data() -> None:
    for name in ("stack-worked", "stack-faded", "stack-alone", "stack-chart", "which-tool", "warm-up"):
        realized = realize(load(ITEMS, name), 3)
        assert json.loads(json.dumps(realized)) == realized


def test_known_values_of_a_seed_stay_for_ever() -> None:
    assert realize(load(ITEMS, "stack-alone"), 1)["values"] == {"n": 4, "a": 1.7, "all": 6.8}


def test_values_are_drawn_from_the_grid_and_shown_with_its_decimals() -> None:
    for seed in range(60):
        realized = realize(load(ITEMS, "stack-alone"), seed)
        a = realized["values"]["a"]
        assert round(a / 0.05) * 0.05 == pytest.approx(a)
        assert 1.10 <= a <= 2.00
        assert f"{a:.2f} mm each" in realized["prompt"]


def test_a_derived_number_with_decimals_is_used_as_shown() -> None:
    source = item(derive={"third": {"is": "a / 3", "decimals": 2}}, answer={"is": "third * 3", "decimals": 2})
    realized = realize(source, 5)
    assert realized["asks"][0]["value"] == pytest.approx(round(realized["values"]["third"], 2) * 3)


def test_formulas_take_numbers_as_tex_wants_them() -> None:
    source = item(vary={"a": {"among": [-12500]}}, prompt="Text {{a}}, formula $x = {{a}}$.", answer={"is": "a"})
    prompt = realize(source, 1)["prompt"]
    assert "Text \u221212\u202f500" in prompt
    assert 'alttext="x equals minus 12500"' in prompt or "<mn>12500</mn>" in prompt


def test_braces_of_tex_stand_beside_fields() -> None:
    source = item(prompt=r"$\frac{{{a}}}{{{b}}}$ of $\bar{\bar{x}}$")
    assert "<mfrac>" in realize(source, 1)["prompt"]


def test_a_generator_gives_the_values() -> None:
    realized = realize(load(ITEMS, "stack-chart"), 2)
    heights = realized["values"]["heights"]
    assert realized["figure"]["series"][0]["y"] == heights
    assert realized["figure"]["marks"][0]["y"] == heights[2] == realized["asks"][0]["value"]
    assert realized["asks"][0]["tolerance"] == pytest.approx(heights[2] * 0.02)


def test_a_wrong_answer_that_would_be_right_is_drawn_again() -> None:
    source = item(
        vary={"a": {"among": [2, 3]}, "b": {"among": [2, 3]}},
        answer={"is": "a * b", "decimals": 0},
        misconceptions=[{"id": "added", "is": "a + b", "says": "You added."}],
    )
    for seed in range(60):
        realized = realize(source, seed)
        assert realized["values"] != {"a": 2, "b": 2}
        assert realized["dropped"] == []
        assert grade(realized, [str(realized["mistakes"][0]["value"])]).misconception == "added"


def test_what_clashes_in_every_variant_is_left_out_and_named() -> None:
    source = item(misconceptions=[{"id": "same", "is": "b + a", "says": "No."}])
    realized = realize(source, 1)
    assert (realized["mistakes"], realized["dropped"]) == ([], ["same"])


def test_a_misconception_that_gives_none_does_not_belong_to_the_variant() -> None:
    source = item(misconceptions=[{"id": "late", "is": "a if a > 100 else None", "says": "No."}])
    assert realize(source, 1)["mistakes"] == []


def test_options_are_shuffled_and_left_out_when_they_do_not_fit() -> None:
    shown = [realize(load(ITEMS, "which-tool"), s)["options"] for s in range(40)]
    assert len({tuple(o["index"] for o in options) for options in shown}) == 6
    assert {tuple(o["key"] for o in options) for options in shown} == {("0", "1", "2")}, "a key must not tell the order"
    source = item(kind="choice", vary={"b": {"among": [1, 2]}}, prompt="?", answer=None, options=[
        {"text": "one", "right": "b == 1", "says": "."}, {"text": "two", "right": "b == 2", "says": "."},
        {"text": "never", "says": ".", "when": "b > 5"},
    ])  # fmt: skip
    assert {len(realize(source, s)["options"]) for s in range(10)} == {2}


def test_entries_are_never_shown_in_the_right_order() -> None:
    for seed in range(60):
        keys = [o["key"] for o in realize(load(ITEMS, "warm-up"), seed)["order"]]
        assert sorted(keys) == ["0", "1", "2", "3"] != keys


def test_a_subject_is_found_by_its_name() -> None:
    source = item(use=["process_control"], answer={"is": "process_control.chart_constants(5).d2", "decimals": 3})
    assert realize(source, 1)["asks"][0]["value"] == pytest.approx(2.326, abs=5e-4)


@pytest.mark.parametrize(
    ("changes", "where", "words"),
    [
        ({"answer": {"is": "a / 0"}}, "answer.0", "division by zero"),
        ({"answer": {"is": "a + c"}}, "answer.0", "name 'c' is not defined"),
        ({"answer": {"is": "'five'"}}, "answer.0", "not a number"),
        ({"derive": {"x": "exp(a) * 1e308 * 1e308"}}, "derive.x", "inf"),
        ({"prompt": "What is {{oops}}?"}, "prompt", "'oops'"),
        ({"prompt": r"$\foo{1}$"}, "prompt", "formula"),
        ({"use": ["alchemy"]}, "use", "no subject 'alchemy'"),
        ({"figure": {"title": "t", "x_label": "x", "y_label": "y", "y": "a"}}, "figure.y", "no list of numbers"),
    ],
)
def test_an_item_that_cannot_be_put_says_where_and_why(changes: dict[str, Any], where: str, words: str) -> None:
    with pytest.raises(ItemError) as error:
        realize(item(**changes), 1)
    assert error.value.where == where
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"answer": None}, "a number item needs answer"),
        ({"stage": "faded"}, "a faded item needs steps"),
        ({"steps": [{"text": "x"}]}, "an item alone has no steps"),
        ({"vary": {"a": {"from": 2, "to": 1, "step": 1}}}, "to (1) must not be below from (2); swap them"),
        ({"kind": "choice", "options": []}, "two or more options"),
    ],
)
def test_a_file_that_is_not_an_item_says_what_to_mend(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(CurriculumError) as error:
        item(**changes)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1 + 0.2, "0.3"), (1234567.0, "1\u202f234\u202f567"), (-0.00012, "\u22120.00012"), ([1.0, 2.5], "1.0, 2.5"),
     ("word", "word"), (3, "3"), (0.0, "0")],
)  # fmt: skip
def test_a_number_nobody_declared_decimals_for_reads_well(value: object, text: str) -> None:
    assert shown(value) == text
