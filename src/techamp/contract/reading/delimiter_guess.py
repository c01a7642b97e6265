"""Which sign parts the cells: the one that gives rows of equal length, and cells that no other sign would part."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from techamp.contract.reading.rules import Delimiter
from techamp.contract.reading.units import is_unit

_MARKS: tuple[Delimiter, ...] = ("\t", ";", "|", ",")
_NUMBER = re.compile(r"[+\-−]?\d+(?:[.,]\d+)*(?:[eE][+\-−]?\d+)?")
_COMMA_NUMBER = re.compile(r"[+\-−]?\d+,\d+(?:\s?[^\d\s,;]{1,6})?")
ENOUGH = 0.6
MOST_LINES = 200


def guess_delimiter(text: str, quotes: bool = True) -> Delimiter:
    """One of tab, semicolon, bar, comma, "  ", " ", or "" for one column. ``quotes``: they may hold cells together."""
    lines = [line for line in text.split("\n", MOST_LINES)[:MOST_LINES] if line.strip()]
    if _is_comma_column(lines):
        return ""
    scored = [(score, mark) for mark in _MARKS if (score := _score(lines, mark, quotes)) >= ENOUGH]
    if scored:
        return max(scored, key=lambda pair: pair[0])[1]
    if _is_even([re.split(r"\t|\s{2,}", line.strip()) for line in lines]):
        return "  "
    tokens = [line.split() for line in lines]
    return " " if _is_even(tokens) and _is_a_table(tokens) else ""


def _score(lines: Sequence[str], mark: Delimiter, quotes: bool) -> float:
    """Share of rows with the usual number of cells (two or more), less the share of cells with another sign in them."""
    text = io.StringIO("\n".join(lines), newline="")
    try:
        if quotes:
            rows = list(csv.reader(text, delimiter=mark, skipinitialspace=True))
        else:
            rows = [line.split(mark) for line in lines]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    usual = max(widths, key=lambda width: (widths[width], width))
    first = next(i for i, row in enumerate(rows) if len(row) == usual)
    even = sum(len(row) == usual for row in rows[first:]) / max(1, len(rows) - first)
    others = "".join(other for other in _MARKS if other not in {mark, ","})
    cells = [cell for row in rows[first:] for cell in row if cell.strip()]
    unclean = sum(any(other in cell for other in others) for cell in cells) / max(1, len(cells))
    covered = widths[usual] / len(rows)
    return even * (1.0 - unclean) * (1.0 if covered > 0.3 else 0.5)


def _is_comma_column(lines: Sequence[str]) -> bool:
    """One column of numbers with decimal commas: every line has one comma, and what follows it looks like decimals.

    ``1,8`` over ``2,7`` counts up before the comma: that is an index and a column.
    """
    found = [line.strip() for line in lines if _COMMA_NUMBER.fullmatch(line.strip())]
    others = [line for line in lines if not _COMMA_NUMBER.fullmatch(line.strip())]
    odd = any("," in line and not line[0].isalpha() for line in others)
    plain = sum(_NUMBER.fullmatch(line.strip()) is not None for line in others)
    if odd or len(found) < 2 or len(found) + plain < ENOUGH * len(lines):
        return False
    if others and "," in others[0]:  # a header with a comma in it has as many cells as the rows
        return False
    before = [int(re.sub(r"\D", "", line.split(",")[0]) or 0) for line in found]
    if len(before) > 2 and all(b - a == 1 for a, b in pairwise(before)):
        return False
    if others and not _NUMBER.fullmatch(others[0].strip()):
        return True
    after = [re.split(r"[^\d]", line.split(",")[1])[0] for line in found]
    return any(part.startswith("0") and len(part) > 1 for part in after) or (
        len({len(part) for part in after}) == 1 and len(after[0]) >= 2
    )


def _is_even(rows: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all rows have one number of cells, two or more."""
    widths = Counter(map(len, rows))
    usual = max(widths, key=lambda width: (widths[width], width)) if widths else 0
    return usual >= 2 and widths[usual] >= max(2, 0.8 * len(rows))


def _is_a_table(tokens: Sequence[Sequence[str]]) -> bool:
    """Whether words apart by single spaces are columns: numbers stand in them, and not a number and its unit."""
    usual = Counter(map(len, tokens)).most_common(1)[0][0]
    body = [row for row in tokens[1:] if len(row) == usual]
    numeric = [sum(bool(_NUMBER.fullmatch(row[j])) for row in body) > 0.8 * len(body) for j in range(usual)]
    last_is_unit = all(is_unit(row[-1]) for row in body)
    return any(numeric) and not (usual == 2 and last_is_unit)
