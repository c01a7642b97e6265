"""An item's words with a variant's values in them: ``{{mean}}``, ``{{mean:3}}`` (decimals), ``{{limits[0]:2}}``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from techamp.campus.learning.text import BrokenText, render_inline, render_markdown
from techamp.campus.practice.closeness import rounded
from techamp.campus.practice.draw import decimals_of
from techamp.campus.practice.expressions import ItemError, evaluate
from techamp.campus.ui.numbers import plain_number

_FIELD = re.compile(r"\{\{(?!\{)\s*([^{}]+?)\s*(?::\s*([0-9]))?\s*\}\}")
_MATH = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?![\s$])[^$\n]*?(?<![\s\\])\$(?![0-9])", re.DOTALL)
_SIGNIFICANT = 6  # digits of a number whose decimals nobody declared


@dataclass(frozen=True)
class Words:
    """Renders an item's texts for one variant. ``decimals`` by name: as shown, and then used."""

    names: Mapping[str, Any]
    decimals: Mapping[str, int]

    def block(self, source: str, where: str) -> str:
        """Markdown to HTML."""
        return str(_rendered(render_markdown, self.filled(source, where), where)) if source else ""

    def line(self, source: str, where: str) -> str:
        """One line of Markdown to HTML, without a paragraph around it."""
        return str(_rendered(render_inline, self.filled(source, where), where)) if source else ""

    def filled(self, source: str, where: str) -> str:
        """The Markdown with values for fields; in formulas with an ASCII minus and ungrouped, as TeX wants them."""
        parts, at = [], 0
        for formula in _MATH.finditer(source):
            parts.append(self._fill(source[at : formula.start()], where, False))
            parts.append(self._fill(formula[0], where, True))
            at = formula.end()
        parts.append(self._fill(source[at:], where, False))
        text = "".join(parts)
        if "{{" in text and not _MATH.search(text):
            raise ItemError(where, f"has a field that cannot be read: {text[text.index('{{') :][:40]!r}.", "Mend it.")
        return text

    def _fill(self, text: str, where: str, in_math: bool) -> str:
        return _FIELD.sub(lambda field: self.shown(field[1], field[2], where, in_math), text)

    def shown(self, expression: str, decimals: str | None, where: str, in_math: bool = False) -> str:
        """One field as people read it."""
        value = evaluate(expression, self.names, where)
        places = int(decimals) if decimals else self.decimals.get(expression)
        return shown(value, places, in_math)


def shown(value: Any, decimals: int | None = None, in_math: bool = False) -> str:
    """A value as people read it: fixed decimals where declared, else up to six digits that say something."""
    if isinstance(value, bool) or not isinstance(value, int | float | list):
        return str(value)
    if isinstance(value, list):
        places = decimals if decimals is not None else decimals_of(*value)
        return ", ".join(shown(v, places if isinstance(v, float) else None, in_math) for v in value)
    if decimals is None:
        decimals = 0 if isinstance(value, int) or value == 0 else _needed(value)
    text = plain_number(rounded(float(value), decimals), decimals)
    return text.replace("\u2212", "-").replace("\u202f", "") if in_math else text


def _needed(value: float) -> int:
    """Decimals that six digits need, without zeros at the end."""
    most = max(0, _SIGNIFICANT - 1 - math.floor(math.log10(abs(value)))) if math.isfinite(value) else 0
    return len(f"{value:.{most}f}".rstrip("0").partition(".")[2])


def _rendered(render: Any, text: str, where: str) -> Any:
    try:
        return render(text)
    except BrokenText as error:
        raise ItemError(where, str(error), "") from None
