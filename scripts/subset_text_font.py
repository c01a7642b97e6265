"""Cut what Atkinson Hyperlegible lacks out of a Noto font: `python scripts/subset_text_font.py FULL.ttf OUT.woff2`.

Words stand in Atkinson Hyperlegible. Its Latin cut has no Greek, no arrows, no signs of mathematics and no small
figures, so a browser would take them from whatever the machine has, and some have none. Two cuts fill in: letters and
small figures from Noto Sans, signs from Noto Sans Math. A style sheet gives each its `unicode-range`, so that a page
without such signs loads neither. The same input gives the same bytes. Needs fonttools and brotli.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

LETTERS = (
    "µΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω"
    "āēīōūȳḡŷŵ\u0302\u0304\u0305\u033f′″⅓⅔ℓ"
    "⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵀᵏᵗ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐᵢⱼₖₗₘₙ"
)
SIGNS = "←↑→↓↔↻⇒⇔∂∈∏∑∓∗∘√∝∞∫∼≈≠≡≤≥≪≫⋅⋯■□▲△▼◆◇○●◐◔✓"


def main(source: Path, target: Path) -> None:
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["mark", "mkmk", "ccmp"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["MATH"]
    font = subset.load_font(str(source), options)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(text=SIGNS if "MATH" in font else LETTERS)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {font['maxp'].numGlyphs} glyphs, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
