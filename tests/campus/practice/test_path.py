"""Worked, faded, alone; and when a set is mastered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techamp.campus.practice.path import Answered, Entry, is_mastered, next_item, skills_shown
from techamp.campus.program.schema import Mastery

SET = [
    Entry("w", "worked", "number", "cut"),
    Entry("f", "faded", "number", "cut"),
    Entry("a", "alone", "number", "cut"),
    Entry("b", "alone", "choice", "cut"),
    Entry("c", "alone", "order", "join"),
]
KINDS = {e.id: e for e in SET}
RULE = Mastery(right=4, of=5)


def past(story: str) -> list[Answered]:
    """``"w f+ a-"``: w read, f right, a wrong."""
    results = {"+": "right", "-": "wrong", "": "done"}
    return [
        Answered(s[0], KINDS[s[0]].stage, KINDS[s[0]].kind, KINDS[s[0]].skill, results[s[1:]]) for s in story.split()
    ]


@pytest.mark.parametrize(
    ("story", "item"),
    [
        ("", "w"),
        ("w", "f"),
        ("w f+", "a"),
        ("w f+ a+", "b"),
        ("w f+ a+ b+", "c"),
        ("w f+ a+ b+ c+", "a"),
        ("w f-", "f"),  # wrong once: the same with fresh numbers
        ("w f- f-", "w"),  # twice: a step back
        ("w f- f- w", "f"),
        ("w f- f- w f+", "a"),
        ("w f+ a-", "a"),
        ("w f+ a- a-", "f"),
        ("w f+ a- a- f+", "a"),
        ("w f+ a- a- f-", "f"),
        ("w f+ a- a- f- f-", "w"),
        ("w f+ a- a- f- f- w", "f"),
        ("w f+ a- a- f- f- w f+", "a"),
        ("w f+ a- a- f+ a-", "a"),
        ("w f+ a- a- f+ a- a-", "f"),
        ("w f+ a- a- f+ a+", "b"),
        ("w f+ a+ b+ c- c-", "c"),  # nothing easier of its skill
    ],
)
def test_the_path(story: str, item: str) -> None:
    assert next_item(SET, past(story)) == item


def test_an_item_that_is_gone_is_passed_over() -> None:
    without_a = [e for e in SET if e.id != "a"]
    assert next_item(without_a, past("w f+ a- a-")) == "b"


@given(st.lists(st.tuples(st.sampled_from("wfabc"), st.sampled_from(["+", "-", ""])), max_size=30))
def test_there_is_always_a_next_item_and_it_is_one_of_the_set(story: list[tuple[str, str]]) -> None:
    assert next_item(SET, past(" ".join(a + b for a, b in story))) in KINDS


@pytest.mark.parametrize(
    ("story", "mastered"),
    [
        ("a+ a+ a+ a+", True),
        ("a+ a+ a+", False),
        ("a+ a+ a+ a+ a-", False),  # the last one is wrong
        ("a+ a+ a- a- a+ a+", False),  # 3 of the last 5
        ("a+ a- a+ a+ a+", True),  # the window moves on
        ("b+ b+ b+ b+ b+", False),  # choices alone
        ("b+ b+ b+ c+", True),
        ("c+ b+ b+ b+ b+ b+", False),  # the only one that is no choice is no longer counted
        ("f+ f+ f+ f+ a+", False),  # faded items do not count
    ],
)
def test_mastered_is_four_of_the_last_five_alone_and_not_by_choices_alone(story: str, mastered: bool) -> None:
    assert is_mastered(past(story), RULE) is mastered


def test_a_skill_is_shown_by_more_than_choices() -> None:
    assert skills_shown(past("b+ c+ a-")) == {"join"}
