"""Guessing the rules from the file itself: encoding, delimiter, quotation marks, decimal mark, header, units."""

from __future__ import annotations

from techamp.contract.errors import InvalidInput
from techamp.contract.reading.decoding import decode, guess_encoding
from techamp.contract.reading.delimiter_guess import guess_delimiter
from techamp.contract.reading.formats import Content, check_size, guess_format
from techamp.contract.reading.header_guess import guess_header
from techamp.contract.reading.mark_guess import guess_marks
from techamp.contract.reading.remarks import may_hold_remarks, without_remarks
from techamp.contract.reading.rules import Delimiter, ReadingRules
from techamp.contract.reading.sheets import Rows, sheet_names, sheet_rows
from techamp.contract.reading.splitting import records

HEAD, TAIL = 64_000, 16_000
MOST_ROWS = 400
MOST_SHEETS = 20


def guess_rules(content: Content) -> ReadingRules:
    """Rules that fit what stands at the beginning and the end of the file. InvalidInput for what is no table at all."""
    format = guess_format(content)
    check_size(len(content), format)
    if format == "parquet":
        return ReadingRules(format="parquet", header_row=0)
    return _sheet_rules(content) if format == "sheet" else _text_rules(bytes(content))


def _sheet_rules(content: Content) -> ReadingRules:
    """The sheet with the most numbers, the first of equals, and where its table begins."""
    sheets = {name: sheet_rows(content, name) for name in sheet_names(content)[:MOST_SHEETS]}
    if not any(any(row) for rows, _ in sheets.values() for row in rows):
        raise InvalidInput("file", "must hold at least one number", "an empty workbook", "Choose another file.")
    name = max(sheets, key=lambda sheet: sheets[sheet][1])
    rows, numbers = sheets[name]
    rules = ReadingRules(format="sheet", sheet=name, header_row=0, quotes=False)
    if not numbers:  # numbers that were typed as text keep the signs they were typed with
        decimal, thousands = guess_marks(_ends(rows), "\t")
        rules = rules.model_copy(update={"decimal": decimal, "thousands": thousands})
    return without_remarks(rows, guess_header(rows[:MOST_ROWS], rules, titles=0))


def _ends(rows: Rows) -> Rows:
    return rows if len(rows) <= 2 * MOST_ROWS else [*rows[:MOST_ROWS], *rows[-MOST_ROWS:]]


def _text_rules(content: bytes) -> ReadingRules:
    encoding = guess_encoding(content)
    text = decode(content, encoding)
    head, tail = _samples(text)
    said = _said_delimiter(head)
    balanced = text.count('"') % 2 == 0
    delimiter: Delimiter = guess_delimiter(head, balanced) if said is None else said
    quotes = balanced and delimiter not in {" ", "  "}
    rules = ReadingRules(encoding=encoding, delimiter=delimiter, quotes=quotes, header_row=0)
    rows = records(head, rules, MOST_ROWS)
    more = records(tail, rules.model_copy(update={"quotes": quotes and tail.count('"') % 2 == 0}), MOST_ROWS)
    decimal, thousands = guess_marks([*rows, *more], delimiter)
    rules = rules.model_copy(update={"decimal": decimal, "thousands": thousands})
    rules = guess_header(rows, rules, titles=1 if said is not None else 0)
    return without_remarks(records(text, rules), rules) if may_hold_remarks(text) else rules


def _samples(text: str) -> tuple[str, str]:
    """Whole lines from the beginning and from the end."""
    if len(text) <= HEAD + TAIL:
        return text, ""
    head, tail = text[:HEAD], text[-TAIL:]
    return head[: head.rfind("\n") + 1] or head, tail[tail.find("\n") + 1 :]


def _said_delimiter(text: str) -> Delimiter | None:
    """The delimiter of Excel's first line ``sep=;``."""
    first = text.split("\n", 1)[0].strip('" ')
    for mark in (";", ",", "\t", "|"):
        if first.lower() == f"sep={mark}":
            return mark
    return None
