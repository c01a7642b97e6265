"""Formulas: LaTeX between dollar signs becomes MathML on the server, and what cannot be drawn well is refused.

latex2mathml prints what it does not know as letters: ``\\begin{aligned}`` becomes "a& = b", ``\\foo`` a name. So its
output is read again, checked against what a browser draws (MathML Core), and mended where it would be spaced wrongly.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import groupby

from latex2mathml.converter import convert

from techamp.campus.learning.text.math_words import in_words

_ELEMENTS = (
    "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover "
    "mtable mtr mtd mstyle mpadded mphantom mprescripts mmultiscripts none"
)
ELEMENTS = frozenset(_ELEMENTS.split())
_ATTRIBUTES = (
    "display displaystyle scriptlevel stretchy fence form accent accentunder lspace rspace width height "
    "depth linethickness minsize maxsize movablelimits largeop symmetric separator mathvariant class "
    "alttext"
)
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
# Signs that latex2mathml gives as names; a browser leaves room around operators only.
OPERATORS = frozenset("±∓×÷·⋅∗∘∼≈≅≡≠≤≥≪≫∝→←↔⇒⇔∈∉⊂⊆∪∩∧∨")
BARS = frozenset("¯―‾\u0304\u0305")
# How many parts an element has; MathML Core draws one with another number as an error.
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_FORBIDDEN = re.compile(
    r"\\(begin\{(?:aligned|align\*?|split|gather\*?|eqnarray\*?)\}|href|url|style|class|color|unicode)"
)


class BrokenMath(ValueError):
    """A formula that would not be drawn as it was meant."""

    def __init__(self, tex: str, why: str) -> None:
        shown = tex.strip() if len(tex) <= 60 else tex.strip()[:57] + "…"
        super().__init__(f"The formula ${shown}$ {why}")


@lru_cache(maxsize=8192)
def mathml(tex: str, display: bool = False) -> str:
    """``<math>`` for LaTeX; BrokenMath says what is wrong.

    >>> mathml("x")
    '<math display="inline" alttext="x"><mrow><mi>x</mi></mrow></math>'
    """
    _refuse_source(tex)
    try:
        made = convert(tex.strip(), display="block" if display else "inline")
    except Exception as error:  # the library raises a dozen unrelated types, some of them IndexError
        reason = str(error) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__.removesuffix("Error")).lower()
        raise BrokenMath(tex, f"cannot be read ({reason}). Look for a missing brace or part.") from None
    try:
        root = ET.fromstring(made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "", 1))
    except ET.ParseError:
        raise BrokenMath(tex, "has an & or < where none may stand. Write each line as its own $$…$$.") from None
    for node in root.iter():
        _refuse_node(tex, node)
    _mend(root)
    root.set("alttext", in_words(root))
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _refuse_source(tex: str) -> None:
    if found := _FORBIDDEN.search(tex):
        raise BrokenMath(
            tex, f"uses \\{found[1]}, which is not drawn here. Write each line as its own $$…$$, without color."
        )
    bare = re.sub(r"\\[\\{}]", "", tex)
    depth = 0
    for letter in bare:
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            break
    if depth:
        raise BrokenMath(tex, "has braces that do not pair. Count { and }.")


def _refuse_node(tex: str, node: ET.Element) -> None:
    if node.tag not in ELEMENTS:
        raise BrokenMath(tex, f"needs <{node.tag}>, which is not drawn here. Write it another way.")
    if len(node) != PARTS.get(node.tag, len(node)):
        raise BrokenMath(tex, "lacks a part: a fraction needs two pairs of braces, as \\frac{a}{b}. Write it in full.")
    if "linebreak" in node.attrib:
        raise BrokenMath(tex, "breaks a line with \\\\. Write each line as its own $$…$$.")
    text = node.text or ""
    if found := re.search(r"\\[A-Za-z]+|[&\\]", text):
        raise BrokenMath(
            tex, f"has {found[0]!r}, which is not known here. Look at its spelling or write it another way."
        )
    align = node.attrib.pop("columnalign", "")
    if align in {"left", "right"}:
        node.set("class", align)
    node.attrib.pop("rowspacing", None)
    node.attrib.pop("columnspacing", None)
    if node.get("mathvariant", "normal") != "normal":
        raise BrokenMath(tex, "sets a typeface that browsers do not draw. Use plain letters or \\mathrm.")
    if extra := set(node.attrib) - ATTRIBUTES:
        raise BrokenMath(tex, f"sets {', '.join(sorted(extra))}, which is not drawn here. Take it out.")


def _mend(node: ET.Element) -> None:
    for child in node:
        _mend(child)
    if node.tag == "mi" and (node.text or "") in OPERATORS:
        node.tag = "mo"
    if node.tag == "mover" and len(node) == 2 and (node[1].text or "") in BARS:
        node.set("accent", "true")
        if node[1].text == "\u2015":  # \overline: a dash, which browsers do not stretch over what is under it
            node[1].text = "\u00af"
            node[1].attrib.pop("accent", None)
            node[1].set("stretchy", "true")
    if node.tag in {"mrow", "math", "mtd", "msqrt", "mstyle"}:
        node[:] = _joined(list(node))


def _joined(children: list[ET.Element]) -> list[ET.Element]:
    """Letters that make one name become one: ``\\mathrm{mm}``, and two or more capitals side by side (UCL, WIP, TH).

    A name of several letters is drawn upright. Products of capitals are written with a sign.
    """
    joined: list[ET.Element] = []
    for kind, run in groupby(children, key=_letter):
        own = list(run)
        if kind and len(own) > 1:
            name = ET.Element("mi")
            name.text = "".join(child.text or "" for child in own)
            joined.append(name)
        else:
            joined += own
    return joined


def _letter(node: ET.Element) -> str:
    """What kind of letter it is that joins with its neighbors; "" for everything else."""
    text = node.text or ""
    if node.tag != "mi" or len(text) != 1 or not text.isalpha():
        return ""
    if node.get("mathvariant") == "normal":
        return "upright"
    return "capital" if text.isascii() and text.isupper() else ""
