"""Where a sentence ends: so that it can be marked, found, and read aloud one at a time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it.token import Token

from techamp.campus.learning.text.math import BrokenMath, mathml

# A mark that ends a sentence, closing quotes, white space, and something that begins one.
_END = re.compile(r"[.!?…][\"”’»)\]]*(\s+)(?=[\"“‘«(\[]*[A-Z0-9ÀÁÉÍÑÓÚ¿¡\ue002])")
_BEGINS = "\ue002"  # before a formula or a term: a sentence may begin here, whatever its first letter
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|Fig|Figs|No|Nos|Eq|Dr|Mr|Mrs|Ms|St|Inc|Co|Jr|Sr|min|max|a\.m|p\.m|Sect|Vol|pp?|ca)"
    r"|(?<![A-Za-z])[A-Z])\.[\"”’»)\]]*$"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence as text: what the search looks through and the voice would say."""

    id: str
    text: str


@dataclass(frozen=True)
class _Piece:
    """A stretch of the paragraph's plain text, and the token that it comes from. Only open pieces may be cut."""

    token: Token
    start: int
    text: str
    open: bool


def split_sentences(children: list[Token], first: int, prefix: str) -> tuple[list[Token], list[Sentence]]:
    """The tokens of a paragraph with a span around each sentence, ids ``prefix-s<first>`` and on; and the sentences."""
    pieces = list(_pieces(children))
    plain = "".join(piece.text for piece in pieces)
    cuts = [m.start(1) for m in _END.finditer(plain) if not _SHORT.search(plain[: m.start(1)])]
    cuts = [cut for cut in cuts if any(p.open and p.start <= cut < p.start + len(p.text) for p in pieces)]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for low, high in zip([0, *cuts], [*cuts, len(plain)], strict=True):
        text = plain[low:high].replace(_BEGINS, "")
        if text.strip():
            sentences.append(Sentence(f"{prefix}-s{first + len(sentences)}", " ".join(text.split())))
            tokens += [
                _tag(f'<span class="s" id="{sentences[-1].id}">'),
                *_between(pieces, low, high),
                _tag("</span> "),
            ]
    return tokens, sentences


def _pieces(children: list[Token]) -> Iterator[_Piece]:
    depth, at = 0, 0
    for token in children:
        depth += min(token.nesting, 0)
        text = _spoken(token)
        yield _Piece(token, at, text, depth == 0 and token.type in {"text", "softbreak", "hardbreak"})
        at += len(text)
        depth += max(token.nesting, 0)


def _spoken(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "math_inline":
        return f"{_BEGINS}{math_words(token.content)}"
    if token.type == "term":
        return f"{_BEGINS}{token.content}"
    return token.content if token.type in {"text", "code_inline"} else ""


def math_words(tex: str) -> str:
    """A formula as it is said; the LaTeX itself where it is broken."""
    try:
        return ET.fromstring(mathml(tex)).get("alttext", tex)
    except BrokenMath:
        return tex


def _between(pieces: list[_Piece], low: int, high: int) -> Iterator[Token]:
    """The tokens from ``low`` to ``high`` of the plain text; text is cut at the ends, tags enclose what they did."""
    for piece in pieces:
        end = piece.start + len(piece.text)
        if not piece.text:
            inside = low <= piece.start < high or (piece.start == high and piece.token.nesting == -1)
            if inside and not (piece.start == low and piece.token.nesting == -1 and low > 0):
                yield piece.token
        elif piece.start < high and end > low:
            part = piece.text[max(low - piece.start, 0) : high - piece.start]
            begins = low > 0 and low >= piece.start
            if piece.token.type != "text":
                if part.strip() or not begins:
                    yield piece.token
            elif part := part.lstrip() if begins else part:
                yield replace(piece.token, content=part)


def _tag(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)
