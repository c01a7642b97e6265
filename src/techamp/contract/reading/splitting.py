"""From text to columns of cells. Clean files take a quick way; all others are split row by row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import methodcaller

import numpy as np
from numpy.typing import NDArray

from techamp.contract.errors import InvalidInput
from techamp.contract.reading.rules import ReadingRules

MOST_CELLS = 3_000_000
_WIDE_GAP = re.compile(r"\t|\s{2,}")


@dataclass(frozen=True)
class Split:
    """Cells by column, the row of each in the file, and what did not fit the width."""

    columns: list[list[str]]
    rows: NDArray[np.int64]
    blank_rows: int
    short: list[int]
    long: list[tuple[int, int]]  # (row, cells that it has)


def has_quotes(text: str, rules: ReadingRules) -> bool:
    """Whether quotation marks may hold delimiters and line ends together."""
    return rules.quotes and rules.delimiter not in {" ", "  "} and '"' in text


def records(text: str, rules: ReadingRules, most: int | None = None) -> list[list[str]]:
    """The first ``most`` rows as lists of cells; blank lines are there, as lists of nothing or one blank."""
    if not has_quotes(text, rules):
        lines = text.split("\n") if most is None else text.split("\n", most)[:most]
        return [split_line(line, rules) for line in lines]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=rules.delimiter or "\x1f", skipinitialspace=True)
    found: list[list[str]] = []
    try:
        found.extend(islice(reader, most))
    except csv.Error:
        remedy = "Look for a quotation mark that is opened there and never closed."
        raise InvalidInput(
            f"row {len(found) + 1}", "must have cells of ordinary length", "a huge cell", remedy
        ) from None
    return found


def split_line(line: str, rules: ReadingRules) -> list[str]:
    """The cells of one line without quotation marks."""
    if rules.delimiter == "":
        return [line]
    if rules.delimiter == " ":
        return line.split()
    if rules.delimiter == "  ":
        return _WIDE_GAP.split(line.strip())
    return line.split(rules.delimiter)


def split_body(text: str, rules: ReadingRules, width: int) -> Split:
    """Everything below the header as columns of ``width`` (0: as wide as most rows are)."""
    if has_quotes(text, rules):
        return split_rows(records(text, rules), rules, width)
    lines = text.split("\n")
    cells = 0 if rules.delimiter in {"", " ", "  "} else text.count(rules.delimiter)
    if cells + len(lines) > MOST_CELLS:
        raise _too_many(cells + len(lines))
    if rules.delimiter in {" ", "  "}:
        return split_rows([split_line(line, rules) for line in lines], rules, width)
    numbers, kept, blank = _kept(lines, rules)
    counts = list(map(methodcaller("count", rules.delimiter), kept)) if rules.delimiter else [0] * len(kept)
    wide = width or (_mode(counts) + 1)
    if any(count != wide - 1 for count in counts):
        return _evened(numbers, [line.split(rules.delimiter) for line in kept], wide, blank)
    flat = kept if wide == 1 else rules.delimiter.join(kept).split(rules.delimiter) if kept else []
    return Split([flat[j::wide] for j in range(wide)], np.array(numbers, dtype=np.int64), blank, [], [])


def _kept(lines: list[str], rules: ReadingRules) -> tuple[Sequence[int], list[str], int]:
    """Row numbers and lines below the header that are neither left out nor blank, and how many are blank.

    In a single column a blank line between others is a blank cell: it keeps its place.
    """
    start, end = rules.first_row - 1, len(lines)
    while end > start and not lines[end - 1].strip():
        end -= 1
    wanted: Sequence[int] = range(start + 1, end + 1)
    body = lines[start:end]
    if rules.skipped:
        wanted = [row for row in wanted if not rules.skips(row)]
        body = [lines[row - 1] for row in wanted]
    if not rules.delimiter or all(map(methodcaller("strip", f" {rules.delimiter}"), body)):
        return wanted, body, 0
    kept = [row for row in wanted if lines[row - 1].strip(f" {rules.delimiter}")]
    return kept, [lines[row - 1] for row in kept], len(wanted) - len(kept)


def split_rows(rows: Sequence[list[str]], rules: ReadingRules, width: int) -> Split:
    """The careful way from all rows of the file (the header's too) to columns of ``width`` (0: as most rows are)."""
    wanted = [number for number in range(rules.first_row, len(rows) + 1) if not rules.skips(number)]
    filled = [number for number in wanted if any(cell.strip() for cell in rows[number - 1])]
    last = filled[-1] if filled else 0
    blank = sum(1 for number in wanted if number < last) - max(0, len(filled) - 1)
    if rules.delimiter == "":
        filled, blank = [number for number in wanted if number <= last], 0
    return _evened(filled, [rows[number - 1] for number in filled], width, blank)


def _evened(numbers: Sequence[int], rows: Sequence[list[str]], width: int, blank: int) -> Split:
    """Rows filled or cut to one width, and which they were."""
    if sum(map(len, rows)) > MOST_CELLS:
        raise _too_many(sum(map(len, rows)))
    lengths = [_length(row) for row in rows]
    wide = width or _mode(lengths) or 1
    short = [number for number, row in zip(numbers, rows, strict=True) if len(row) < wide]
    long = [(number, length) for number, length in zip(numbers, lengths, strict=True) if length > wide]
    even = (row[:wide] if len(row) >= wide else [*row, *([""] * (wide - len(row)))] for row in rows)
    flat = list(chain.from_iterable(even))
    return Split([flat[j::wide] for j in range(wide)], np.array(numbers, dtype=np.int64), blank, short, long)


def _length(row: list[str]) -> int:
    """Cells up to the last that is not blank."""
    length = len(row)
    while length and not row[length - 1].strip():
        length -= 1
    return length


def _mode(lengths: Sequence[int]) -> int:
    """The most frequent length; of several, the largest."""
    counted = Counter(lengths)
    return max(counted, key=lambda length: (counted[length], length)) if counted else 0


def _too_many(cells: int) -> InvalidInput:
    remedy = "Take out columns that you do not need, or bring a shorter time."
    return InvalidInput("file", f"must have at most {MOST_CELLS:,} cells", f"{cells:,}", remedy)
