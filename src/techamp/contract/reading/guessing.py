"""Guessing the rules from the file itself: encoding, delimiter, quotation marks, decimal mark, header, units."""

from __future__ import annotations

from techamp.contract.reading.decoding import decode, guess_encoding
from techamp.contract.reading.delimiter_guess import guess_delimiter
from techamp.contract.reading.header_guess import guess_header
from techamp.contract.reading.mark_guess import guess_marks
from techamp.contract.reading.rules import Delimiter, ReadingRules
from techamp.contract.reading.splitting import records

HEAD, TAIL = 64_000, 16_000
MOST_ROWS = 400


def guess_rules(content: bytes) -> ReadingRules:
    """Rules that fit what stands at the beginning and the end of the file. InvalidInput for what is no text at all."""
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
    return guess_header(rows, rules, titles=1 if said is not None else 0)


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
