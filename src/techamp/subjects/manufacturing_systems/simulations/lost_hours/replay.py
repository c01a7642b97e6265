"""The trace that the scene plays: the first two shifts, each machine's time cut into pieces of one state."""

from __future__ import annotations

import numpy as np

from techamp.contract import Trace
from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import IDEAL, SHIFT, SLOW, CellRun
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import MACHINES, LostHoursInputs

SHOWN = 2.0 * SHIFT
STATES = ("work", "slow", "short", "down", "setup", "blocked")
_WORK, _SLOW, _SHORT, _DOWN, _SETUP, _BLOCKED = range(6)
_NEARLY = (1.0 + SLOW) / 2.0
Row = tuple[float, int, int, float, int]


def trace(inputs: LostHoursInputs, run: CellRun) -> Trace:
    """One row for each piece: ``t`` (its beginning), machine, state, end, and made: 1 if a good part was finished at
    its end, −1 if a bad one was, else 0. The last row is no piece but the end of the replay."""
    shown = min(SHOWN, run.minutes)
    rows = [row for place in range(len(MACHINES)) for row in _pieces(inputs, run, place, shown)]
    rows.sort()
    rows.append((shown, 0, _WORK, shown, 0))
    t, machine, state, to, made = zip(*rows, strict=True)
    return Trace(
        t=t,
        unit="min",
        columns={"machine": machine, "state": state, "to": to, "made": made},
        fixed={
            "names": list(MACHINES.values()),
            "states": list(STATES),
            "ideal": [IDEAL[name] for name in MACHINES],
            "chosen": list(MACHINES).index(inputs.machine),
            "shift": SHIFT,
            "out": np.round(run.out[run.out <= shown], 2).tolist(),
            "planned_setups": inputs.setups == "planned",
            "waiting_outside": inputs.waiting == "outside",
            "usual": inputs.standard == "usual",
        },
    )


def _pieces(inputs: LostHoursInputs, run: CellRun, place: int, shown: float) -> list[Row]:
    """Pieces of one machine within 0 … ``shown``, work cut where it stood still."""
    machine, start, end, is_setup = run.stops
    mine = machine == place
    stops = sorted(zip(start[mine].tolist(), end[mine].tolist(), is_setup[mine].tolist(), strict=True))
    rows = [(a, b, _stop(b - a, bool(setup), inputs.short_stop), 0) for a, b, setup in stops]
    visits = run.machine == place
    columns = (run.started[visits], run.ended[visits], run.left[visits], run.bad[visits])
    for a, b, left, bad in sorted(zip(*(column.tolist() for column in columns), strict=True)):
        rows += _work(a, b, bad, [(x, y) for x, y, _ in stops if a <= x < b], IDEAL[list(MACHINES)[place]])
        if left > b:
            rows.append((b, left, _BLOCKED, 0))
    cut = [(max(0.0, a), place, state, min(b, shown), made if b <= shown else 0) for a, b, state, made in rows]
    return [(round(a, 3), p, state, round(b, 3), made) for a, p, state, b, made in cut if round(b, 3) > round(a, 3)]


def _stop(minutes: float, is_setup: bool, short_stop: float) -> int:
    return _SETUP if is_setup else _SHORT if minutes < short_stop else _DOWN


def _work(
    a: float, b: float, bad: bool, stops: list[tuple[float, float]], ideal: float
) -> list[tuple[float, float, int, int]]:
    """Work on one part from ``a`` to ``b`` without the stops in it; what was made stands at its last piece."""
    net = b - a - sum(y - x for x, y in stops)
    state = _SLOW if net > _NEARLY * ideal else _WORK
    edges = [a, *(edge for stop in stops for edge in stop), b]
    pieces = [(x, y, state, 0) for x, y in zip(edges[::2], edges[1::2], strict=True)]
    pieces[-1] = (*pieces[-1][:3], -1 if bad else 1)
    return [piece for piece in pieces if piece[1] > piece[0] or piece[3]]
