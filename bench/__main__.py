"""``make bench``: all figures; ``python -m bench load memory`` only those."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bench import first_paint, first_run, kill, load, manufacturing_systems, memory, process_control, slider
from bench.figures import Figure, machine

PARTS: dict[str, Callable[[], list[Figure]]] = {
    "process_control": process_control.measure,
    "manufacturing_systems": manufacturing_systems.measure,
    "first_paint": first_paint.measure,
    "first_run": first_run.measure,
    "memory": memory.measure,
    "load": load.measure,
    "kill": kill.measure,
    "slider": slider.measure,
}


def main(wanted: list[str]) -> int:
    if unknown := [name for name in wanted if name not in PARTS]:
        print(f"bench: there is no {unknown[0]!r}; there is {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    print(machine(), flush=True)
    figures = [figure for name in wanted or PARTS for figure in PARTS[name]()]
    missed = [figure.what for figure in figures if figure.verdict == "MISSED"]
    print(f"{len(figures)} figures; targets missed: {len(missed)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
