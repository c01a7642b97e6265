"""Write docs/validation.md from the tests against published numbers: ``python scripts/validation.py``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write the page, say how many quantities agree, and fail if one does not."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from tests.reference_cases import collect
    from tests.validation_page import PAGE, render

    comparisons = collect()
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(render(comparisons), "utf-8")
    off = [f"{one.case}: {one.quantity}" for one in comparisons if not one.agrees]
    print(f"{PAGE.relative_to(ROOT)}: {len(comparisons) - len(off)} of {len(comparisons)} quantities agree.")
    for line in off:
        print(f"  outside its tolerance: {line}")
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main())
