"""Pictures: SVG files beside the text, made safe, put into the page so that they take its colors."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
_ELEMENTS = (
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker pattern clipPath use symbol"
)
ELEMENTS = frozenset(_ELEMENTS.split())
_ATTRIBUTES = (
    "id class viewBox preserveAspectRatio d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points "
    "transform rotate fill fill-opacity fill-rule clip-rule opacity stroke stroke-width stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity vector-effect text-anchor "
    "dominant-baseline font-size font-weight font-style letter-spacing textLength lengthAdjust "
    "markerWidth markerHeight refX refY orient markerUnits marker-start marker-mid marker-end "
    "patternUnits patternContentUnits patternTransform clipPathUnits clip-path href"
)
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
COLORS = frozenset({"none", "currentColor", "currentcolor", "inherit", "transparent"})
_LOCAL = re.compile(r"url\(\s*['\"]?#([\w.-]+)['\"]?\s*\)")
_NAME = re.compile(r"[\w.-]+\.svg")


class BrokenFigure(ValueError):
    """A picture that cannot be shown."""


def figure(folder: Path, name: str, caption: str, prefix: str) -> SafeString:
    """A ``<figure>`` with the SVG inside; ``prefix`` keeps its ids apart from others on the page."""
    path = _path(folder, name)
    drawing, title = _drawing(path, path.stat().st_mtime_ns, prefix)
    below = format_html("<figcaption>{}</figcaption>", caption) if caption.strip() else ""
    return format_html('<figure class="figure" data-say="{}">{}{}</figure>', title or caption, drawing, below)


def title_of(folder: Path, name: str) -> str:
    """What the picture says it shows."""
    path = _path(folder, name)
    return _drawing(path, path.stat().st_mtime_ns, "")[1]


def _path(folder: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise BrokenFigure(
            f"The picture {name!r} must be an SVG file beside the text, named in letters, digits and hyphens."
        )
    path = folder / name
    if not path.is_file():
        raise BrokenFigure(f"The picture {name!r} is missing. Put it beside the text, or take its line out.")
    return path


@lru_cache(maxsize=512)
def _drawing(path: Path, stamp: int, prefix: str) -> tuple[SafeString, str]:
    return safe_svg(path.read_text(encoding="utf-8"), prefix, path.name)


def read_svg(source: str, name: str) -> ET.Element:
    """The root element; BrokenFigure if the source is no SVG or declares entities."""
    if "<!DOCTYPE" in source or "<!ENTITY" in source:
        raise BrokenFigure(f"{name} declares a document type. Take the <!DOCTYPE …> line out.")
    try:
        root = ET.fromstring(source)
    except ET.ParseError as error:
        raise BrokenFigure(f"{name} is not well-formed XML: {error}. Mend it at that line.") from None
    if root.tag != f"{SVG}svg":
        raise BrokenFigure(f'{name} is no SVG. Its first element must be <svg xmlns="http://www.w3.org/2000/svg">.')
    return root


def safe_svg(source: str, prefix: str, name: str = "the picture") -> tuple[SafeString, str]:
    """(SVG with nothing in it that could run or reach out, what its title says). What is not known is dropped."""
    root = read_svg(source, name)
    title = " ".join((root.findtext(f"{SVG}title") or "").split())
    clean = _clean(root, prefix)
    assert clean is not None
    for gone in ("width", "height", "id"):
        clean.attrib.pop(gone, None)
    clean.set("role", "img")
    clean.set("aria-label", title)
    for child in [child for child in clean if child.tag == "title"]:
        clean.remove(child)
    return mark_safe(ET.tostring(clean, encoding="unicode")), title


def _clean(node: ET.Element, prefix: str) -> ET.Element | None:
    tag = node.tag.removeprefix(SVG) if isinstance(node.tag, str) else ""
    if tag not in ELEMENTS:
        return None
    clean = ET.Element(tag, dict(_attributes(node, prefix)))
    clean.text = node.text
    for child in node:
        kept = _clean(child, prefix)
        if kept is None:
            _append_text(clean, child.tail or "")
        else:
            kept.tail = child.tail
            clean.append(kept)
    return clean


def _append_text(node: ET.Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def _attributes(node: ET.Element, prefix: str) -> list[tuple[str, str]]:
    kept = []
    for key, value in node.attrib.items():
        name = key.removeprefix(XLINK)
        if name not in ATTRIBUTES:
            continue
        if name == "id":
            value = prefix + value
        elif name == "href":
            if not value.startswith("#"):
                continue
            value = f"#{prefix}{value[1:]}"
        elif "url(" in value:
            if not _LOCAL.fullmatch(value.strip()):
                continue
            value = _LOCAL.sub(rf"url(#{prefix}\1)", value)
        kept.append((name, value))
    return kept
