"""Typst in a process of its own, which gives its 30 MB back when the page is set: ``python -m techamp.typesetting``.

Reads orders as JSON from standard input, writes the PDF or PNG to standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Literal

SECONDS = 60


class CannotSet(RuntimeError):
    """What Typst said."""


def typeset(source: str, format: Literal["pdf", "png"], inputs: dict[str, str], **options: Any) -> bytes:
    """Set a Typst document; ``inputs`` are its ``sys.inputs``. The first page, where the format holds only one."""
    orders = {"source": source, "format": format, "inputs": inputs, "options": options}
    command = [sys.executable, "-m", "techamp.typesetting"]
    done = subprocess.run(command, input=json.dumps(orders).encode(), capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise CannotSet(done.stderr.decode(errors="replace").strip())
    return done.stdout


def main() -> None:
    """Set what standard input orders."""
    import typst

    orders = json.load(sys.stdin)
    made: Any = typst.compile(
        orders["source"].encode(), format=orders["format"], ignore_system_fonts=True, sys_inputs=orders["inputs"],
        **orders["options"],
    )  # fmt: skip
    sys.stdout.buffer.write(made if isinstance(made, bytes) else made[0])


if __name__ == "__main__":
    main()
