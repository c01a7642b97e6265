"""Answers to a realized item, worked out from it: right ones, and wrong ones as people give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from techamp.campus.practice.closeness import rounded
from techamp.campus.practice.grading import grade

Realized = Mapping[str, Any]


def right_answer(realized: Realized, *, with_unit: bool = False) -> list[str]:
    """What is graded right; ``with_unit`` writes the units behind the numbers, where the reader takes them so."""
    if realized["kind"] == "choice":
        return [next(o["key"] for o in realized["options"] if o["right"])]
    if realized["kind"] == "order":
        return [str(place) for place in range(len(realized["order"]))]
    bare = [_shown(ask["value"], ask["decimals"]) for ask in realized["asks"]]
    if with_unit:
        full = [f"{text} {ask['unit']}".strip() for text, ask in zip(bare, realized["asks"], strict=True)]
        if grade(realized, full).verdict == "right":
            return full
    return bare


def wrong_answer(realized: Realized, slip: str = "") -> list[str]:
    """What is graded wrong: one that betrays the misconception ``slip`` if the item has it, else any that it knows."""
    found: list[str] = []
    for given in _wrong_answers(realized):
        graded = grade(realized, given)
        if graded.verdict == "wrong" and (not slip or graded.misconception == slip):
            return given
        if graded.verdict == "wrong" and not found:
            found = given
    return found


def slip_of(realized: Realized) -> str:
    """A misconception that this item knows by a number; "" when it knows none."""
    for mistake in realized["mistakes"]:
        given = wrong_answer(realized, mistake["id"])
        if given and grade(realized, given).misconception == mistake["id"]:
            return str(mistake["id"])
    return ""


def _wrong_answers(realized: Realized) -> Iterator[list[str]]:
    """Known mistakes first, then numbers that are only off. A mistake is about the last number asked."""
    right = right_answer(realized)
    if realized["kind"] == "choice":
        yield from ([o["key"]] for o in realized["options"] if not o["right"])
    elif realized["kind"] == "order":
        yield from ([*right[:i], right[i + 1], right[i], *right[i + 2 :]] for i in range(len(right) - 1))
    else:
        ask = realized["asks"][-1]
        off = [m["value"] for m in realized["mistakes"]]
        off += [ask["value"] * factor + 3 * ask["tolerance"] + 1 for factor in (1.1, 2, 10)]
        yield from ([*right[:-1], _shown(value, ask["decimals"])] for value in off)


def _shown(value: float, decimals: int) -> str:
    return f"{rounded(value, decimals):.{decimals}f}"
