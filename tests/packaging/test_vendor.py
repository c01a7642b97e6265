"""Other people's files are the ones that the list names, whole and with their licenses."""

from __future__ import annotations

import hashlib
import json
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
