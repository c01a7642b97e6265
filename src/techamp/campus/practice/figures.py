"""The chart above a prompt, from which a value can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techamp.campus.practice.expressions import ItemError, evaluate, is_finite, number
from techamp.campus.practice.schema import Figure
from techamp.campus.practice.wording import Words
from techamp.contract import Chart, Mark, RefLine, Series


def chart_of(figure: Figure, names: Mapping[str, Any], words: Words) -> Chart:
    """The chart of a variant. ItemError where an expression gives no list of numbers, or a mark lies on no point."""
    y = _numbers(figure.y, names, "figure.y")
    x = _numbers(figure.x, names, "figure.x") if figure.x else [float(i) for i in range(1, len(y) + 1)]
    if len(x) != len(y):
        raise ItemError("figure.x", f"has {len(x)} values, y has {len(y)}.", "Give one x for each y.")
    lines = tuple(
        RefLine(label=words.filled(line.label, "figure.lines"), kind=line.kind, axis=line.axis,
                value=number(line.value, names, f"figure.lines.{i}.value"))
        for i, line in enumerate(figure.lines)
    )  # fmt: skip
    marks = []
    for i, mark in enumerate(figure.marks):
        at = number(mark.x, names, f"figure.marks.{i}.x")
        if at not in x:
            raise ItemError(
                f"figure.marks.{i}.x", f"is {at:g}, where there is no point.", f"Use one from {x[0]:g} to {x[-1]:g}."
            )
        label = words.filled(mark.label, f"figure.marks.{i}.label")
        marks.append(Mark(x=at, y=y[x.index(at)], label=label, kind="note"))
    names_of_x = evaluate(figure.x_names, names, "figure.x_names") if figure.x_names else ()
    return Chart(
        name="figure", title=words.filled(figure.title, "figure.title"),
        x_label=figure.x_label, y_label=figure.y_label, x_unit=figure.x_unit, y_unit=figure.y_unit,
        series=(Series(name="y", label=figure.y_label, x=tuple(x), y=tuple(y), shape=figure.shape),),
        lines=lines, marks=tuple(marks), words=words.filled(figure.words, "figure.words"), zero=figure.zero,
        x_names=tuple(str(n) for n in names_of_x),
    )  # fmt: skip


def _numbers(expression: str, names: Mapping[str, Any], where: str) -> list[float]:
    values = evaluate(expression, names, where)
    if not isinstance(values, list) or not values or not all(isinstance(v, int | float) for v in values):
        raise ItemError(where, f"{expression!r} gives no list of numbers.", "Make it a list such as [8.001, 8.003].")
    if not is_finite([float(v) for v in values]):
        raise ItemError(where, f"{expression!r} gives a number that is not finite.", "Narrow its values.")
    return [float(v) for v in values]
