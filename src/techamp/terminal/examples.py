"""``techamp examples``: list the example files, or write them into a folder."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from techamp.contract.example_file import example_files


def show(folder: Path | None) -> int:
    """List them; with a folder, write those that are not there yet. Returns 0, or 2 where nothing can be written."""
    if folder is None:
        for file in example_files():
            print(
                textwrap.fill(
                    f"{file.title}. {file.about}", 80, initial_indent=f"{file.name}\n  ", subsequent_indent="  "
                )
            )
        print("\ntechamp examples FOLDER writes them there.")
        return 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in example_files():
            target = folder / file.name
            if target.exists():
                print(f"{target} is there already")
                continue
            target.write_bytes(file.content)
            print(target)
    except OSError as error:
        print(f"techamp: {error.filename or folder}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0
