"""What a check of the curriculum finds: where, what is wrong, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One finding. ``line`` counts from 1; 0 means the whole file. A warning does not fail the check."""

    file: Path
    line: int
    what: str
    mend: str
    warning: bool = False

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {'warning: ' if self.warning else ''}{self.what} {self.mend}".rstrip()
