"""States of a machine from an MTConnect adapter's recording (SHDR): lines of ``time|key|value|key|value``.

Reference: ANSI/MTC1.4, part 5; keys that end in "execution" hold the controller's execution state.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np

from techamp.contract import InvalidInput, Table, TableColumn

EXECUTION = "execution"
LONGEST_GAP = 300.0
"""Seconds without any line after which the recording was interrupted: a state does not last over it. Our choice."""


def execution_log(lines: Iterable[str], machine: str = "machine") -> Table:
    """A table with machine, state, start and end (seconds since the first line) from lines in any order.

    Raises InvalidInput if there is no execution state in it.
    """
    rows = sorted(_parsed(lines), key=lambda row: row[0])
    found: list[tuple[str, float, float]] = []
    state, since, last = "", 0.0, 0.0
    for at, values in rows:
        if state and at - last > LONGEST_GAP:
            found += [(state, since, last)] * (last > since)
            state = ""
        now = next((value for key, value in values if key.lower().endswith(EXECUTION)), None)
        if now is not None and now != state:
            if state:
                found.append((state, since, at))
            state, since = now, at
        last = at
    if state and last > since:
        found.append((state, since, last))
    if not found:
        raise InvalidInput("recording", "must hold a key that ends in “execution”", "none", "Choose another file.")
    first = rows[0][0]
    texts = [np.array(column, dtype=object) for column in ([machine] * len(found), [state for state, *_ in found])]
    starts, ends = (np.array(column) - first for column in ([row[1] for row in found], [row[2] for row in found]))
    return Table(
        (
            TableColumn("machine", texts[0]),
            TableColumn("state", texts[1]),
            TableColumn("start", starts, "s"),
            TableColumn("end", ends, "s"),
        )
    )


def _parsed(lines: Iterable[str]) -> Iterable[tuple[float, list[tuple[str, str]]]]:
    for line in lines:
        moment, _bar, rest = line.strip().partition("|")
        try:
            at = datetime.fromisoformat(moment[:26].rstrip("Z") + "+00:00").timestamp()
        except ValueError:
            continue
        cells = rest.split("|")
        yield at, list(zip(cells[::2], cells[1::2], strict=False))
