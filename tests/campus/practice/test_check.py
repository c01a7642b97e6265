"""What the check finds in an item before a learner does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.campus.practice.conftest import ITEMS

from techamp.campus.practice.check import check_item, check_practice
from techamp.campus.program.curriculum import curriculum

GOOD = """id: sum
title: A sum
skill: shop.lengths
kind: number
vary: {a: {from: 2, to: 9, step: 1}, b: {from: 11, to: 19, step: 1}}
prompt: What is {{a}} + {{b}}?
answer: {is: a + b, unit: mm, decimals: 0}
misconceptions:
  - {id: product, is: a * b, says: You multiplied.}
"""


def found(tmp_path: Path, text: str, **script: str) -> list[str]:
    """Problems of an item, without its folder."""
    path = tmp_path / "sum.yaml"
    path.write_text(text)
    if script:
        (tmp_path / "sum.py").write_text(script["py"])
    return [str(p).replace(f"{tmp_path}/", "") for p in check_item(path, seeds=30)]


def test_a_good_item_has_no_problems(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize("name", [p.stem for p in sorted((ITEMS / "practice").glob("*.yaml"))])
def test_the_items_of_these_tests_are_good(name: str) -> None:
    assert check_item(ITEMS / "practice" / f"{name}.yaml", seeds=40) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("is: a * b", "is: b + a", "sum.yaml:9: The wrong answer 'product' is right"),
        ("is: a + b", "is: a / (a - 5)", "sum.yaml:7: answer.0: 'a / (a - 5)' fails: division by zero."),
        ("{{b}}?", "{{c}}?", "sum.yaml:6: prompt: 'c': name 'c' is not defined."),
        ("title:", "titel:", "sum.yaml:2: titel: Extra inputs are not permitted"),
        ("id: sum", "id: total", "sum.yaml:1: id: is 'total', the file says 'sum'."),
        ("unit: mm", "unit: mm**", "sum.yaml:7: 'mm**' is no unit."),
        ("You multiplied.", "You multiplied., see: No Such", "sum.yaml:9: 'No Such' is no link"),
        ("{{a}} + {{b}}?", r"$\foo {{a}} + {{b}}$?", "sum.yaml:6: prompt: The formula"),
        ("b: {from: 11", "c: {from: 1, to: 2, step: 1}, b: {from: 11", "sum.yaml:5: warning: c is never used."),
    ],
)
def test_each_fault_is_found_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert any(line.startswith(problem) for line in found(tmp_path, GOOD.replace(old, new))), found(
        tmp_path, GOOD.replace(old, new)
    )


def test_a_generator_that_fails_is_named(tmp_path: Path) -> None:
    (line,) = found(tmp_path, GOOD, py="def generate(rng):\n    return {'a': rng.pick([])}\n")
    assert line.startswith("sum.yaml:1: generate: fails: ")


def test_a_generator_without_generate_is_named(tmp_path: Path) -> None:
    (line,) = found(tmp_path, GOOD, py="x = 1\n")
    assert "defines no generate(rng) -> dict" in line


def test_a_set_of_choices_alone_cannot_be_mastered() -> None:
    lessons = curriculum()
    words, stack = (lessons.activities[f"shop/01-lengths/{name}"] for name in ("words", "stack"))
    (problem,) = check_practice(words, lessons, seeds=5)
    assert "cannot be mastered" in problem.what
    assert check_practice(stack, lessons, seeds=5) == []
