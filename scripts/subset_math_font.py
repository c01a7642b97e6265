"""Cut the math font of the pages out of Noto Sans Math: `python scripts/subset_math_font.py FULL.ttf OUT.woff2`.

The full font has 1 MB; a formula on a phone needs the letters and signs below, and the MATH table
by which a browser stretches brackets, roots and bars. Two things are changed, as the font's license allows:

- Every bracket keeps at most six of its thirteen sizes; past the largest it is assembled from parts as before.
- The bar of x̄ is a rectangle that a browser can stretch over its letter. The font's own macron is so short
  that over a capital X it reads as a dot, which in a control chart is another quantity.

The same input gives the same bytes. Needs fonttools and brotli.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

SIZES_KEPT = 6
BAR_PART = "techamp.bar"
BARS = (0x00AF, 0x0304, 0x0305, 0x2015, 0x203E)
BAR_BOTTOM, BAR_TOP, BAR_WIDTH = 640, 700, 300  # font units, 1000 to the em; brackets the font's x-height of 536


def _span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


CHARACTERS = [
    *_span(0x20, 0x7E),
    *(0xA0, 0xAC, 0xB0, 0xB1, 0xB2, 0xB3, 0xB5, 0xB7, 0xB9, 0xD7, 0xF7, 0x2C6, 0x2DC),
    *_span(0x391, 0x3A1),  # Greek capitals
    *_span(0x3A3, 0x3A9),
    *_span(0x3B1, 0x3C9),  # Greek small letters
    *(0x3D1, 0x3D5, 0x3F5),
    *(0x302, 0x303, 0x307, 0x308, 0x20D7),  # accents
    *(0x2D9, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2009, 0x200A, 0x2061, 0x2062, 0x2063, 0x2064),  # spaces
    *(0x2013, 0x2014, 0x2016, 0x2018, 0x2019, 0x2026, 0x2032, 0x2033),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2194, 0x21D2, 0x21D4),
    *(0x2202, 0x2206, 0x2207, 0x2208, 0x2209, 0x220F, 0x2211, 0x2212, 0x2213, 0x2215, 0x2217, 0x2218, 0x221A, 0x221D),
    *(0x221E, 0x2223, 0x2225, 0x2227, 0x2228, 0x2229, 0x222A, 0x222B, 0x2234, 0x223C, 0x2245, 0x2248, 0x2260, 0x2261),
    *(0x2264, 0x2265, 0x226A, 0x226B, 0x2282, 0x2286, 0x22A5, 0x22C5, 0x22EE, 0x22EF),
    *(0x2308, 0x2309, 0x230A, 0x230B, 0x23DE, 0x23DF, 0x27E8, 0x27E9),
    *(0x210E, 0x2115, 0x211D),
    *_span(0x1D434, 0x1D467),  # italic Latin
    *_span(0x1D6E2, 0x1D71B),  # italic Greek
]


def keep_fewer_sizes(font: TTFont) -> None:
    """Keep the smallest, the largest and sizes evenly between of every stretching sign."""
    variants = font["MATH"].table.MathVariants
    for construction in (*variants.VertGlyphConstruction, *variants.HorizGlyphConstruction):
        records = construction.MathGlyphVariantRecord
        if len(records) > SIZES_KEPT:
            step = (len(records) - 1) / (SIZES_KEPT - 1)
            construction.MathGlyphVariantRecord = [records[round(i * step)] for i in range(SIZES_KEPT)]
            construction.VariantCount = SIZES_KEPT


def draw_stretching_bar(font: TTFont) -> None:
    """Map the bars to a rectangle that repeats itself sideways."""
    pen = TTGlyphPen(None)
    corners = [(0, BAR_BOTTOM), (0, BAR_TOP), (BAR_WIDTH, BAR_TOP), (BAR_WIDTH, BAR_BOTTOM)]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    font.setGlyphOrder([*font.getGlyphOrder(), BAR_PART])
    bar = font["glyf"][BAR_PART] = pen.glyph()
    bar.recalcBounds(font["glyf"])
    font["hmtx"][BAR_PART] = (BAR_WIDTH, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(dict.fromkeys(BARS, BAR_PART))
    variants = font["MATH"].table.MathVariants
    variants.HorizGlyphCoverage.glyphs.append(BAR_PART)
    variants.HorizGlyphConstruction.append(_repeating(BAR_PART, BAR_WIDTH))
    variants.HorizGlyphCount += 1


def _repeating(glyph: str, width: int) -> otTables.MathGlyphConstruction:
    assembly = otTables.GlyphAssembly()
    assembly.ItalicsCorrection = otTables.MathValueRecord()
    assembly.ItalicsCorrection.Value = 0
    assembly.PartRecords = [_part(glyph, width, extender=False), _part(glyph, width, extender=True)]
    assembly.PartCount = 2
    construction = otTables.MathGlyphConstruction()
    construction.GlyphAssembly = assembly
    construction.MathGlyphVariantRecord, construction.VariantCount = [], 0
    return construction


def _part(glyph: str, width: int, *, extender: bool) -> otTables.GlyphPartRecord:
    part = otTables.GlyphPartRecord()
    part.glyph, part.StartConnectorLength, part.EndConnectorLength, part.FullAdvance = glyph, width, width, width
    part.PartFlags = int(extender)
    return part


def main(source: Path, target: Path) -> None:
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["dtls", "mark"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    font.recalcTimestamp = False
    keep_fewer_sizes(font)
    draw_stretching_bar(font)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[*CHARACTERS, *BARS])
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {font['maxp'].numGlyphs} glyphs, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
