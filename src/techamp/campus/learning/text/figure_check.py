"""What makes a picture hard to see or unsafe to show."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from techamp.campus.learning.text.figure import ATTRIBUTES, COLORS, ELEMENTS, SVG, XLINK, BrokenFigure, read_svg
from techamp.campus.program.problems import Problem

DRAWN_WIDTH = 320  # CSS pixels that a picture has on a phone
SMALLEST_TEXT = 12
_CLASSES = "ink soft line blue wash orange good warn stop sheet"
CLASSES = frozenset(_CLASSES.split())


def check_svg(path: Path) -> list[Problem]:
    """Problems of one SVG file, each with its line where one can be told."""
    source = path.read_text(encoding="utf-8")
    try:
        root = read_svg(source, path.name)
    except BrokenFigure as error:
        return [Problem(path, 0, str(error), "")]
    found = [*_frame(root, path)]
    scale = DRAWN_WIDTH / _width(root)
    for node, size in _sized(root, 16.0):
        found += _faults(node, size * scale, path)
    return list(dict.fromkeys(found))


def _width(root: ET.Element) -> float:
    box = root.get("viewBox", "").replace(",", " ").split()
    return float(box[2]) if len(box) == 4 else float(DRAWN_WIDTH)


def _frame(root: ET.Element, path: Path) -> Iterator[Problem]:
    if len(root.get("viewBox", "").replace(",", " ").split()) != 4:
        yield Problem(path, 1, "The <svg> has no viewBox.", f'Write viewBox="0 0 {DRAWN_WIDTH} <height>".')
    if not (root.findtext(f"{SVG}title") or "").strip():
        yield Problem(path, 1, "The picture has no <title>.", "Write what it shows in words, as its first element.")


def _sized(node: ET.Element, inherited: float) -> Iterator[tuple[ET.Element, float]]:
    size = _number(node.get("font-size"), inherited)
    yield node, size
    for child in node:
        yield from _sized(child, size)


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float((text or "").removesuffix("px"))
    except ValueError:
        return otherwise


def _faults(node: ET.Element, size: float, path: Path) -> Iterator[Problem]:
    tag = str(node.tag).removeprefix(SVG)
    if tag not in ELEMENTS:
        yield Problem(path, 0, f"<{tag}> is not shown.", f"Use only {', '.join(sorted(ELEMENTS))}.")
        return
    if tag in {"text", "tspan"} and "".join(node.itertext()).strip() and size < SMALLEST_TEXT - 0.01:
        shown = "".join(node.itertext()).strip()[:30]
        yield Problem(
            path, 0, f"The text {shown!r} is {size:.1f} px high on a phone; {SMALLEST_TEXT} is the least.",
            f"Draw for a width of {DRAWN_WIDTH} and set font-size to {SMALLEST_TEXT} or more.",
        )  # fmt: skip
    for key, value in node.attrib.items():
        name = key.removeprefix(XLINK)
        if name not in ATTRIBUTES and name not in {"role", "version", "aria-hidden", "aria-label", "aria-labelledby"}:
            if not name.startswith("{"):
                yield Problem(path, 0, f"{name}= on <{tag}> is dropped.", "Use a class or a plain SVG attribute.")
        elif name in {"fill", "stroke"} and value not in COLORS and not value.startswith("url(#"):
            yield Problem(path, 0, f"{name}={value!r} is the same in light and dark.", "Use a class and currentColor.")
    if unknown := set(node.get("class", "").split()) - CLASSES:
        yield Problem(
            path, 0, f"The class {', '.join(sorted(unknown))} has no meaning.", f"Use {', '.join(sorted(CLASSES))}."
        )
