"""Other people's files are the ones that the list names, whole and with their licenses."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

VENDOR = Path(__file__).resolve().parents[2] / "vendor"
ENTRIES = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
PERMISSIVE = {"0BSD", "MIT", "BSD-3-Clause", "Apache-2.0", "OFL-1.1"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_file_is_the_one_that_was_listed(entry: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_license_text_stands_with_it(entry: dict[str, str]) -> None:
    text = (VENDOR / entry["license_file"]).read_text(encoding="utf-8")
    words = {
        "0BSD": "Permission to use, copy, modify, and/or distribute",
        "MIT": "Permission is hereby granted, free of charge",
        "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
        "MPL-2.0": "Mozilla Public License",
    }[entry["license"]]
    assert words in text


def test_what_a_page_loads_is_permissively_licensed() -> None:
    assert {entry["license"] for entry in ENTRIES if entry["use"] == "page"} <= PERMISSIVE


def test_no_file_is_missing_from_the_list() -> None:
    listed = {entry[key] for entry in ENTRIES for key in ("file", "license_file")} | {"vendor.json"}
    present = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert present == listed


def test_math_font_is_small_and_can_stretch_brackets_roots_and_bars() -> None:
    path = VENDOR / "fonts/noto-sans-math.woff2"
    assert path.stat().st_size <= 40_000
    font = TTFont(path)
    glyph, variants = font.getBestCmap(), font["MATH"].table.MathVariants
    tall, wide = variants.VertGlyphCoverage.glyphs, variants.HorizGlyphCoverage.glyphs
    assert all(glyph[ord(sign)] in tall for sign in "()[]{}|√∑∫")
    assert all(glyph[ord(sign)] in wide for sign in "¯‾⏞→")


FALLBACKS = ("noto-sans-letters", "noto-sans-signs")


def test_every_sign_that_pages_show_is_in_a_font_of_ours() -> None:
    root = VENDOR.parent
    shown = [p for kind in ("md", "yaml") for p in (root / "curriculum").rglob(f"*.{kind}")]
    shown += (root / "src/techamp").rglob("*.html")
    used = {sign for path in shown for sign in path.read_text(encoding="utf-8") if ord(sign) > 126}
    fonts = [TTFont(VENDOR / f"fonts/{n}.woff2").getBestCmap() for n in ("atkinson-hyperlegible-next", *FALLBACKS)]
    missing = {sign for sign in used if not any(ord(sign) in font for font in fonts)}
    assert not missing, f"Add to scripts/subset_text_font.py: {''.join(sorted(missing))}"


def test_the_fallback_fonts_are_small_and_loaded_only_for_what_they_have() -> None:
    files = [VENDOR / f"fonts/{name}.woff2" for name in FALLBACKS]
    assert sum(file.stat().st_size for file in files) <= 12_000
    css = (VENDOR.parent / "src/techamp/campus/ui/static/ui/tokens.css").read_text(encoding="utf-8")
    for file in files:
        declared = re.search(rf"{file.name}.*?unicode-range: ([^}}]*)", css)
        assert declared, f"tokens.css has no @font-face for {file.name}"
        ends = [re.findall(r"[0-9A-F]+", part) for part in declared[1].replace("U+", "").split(",")]
        ranged = {n for pair in ends for n in range(int(pair[0], 16), int(pair[-1], 16) + 1)}
        assert ranged == {n for n in TTFont(file).getBestCmap() if n > 126}
