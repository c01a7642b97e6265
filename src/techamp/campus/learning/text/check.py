"""What is wrong with a text, with its line: broken formulas, unknown terms, pictures missing or hard to see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it.token import Token

from techamp.campus.learning.text.figure import BrokenFigure, title_of
from techamp.campus.learning.text.figure_check import check_svg
from techamp.campus.learning.text.markdown import parser
from techamp.campus.learning.text.math import BrokenMath, mathml
from techamp.campus.learning.text.terms import find_term
from techamp.campus.program.problems import Problem


def check_text(source: str, file: Path, line: int = 1, *, pictures: bool = False) -> list[Problem]:
    """Problems of a Markdown text that begins at ``line`` of ``file``. ``pictures``: may it show SVG files?"""
    return [problem for token in parser().parse(source) for problem in check_token(token, file, line, pictures)]


def check_token(token: Token, file: Path, line: int, pictures: bool) -> Iterator[Problem]:
    """Problems of one block token of a text that begins at ``line``."""
    at = line + (token.map[0] if token.map else 0)
    if token.type == "math_block":
        yield from _math(token.content, True, file, at)
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            at += 1
        elif child.type == "math_inline":
            yield from _math(child.content, False, file, at)
        elif child.type == "term":
            yield from _term(child.meta["form"], file, at)
        elif child.type == "image":
            yield from _picture(str(child.attrs.get("src", "")), child.content, file, at, pictures)


def _math(tex: str, display: bool, file: Path, line: int) -> Iterator[Problem]:
    try:
        mathml(tex, display)
    except BrokenMath as error:
        what, _stop, mend = str(error).partition(". ")
        yield Problem(file, line, f"{what.rstrip('.')}.", mend)


def _term(form: str, file: Path, line: int) -> Iterator[Problem]:
    if find_term(form) is None:
        yield Problem(
            file,
            line,
            f"glossary.yaml has no term {form!r}.",
            "Add it there, or write [[known term|these words]], or take the brackets off.",
        )


def _picture(name: str, caption: str, file: Path, line: int, allowed: bool) -> Iterator[Problem]:
    if not allowed:
        yield Problem(file, line, f"A picture ({name}) cannot stand here.", "Take it out.")
        return
    try:
        title_of(file.parent, name)
    except BrokenFigure as error:
        what, _stop, mend = str(error).partition(". ")
        yield Problem(file, line, f"{what.rstrip('.')}.", mend)
        return
    if not caption.strip():
        yield Problem(file, line, f"The picture {name} has no caption.", "Write one between the square brackets.")
    yield from check_svg(file.parent / name)
