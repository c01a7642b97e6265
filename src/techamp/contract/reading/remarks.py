"""Rows below the header that are no records: comments between the readings, a count or "end of file" after the last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from techamp.contract.reading.header_guess import MARKS, Row, filled, is_number, number_columns, usual_width
from techamp.contract.reading.rules import ReadingRules

MOST_SPANS = 200
SAMPLE = 400


def without_remarks(rows: Sequence[Row], rules: ReadingRules) -> ReadingRules:
    """Rules that leave out the remarks among all rows of the file; the same rules where there are none.

    A comment begins with # or // and holds fewer cells than a record, or no number where records have theirs. After
    the last record, a row with one cell of words is one as well. Where half of the rows look like comments, the sign
    belongs to the readings.
    """
    first = rules.first_row - 1
    kept = [i for i in range(first, len(rows)) if not rules.skips(i + 1)] if rules.skipped else range(first, len(rows))
    sample = list(islice((rows[i] for i in kept if filled(rows[i])), SAMPLE))
    usual, numeric = usual_width(sample), number_columns(sample, rules)

    def has_numbers(row: Row) -> bool:
        return any(j < len(row) and is_number(row[j], rules) for j in numeric)

    begun = [i for i in kept if rows[i] and rows[i][0].lstrip()[:2].startswith(MARKS)]
    marked = [i for i in begun if filled(rows[i]) < usual or not has_numbers(rows[i])]
    if 2 * len(marked) > len(kept):
        return rules
    found = set(marked)
    for i in reversed(kept) if usual >= 3 else ():
        if i in found or not filled(rows[i]):
            continue
        if filled(rows[i]) != 1 or has_numbers(rows[i]):
            break
        found.add(i)
    spans = _spans(sorted(found))
    if not spans or len(spans) > MOST_SPANS:
        return rules
    return rules.model_copy(update={"skipped": (*rules.skipped, *spans)})


def may_hold_remarks(text: str) -> bool:
    """Whether it is worth looking: a line begins with a sign of comments, or the last one is shorter than its like."""
    lines = text.rstrip().rsplit("\n", 3)[1:]
    return any(f"\n{mark}" in text for mark in MARKS) or len({_shape(line) for line in lines}) > 1


def _shape(line: str) -> tuple[int, ...]:
    """How many cells a line has that say something, whatever parts them."""
    return tuple(sum(1 for cell in line.split(mark) if cell.strip()) for mark in ";,\t|")


def _spans(found: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbors joined, counted from 1: 4, 5, 9 → (5, 6), (10, 10)."""
    spans: list[tuple[int, int]] = []
    for i in found:
        if spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1)
        else:
            spans.append((i + 1, i + 1))
    return spans
